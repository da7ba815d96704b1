//! The two ways to read a callout.

use std::error::Error;
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use aura_client::{Aura, GetCallout};
use care_client_core::{AttemptEvent, FinishEvent, Observe, Options};

use crate::server::{PREFIX, TOKEN};
use crate::support::plain;

/// One way, ready to call.
#[derive(Clone)]
pub(crate) enum Way {
    Ours(Aura),
    Reqwest { client: reqwest::Client, base: String },
}

/// What the crates of users count, about.
#[derive(Default)]
struct Counters {
    attempts: AtomicU64,
    failures: AtomicU64,
    micros: AtomicU64,
}

impl Observe for Counters {
    fn attempt(&self, _event: &AttemptEvent<'_>) {
        self.attempts.fetch_add(1, Relaxed);
    }

    fn finish(&self, event: &FinishEvent<'_>) {
        self.failures.fetch_add(event.error.is_some().into(), Relaxed);
        self.micros.fetch_add(u64::try_from(event.elapsed.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }
}

impl Way {
    pub(crate) fn new(name: &str, port: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
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

    /// Reads the callout once.
    pub(crate) async fn call(&self) -> Result<(), Box<dyn Error + Send + Sync>> {
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
