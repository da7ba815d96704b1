//! What decoding one callout costs, in instructions and in allocations, beside the plainest way to do it.
//!
//! ```text
//! cargo bench -p aura-client --bench decode          # needs valgrind
//! ```
//!
//! Both ways decode the documented "Responder Arrived" callout: this crate's, with real dates, ids and coordinates, and
//! a derive with `String` for every text and date, read by `serde_json::from_slice`. How it is counted, and how to see
//! where instructions go: `care_testkit::bench::valgrind`. The aims are a ratio of at most 0.75 and at most 54
//! allocations.

#[allow(dead_code, reason = "each bench uses a part of it")]
mod plain;

use aura_client::Callout;
use care_client_core::wire::json;
use care_testkit::bench::{Failure, valgrind};
use std::hint::black_box;

fn main() -> Result<(), Failure> {
    let body = plain::callout();
    valgrind::decode([
        ("ours", &|| {
            drop(black_box(json::read::<Callout>(black_box(body.as_bytes()))?));
            Ok(())
        }),
        ("plain", &|| {
            drop(black_box(serde_json::from_slice::<plain::Callout>(black_box(body.as_bytes()))?));
            Ok(())
        }),
    ])
}
