//! The documented examples.

use aura_client::Callout;
use care_client_core::wire::json;
use care_testkit::fixtures::Fixtures;
use serde_json::Value;

pub(crate) const CALLOUTS: [&str; 7] = [
    "created",
    "responder-dispatched-tech",
    "responder-dispatched-manual",
    "responder-cancelled",
    "responder-arrived",
    "responder-completed",
    "closed",
];

fn fixtures() -> Fixtures {
    Fixtures::of(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn text(name: &str) -> String {
    fixtures().text(&format!("{name}.json"))
}

pub(crate) fn fixture(name: &str) -> Value {
    fixtures().json(&format!("{name}.json"))
}

pub(crate) fn decode(document: &Value) -> Callout {
    json::read(document.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// Every documented callout, with and without the documented events.
pub(crate) fn documents() -> Vec<(String, Value)> {
    let events = fixture("callout-events");
    CALLOUTS
        .iter()
        .flat_map(|name| {
            let bare = fixture(name);
            let mut full = bare.clone();
            full["calloutEvents"] = events["calloutEvents"].clone();
            [((*name).to_owned(), bare), (format!("{name} with events"), full)]
        })
        .collect()
}
