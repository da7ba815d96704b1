use crate::{
    address::DOCUMENT,
    ids::{ExternalId, RequestId},
    requests::{model::RequestRef, parts},
    xml,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use http::StatusCode;
use std::borrow::Cow;

/// Sets the external id of a support request. Made by [`Requests::set_external_id`](super::Requests::set_external_id).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetExternalId {
    id: RequestId,
    external: ExternalId,
}

impl SetExternalId {
    pub(crate) fn new(id: RequestId, external: ExternalId) -> Self {
        Self { id, external }
    }
}

impl Endpoint for SetExternalId {
    type Output = RequestRef;

    const OPERATION: &'static Operation =
        &Operation::new("leap.requests.set_external_id", "/requests/{identifier}/extid", Safety::Idempotent, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        self.id.check()?;
        self.external.check()?;
        let path = [self.id.as_str().to_owned().into(), "extid".into()];
        Ok(parts::post_form(path, ("extid", self.external.as_str())))
    }

    fn decode(&self, response: &RawResponse) -> Result<RequestRef, DecodeError> {
        let answer = xml::read_ref(response)?;
        if answer.identifier != self.id {
            return Err(DecodeError::foreign("another support request than the one that was changed"));
        }
        // A mapping between two systems must not rest on another id.
        if answer.extid != self.external {
            return Err(DecodeError::unreadable("ref/@extid", "the answer has another external id than the one sent"));
        }
        Ok(answer)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        match refusal.status {
            StatusCode::CONFLICT => Some("another support request already has this external id".into()),
            _ => parts::slash_hint(self.id.as_str(), refusal).or_else(|| parts::hint(refusal)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    #[test]
    fn the_external_id_is_sent_as_a_form() {
        let parts = SetExternalId::new("000000001".into(), "MAX-56789".into()).parts().unwrap();
        assert_eq!(parts.path(), ["requests", "000000001", "extid"]);
        assert_eq!(&parts.body_bytes()[..], b"extid=MAX-56789");
    }

    #[test]
    fn an_answer_with_another_external_id_is_unreadable() {
        let set = SetExternalId::new("1".into(), "A".into());
        let answer = |identifier: &str, extid: &str| {
            let body = format!(r#"<ref identifier="{identifier}" extid="{extid}"/>"#);
            set.decode(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body))
        };
        assert_eq!(answer("1", "A").unwrap().identifier, "1".into());
        assert!(answer("2", "A").unwrap_err().is_foreign_response());
        for extid in ["B", "a", "A ", ""] {
            assert!(!answer("1", extid).unwrap_err().is_foreign_response(), "{extid:?}");
        }
    }
}
