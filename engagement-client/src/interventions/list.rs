use crate::{
    defects::DOCUMENT,
    endpoints::page,
    ids::{IdentityGroupId, IdentityId, InterventionId, ObjectId as _, ThreadId, UserId},
    interventions::{
        filter::{Sort, StatusFilter},
        model::Intervention,
        shared,
    },
};
use care_client_core::{
    DecodeError, Endpoint, Error, Operation, Page, Paged, RawResponse, RequestParts, Safety, Undecodable,
};
use std::borrow::Cow;

/// The largest page size of the service.
const MAX_LIMIT: u32 = 150;

/// Lists the interventions that the token's user can read, newest first.
///
/// | setting | default |
/// |---|---|
/// | [`thread`](Self::thread), [`user`](Self::user) | any |
/// | [`identity_group`](Self::identity_group), [`identities`](Self::identities) | any |
/// | [`status`](Self::status) | any |
/// | [`sort`](Self::sort) | [`Sort::CreatedAt`], the service's default |
/// | [`limit`](Self::limit) | 150 rows a page |
/// | [`offset`](Self::offset) | 0 |
///
/// ```
/// use engagement_client::{ListInterventions, StatusFilter};
///
/// let open_of_one_customer = ListInterventions::new()
///     .identities(["5f99d2c8a7e3b1000912ab34", "5f99d2c8a7e3b1000912ab35"])
///     .status(StatusFilter::Opened);
/// ```
///
/// Source: *InterventionsApi*, "GetAllInterventions",
/// <https://github.com/grokify/go-ringcentral-client/blob/master/engagedigital/v1/client/docs/InterventionsApi.md>;
/// RingCentral, *Engage Digital developer guide*, `docs/basics/pagination.md`,
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "give it to engagement.interventions().list(..)"]
pub struct ListInterventions {
    thread: Option<ThreadId>,
    user: Option<UserId>,
    identity_group: Option<IdentityGroupId>,
    identities: Option<Vec<IdentityId>>,
    status: Option<StatusFilter>,
    sort: Option<Sort>,
    limit: u32,
    offset: u64,
}

impl ListInterventions {
    /// Lists all interventions that the token's user can read.
    pub fn new() -> Self {
        Self {
            thread: None,
            user: None,
            identity_group: None,
            identities: None,
            status: None,
            sort: None,
            limit: MAX_LIMIT,
            offset: 0,
        }
    }

    /// Lists only the interventions of this thread.
    pub fn thread(mut self, thread: impl Into<ThreadId>) -> Self {
        self.thread = Some(thread.into());
        self
    }

    /// Lists only the interventions assigned to this user.
    pub fn user(mut self, user: impl Into<UserId>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// Lists only the interventions of this identity group: of one customer on all channels.
    pub fn identity_group(mut self, group: impl Into<IdentityGroupId>) -> Self {
        self.identity_group = Some(group.into());
        self
    }

    /// Lists only the interventions of any of these identities. An empty list is an error, because without the filter
    /// everything would be listed.
    ///
    /// One identity is sent as `identity_id`, several as `identity_id[]` each (defect [`ENG-10`](crate::defects)).
    pub fn identities<I>(mut self, identities: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<IdentityId>,
    {
        self.identities = Some(identities.into_iter().map(Into::into).collect());
        self
    }

    /// Lists only the interventions with this status. Older documents lack this filter (defect
    /// [`ENG-21`](crate::defects)).
    pub fn status(mut self, status: StatusFilter) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets the order. Default: the service's own, which is [`Sort::CreatedAt`].
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = Some(sort);
        self
    }

    /// Sets the page size, 1 to 150 rows. Default: 150 (the service's own default is 30). What the service does with a
    /// larger value isn't documented, so it is an error (defect [`ENG-29`](crate::defects)).
    pub fn limit(mut self, rows: u32) -> Self {
        self.limit = rows;
        self
    }

    /// Sets how many rows (not pages) are skipped (defect [`ENG-14`](crate::defects)). Default: 0.
    /// [`pages()`](care_client_core::Call::pages) starts here.
    pub fn offset(mut self, rows: u64) -> Self {
        self.offset = rows;
        self
    }

    fn check(&self) -> Result<(), Error> {
        if !(1..=MAX_LIMIT).contains(&self.limit) {
            return Err(Error::request("the page size must be between 1 and 150 rows"));
        }
        self.thread.as_ref().map_or(Ok(()), |id| id.check("the thread"))?;
        self.user.as_ref().map_or(Ok(()), |id| id.check("the user"))?;
        self.identity_group.as_ref().map_or(Ok(()), |id| id.check("the identity group"))?;
        match self.identities.as_deref() {
            Some([]) => Err(Error::request(
                "no identity given, which would list the interventions of all: leave out identities() to list all",
            )),
            Some(identities) => identities.iter().try_for_each(|id| id.check("an identity")),
            None => Ok(()),
        }
    }
}

impl Default for ListInterventions {
    fn default() -> Self {
        Self::new()
    }
}

impl Endpoint for ListInterventions {
    type Output = Page<Intervention>;

