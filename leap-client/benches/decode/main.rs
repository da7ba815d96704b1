//! What decoding a page of a hundred support requests costs, in instructions and in allocations, beside the plainest
//! way to do it.
//!
//! ```text
//! cargo bench -p leap-client --bench decode          # needs valgrind
//! ```
//!
//! Both ways read a list made of the documented request: this crate's, with real dates and all its checks, and a bare
//! loop over the same library's events, which checks nothing and keeps dates as text. Each runs under valgrind twice,
//! with few and with many rounds; the difference is what the rounds cost, and start and end cancel out. Instructions
//! repeat exactly, so there is no clock and nothing to average. The aim is a ratio of at most 1.05.
//!
//! To see where instructions go, take one way alone:
//!
//! ```text
//! valgrind --tool=callgrind --callgrind-out-file=/tmp/decode.out target/release/deps/decode-… ours 100
//! callgrind_annotate /tmp/decode.out
//! ```

mod plain;

use care_testkit::bench::{self, valgrind};
use http::{HeaderMap, StatusCode};
use leap_client::{Endpoint, ListRequests, RawResponse};
use std::{error::Error, fmt::Write as _, hint::black_box};

fn main() -> Result<(), Box<dyn Error>> {
    let answer = RawResponse::new(StatusCode::OK, HeaderMap::new(), list());
    match bench::arguments().iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["ours", rounds] => run(rounds.parse()?, || ListRequests::new().decode(&answer).map(|page| page.items)),
        ["plain", rounds] => run(rounds.parse()?, || plain::read(&answer.body)),
        _ => {
            valgrind::print("decode", ["ours", "plain"].map(|way| (way, valgrind::cost(&[way]))));
            Ok(())
        }
    }
}

fn run<T, E: Into<Box<dyn Error>>>(rounds: u64, decode: impl Fn() -> Result<Vec<T>, E>) -> Result<(), Box<dyn Error>> {
    for _ in 0..rounds {
        let requests = black_box(decode().map_err(Into::into)?);
        if requests.len() != 100 {
            return Err("a request was lost".into());
        }
    }
    Ok(())
}

/// A list of a hundred: the documented request as the vendor's page prints it, with a blank between elements, each with
/// an identifier and texts of its own.
fn list() -> String {
    let fixture = include_str!("../../fixtures/list-all.xml");
    let lines: Vec<_> = fixture.lines().map(str::trim).collect();
    let (first, last) = (lines[0], lines[lines.len() - 1]);
    let request = lines[1..lines.len() - 1].join(" ");
    let mut list = first.to_owned();
    for n in 0..100 {
        let row = request.replace("10000001", &format!("{}", 10_000_001 + n));
        let row = row.replace("MAX-1234", &format!("MAX-{n:04}")).replace("My parking", &format!("{n}: my parking"));
        let _ = write!(list, " {row}");
    }
    list + " " + last
}
