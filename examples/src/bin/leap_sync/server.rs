//! The server that is followed, and the store that keeps unfinished acknowledgements for the next start.
//!
//! A store belongs to one server: an emulator that has just started never uses the store of another server.

use crate::arguments::Arguments;
use care_emulators::leap::{ControlError, Controller, Emulator, NewRequest, State};
use examples::{
    Failure, Reporter,
    leap::{self, LiveLeap},
};
use leap_client::{ChangeStore, Changes, FileChangeStore, Leap, MemoryChangeStore};
use std::{path::Path, sync::Arc, time::Duration};
use tokio::time::sleep;

/// The default store for a real server.
const FILE: &str = "leap-changes.json";
const INTERVAL: Duration = Duration::from_secs(30);
/// The interval with an emulator.
const SHORT_INTERVAL: Duration = Duration::from_millis(300);

/// The server, a client of it, and the store of unfinished acknowledgements.
pub(crate) struct Server {
    leap: Leap,
    store: Arc<dyn ChangeStore>,
    interval: Duration,
    /// Held because dropping it stops it.
    _emulator: Option<Emulator>,
}

impl Server {
    /// Uses the server that the environment names, or starts an emulator with customers.
    pub(crate) async fn choose(
        live: Option<LiveLeap>,
        arguments: &Arguments,
        reporter: &Reporter,
    ) -> Result<Self, Failure> {
        match live {
            Some(live) => Self::live(&live, arguments, reporter).await,
            None => Self::embedded(arguments, reporter).await,
        }
    }

    async fn live(live: &LiveLeap, arguments: &Arguments, reporter: &Reporter) -> Result<Self, Failure> {
        let leap = live.builder().build()?;
        let path = arguments.store.as_deref().unwrap_or(Path::new(FILE));
        let store = open(path)?;
        let interval = arguments.interval.unwrap_or(INTERVAL);
        let (variable, server, seconds) = (live.variable(), live.server(), interval.as_secs_f64());
        reporter.line(format!(
            "{variable} is set: using {server}, polled every {seconds} s. Printed changes are acknowledged."
        ));
        match pending(&store).await? {
            0 => {}
            count => reporter.line(format!(
                "{} holds unfinished acknowledgements, which are completed first: {count}.",
                path.display()
            )),
        }
        Ok(Self { leap, store: Arc::new(store), interval, _emulator: None })
    }

    async fn embedded(arguments: &Arguments, reporter: &Reporter) -> Result<Self, Failure> {
        let store: Arc<dyn ChangeStore> = match &arguments.store {
            None => Arc::new(MemoryChangeStore::new()),
            Some(path) => {
                let store = open(path)?;
                if pending(&store).await? > 0 {
                    return Err(Failure::failed(format!(
                        "{} holds unfinished acknowledgements of requests that the newly started emulator doesn't \
                         know. If they belong to a real server, set LEAP_BASE_URL. If they belong to a previous \
                         emulator, remove the file.",
                        path.display()
                    )));
                }
                Arc::new(store)
            }
        };
        let emulator = Emulator::start().await?;
        reporter.line(
            "LEAP_BASE_URL is not set: using an emulator whose customers raise requests for a few seconds. To see this",
        );
        reporter.line(
            "program survive a kill, start `cargo run -p care-emulators` separately and set the variables listed by",
        );
        reporter.line("--help.");
        let leap = leap::client(&emulator)?;
        // A new emulator rejects none of these actions.
        tokio::spawn(play_demo(emulator.controller()));
        let interval = arguments.interval.unwrap_or(SHORT_INTERVAL);
        Ok(Self { leap, store, interval, _emulator: Some(emulator) })
    }

    /// The changes, starting with those that an earlier run left unfinished.
    pub(crate) fn changes(&self) -> Changes {
        self.leap.requests().changes(Arc::clone(&self.store)).with_interval(self.interval)
    }

    /// The number of unfinished acknowledgements.
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

/// The time between two actions.
const STEP: Duration = Duration::from_millis(600);

/// Actions of an emulator's customers and agents over a few seconds.
async fn play_demo(controller: Controller) -> Result<(), ControlError> {
    let (agent, customer) = ("Kim Example", "Robin Example");
    let stairs = controller.raise(NewRequest::topic("Lighting").summary("The stairs are dark"))?;
    sleep(STEP).await;
    controller.assign(&stairs, agent)?;
    let spot = controller.raise(NewRequest::topic("Parking").summary("Somebody stands on my spot"))?;
    sleep(STEP).await;
    controller.comment(&stairs, customer, "It is the stairs at the back")?;
    sleep(STEP).await;
    controller.change_state(&spot, State::Problem, agent, "The car has no number plate")?;
    sleep(STEP).await;
    controller.change_state(&stairs, State::Successful, agent, "They are bright again")?;
    sleep(STEP).await;
    controller.change_state(&spot, State::Cancelled, agent, "The car has gone")
}
