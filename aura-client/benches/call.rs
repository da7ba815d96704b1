//! What one call costs over loopback, in instructions, allocations and CPU time, beside reqwest's own `.json::<T>()`.
//!
//! ```text
//! cargo bench -p aura-client --bench call            # needs valgrind
//! ```
//!
//! Both ways read the documented "Responder Arrived" callout from the same server, with a bearer token and two query
//! parameters. Ours has all that a call of this crate has: the repeat armed, a deadline, a cap on the body, an observer and real
//! types. The other is a plain reqwest client with default settings and a derive with `String` for every text and date.
//!
//! The server is this program again, in a process of its own, so that its work isn't counted. Instructions and allocations are the
//! difference of a short and a long run under valgrind, as in the bench `decode`. CPU time is that of the calling thread, in the
//! kernel too; the ways take turns round by round, and what counts is the ratio, whose median is printed. The aims are ratios of at
//! most 0.90 for instructions, 0.98 for CPU one call after the other and 0.93 with 64 in flight, and at most 110 allocations.
//!
//! To see where instructions go, take one way alone:
//!
//! ```text
//! target/release/deps/call-… serve < /dev/zero &     # prints its port
//! valgrind --tool=callgrind --callgrind-out-file=/tmp/call.out target/release/deps/call-… ours 12345 1000
//! callgrind_annotate /tmp/call.out
//! ```

mod support;
#[path = "call/way.rs"]
mod way;

use care_testkit::bench::{self, Failure, ServerProcess, valgrind};
use way::Way;

const PREFIX: &str = "/panic-api";
const TOKEN: &str = "a-token-of-about-the-length-that-is-usual-for-tokens-with-claims";

// One thread does all the work of a client, so that its CPU time is that of the calls.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    match bench::arguments().iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve"] => serve().await?,
        ["cpu", port] => compare(port).await?,
        [way, port, rounds] => {
            let way = Way::new(way, port)?;
            for _ in 0..rounds.parse()? {
                bench::Calls::call(&way).await?;
            }
        }
        _ => {
            let server = ServerProcess::start()?;
            valgrind::print("call", ["ours", "reqwest"].map(|way| (way, valgrind::cost(&[way, server.port()]))));
            compare(server.port()).await?;
        }
    }
    Ok(())
}

async fn serve() -> std::io::Result<()> {
    let line = format!("GET {PREFIX}/callouts/570?shouldIncludeRoute=true&shouldIncludeEvents=true");
    let token = format!("authorization: Bearer {TOKEN}");
    bench::serve(&line, &[&token], "application/json; charset=utf-8", &support::callout()).await
}

async fn compare(port: &str) -> Result<(), Failure> {
    bench::compare([("ours", Way::new("ours", port)?), ("reqwest", Way::new("reqwest", port)?)]).await
}
