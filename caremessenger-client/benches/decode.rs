//! What decoding a page of 100 providers costs, in instructions and in allocations, beside the plainest way to do it.
//!
//! ```text
//! cargo bench -p caremessenger-client --bench decode          # needs valgrind
//! ```
//!
//! Both ways read the same page: this crate's, with real dates and ids, an object that may be of any kind, and rows of which a bad one
//! hides no other; and a derive with `String` for every text and date, read by `serde_json::from_slice`, to which one bad row is the
//! end of the page. Each runs under valgrind twice, with few and with many rounds; the difference is what the rounds cost, and start
//! and end cancel out. Instructions repeat exactly, so there is no clock and nothing to average.
//!
//! To see where instructions go, take one way alone:
//!
//! ```text
//! valgrind --tool=callgrind --callgrind-out-file=/tmp/decode.out target/release/deps/decode-… ours 100
//! callgrind_annotate /tmp/decode.out
//! ```

mod support;

use std::error::Error;
use std::hint::black_box;

use care_testkit::bench::{self, valgrind};
use caremessenger_client::{Endpoint, ListAssistanceProviders, RawResponse};
use http::{HeaderMap, StatusCode};
use support::{ROWS, page, plain};

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
