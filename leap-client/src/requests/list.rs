use crate::{
    ids::TopicId,
    requests::{
        model::{State, SupportRequest},
        parts,
        scope::{All, Scope, Topic, TopicInState},
    },
    xml,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, Page, Paged, RawResponse, RequestParts, Undecodable};
use chrono::{DateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};
use http::StatusCode;
use std::borrow::Cow;

/// The largest page of the service, and its default.
pub(crate) const MAX_LIMIT: u32 = 100;

/// Lists support requests without their history: all of them, those of a topic, or those of a topic in a state.
///
/// ```
/// use leap_client::{ListRequests, State};
///
/// let unacknowledged = ListRequests::new().acked(false).limit(50);
/// let parking = ListRequests::topic("Parking").in_state(State::InProgress);
/// ```
///
/// There is no path for a state without a topic, so this doesn't compile:
///
/// ```compile_fail
/// use leap_client::{ListRequests, State};
///
/// let nowhere = ListRequests::new().in_state(State::InProgress);
/// ```
///
/// The order is not documented. A page that is shorter than its [`limit`](Self::limit) need not be the last one: the
/// walk asks once more (defect [`LEAP-30`](crate::defects)).
///
/// Source: Majitek, *Requests Web Services API*, "Find all support requests" and the two sections after it,
/// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "give it to leap.requests().list(..)"]
pub struct ListRequests<S = All> {
    scope: S,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    acked: Option<bool>,
    limit: u32,
    offset: u64,
}

impl ListRequests {
    /// Lists all support requests.
    pub fn new() -> Self {
        Self::within(All)
    }

    /// Lists the support requests with this topic.
    pub fn topic(topic: impl Into<TopicId>) -> ListRequests<Topic> {
        ListRequests::within(Topic(topic.into()))
    }
}

impl Default for ListRequests {
    fn default() -> Self {
        Self::new()
    }
}

impl ListRequests<Topic> {
    /// Only requests in this state.
    pub fn in_state(self, state: State) -> ListRequests<TopicInState> {
        let Self { scope, from, to, acked, limit, offset } = self;
        ListRequests { scope: TopicInState(scope.0, state), from, to, acked, limit, offset }
    }
}

impl<S> ListRequests<S> {
    fn within(scope: S) -> Self {
        Self { scope, from: None, to: None, acked: None, limit: MAX_LIMIT, offset: 0 }
    }

    /// Only requests that were last updated at this time or later. It is sent in whole milliseconds, rounded down.
    ///
    /// The documents say "after" for the list of all requests, and "greater than or equal" for the others (defect
    /// [`LEAP-35`](crate::defects)). Let windows overlap by a millisecond, as
    /// [`sync_window`](crate::Requests::sync_window) does.
    pub fn updated_from(mut self, from: DateTime<Utc>) -> Self {
        self.from = Some(from);
        self
    }

    /// Only requests that were last updated before this time. It is sent in whole milliseconds, rounded up.
    pub fn updated_to(mut self, to: DateTime<Utc>) -> Self {
        self.to = Some(to);
        self
    }

    /// `true`: only requests whose changes are all acknowledged; `false`: only requests that need acknowledging.
    /// Default: both.
    ///
    /// The documents name both meanings without their values, so the values follow the word (defect
    /// [`LEAP-29`](crate::defects)).
    pub fn acked(mut self, acked: bool) -> Self {
        self.acked = Some(acked);
        self
    }

    /// Sets the number of rows of a page, 1 to 100. Default: 100. It is always sent, because the server's own default
    /// may change (defect [`LEAP-30`](crate::defects)).
    pub fn limit(mut self, rows: u32) -> Self {
        self.limit = rows;
        self
    }

    /// Sets the number of rows to skip. Default: 0. [`pages()`](care_client_core::Call::pages) starts here.
    pub fn offset(mut self, rows: u64) -> Self {
        self.offset = rows;
        self
    }

    /// The same list without a window of time.
    pub(crate) fn without_window(self) -> Self {
        Self { from: None, to: None, ..self }
    }

    fn check(&self) -> Result<(), Error> {
        if !(1..=MAX_LIMIT).contains(&self.limit) {
            return Err(Error::request("the limit must be between 1 and 100 rows per page"));
        }
        match (self.from, self.to) {
            (Some(from), Some(to)) if from >= to => {
                Err(Error::request("updated_from must be earlier than updated_to: check whether they are swapped"))
            }
            _ => Ok(()),
        }
    }
}

impl<S: Scope> Endpoint for ListRequests<S> {
    type Output = Page<SupportRequest>;

    const OPERATION: &'static Operation = S::OPERATION;

