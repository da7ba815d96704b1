//! An emulator with a client without sockets and an empty store, so that tokio's paused clock applies and no test waits
//! in real time; changes of a feed as one line; a store that fails, hangs or is killed.

pub(crate) use care_emulators::leap::{Controller, Emulator, NewRequest, State as EmulatorState};
pub(crate) use care_testkit::{FaultyStore, Folder, Signal, SocketlessTransport, Step, When, secs};

use care_emulators::{
    Clock,
    leap::{EmulatorBuilder, PASSWORD, USERNAME},
};
use futures_util::{Stream, StreamExt};
use leap_client::{
    BoxFuture, Change, ChangeStore, Changes, Error, Leap, MemoryChangeStore, Options, PendingAck, RequestId,
    RequestKey, Settled, StoreError, Update,
};
use std::time::Duration;
use tokio::time::timeout;

pub(crate) fn key(id: &str) -> RequestKey {
    RequestKey::id(id)
}

/// An emulator, a client of it without sockets, and an empty store. Whatever is done in the world is done a second
/// later than what was done before.
pub(crate) struct Scene {
    pub(crate) emulator: Emulator,
    pub(crate) world: World,
    pub(crate) leap: Leap,
    pub(crate) transport: SocketlessTransport,
    pub(crate) store: MemoryChangeStore,
}

pub(crate) async fn scene() -> Scene {
    scene_of(Emulator::builder()).await
}

pub(crate) async fn scene_of(builder: EmulatorBuilder) -> Scene {
    let emulator = builder.start().await.unwrap();
    let (leap, transport) = client(&emulator);
    let world = World { controller: emulator.controller(), clock: emulator.clock() };
    Scene { emulator, world, leap, transport, store: MemoryChangeStore::new() }
}

pub(crate) fn client(emulator: &Emulator) -> (Leap, SocketlessTransport) {
    client_with(emulator, Options::new())
}

pub(crate) fn client_with(emulator: &Emulator, options: Options) -> (Leap, SocketlessTransport) {
    let transport = SocketlessTransport::to(emulator.router());
    let options = options.transport(transport.clone());
    let leap =
        Leap::builder().base_url("http://localhost").basic_auth(USERNAME, PASSWORD).options(options).build().unwrap();
    (leap, transport)
}

impl Scene {
    pub(crate) fn changes(&self) -> Changes {
        self.leap.requests().changes(self.store.clone())
    }

    /// How many acknowledgements were sent.
    pub(crate) fn acks(&self) -> usize {
        self.transport.count("POST", "/requests/acked")
    }

    /// How often a request was read.
    pub(crate) fn reads(&self, id: &str) -> usize {
        self.transport.count("GET", &format!("/requests/{id}"))
    }

    /// How often the list was polled: the requests of one poll follow each other at once.
    pub(crate) fn lists(&self) -> usize {
        let first = self.transport.count("GET", "/requests/").min(1);
        first + self.polls().len()
    }

    /// The times between two polls.
    pub(crate) fn polls(&self) -> Vec<Duration> {
        self.transport.gaps("GET", "/requests/").into_iter().filter(|gap| !gap.is_zero()).collect()
    }
}

/// Customers and agents.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) controller: Controller,
    pub(crate) clock: Clock,
}

impl World {
    fn tick(&self) -> &Controller {
        self.clock.advance(secs(1));
        &self.controller
    }

    pub(crate) fn raise(&self, id: &str) {
        self.tick().raise(NewRequest::topic("Parking").with_id(id)).unwrap();
    }

    pub(crate) fn comment(&self, id: &str, text: &str) {
        self.tick().comment(id, "Jo Example", text).unwrap();
    }

    pub(crate) fn state(&self, id: &str, state: EmulatorState) {
        self.tick().change_state(id, state, "Kim Example", "").unwrap();
    }

    pub(crate) fn edit(&self, id: &str, summary: &str) {
        self.tick().edit_summary(id, summary).unwrap();
    }

    pub(crate) fn remove(&self, id: &str) {
        self.tick().remove(id).unwrap();
    }

