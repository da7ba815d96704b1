//! The cost of decoding a full page of 150 interventions, in instructions and allocations, compared with the plainest
//! way.
//!
//! ```text
//! cargo bench -p engagement-client --bench decode          # needs valgrind
//! ```
//!
//! Both ways read the same page. This crate decodes real dates and ids and custom fields under either name, and an
//! undecodable row hides no other. The plain way is a derive with `String` for every text and date, read by
//! `serde_json::from_slice`, where one bad row fails the page. Each runs under valgrind twice, with few and with many
//! rounds; the difference is the cost of the rounds, so that start and end cancel out. Instructions repeat exactly, so
//! there is no clock and nothing to average.
//!
//! To see where the instructions go, profile one way alone:
//!
//! ```text
//! valgrind --tool=callgrind --callgrind-out-file=/tmp/decode.out target/release/deps/decode-… ours 100
//! callgrind_annotate /tmp/decode.out
//! ```

use care_testkit::bench::{self, valgrind};
use engagement_client::{Endpoint, ListInterventions, RawResponse};
use http::{HeaderMap, StatusCode};
use std::{error::Error, hint::black_box};

/// The number of interventions on the page: the largest page size of the service.
const ROWS: usize = 150;

fn main() -> Result<(), Box<dyn Error>> {
    let answer = RawResponse::new(StatusCode::OK, HeaderMap::new(), page());
    match bench::arguments().iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["ours", rounds] => run(rounds.parse()?, || ListInterventions::new().decode(&answer).map(|page| page.items)),
        ["plain", rounds] => run(rounds.parse()?, || plain::read(&answer.body)),
        _ => {
            valgrind::print("decode", ["ours", "plain"].map(|way| (way, valgrind::cost(&[way]))));
            Ok(())
        }
    }
}

fn run<T, E: Into<Box<dyn Error>>>(rounds: u64, decode: impl Fn() -> Result<Vec<T>, E>) -> Result<(), Box<dyn Error>> {
    for _ in 0..rounds {
        let interventions = black_box(decode().map_err(Into::into)?);
        if interventions.len() != ROWS {
            return Err("an intervention is missing".into());
        }
    }
    Ok(())
}

/// A full page of the example, each row with an id of its own.
fn page() -> String {
    let one = include_str!("../fixtures/intervention.json");
    let one: String = one.lines().map(str::trim_start).collect();
    let rows: Vec<_> =
        (0..ROWS).map(|n| one.replace("64b0c3a1f2d94e0007a1b2c3", &format!("64b0c3a1f2d94e0007a1{n:04}"))).collect();
    format!(r#"{{"count":412,"offset":150,"limit":150,"records":[{}]}}"#, rows.join(","))
}

/// The plainest way: a derive with text for all that is text.
mod plain {
    #![allow(dead_code, reason = "only decoded")]

    use serde::Deserialize;
    use serde_json::{Map, Value};

    #[derive(Deserialize)]
    struct Page {
        count: u32,
        offset: u32,
        limit: u32,
        records: Vec<Intervention>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Intervention {
        id: String,
        created_at: Option<String>,
        updated_at: Option<String>,
        source_id: Option<String>,
        thread_id: Option<String>,
        content_id: Option<String>,
        identity_id: Option<String>,
        identity_group_id: Option<String>,
        user_id: Option<String>,
        category_ids: Vec<String>,
        closed: bool,
        closed_at: Option<String>,
        deferred_at: Option<String>,
        status: Option<String>,
        comments_count: Option<i32>,
        user_replies_count: Option<i32>,
        first_user_reply_id: Option<String>,
        first_user_reply_in: Option<i32>,
        first_user_reply_in_bh: Option<i32>,
        last_user_reply_in: Option<i32>,
        last_user_reply_in_bh: Option<i32>,
        user_reply_in_average: Option<i32>,
        user_reply_in_average_bh: Option<i32>,
        user_reply_in_average_count: Option<i32>,
        custom_field_values: Option<Map<String, Value>>,
    }

    pub(crate) fn read(body: &[u8]) -> Result<Vec<Intervention>, serde_json::Error> {
        serde_json::from_slice::<Page>(body).map(|page| page.records)
    }
}
