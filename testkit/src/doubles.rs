//! Test doubles: a store whose saves fail, hang, are slow or are stopped at one point, and an observer that records.
//!
//! Each service has its own store trait. A test wraps its store in a type of a few lines that runs each save by
//! [`FaultyStore::run`].

use crate::Signal;
use care_client_core::{AttemptEvent, FinishEvent, Observe, RepeatEvent, StoreError};
use std::{
    fmt::Debug,
    future::pending,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::time::sleep;

/// The fault of a store, through which a test's own store runs its saves. Clones share the same fault.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// use care_testkit::FaultyStore;
///
/// let store = FaultyStore::failing();
/// assert!(store.run(async { Ok(()) }).await.is_err());
/// store.repair();
/// assert!(store.run(async { Ok(()) }).await.is_ok());
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct FaultyStore {
    fault: Fault,
    repaired: Arc<AtomicBool>,
    saves: Arc<AtomicUsize>,
}

#[derive(Debug, Clone)]
enum Fault {
    None,
    Fails,
    Hangs,
    Slow(Duration),
    Held(usize, When, Signal),
}

/// Before the save is done, or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before.
    Before,
    /// After.
    After,
}

impl FaultyStore {
    fn new(fault: Fault) -> Self {
        Self { fault, repaired: Arc::default(), saves: Arc::default() }
    }

    /// Each save is done.
    #[must_use]
    pub fn healthy() -> Self {
        Self::new(Fault::None)
    }

    /// Each save fails.
    #[must_use]
    pub fn failing() -> Self {
        Self::new(Fault::Fails)
    }

    /// No save ends, and none is done.
    #[must_use]
    pub fn hanging() -> Self {
        Self::new(Fault::Hangs)
    }

    /// Each save takes this long.
    #[must_use]
    pub fn slow(by: Duration) -> Self {
        Self::new(Fault::Slow(by))
    }

    /// The `number`th save, from 1 on, tells the test and never ends, before or after it is done.
    #[must_use]
    pub fn held(number: usize, when: When, signal: Signal) -> Self {
        Self::new(Fault::Held(number, when, signal))
    }

    /// Ends the fault: later saves are done.
    pub fn repair(&self) {
        self.repaired.store(true, SeqCst);
    }

    /// Runs a save as the fault has it.
    ///
    /// # Errors
    ///
    /// The save's own, or that the disk is full.
    pub async fn run<T>(&self, save: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        let number = self.saves.fetch_add(1, SeqCst) + 1;
        if self.repaired.load(SeqCst) {
            return save.await;
        }
        match &self.fault {
            Fault::Fails => return Err("the disk is full".into()),
            Fault::Hangs => pending::<()>().await,
            Fault::Slow(by) => sleep(*by).await,
            Fault::Held(n, When::Before, signal) if *n == number => signal.hold().await,
            Fault::Held(..) | Fault::None => {}
        }
        let saved = save.await;
        if let Fault::Held(n, When::After, signal) = &self.fault
            && *n == number
        {
            signal.hold().await;
        }
        saved
    }
}

/// An observer that records every event. Clones share the same record.
#[derive(Debug, Clone, Default)]
pub struct RecordingObserver(Arc<Mutex<Vec<String>>>);

impl RecordingObserver {
    /// Each event as `Debug` shows it.
    #[must_use]
    pub fn events(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn record(&self, event: &dyn Debug) {
        self.0.lock().unwrap().push(format!("{event:?}"));
    }
}

impl Observe for RecordingObserver {
    fn attempt(&self, event: &AttemptEvent<'_>) {
        self.record(event);
    }

    fn repeat(&self, event: &RepeatEvent<'_>) {
        self.record(event);
    }

    fn finish(&self, event: &FinishEvent<'_>) {
        self.record(event);
    }

    fn store_failed(&self, error: &StoreError) {
        self.record(error);
    }
}
