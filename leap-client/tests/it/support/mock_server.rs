//! Servers whose answers a test sets, and clients of them: over a socket, or as one answer without a socket
//! ([`answering`]).

pub(crate) use care_testkit::mock_server::{answer, lines, ok_text, options, received};

use bytes::Bytes;
use care_client_core::{BoxFuture, Error, Page, RawResponse, Transport, TransportError};
use care_emulators::leap::Emulator;
use care_testkit::fixtures::Fixtures;
use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};
use leap_client::{Leap, LeapBuilder, ListRequests, Options, RequestKey, RequestRef, SupportRequest};
use std::time::Duration;
use wiremock::{MockServer, ResponseTemplate};

pub(crate) const USER: &str = "crm";
pub(crate) const PASSWORD: &str = "hush";
/// User and password as basic authentication writes them.
pub(crate) const BASIC: &str = "Basic Y3JtOmh1c2g=";

/// A documented example.
pub(crate) fn fixture(file: &str) -> String {
    Fixtures::of(env!("CARGO_MANIFEST_DIR")).text(file)
}

/// An answer with status 200 and this document.
pub(crate) fn xml(document: impl Into<String>) -> ResponseTemplate {
    ok_text(document, "application/xml")
}

/// An answer with status 200 and nothing else.
pub(crate) fn empty() -> ResponseTemplate {
    ResponseTemplate::new(200)
}

/// A client of this server without credentials.
pub(crate) fn bare(server: &MockServer) -> LeapBuilder {
    Leap::builder().base_url(server.uri()).options(options())
}

/// The same with credentials.
pub(crate) fn builder(server: &MockServer) -> LeapBuilder {
    bare(server).basic_auth(USER, PASSWORD)
}

/// The same, ready to use.
pub(crate) fn leap(server: &MockServer) -> Leap {
    builder(server).build().unwrap()
}

/// The same with these options.
pub(crate) fn client(server: &MockServer, options: Options) -> Leap {
    builder(server).options(options).build().unwrap()
}

/// A client of an emulator.
pub(crate) fn client_of(emulator: &Emulator) -> LeapBuilder {
    Leap::builder()
        .base_url(emulator.base_url())
        .basic_auth(emulator.username(), emulator.password())
        .options(options())
}

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
    Leap::builder().base_url("https://leap.example.com").basic_auth("crm", "secret").options(options).build().unwrap()
}

pub(crate) fn server(body: impl Into<Bytes>) -> Leap {
    answering(Some("application/xml"), body)
}

/// Asks for the request that the body has first, or else for `1`.
pub(crate) async fn get(body: impl Into<Bytes>) -> Result<SupportRequest, Error> {
    let body = body.into();
    let id = identifier(&body).unwrap_or_else(|| "1".to_owned());
    server(body).requests().get(RequestKey::id(id)).await
}

fn identifier(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let (_, row) = text.split_once("support-request ").or_else(|| text.split_once("<ref "))?;
    let (_, value) = row.split_once(" identifier=\"").or_else(|| row.split_once("identifier=\""))?;
    // One that can't be asked for isn't.
    value.split_once('"').map(|(id, _)| id.to_owned()).filter(|id| !id.contains(char::is_control))
}

pub(crate) async fn list(body: impl Into<Bytes>) -> Result<Page<SupportRequest>, Error> {
    server(body).requests().list(ListRequests::new()).await
}

pub(crate) async fn set_external_id(body: impl Into<Bytes>) -> Result<RequestRef, Error> {
    let body = body.into();
    let id = identifier(&body).unwrap_or_else(|| "1".to_owned());
    server(body).requests().set_external_id(id, "MAX-56789").await
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
