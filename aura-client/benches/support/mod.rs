//! What the benches share.

pub(crate) mod plain;

/// The documented "Responder Arrived" callout as servers send it: with neither indentation nor a blank behind a key.
pub(crate) fn callout() -> String {
    let lines = include_str!("../../fixtures/responder-arrived.json").lines();
    lines.map(|line| line.trim().replacen("\": ", "\":", 1)).collect()
}
