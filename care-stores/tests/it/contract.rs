//! The contract of stores, kept by every store there is: see `care_testkit::store_contract`.

use crate::support::{call, pending, session, version_of};
use aura_client::{FileSessionStore, MemorySessionStore, SessionStore};
use care_client_core::{BoxFuture, MemoryTokenStore, Token, TokenStore};
use care_stores::{SqliteCalls, SqliteStores};
use care_testkit::store_contract::{self, Backend, Sharing, Subject, crash, processes, values};
use care_webhook::{FileJournal, MemorySink, Notification, Sink};
use leap_client::{ChangeStore, FileChangeStore, MemoryChangeStore};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

const BACKENDS: &[Backend] = &[
    Backend {
        name: "sessions in memory",
        sharing: Sharing::Memory,
        open: |_| sessions(memory(MemorySessionStore::new())),
    },
    Backend {
        name: "sessions in a file",
        sharing: Sharing::OneProcess,
        open: |path| sessions(FileSessionStore::open(path)),
    },
    Backend {
        name: "sessions in SQLite",
        sharing: Sharing::Processes,
        open: |path| sessions(sqlite(path).map(|stores| stores.sessions())),
    },
    Backend {
        name: "changes in memory",
        sharing: Sharing::Memory,
        open: |_| changes(memory(MemoryChangeStore::new())),
    },
    Backend {
        name: "changes in a file",
        sharing: Sharing::OneProcess,
        open: |path| changes(FileChangeStore::open(path)),
    },
    Backend {
        name: "changes in SQLite",
        sharing: Sharing::Processes,
        open: |path| changes(sqlite(path).map(|stores| stores.changes())),
    },
    Backend { name: "calls in memory", sharing: Sharing::Memory, open: |_| calls(memory(MemorySink::new())) },
    Backend { name: "calls in a journal", sharing: Sharing::Unguarded, open: |path| calls(FileJournal::open(path)) },
    Backend {
        name: "calls in SQLite",
        sharing: Sharing::Processes,
        open: |path| calls(sqlite(path).map(|stores| stores.calls())),
    },
    Backend { name: "tokens in memory", sharing: Sharing::Memory, open: |_| tokens(memory(MemoryTokenStore::new())) },
    Backend {
        name: "tokens in SQLite",
        sharing: Sharing::Processes,
        open: |path| tokens(sqlite(path).map(|stores| stores.tokens())),
    },
];

type Opened = BoxFuture<'static, Result<Arc<dyn Subject>, String>>;

fn memory<S>(store: S) -> Result<S, String> {
    Ok(store)
}

fn sqlite(path: PathBuf) -> Result<SqliteStores, care_stores::StoreError> {
    SqliteStores::open(path)
}

fn opened<S: Subject + 'static, E: std::fmt::Display>(store: Result<S, E>) -> Opened {
    let store = store.map(|store| Arc::new(store) as Arc<dyn Subject>).map_err(|error| error.to_string());
    Box::pin(async move { store })
}

struct Sessions<S>(S);

fn sessions<S: SessionStore + 'static, E: std::fmt::Display>(store: Result<S, E>) -> Opened {
    opened(store.map(Sessions))
}

impl<S: SessionStore> Subject for Sessions<S> {
    fn put(&self, key: u32, version: u32) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move { self.0.save(&session(key, version)).await.map_err(|error| error.to_string()) })
    }

    fn read(&self, keys: Vec<u32>) -> BoxFuture<'_, Result<BTreeMap<u32, u32>, String>> {
        Box::pin(async move {
            let all = self.0.load().await.map_err(|error| error.to_string())?;
            let number = |id: u64| u32::try_from(id).unwrap();
            let all = all.iter().map(|state| {
                assert_eq!(state.label(), Some("canary"));
                (number(state.callout_id().unwrap().get()), number(state.last_event().unwrap().get()))
            });
            Ok(newest(all, &keys))
        })
    }
}

struct Changes<S>(S);

fn changes<S: ChangeStore + 'static, E: std::fmt::Display>(store: Result<S, E>) -> Opened {
    opened(store.map(Changes))
}

