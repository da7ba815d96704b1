use crate::{arguments::Arguments, demo};
use care_emulators::leap::Emulator;
use examples::{
    Failure, Teller,
    leap::{self, LiveLeap},
};
use leap_client::{ChangeStore, Changes, FileChangeStore, Leap, MemoryChangeStore};
use std::{path::Path, sync::Arc, time::Duration};

/// Where the place is kept on a real server, unless it is said.
const FILE: &str = "leap-changes.json";
const INTERVAL: Duration = Duration::from_secs(30);
/// An emulator isn't put to trouble by many looks.
const SHORT_INTERVAL: Duration = Duration::from_millis(300);

/// Whom the program talks to, and where it keeps its place.
pub(crate) struct Server {
    leap: Leap,
    store: Arc<dyn ChangeStore>,
    interval: Duration,
    /// Kept here because it stops when it is dropped.
    _emulator: Option<Emulator>,
}

impl Server {
    /// Takes the server that the environment names, else starts an emulator with customers.
    pub(crate) async fn choose(
        live: Option<LiveLeap>,
        arguments: &Arguments,
        teller: &Teller,
    ) -> Result<Self, Failure> {
        match live {
            Some(live) => Self::live(&live, arguments, teller).await,
            None => Self::embedded(arguments, teller).await,
        }
    }

    async fn live(live: &LiveLeap, arguments: &Arguments, teller: &Teller) -> Result<Self, Failure> {
        let leap = live.builder().build()?;
        let path = arguments.store.as_deref().unwrap_or(Path::new(FILE));
        let store = open(path)?;
        let interval = arguments.interval.unwrap_or(INTERVAL);
        let (variable, server, seconds) = (live.variable(), live.server(), interval.as_secs_f64());
        teller.say(format!(
            "{variable} is set: this talks to {server}, and acknowledges what it shows. It looks every {seconds} s."
        ));
        match pending(&store).await? {
            0 => {}
            count => teller.say(format!(
                "{} has {count} acknowledgements of which nobody saw the end: they are looked at first.",
                path.display()
            )),
        }
        Ok(Self { leap, store: Arc::new(store), interval, _emulator: None })
    }

    async fn embedded(arguments: &Arguments, teller: &Teller) -> Result<Self, Failure> {
        let store: Arc<dyn ChangeStore> = match &arguments.store {
            None => Arc::new(MemoryChangeStore::new()),
            Some(path) => {
                let store = open(path)?;
                if pending(&store).await? > 0 {
                    return Err(Failure::failed(format!(
                        "{} has acknowledgements of which nobody saw the end, and the emulator of this run has just started and \
                         doesn't know their requests. If they are of a real server, set LEAP_BASE_URL. If they were of an emulator \
                         that is gone, remove the file.",
                        path.display()
                    )));
                }
                Arc::new(store)
            }
        };
        let emulator = Emulator::start().await?;
        teller.say("No LEAP_BASE_URL is set, so an emulator in this process plays LEAP's server. Its customers raise requests for a few");
        teller.say("seconds, and then have nothing more to say. To see this outlive a kill, start `cargo run -p care-emulators`");
        teller.say("elsewhere and set what --help names.");
        let leap = leap::client(&emulator)?;
        // A new emulator refuses nothing of it.
        tokio::spawn(demo::play(emulator.controller()));
        let interval = arguments.interval.unwrap_or(SHORT_INTERVAL);
        Ok(Self { leap, store, interval, _emulator: Some(emulator) })
    }

    /// The changes, those that an earlier run may not have settled first.
    pub(crate) fn changes(&self) -> Changes {
        self.leap.requests().changes(Arc::clone(&self.store)).with_interval(self.interval)
    }

    /// How many acknowledgements the next start has to look at.
    pub(crate) async fn pending(&self) -> Result<usize, Failure> {
        pending(&*self.store).await
    }
}

fn open(path: &Path) -> Result<FileChangeStore, Failure> {
    FileChangeStore::open(path)
        .map_err(|error| Failure::from(error).and(&format!("The store file is {}.", path.display())))
}

async fn pending(store: &(impl ChangeStore + ?Sized)) -> Result<usize, Failure> {
    Ok(store.load().await.map_err(|error| Failure::failed(error.to_string()))?.len())
}
