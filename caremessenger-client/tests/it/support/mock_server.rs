//! A server on loopback whose answers a test sets, and a client of it.
pub(crate) use care_testkit::mock_server::{lines, ok, options, received};

use care_testkit::fixtures::Fixtures;
use caremessenger_client::{CareMessenger, CareMessengerBuilder, Options};
use serde_json::Value;
use wiremock::MockServer;

pub(crate) const USER: &str = "admin@example.com";
pub(crate) const PASSWORD: &str = "hush";
pub(crate) const TOKEN: &str = "abc.def.ghi";

/// A documented example.
pub(crate) fn fixture(name: &str) -> Value {
    Fixtures::of(env!("CARGO_MANIFEST_DIR")).json(&format!("{name}.json"))
}

/// A client of this server without credentials.
pub(crate) fn bare(server: &MockServer) -> CareMessengerBuilder {
    bare_with(server, options())
}

/// The same with these options.
pub(crate) fn bare_with(server: &MockServer, options: Options) -> CareMessengerBuilder {
    CareMessenger::builder().base_url(server.uri()).options(options)
}

/// The same with a token.
pub(crate) fn care(server: &MockServer) -> CareMessenger {
    bare(server).token(TOKEN).build().unwrap()
}