    pub(crate) fn has_flags(&self, id: &str) -> bool {
        let request = self.controller.request(id).unwrap();
        request.unacked_since.is_some() || request.updates.iter().any(|update| update.unacked_since.is_some())
    }

    /// All that was said in a request, oldest first.
    pub(crate) fn said(&self, id: &str) -> Vec<String> {
        let updates = self.controller.request(id).unwrap().updates;
        updates.into_iter().rev().map(|update| update.comment).filter(|text| !text.is_empty()).collect()
    }

    /// Does something once, after the next such request was dealt with and before its answer leaves.
    pub(crate) fn after(&self, method: &str, path_end: &str, act: impl FnOnce(&Self) + Send + 'static) {
        let world = self.clone();
        self.controller.after_next(method, path_end, move |_| act(&world));
    }

    /// Does something once, before the next such request is looked at.
    pub(crate) fn before(&self, method: &str, path_end: &str, act: impl FnOnce(&Self) + Send + 'static) {
        let world = self.clone();
        self.controller.before_next(method, path_end, move |_| act(&world));
    }
}

type Item = Result<Change, Error>;

/// What an update says: its text, its state, or its type.
pub(crate) fn said(update: &Update) -> String {
    let state = update.state.as_ref().map(|state| format!("to {state}"));
    let text = update.comment.as_deref().cloned();
    text.or(state).unwrap_or_else(|| update.kind.to_string())
}

/// A change in one line: `A: late, new, first comment, to PROBLEM`.
pub(crate) fn line(change: &Change) -> String {
    let mut words = Vec::new();
    words.extend(change.is_late().then(|| "late".to_owned()));
    words.extend(change.is_new().then(|| "new".to_owned()));
    words.extend(change.updates().iter().map(said));
    format!("{}: {}", change.request().identifier, words.join(", "))
}

/// The next change, which must come within two hours.
pub(crate) async fn change(changes: &mut (impl Stream<Item = Item> + Unpin)) -> Change {
    timeout(secs(7_200), changes.next()).await.expect("no change").unwrap().unwrap()
}

/// The next change in one line, which is settled.
pub(crate) async fn settled(changes: &mut (impl Stream<Item = Item> + Unpin)) -> (String, Settled) {
    let change = change(changes).await;
    (line(&change), change.done().await.unwrap())
}

/// The next change in one line, which is acknowledged.
pub(crate) async fn handled(changes: &mut (impl Stream<Item = Item> + Unpin)) -> String {
    let (line, settled) = settled(changes).await;
    assert_eq!(settled, Settled::Acknowledged, "{line}");
    line
}

/// The next item in one word, within ten minutes; a change is left.
pub(crate) async fn next(changes: &mut (impl Stream<Item = Item> + Unpin)) -> String {
    match timeout(secs(600), changes.next()).await {
        Err(_) => "nothing".to_owned(),
        Ok(None) => "end".to_owned(),
        Ok(Some(Ok(change))) => line(&change),
        Ok(Some(Err(error))) => format!("error {}", error.kind()),
    }
}

/// Nothing comes within ten minutes.
pub(crate) async fn quiet(changes: &mut (impl Stream<Item = Item> + Unpin)) {
    assert_eq!(next(changes).await, "nothing");
}

/// A store that runs into trouble.
#[derive(Clone)]
pub(crate) struct FaultyChangeStore<S> {
    pub(crate) store: S,
    pub(crate) load: FaultyStore,
    pub(crate) save: FaultyStore,
    pub(crate) remove: FaultyStore,
}

impl<S> FaultyChangeStore<S> {
    pub(crate) fn new(store: S) -> Self {
        Self { store, load: FaultyStore::healthy(), save: FaultyStore::healthy(), remove: FaultyStore::healthy() }
    }
}

impl<S: ChangeStore> ChangeStore for FaultyChangeStore<S> {
    fn load(&self) -> BoxFuture<'_, Result<Vec<PendingAck>, StoreError>> {
        Box::pin(self.load.run(self.store.load()))
    }

    fn save<'a>(&'a self, pending: &'a PendingAck) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.save.run(self.store.save(pending)))
    }

    fn remove<'a>(&'a self, id: &'a RequestId) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.remove.run(self.store.remove(id)))
    }
}
