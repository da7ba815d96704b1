use crate::{
    DOCUMENT,
    ids::RequestKey,
    leap_call::LeapCall,
    requests::{model::State, parts},
    xml,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, Personal, RawResponse, RequestParts, Safety};
use http::StatusCode;
use std::borrow::Cow;

/// Moves a support request to another state. Made by [`Requests::change_state`](super::Requests::change_state).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeState {
    key: RequestKey,
    state: State,
    comment: Option<Personal<String>>,
    dialect: xml::Dialect,
}

impl ChangeState {
    pub(crate) fn new(key: RequestKey, state: State, comment: Option<Personal<String>>, dialect: xml::Dialect) -> Self {
        Self { key, state, comment, dialect }
    }
}

impl LeapCall<ChangeState> {
    /// Says something to the customer along with the change. A blank text is the same as none.
    pub fn comment(self, text: impl Into<String>) -> Self {
        let comment = unless_blank(text.into());
        self.map_endpoint(|endpoint| ChangeState { comment, ..endpoint })
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
                Some("from its present state the request can't go there: read it to see which".into())
            }
            StatusCode::BAD_REQUEST if !self.key.as_str().contains('/') => {
                Some("the server doesn't know the state".into())
            }
            _ => parts::slash_hint(self.key.as_str(), refusal).or_else(|| parts::hint(refusal)),
        }
    }
}

/// A comment, unless it says nothing.
pub(crate) fn unless_blank(text: String) -> Option<Personal<String>> {
    (!text.trim().is_empty()).then_some(Personal(text))
}

/// A word that the documents don't list is read, and never written: it may have been read from a garbled answer. The text has
/// other names for the states than the documents: defect `LEAP-14`.
pub(super) fn known(state: &State) -> Result<(), Error> {
    match state {
        State::Other(_) => Err(Error::request(
            "the state is none of NEW, IN_PROGRESS, PROBLEM, SUCCESSFUL and CANCELLED; if your server has it, send it by raw()",
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_posted_as_an_update() {
        let change = ChangeState::new(RequestKey::id("1"), State::Problem, None, xml::Dialect::default());
        let parts = change.parts().unwrap();
        assert_eq!(parts.path(), ["requests", "1", "updates"]);
        let sent = "<support-request-update><state>PROBLEM</state></support-request-update>";
        assert_eq!(std::str::from_utf8(parts.body_bytes()).unwrap(), sent);
    }

    #[test]
    fn a_state_that_no_document_has_is_not_sent() {
        let change = ChangeState::new(RequestKey::id("1"), State::from("CANARY"), None, xml::Dialect::default());
        let error = change.parts().unwrap_err().to_string();
        assert!(error.contains("raw()") && !error.contains("CANARY"), "{error}");
    }
}