    const OPERATION: &'static Operation =
        &Operation::new("engagement.interventions.list", "/interventions", Safety::Read, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        self.check()?;
        let mut parts = RequestParts::get([shared::INTERVENTIONS]);
        let ids = [
            ("thread_id", self.thread.as_ref().map(ThreadId::as_str)),
            ("user_id", self.user.as_ref().map(UserId::as_str)),
            ("identity_group_id", self.identity_group.as_ref().map(IdentityGroupId::as_str)),
        ];
        for (key, id) in ids {
            if let Some(id) = id {
                parts = parts.query(key, id.to_owned());
            }
        }
        let identities = self.identities.as_deref().unwrap_or_default();
        // ENG-10
        let key = if identities.len() == 1 { "identity_id" } else { "identity_id[]" };
        for identity in identities {
            parts = parts.query(key, identity.as_str().to_owned());
        }
        if let Some(status) = self.status {
            parts = parts.query("status", status.as_str());
        }
        if let Some(sort) = self.sort {
            parts = parts.query("sort", sort.as_str());
        }
        // ENG-29: always sent, because the server's default is smaller.
        Ok(parts.query("offset", self.offset.to_string()).query("limit", self.limit.to_string()))
    }

    fn decode(&self, response: &RawResponse) -> Result<Page<Intervention>, DecodeError> {
        page(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        if matches!(refusal.status.as_u16(), 404 | 409) { None } else { shared::hint(refusal, None) }
    }
}

impl Paged for ListInterventions {
    type Item = Intervention;
    type Key = InterventionId;

    fn key(row: Result<&Intervention, &Undecodable>) -> InterventionId {
        row.map_or_else(|row| InterventionId::from(&*row.id), |intervention| intervention.id.clone())
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
    use http::{HeaderMap, StatusCode};

    fn sent(list: &ListInterventions) -> String {
        let parts = list.parts().unwrap();
        let query: Vec<_> = parts.query_pairs().iter().map(|(key, value)| format!("{key}={value}")).collect();
        format!("{} {}?{}", parts.method(), parts.path().join("/"), query.join("&"))
    }

    #[test]
    fn each_filter_has_its_parameter() {
        // ENG-10, ENG-14, ENG-21, ENG-29
        assert_eq!(sent(&ListInterventions::new()), "GET interventions?offset=0&limit=150");
        let all = ListInterventions::new().thread("t").user("u").identity_group("g").identities(["i"]);
        let all = all.status(StatusFilter::Active).sort(Sort::UpdatedAt).limit(30).offset(60);
        let query =
            "thread_id=t&user_id=u&identity_group_id=g&identity_id=i&status=active&sort=updated_at&offset=60&limit=30";
        assert_eq!(sent(&all), format!("GET interventions?{query}"));
        let two = ListInterventions::new().identities(["i", "j"]).sort(Sort::CreatedAt);
        assert_eq!(sent(&two), "GET interventions?identity_id[]=i&identity_id[]=j&sort=created_at&offset=0&limit=150");
    }

    #[test]
    fn a_filter_that_would_list_something_else_is_rejected() {
        let new = ListInterventions::new;
        for (list, expected) in [
            (new().limit(0), "1 and 150"),
            (new().limit(151), "1 and 150"),
            (new().thread(""), "the thread is empty"),
            (new().user(" "), "the user is empty"),
            (new().identity_group(""), "the identity group is empty"),
            (new().identities(["a", ""]), "an identity is empty"),
            (new().identities(["a,b"]), "separately"),
            (new().identities(Vec::<IdentityId>::new()), "leave out identities()"),
        ] {
            let error = list.parts().unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        }
    }

    #[test]
    fn the_count_is_the_total_and_an_undecodable_row_does_not_hide_others() {
        // ENG-05
        let body = r#"{"count":5000000000,"offset":0,"limit":2,"records":[{"id":"1"},{"id":"2","closed":"CANARY"}]}"#;
        let page = ListInterventions::new().decode(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body)).unwrap();
        assert_eq!((page.total, page.items.len()), (Some(5_000_000_000), 1));
        let keys: Vec<_> = page.into_iter().map(|row| ListInterventions::key(row.as_ref())).collect();
        assert_eq!(keys, ["1".into(), "2".into()]);
        for body in ["[]", "{}", r#"{"records":null}"#, r#"{"count":0}"#] {
            let answer = RawResponse::new(StatusCode::OK, HeaderMap::new(), body);
            assert!(ListInterventions::new().decode(&answer).is_err(), "{body}");
        }
    }
}
