use crate::{
    address::DOCUMENT,
    ids::RequestKey,
    requests::{model::SupportRequest, parts},
    xml,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use std::borrow::Cow;

/// Reads one support request with its history. Made by [`Requests::get`](super::Requests::get).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetRequest {
    key: RequestKey,
}

impl GetRequest {
    pub(crate) fn new(key: RequestKey) -> Self {
        Self { key }
    }
}

impl Endpoint for GetRequest {
    type Output = SupportRequest;

    const OPERATION: &'static Operation =
        &Operation::new("leap.requests.get", "/requests/{request}", Safety::Read, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(parts::get(parts::of_request(&self.key)?))
    }

    fn decode(&self, response: &RawResponse) -> Result<SupportRequest, DecodeError> {
        xml::read_request(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        parts::slash_hint(self.key.as_str(), refusal).or_else(|| parts::hint(refusal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_identifier_has_its_path() {
        for (key, path) in [
            (RequestKey::id("0000001"), "requests/0000001"),
            (RequestKey::id("in-progress-alarm"), "requests/in-progress-alarm"),
            (RequestKey::external("MAX-1234"), "requests/extid/MAX-1234"),
            (RequestKey::external("acked"), "requests/extid/acked"),
        ] {
            let parts = GetRequest::new(key).parts().unwrap();
            assert_eq!((parts.path().join("/").as_str(), parts.method().as_str()), (path, "GET"));
            assert_eq!(parts.headers()["accept"], "application/xml");
            assert!(!parts.has_trailing_slash());
        }
    }
}
