//! The two ways to read a callout.

use std::hint::black_box;

use aura_client::{Aura, GetCallout};
use care_client_core::Options;
use care_testkit::bench::{Calls, Counters, Failure};

use crate::support::plain;
use crate::{PREFIX, TOKEN};

/// One way, ready to call.
#[derive(Clone)]
pub(crate) enum Way {
    Ours(Aura),
    Reqwest { client: reqwest::Client, base: String },
}

impl Way {
    pub(crate) fn new(name: &str, port: &str) -> Result<Self, Failure> {
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
