//! What one call costs over loopback, in instructions, allocations and CPU time, beside reqwest's own `.json::<T>()`.
//!
//! ```text
//! cargo bench -p aura-client --bench call            # needs valgrind
//! ```
//!
//! Both ways read the documented "Responder Arrived" callout from the same server, with a bearer token and two query
//! parameters. Ours has all that a call of this crate has: the repeat armed, a deadline, a cap on the body, an observer
//! and real types. The other is a plain reqwest client with default settings and a derive with `String` for every text
//! and date.
//!
//! The server is this program again, in a process of its own, so that its work isn't counted. Instructions and
//! allocations are the difference of a short and a long run under valgrind, as in the bench `decode`. CPU time is that
//! of the calling thread, in the kernel too; the ways take turns round by round, and what counts is the ratio, whose
//! median is printed. The aims are ratios of at most 0.90 for instructions, 0.98 for CPU one call after the other and
//! 0.93 with 64 in flight, and at most 110 allocations.
//!
//! To see where instructions go, take one way alone:
//!
//! ```text
//! target/release/deps/call-… serve < /dev/zero &     # prints its port
//! valgrind --tool=callgrind --callgrind-out-file=/tmp/call.out target/release/deps/call-… ours 12345 1000
//! callgrind_annotate /tmp/call.out
//! ```

#[allow(dead_code, reason = "each bench uses a part of it")]
mod plain;

use aura_client::{Aura, GetCallout, Options};
use care_testkit::bench::{self, Calls, Counters, Failure, ServerProcess, valgrind};
use std::hint::black_box;

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
                way.call().await?;
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
    bench::serve(&line, &[&token], "application/json; charset=utf-8", &plain::callout()).await
}

async fn compare(port: &str) -> Result<(), Failure> {
    bench::compare([("ours", Way::new("ours", port)?), ("reqwest", Way::new("reqwest", port)?)]).await
}

/// One way, ready to call.
#[derive(Clone)]
enum Way {
    Ours(Aura),
    Reqwest { client: reqwest::Client, base: String },
}

impl Way {
    fn new(name: &str, port: &str) -> Result<Self, Failure> {
        let host = format!("http://127.0.0.1:{port}");
        match name {
            "ours" => {
                let options = Options::new().observer(Counters::default());
                let aura = Aura::builder().base_url(host).path_prefix(PREFIX).user_token(TOKEN).options(options);
                Ok(Self::Ours(aura.build()?))
            }
            "reqwest" => Ok(Self::Reqwest { client: reqwest::Client::new(), base: host + PREFIX }),
            _ => Err(format!("there is no way {name}: say ours or reqwest").into()),
        }
    }
}

impl Calls for Way {
    /// Reads the callout once.
    async fn call(&self) -> Result<(), Failure> {
        match self {
            Self::Ours(aura) => {
                let get = GetCallout::new(570).include_events().include_route();
                drop(black_box(aura.callouts().get(get).await?));
            }
            Self::Reqwest { client, base } => {
                let request = client
                    .get(format!("{base}/callouts/{}", black_box(570)))
                    .bearer_auth(TOKEN)
                    .query(&[("shouldIncludeRoute", "true"), ("shouldIncludeEvents", "true")]);
                drop(black_box(request.send().await?.json::<plain::Callout>().await?));
            }
        }
        Ok(())
    }
}
