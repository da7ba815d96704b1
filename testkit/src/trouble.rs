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

/// What goes wrong when a store saves, for a service's own kind of store to go through. Clones are the same trouble.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// use care_testkit::Trouble;
///
/// let trouble = Trouble::fails();
/// assert!(trouble.saving(async { Ok(()) }).await.is_err());
/// trouble.mend();
/// assert!(trouble.saving(async { Ok(()) }).await.is_ok());
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Trouble {
    kind: Kind,
    mended: Arc<AtomicBool>,
    saves: Arc<AtomicUsize>,
}

#[derive(Debug, Clone)]
enum Kind {
    None,
    Fails,
    Hangs,
    Slow(Duration),
    Held(usize, When, Signal),
}

/// Before the work is done, or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before.
    Before,
    /// After.
    After,
}

impl Trouble {
    fn new(kind: Kind) -> Self {
        Self { kind, mended: Arc::default(), saves: Arc::default() }
    }

    /// Each save is done.
    #[must_use]
    pub fn none() -> Self {
        Self::new(Kind::None)
    }

    /// Each save fails.
    #[must_use]
    pub fn fails() -> Self {
        Self::new(Kind::Fails)
    }

    /// No save ends, and none is done.
    #[must_use]
    pub fn hangs() -> Self {
        Self::new(Kind::Hangs)
    }

    /// Each save takes this long.
    #[must_use]
    pub fn slow(by: Duration) -> Self {
        Self::new(Kind::Slow(by))
    }

    /// The `number`th save, from 1 on, tells the test and never ends, before or after it is done.
    #[must_use]
    pub fn held(number: usize, when: When, signal: Signal) -> Self {
        Self::new(Kind::Held(number, when, signal))
    }

    /// Ends it: what is saved from now on is saved.
    pub fn mend(&self) {
        self.mended.store(true, SeqCst);
    }

    /// Lets a save through, or not.
    ///
    /// # Errors
    ///
    /// The save's own, or that the disk is full.
    pub async fn saving<T>(&self, save: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        let number = self.saves.fetch_add(1, SeqCst) + 1;
        if self.mended.load(SeqCst) {
            return save.await;
        }
        match &self.kind {
            Kind::Fails => return Err("the disk is full".into()),
            Kind::Hangs => pending::<()>().await,
            Kind::Slow(by) => sleep(*by).await,
            Kind::Held(n, When::Before, signal) if *n == number => signal.hold().await,
            Kind::Held(..) | Kind::None => {}
        }
        let saved = save.await;
        if let Kind::Held(n, When::After, signal) = &self.kind
            && *n == number
        {
            signal.hold().await;
        }
        saved
    }
}
