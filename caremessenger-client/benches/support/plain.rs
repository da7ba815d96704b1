//! The plainest way: a derive with text for all that is text.
#![allow(dead_code, reason = "only read")]

use serde::Deserialize;

#[derive(Deserialize)]
struct Page {
    count: u64,
    next: Option<String>,
    previous: Option<String>,
    results: Vec<Provider>,
}

#[derive(Deserialize)]
pub(crate) struct Provider {
    id: u64,
    name: String,
    label: String,
    #[serde(rename = "type")]
    kind: String,
    content_object: Site,
    email_notifiers: Vec<EmailNotifier>,
    webhook_notifiers: Option<Vec<WebhookNotifier>>,
}

#[derive(Deserialize)]
struct Site {
    id: u64,
    name: String,
    slug: String,
    customer: u64,
    created: String,
    modified: String,
    lat: Option<String>,
    lon: Option<String>,
    is_active: bool,
    calendar: Option<u64>,
}

#[derive(Deserialize)]
struct EmailNotifier {
    id: u64,
    name: String,
    email: String,
}

#[derive(Deserialize)]
struct WebhookNotifier {
    id: Option<u64>,
    name: String,
    url: String,
}

pub(crate) fn read(body: &[u8]) -> Result<Vec<Provider>, serde_json::Error> {
    serde_json::from_slice::<Page>(body).map(|page| page.results)
}
