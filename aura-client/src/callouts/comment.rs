use crate::{
    environment::DOCUMENT,
    ids::{CalloutEventId, CalloutId},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, Personal, RawResponse, RequestParts, Safety};
use serde::Deserialize;
use serde_json::json;

/// Sends a message to the control room. Made by [`Callouts::comment`](super::Callouts::comment).
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    id: CalloutId,
    text: Personal<String>,
    resource: Box<str>,
}

impl Comment {
    pub(crate) fn new(id: CalloutId, text: String, resource: &str) -> Self {
        Self { id, text: Personal(text), resource: resource.into() }
    }
}

/// A comment that was posted. The guide shows no answer, so the id may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct PostedComment {
    /// The event that it became, if the answer names one.
    #[serde(default)]
    pub id: Option<CalloutEventId>,
}

impl Endpoint for Comment {
    type Output = PostedComment;

    const OPERATION: &'static Operation =
        &Operation::new("aura.callouts.comment", "/callout/{calloutId}/comments", Safety::Once, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.text.trim().is_empty() {
            return Err(Error::request("the comment is empty: give a text for the control room"));
        }
        RequestParts::post([self.resource.to_string(), self.id.to_string(), "comments".into()])
            // Without the back-ticks of the guide: AURA-05.
            .json(&json!({"message": *self.text}))
    }

    fn decode(&self, response: &RawResponse) -> Result<PostedComment, DecodeError> {
        response.accepted()?;
        // No answer is documented (AURA-39), so one without an id or of another form will do.
        Ok(response.json().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    fn comment(text: &str) -> Comment {
        Comment::new(570.into(), text.into(), "callout")
    }

    #[test]
    fn it_is_sent_below_the_singular_that_is_documented() {
        let parts = comment("Hello").parts().unwrap();
        assert_eq!(parts.path(), ["callout", "570", "comments"]);
        assert_eq!(&parts.body_bytes()[..], br#"{"message":"Hello"}"#);
        assert!(comment(" \n").parts().is_err());
    }

    #[test]
    fn any_answer_of_the_service_will_do_and_an_id_is_kept() {
        let read = |body: &'static str| comment("x").decode(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body));
        assert_eq!(read(r#"{"id":103}"#).unwrap().id, Some(103.into()));
        for body in ["", "OK", "[]", "{}", r#"{"id":null}"#] {
            assert_eq!(read(body).unwrap().id, None, "{body}");
        }
        assert!(read("<html>").is_err());
    }
}
