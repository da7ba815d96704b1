//! A program may be killed at any step of a session. Whoever restarts it finds the callout again, or is told that
//! nobody knows; never is it created twice.

use crate::support::*;
use Kill::*;
use When::*;
use aura_client::{Aura, FileSessionStore, Outcome, SessionPhase, SessionState, SessionStore};
use futures_util::StreamExt;
use std::path::Path;
use tokio::runtime::{Builder, Runtime};

/// Where the program is killed.
#[derive(Clone, Copy)]
enum Kill {
    /// At the n-th save of the state.
    Save(usize, When),
    /// At a request with this method and path, which the server has done by then, or has not heard of.
    Request(&'static str, &'static str, When),
    /// When `raise` has returned.
    Returned,
}

/// What a restart finds in the store.
#[derive(Debug, PartialEq)]
enum Found {
    Nothing,
    Creating,
    Active { dismissed: bool },
}

const FRESH: Found = Found::Active { dismissed: false };
const DISMISSED: Found = Found::Active { dismissed: true };

/// A program with a runtime, a client and an opened file of its own. Only the server and the file outlive it.
struct Life {
    runtime: Runtime,
    aura: Aura,
    transport: SocketlessTransport,
    store: FileSessionStore,
}

impl Life {
    fn begin(emulator: &Emulator, file: &Path) -> Self {
        let (aura, transport) = client(emulator);
        let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        Self { runtime, aura, transport, store: FileSessionStore::open(file).unwrap() }
    }

    /// Raises a callout and dismisses it, up to the step.
    fn raise_until(self, kill: Kill) {
        let signal = Signal::default();
        if let Request(method, path_end, when) = kill {
            self.hold(method, path_end, when, &signal);
        }
        let trouble = match kill {
            Save(number, when) => FaultyStore::held(number, when, signal.clone()),
            Request(..) | Returned => FaultyStore::healthy(),
        };
        let store = WithFault(self.store.clone(), trouble);
        let aura = self.aura.clone();
        let work = async move {
            let session = aura.raise(new_callout(), &store).await.unwrap();
            if let Returned = kill {
                return;
            }
            session.dismiss().await.unwrap();
            std::future::pending::<()>().await;
        };
        self.run_until(signal, work);
    }

    /// Resumes the callout, and gets as far as to the first poll.
    fn resume_until_it_polls(self) {
        let signal = Signal::default();
        self.hold("GET", "/570", Before, &signal);
        let (aura, store) = (self.aura.clone(), self.store.clone());
        let work = async move {
            for state in store.load().await.unwrap() {
                aura.resume(state).with_store(&store).await.unwrap();
            }
            std::future::pending::<()>().await;
        };
        self.run_until(signal, work);
    }

    /// Resumes the callout, and follows it to its end.
    fn resume_to_the_end(self, controller: &Controller) {
        let Self { runtime, aura, store, transport } = self;
        runtime.block_on(async {
            let state = store.load().await.unwrap().remove(0);
            let dismissed = state.is_dismissed();
            let session = aura.resume(state).with_store(&store).await.unwrap();
            let mut updates = session.updates();
            assert_eq!(next(&mut updates).await, "created");
            assert!(transport.count("GET", "/570") > 0);
            for act in [Controller::dispatch, Controller::arrive, Controller::complete, Controller::close] {
                act(controller, 570).unwrap();
            }
            assert_eq!((next(&mut updates).await.as_str(), updates.next().await.is_none()), ("closed", true));
            assert_eq!(session.state().is_dismissed(), dismissed);
        });
    }

    /// Finds out that nobody knows whether there is a callout.
    fn resume_in_vain(self) {
        self.runtime.block_on(async {
            let state = self.store.load().await.unwrap().remove(0);
            let error = self.aura.resume(state.clone()).with_store(&self.store).await.unwrap_err();
            assert_eq!((error.outcome(), error.operation()), (Outcome::Unknown, "aura.callouts.create"));
            assert!(!error.is_retryable());
            assert_eq!(self.transport.total(), 0);
            assert_eq!(self.store.load().await.unwrap(), std::slice::from_ref(&state), "it may be asked again");
            self.store.save(&state.ended()).await.unwrap();
        });
    }

    fn hold(&self, method: &'static str, path_end: &str, when: When, signal: &Signal) {
        let step = match when {
            Before => Step::HeldBefore(signal.clone()),
            After => Step::HeldAfter(signal.clone()),
        };
        self.transport.plan(method, path_end, [step]);
    }

    /// Works until the signal or the end of the work, and is killed there: the runtime goes with all its tasks.
    fn run_until(self, signal: Signal, work: impl Future<Output = ()>) {
        self.runtime.block_on(async {
            tokio::select! {
                () = signal.reached() => {}
                () = work => {}
            }
        });
        drop(self);
    }
}

fn found(states: &[SessionState]) -> Found {
    match states {
        [] => Found::Nothing,
        [state] if state.phase() == SessionPhase::Creating => Found::Creating,
        [state] if state.callout_id() == Some(570.into()) => Found::Active { dismissed: state.is_dismissed() },
        other => panic!("{other:?}"),
    }
}

#[test]
fn killed_at_each_step_the_callout_is_found_again_and_never_created_twice() {
    for (kill, expected, created) in [
        (Save(1, Before), Found::Nothing, 0),
        (Save(1, After), Found::Creating, 0),
        (Request("POST", "/callouts", Before), Found::Creating, 0),
        (Request("POST", "/callouts", After), Found::Creating, 1),
        (Save(2, Before), Found::Creating, 1),
        (Save(2, After), FRESH, 1),
        (Returned, FRESH, 1),
        (Request("POST", "/dismiss", Before), FRESH, 1),
        (Request("POST", "/dismiss", After), FRESH, 1),
        (Save(3, Before), FRESH, 1),
        (Save(3, After), DISMISSED, 1),
        (Request("GET", "/570", Before), DISMISSED, 1),
        (Request("GET", "/570", After), DISMISSED, 1),
    ] {
        let host = Runtime::new().unwrap();
        let emulator = host.block_on(Emulator::start()).unwrap();
        let folder = Folder::new();
        let file = folder.file("callouts.json");
        let states = || host.block_on(FileSessionStore::open(&file).unwrap().load()).unwrap();
        let posts = || emulator.journal().count("POST", "/callouts");

        Life::begin(&emulator, &file).raise_until(kill);
        assert_eq!((found(&states()), posts()), (expected, created));
        match found(&states()) {
            Found::Nothing => {}
            Found::Creating => Life::begin(&emulator, &file).resume_in_vain(),
            before @ Found::Active { .. } => {
                Life::begin(&emulator, &file).resume_until_it_polls();
                assert_eq!(found(&states()), before, "killed once more");
                Life::begin(&emulator, &file).resume_to_the_end(&emulator.controller());
            }
        }
        assert_eq!((found(&states()), posts()), (Found::Nothing, created));
    }
}
