//! What decoding a page of 100 providers costs, in instructions and in allocations, beside the plainest way to do it.
//!
//! ```text
//! cargo bench -p caremessenger-client --bench decode          # needs valgrind
//! ```
//!
//! Both ways read the same page: this crate's, with real dates and ids, an object that may be of any kind, and rows of
//! which a bad one hides no other; and a derive with `String` for every text and date, read by
//! `serde_json::from_slice`, to which one bad row is the end of the page. Each runs under valgrind twice, with few and
//! with many rounds; the difference is what the rounds cost, and start and end cancel out. Instructions repeat exactly,
//! so there is no clock and nothing to average.
//!
//! To see where instructions go, take one way alone:
//!
//! ```text
//! valgrind --tool=callgrind --callgrind-out-file=/tmp/decode.out target/release/deps/decode-… ours 100
//! callgrind_annotate /tmp/decode.out
//! ```

use care_testkit::bench::{self, valgrind};
use caremessenger_client::{Endpoint, ListAssistanceProviders, RawResponse};
use http::{HeaderMap, StatusCode};
use std::{error::Error, hint::black_box};

fn main() -> Result<(), Box<dyn Error>> {
    let answer = RawResponse::new(StatusCode::OK, HeaderMap::new(), page());
    match bench::arguments().iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["ours", rounds] => {
            run(rounds.parse()?, || ListAssistanceProviders::new().decode(&answer).map(|page| page.items))
        }
        ["plain", rounds] => run(rounds.parse()?, || plain::read(&answer.body)),
        _ => {
            valgrind::print("decode", ["ours", "plain"].map(|way| (way, valgrind::cost(&[way]))));
            Ok(())
        }
    }
}

fn run<T, E: Into<Box<dyn Error>>>(rounds: u64, decode: impl Fn() -> Result<Vec<T>, E>) -> Result<(), Box<dyn Error>> {
    for _ in 0..rounds {
        let providers = black_box(decode().map_err(Into::into)?);
        if providers.len() != ROWS {
            return Err("a provider was lost".into());
        }
    }
    Ok(())
}

/// How many providers the page has. How many the service gives, no document says.
const ROWS: usize = 100;

/// A page: the documented provider, each time with an id of its own.
fn page() -> String {
    let one = include_str!("../fixtures/created.json");
    let one: String = one.lines().map(str::trim_start).collect();
    let rows: Vec<_> = (0..ROWS).map(|n| one.replacen("\"id\": 10,", &format!("\"id\": {},", 1_000 + n), 1)).collect();
    format!(r#"{{"count":412,"next":"?page=2","previous":null,"results":[{}]}}"#, rows.join(","))
}

mod plain {
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
}
