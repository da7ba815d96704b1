//! What decoding one callout costs, in instructions and in allocations, beside the plainest way to do it.
//!
//! ```text
//! cargo bench -p aura-client --bench decode          # needs valgrind
//! ```
//!
//! Both ways decode the documented "Responder Arrived" callout: this crate's, with real dates, ids and coordinates, and a derive
//! with `String` for every text and date, read by `serde_json::from_slice`. Each runs under valgrind twice, with few and with many
//! rounds; the difference is what the rounds cost, and start and end cancel out. Instructions repeat exactly, so there is no clock
//! and nothing to average. The aims are a ratio of at most 0.75 and at most 54 allocations.
//!
//! To see where instructions go, take one way alone:
//!
//! ```text
//! valgrind --tool=callgrind --callgrind-out-file=/tmp/decode.out target/release/deps/decode-… ours 1000
//! callgrind_annotate /tmp/decode.out
//! ```

mod support;

use std::error::Error;
use std::hint::black_box;

use aura_client::Callout;
use care_client_core::wire::json;
use care_testkit::bench::{self, valgrind};
use support::plain;

fn main() -> Result<(), Box<dyn Error>> {
    match bench::arguments().iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["ours", rounds] => run(rounds.parse()?, json::read::<Callout>),
        ["plain", rounds] => run(rounds.parse()?, |body| serde_json::from_slice::<plain::Callout>(body)),
        _ => {
            valgrind::print("decode", ["ours", "plain"].map(|way| (way, valgrind::cost(&[way]))));
            Ok(())
        }
    }
}

fn run<T, E: Error + 'static>(rounds: u64, decode: impl Fn(&[u8]) -> Result<T, E>) -> Result<(), Box<dyn Error>> {
    let body = support::callout();
    for _ in 0..rounds {
        drop(black_box(decode(black_box(body.as_bytes()))?));
    }
    Ok(())
}
