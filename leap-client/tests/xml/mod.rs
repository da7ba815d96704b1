//! A client whose server gives one answer, whatever it is asked.
#![allow(dead_code, reason = "every test file compiles its own copy and uses a part")]

use bytes::Bytes;
use care_client_core::{BoxFuture, Error, Page, RawResponse, Transport, TransportError};
use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};
use leap_client::{Leap, ListRequests, Options, RequestKey, RequestRef, SupportRequest};
use std::{path::Path, time::Duration};

pub(crate) const XMLNS: &str = r#"xmlns="http://schema.majitek.com/leap-ws-v1.0""#;

/// What a request must have.
pub(crate) const STATE: &str = "<state>NEW</state>";
pub(crate) const CREATED: &str = "<creation-time>2011-02-08T22:06:43.000+0000</creation-time>";
pub(crate) const UPDATED: &str = "<last-update-time>2011-02-08T22:07:43.000+0000</last-update-time>";

struct Canned(RawResponse);

impl Transport for Canned {
    fn send(
        &self,
        _: http::Request<Bytes>,
        _: Duration,
        _: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

/// A client of a server that answers 200 with this type, if any, and body.
pub(crate) fn answering(content_type: Option<&'static str>, body: impl Into<Bytes>) -> Leap {
    let headers = content_type.map(|text| (CONTENT_TYPE, HeaderValue::from_static(text)));
    let answer = RawResponse::new(StatusCode::OK, HeaderMap::from_iter(headers), body);
    let options = Options::new().transport(Canned(answer));
    Leap::builder().root("https://leap.example.com").basic_auth("crm", "secret").options(options).build().unwrap()
}

pub(crate) fn server(body: impl Into<Bytes>) -> Leap {
    answering(Some("application/xml"), body)
}

pub(crate) async fn get(body: impl Into<Bytes>) -> Result<SupportRequest, Error> {
    server(body).requests().get(RequestKey::id("1")).await
}

pub(crate) async fn list(body: impl Into<Bytes>) -> Result<Page<SupportRequest>, Error> {
    server(body).requests().list(ListRequests::new()).await
}

pub(crate) async fn set_external_id(body: impl Into<Bytes>) -> Result<RequestRef, Error> {
    server(body).requests().set_external_id("1", "MAX-56789").await
}

/// A request that has all it must have, and this.
pub(crate) fn request(more: &str) -> String {
    format!(r#"<support-request {XMLNS} identifier="1">{STATE}{CREATED}{UPDATED}{more}</support-request>"#)
}

/// A list with these rows.
pub(crate) fn rows(rows: &str) -> String {
    format!("<support-requests {XMLNS}>{rows}</support-requests>")
}

/// The request that has all it must have, and this.
pub(crate) async fn read(more: &str) -> SupportRequest {
    get(request(more)).await.unwrap_or_else(|error| panic!("{more}: {error}"))
}

/// A documented example.
pub(crate) fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).with_extension("xml");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
