//! A mock server on loopback, and clients of it.

pub(crate) use care_testkit::mock_server::{answer_all, lines, ok, options, received};

use care_testkit::fixtures::Fixtures;
use engagement_client::Engagement;
use serde_json::Value;
use wiremock::MockServer;

pub(crate) const TOKEN: &str = "hush";
pub(crate) const BEARER: &str = "Bearer hush";

/// The intervention of `intervention.json`.
pub(crate) const ID: &str = "64b0c3a1f2d94e0007a1b2c3";
/// Its thread, content, user and category.
pub(crate) const THREAD: &str = "64b0c39ef2d94e0007a1b2a0";
pub(crate) const CONTENT: &str = "64b0c39ef2d94e0007a1b2a1";
pub(crate) const USER: &str = "5e8c4a02c1d2e30006aa77b1";
pub(crate) const CATEGORY: &str = "5d10aa0be4b0a20001c0de01";

/// A fixture.
pub(crate) fn fixture(file: &str) -> Value {
    Fixtures::of(env!("CARGO_MANIFEST_DIR")).json(file)
}

/// A client with a token.
pub(crate) fn engagement(server: &MockServer) -> Engagement {
    let builder = Engagement::builder().base_url(server.uri()).options(options()).access_token(TOKEN);
    builder.build().unwrap()
}
