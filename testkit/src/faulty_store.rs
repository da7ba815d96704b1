//! A store whose saves fail, hang, are slow or are stopped at one point, so that a test can say what a service does
//! then.
//!
//! Each service has its own store trait. A test wraps its store in a type of a few lines that hands each save to
//! [`FaultyStore::run`].

use crate::Signal;
use care_client_core::StoreError;
use std::{
    future::pending,
    sync::{
        Arc,
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
