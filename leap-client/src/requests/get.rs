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
        let request = xml::read_request(response)?;
        let is_it = match &self.key {
            RequestKey::Id(id) => request.identifier == *id,
            // Whether the answer always names its external id isn't documented.
            RequestKey::External(id) => request.extid.as_ref().is_none_or(|found| found == id),
        };
        // A cache or another server answers for a request that nobody asked for.
        if is_it { Ok(request) } else { Err(DecodeError::foreign("another support request than the one asked for")) }
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        parts::slash_hint(self.key.as_str(), refusal).or_else(|| parts::hint(refusal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    #[test]
    fn an_answer_for_another_request_is_foreign() {
        for (key, is_ours) in [
            (RequestKey::id("5"), false),
            (RequestKey::id("06"), false),
            (RequestKey::id("6"), true),
            (RequestKey::external("6"), false),
            (RequestKey::external("MAX-6"), true),
        ] {
            let times = ["creation-time", "last-update-time"].map(|name| format!("<{name}>2011-02-08T22:00Z</{name}>"));
            let body = format!(
                "<support-request identifier='6' extid='MAX-6'><state>NEW</state>{}</support-request>",
                times.concat()
            );
            let answer = GetRequest::new(key.clone()).decode(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body));
            assert_eq!(answer.as_ref().is_ok(), is_ours, "{key:?}");
            assert!(answer.err().is_none_or(|error| error.is_foreign_response()), "{key:?}");
        }
    }

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
