use crate::{address::DOCUMENT, ids::RequestKey, requests::parts, xml};
use care_client_core::{DecodeError, Endpoint, Error, Operation, Personal, RawResponse, RequestParts, Safety};
use std::borrow::Cow;

/// Posts a comment to the customer. Made by [`Requests::comment`](super::Requests::comment).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostComment {
    key: RequestKey,
    text: Personal<String>,
    dialect: xml::Dialect,
}

impl PostComment {
    pub(crate) fn new(key: RequestKey, text: Personal<String>, dialect: xml::Dialect) -> Self {
        Self { key, text, dialect }
    }
}

impl Endpoint for PostComment {
    type Output = ();

    const OPERATION: &'static Operation =
        &Operation::new("leap.requests.comment", "/requests/{request}/updates", Safety::Once, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.text.trim().is_empty() {
            return Err(Error::request("the comment is empty: the customer would get an empty mail"));
        }
        let mut path = parts::of_request(&self.key)?;
        path.push("updates".into());
        Ok(parts::post_xml(path, xml::update(None, Some(&self.text), &self.dialect)?))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        xml::accept(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        parts::slash_hint(self.key.as_str(), refusal).or_else(|| parts::hint(refusal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(text: &str) -> Result<RequestParts, Error> {
        PostComment::new(RequestKey::external("MAX-1"), Personal(text.to_owned()), xml::Dialect::default()).parts()
    }

    #[test]
    fn a_comment_is_an_update_without_a_state() {
        let parts = comment("technician on site at 9").unwrap();
        assert_eq!(parts.path(), ["requests", "extid", "MAX-1", "updates"]);
        let sent = "<support-request-update><comment>technician on site at 9</comment></support-request-update>";
        assert_eq!(std::str::from_utf8(parts.body_bytes()).unwrap(), sent);
    }

    #[test]
    fn a_blank_comment_is_rejected() {
        for text in ["", " \n"] {
            assert!(comment(text).is_err(), "{text:?}");
        }
    }
}
