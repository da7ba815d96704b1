//! A server on loopback whose answers a test sets, and a client of it.
#![allow(dead_code, unused_imports, reason = "every test file compiles its own copy and uses a part")]

pub(crate) use care_testkit::mock_server::{answer, line, lines, ok_text, received};

use care_emulators::leap::Emulator;
use care_testkit::fixtures::Fixtures;
use leap_client::{Http, Leap, LeapBuilder, Options, RetryPolicy};
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

thread_local! {
    /// One for all clients of a test: to make one takes longer than most tests.
    static HTTP: Http = Http::with_defaults().unwrap();
}

/// Options by which a client repeats without waiting.
pub(crate) fn options() -> Options {
    let options = Options::new().transport(HTTP.with(Http::clone));
    options.retry(RetryPolicy::new().first_delay(Duration::ZERO))
}

/// A client of this server without credentials.
pub(crate) fn bare(server: &MockServer) -> LeapBuilder {
    Leap::builder().root(server.uri()).options(options())
}

/// The same with credentials.
pub(crate) fn builder(server: &MockServer) -> LeapBuilder {
    bare(server).basic_auth(USER, PASSWORD)
}

/// The same, ready to use.
pub(crate) fn leap(server: &MockServer) -> Leap {
    builder(server).build().unwrap()
}

/// A client of an emulator.
pub(crate) fn client_of(emulator: &Emulator) -> LeapBuilder {
    Leap::builder().root(emulator.root()).basic_auth(emulator.username(), emulator.password()).options(options())
}
