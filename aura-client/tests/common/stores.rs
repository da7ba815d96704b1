use super::Signal;
use aura_client::{BoxFuture, SessionState, SessionStore, StoreError};
use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::time::sleep;

/// A folder of a test's own, which goes with it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let name = format!("aura-client-{}-{}", std::process::id(), MADE.fetch_add(1, SeqCst));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A store that fails or hangs until it is mended, and then keeps in another one.
#[derive(Clone)]
pub(crate) struct Broken<S> {
    inner: S,
    hangs: bool,
    mended: Arc<AtomicBool>,
}

impl<S> Broken<S> {
    pub(crate) fn new(inner: S, hangs: bool) -> Self {
        Self { inner, hangs, mended: Arc::default() }
    }

    pub(crate) fn mend(&self) {
        self.mended.store(true, SeqCst);
    }
}

impl<S: SessionStore> SessionStore for Broken<S> {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            match (self.mended.load(SeqCst), self.hangs) {
                (true, _) => self.inner.save(state).await,
                (false, true) => std::future::pending().await,
                (false, false) => Err("the disk is full".into()),
            }
        })
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        self.inner.load()
    }
}

/// A store that takes a second for each save.
#[derive(Clone)]
pub(crate) struct Slow<S>(pub(crate) S);

impl<S: SessionStore> SessionStore for Slow<S> {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            sleep(Duration::from_secs(1)).await;
            self.0.save(state).await
        })
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        self.0.load()
    }
}

/// A store that tells the test and hangs at its n-th save, before or after the save is done.
#[derive(Clone)]
pub(crate) struct Held<S> {
    pub(crate) inner: S,
    pub(crate) at: Option<(usize, When)>,
    pub(crate) signal: Signal,
    saves: Arc<AtomicUsize>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum When {
    Before,
    After,
}

impl<S> Held<S> {
    pub(crate) fn new(inner: S, at: Option<(usize, When)>, signal: Signal) -> Self {
        Self { inner, at, signal, saves: Arc::default() }
    }
}

impl<S: SessionStore> SessionStore for Held<S> {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        let number = self.saves.fetch_add(1, SeqCst) + 1;
        Box::pin(async move {
            if self.at == Some((number, When::Before)) {
                self.signal.hold().await
            }
            let saved = self.inner.save(state).await;
            if self.at == Some((number, When::After)) {
                self.signal.hold().await
            }
            saved
        })
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        self.inner.load()
    }
}
