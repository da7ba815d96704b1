use crate::{
    address::DOCUMENT,
    ids::RequestKey,
    requests::{model::State, parts},
    xml,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, Personal, RawResponse, RequestParts, Safety};
use http::StatusCode;
use std::borrow::Cow;

/// Moves a support request to another state. Given to [`Requests::change_state`](super::Requests::change_state).
///
/// ```
/// use leap_client::{ChangeState, RequestKey, State};
///
/// let change = ChangeState::new(RequestKey::id("10000001"), State::Problem);
/// let change = change.comment("A part is on order");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "give it to leap.requests().change_state(..)"]
pub struct ChangeState {
    key: RequestKey,
    state: State,
    comment: Option<Personal<String>>,
    dialect: xml::Dialect,
}

impl ChangeState {
    /// Moves this request to this state, without a comment.
    pub fn new(request: impl Into<RequestKey>, state: State) -> Self {
        Self { key: request.into(), state, comment: None, dialect: xml::Dialect::default() }
    }

    /// Adds a comment, which the customer can read. A blank text is the same as none. Default: none.
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.comment = unless_blank(text.into());
        self
    }

    /// Writes the document as this client's server wants it.
    pub(crate) fn in_dialect(mut self, dialect: xml::Dialect) -> Self {
        self.dialect = dialect;
        self
    }
}

impl Endpoint for ChangeState {
    type Output = ();

    const OPERATION: &'static Operation =
        &Operation::new("leap.requests.change_state", "/requests/{request}/updates", Safety::Once, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        known(&self.state)?;
        let mut path = parts::of_request(&self.key)?;
        path.push("updates".into());
        let comment = self.comment.as_ref().map(|text| text.as_str());
        Ok(parts::post_xml(path, xml::update(Some(&self.state), comment, &self.dialect)?))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        xml::accept(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        match refusal.status {
            StatusCode::CONFLICT => {
                Some("transition not allowed from the current state: read the request to see its state".into())
            }
            StatusCode::BAD_REQUEST if !self.key.as_str().contains('/') => {
                Some("the server doesn't know the state".into())
            }
            _ => parts::slash_hint(self.key.as_str(), refusal).or_else(|| parts::hint(refusal)),
        }
    }
}

/// A comment; `None` if it is blank.
pub(crate) fn unless_blank(text: String) -> Option<Personal<String>> {
    (!text.trim().is_empty()).then_some(Personal(text))
}

/// Rejects a state that no document lists: it is read, but not sent, since it may come from a garbled answer. The text
/// of the documents has other names for the states than their examples (defect `LEAP-14`).
pub(super) fn known(state: &State) -> Result<(), Error> {
    match state {
        State::Other(_) => Err(Error::request(
            "the state is not NEW, IN_PROGRESS, PROBLEM, SUCCESSFUL or CANCELLED; if your server has it, use raw()",
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_posted_as_an_update() {
        let change = ChangeState::new(RequestKey::id("1"), State::Problem);
        let parts = change.parts().unwrap();
        assert_eq!(parts.path(), ["requests", "1", "updates"]);
        let sent = "<support-request-update><state>PROBLEM</state></support-request-update>";
        assert_eq!(std::str::from_utf8(parts.body_bytes()).unwrap(), sent);
    }

    #[test]
    fn an_undocumented_state_is_not_sent() {
        let change = ChangeState::new(RequestKey::id("1"), State::from("CANARY"));
        let error = change.parts().unwrap_err().to_string();
        assert!(error.contains("raw()") && !error.contains("CANARY"), "{error}");
    }
}