    fn parts(&self) -> Result<RequestParts, Error> {
        self.check()?;
        let path = self.scope.path()?;
        let whole = path.is_empty();
        let mut parts = parts::get(path);
        if whole {
            // LEAP-06: of all paths only this one is documented with a trailing slash.
            parts = parts.trailing_slash();
        }
        if let Some(from) = self.from {
            parts = parts.query("last-update-from", query_date(from)?);
        }
        if let Some(to) = self.to {
            let down = to.trunc_subsecs(3);
            let up = if down < to { down.checked_add_signed(TimeDelta::milliseconds(1)).unwrap_or(to) } else { down };
            parts = parts.query("last-update-to", query_date(up)?);
        }
        if let Some(acked) = self.acked {
            parts = parts.query("acked", if acked { "true" } else { "false" });
        }
        Ok(parts.query("limit", self.limit.to_string()).query("offset", self.offset.to_string()))
    }

    fn decode(&self, response: &RawResponse) -> Result<Page<SupportRequest>, DecodeError> {
        xml::read_page(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        let slash = self.scope.topic().and_then(|topic| parts::slash_hint(topic, refusal));
        slash.or_else(|| match (refusal.status, self.scope.topic()) {
            (StatusCode::NOT_FOUND, Some(_)) => Some("the server does not know this topic".into()),
            (StatusCode::BAD_REQUEST, _) => Some(S::INVALID.into()),
            _ => parts::hint(refusal),
        })
    }
}

/// The form of a date in a query, which no answer has: milliseconds and `Z` (defect `LEAP-15`).
fn query_date(at: DateTime<Utc>) -> Result<String, Error> {
    let text = at.trunc_subsecs(3).to_rfc3339_opts(SecondsFormat::Millis, true);
    // Otherwise the year has a sign or a fifth digit.
    if text.len() == 24 { Ok(text) } else { Err(Error::request("a date must be in the years 0 to 9999")) }
}

impl<S: Scope> Paged for ListRequests<S> {
    type Item = SupportRequest;
    type Key = Box<str>;

    fn key(row: Result<&SupportRequest, &Undecodable>) -> Box<str> {
        row.map_or_else(|row| row.id.clone(), |request| request.identifier.as_str().into())
    }

    fn offset(&self) -> u64 {
        self.offset
    }

    fn limit(&self) -> u64 {
        self.limit.into()
    }

    fn at(&self, offset: u64, limit: u64) -> Self {
        let limit = u32::try_from(limit).unwrap_or(MAX_LIMIT);
        Self { offset, limit, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent<S: Scope>(list: &ListRequests<S>) -> String {
        let parts = list.parts().unwrap();
        let query: Vec<_> = parts.query_pairs().iter().map(|(key, value)| format!("{key}={value}")).collect();
        let slash = if parts.has_trailing_slash() { "/" } else { "" };
        format!("{}{slash}?{}", parts.path().join("/"), query.join("&"))
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn each_scope_has_its_path() {
        assert_eq!(sent(&ListRequests::new()), "requests/?limit=100&offset=0");
        let topic = ListRequests::topic("Stolen Spot").limit(7).offset(14);
        assert_eq!(sent(&topic), "requests/by-topic/Stolen Spot?limit=7&offset=14");
        let state = topic.acked(true).in_state(State::InProgress);
        assert_eq!(sent(&state), "requests/by-topic/Stolen Spot/in-state/IN_PROGRESS?acked=true&limit=7&offset=14");
    }

    #[test]
    fn a_window_is_rounded_outwards_to_milliseconds() {
        let list = ListRequests::new()
            .updated_from(at("2010-04-06T12:43:17.123999Z"))
            .updated_to(at("2011-12-03T22:11:12.987001+11:00"));
        assert_eq!(
            sent(&list),
            "requests/?last-update-from=2010-04-06T12:43:17.123Z&last-update-to=2011-12-03T11:11:12.988Z\
             &limit=100&offset=0"
        );
    }

    #[test]
    fn invalid_lists_are_rejected() {
        let then = at("2010-04-06T12:43:17Z");
        for list in [
            ListRequests::new().limit(0),
            ListRequests::new().limit(101),
            ListRequests::new().updated_from(then).updated_to(then),
            ListRequests::new().updated_from(DateTime::<Utc>::MIN_UTC),
            ListRequests::new().updated_to(DateTime::<Utc>::MAX_UTC - TimeDelta::days(1)),
            ListRequests::new().updated_to(DateTime::<Utc>::MAX_UTC),
        ] {
            assert!(list.parts().is_err(), "{list:?}");
        }
        for topic in ["", "..", " ", "a\n"] {
            assert!(ListRequests::topic(topic).parts().is_err(), "{topic:?}");
        }
        assert!(ListRequests::topic("Parking").in_state(State::from("CLOSED")).parts().is_err());
    }
}