impl<S: ChangeStore> Subject for Changes<S> {
    fn put(&self, key: u32, version: u32) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move { self.0.save(&pending(key, version)).await.map_err(|error| error.to_string()) })
    }

    fn read(&self, keys: Vec<u32>) -> BoxFuture<'_, Result<BTreeMap<u32, u32>, String>> {
        Box::pin(async move {
            let all = self.0.load().await.map_err(|error| error.to_string())?;
            Ok(newest(all.iter().map(|entry| (entry.id.as_str().parse().unwrap(), version_of(entry))), &keys))
        })
    }
}

/// What a sink has kept.
trait Kept: Sink {
    fn kept(&self) -> BoxFuture<'_, Vec<Notification>>;
}

impl Kept for MemorySink {
    fn kept(&self) -> BoxFuture<'_, Vec<Notification>> {
        Box::pin(async { self.notifications() })
    }
}

impl Kept for FileJournal {
    fn kept(&self) -> BoxFuture<'_, Vec<Notification>> {
        Box::pin(async { self.read().await.unwrap().notifications })
    }
}

impl Kept for SqliteCalls {
    fn kept(&self) -> BoxFuture<'_, Vec<Notification>> {
        Box::pin(async { self.open_calls(u32::MAX).await.unwrap().into_iter().map(|call| call.notification).collect() })
    }
}

struct Calls<S>(S);

fn calls<S: Kept + 'static, E: std::fmt::Display>(store: Result<S, E>) -> Opened {
    opened(store.map(Calls))
}

impl<S: Kept> Subject for Calls<S> {
    fn put(&self, key: u32, version: u32) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move { self.0.store(&call(key, version)).await.map_err(|error| error.to_string()) })
    }

    fn read(&self, keys: Vec<u32>) -> BoxFuture<'_, Result<BTreeMap<u32, u32>, String>> {
        Box::pin(async move {
            let all = self.0.kept().await;
            let numbers = all.iter().map(|call| {
                let (key, version) = str::from_utf8(&call.body).unwrap().split_once(' ').unwrap();
                (key.parse().unwrap(), version.parse().unwrap())
            });
            Ok(newest(numbers, &keys))
        })
    }
}

struct Tokens<S>(S);

fn tokens<S: TokenStore + 'static, E: std::fmt::Display>(store: Result<S, E>) -> Opened {
    opened(store.map(Tokens))
}

impl<S: TokenStore> Subject for Tokens<S> {
    fn put(&self, key: u32, version: u32) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move {
            let token = Token::new(version.to_string());
            self.0.save(&format!("user:{key}"), &token).await.map_err(|error| error.to_string())
        })
    }

    fn read(&self, keys: Vec<u32>) -> BoxFuture<'_, Result<BTreeMap<u32, u32>, String>> {
        Box::pin(async move {
            let mut found = BTreeMap::new();
            for key in keys {
                let token = self.0.load(&format!("user:{key}")).await.map_err(|error| error.to_string())?;
                found.extend(token.map(|token| (key, token.secret().expose().parse().unwrap())));
            }
            Ok(found)
        })
    }
}

fn newest(all: impl Iterator<Item = (u32, u32)>, keys: &[u32]) -> BTreeMap<u32, u32> {
    let keys: std::collections::BTreeSet<_> = keys.iter().collect();
    let mut newest = BTreeMap::new();
    for (key, version) in all.filter(|(key, _)| keys.contains(key)) {
        let known = newest.entry(key).or_insert(version);
        *known = version.max(*known);
    }
    newest
}

const CHILD: &str = "contract::child_of_a_test";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_saved_last_is_read() {
    for backend in BACKENDS {
        values::check(backend).await;
        println!("{}: values", backend.name);
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_save_that_has_returned_outlives_kill_9_at_any_moment() {
    for backend in BACKENDS.iter().filter(|backend| backend.sharing != Sharing::Memory) {
        crash::check(backend, CHILD).await;
        println!("{}: crash", backend.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_processes_lose_nothing_or_the_second_is_refused() {
    for backend in BACKENDS {
        processes::check(backend, CHILD).await;
        println!("{}: processes ({:?})", backend.name, backend.sharing);
    }
}

/// Does nothing unless a test starts it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_of_a_test() {
    store_contract::child(BACKENDS).await;
}
