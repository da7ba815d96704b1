//! What the tests of the workflows share: clients of an emulator without sockets, so that tokio's paused clock serves
//! and no test waits in real time; and a store whose saves fail, hang or are killed.

pub(crate) use care_emulators::aura::{Controller, Emulator};
pub(crate) use care_testkit::{FaultyStore, Folder, Signal, SocketlessTransport, Step, When, secs};

use aura_client::{
    Aura, AuraBuilder, BoxFuture, Callout, CalloutSession, CalloutUpdate, Error, Fix, MemorySessionStore, NewCallout,
    NewCustomer, Options, SessionPhase, SessionState, SessionStore, StoreError,
};
use futures_util::{Stream, StreamExt};
use tokio::time::timeout;

pub(crate) const USER: &str = "id_1@example.com";

pub(crate) fn here() -> Fix {
    Fix::new(-26.125, 28.25).accuracy(12.0)
}

pub(crate) fn new_callout() -> NewCallout {
    NewCallout::new(NewCustomer::new("Alex", "Example", "+12025550103"), here())
}

/// A client in process, to which credentials are still to be added.
pub(crate) fn builder(transport: &SocketlessTransport) -> AuraBuilder {
    Aura::builder().base_url("http://localhost").options(Options::new().transport(transport.clone()))
}

/// A user's client of an emulator without sockets.
pub(crate) fn client(emulator: &Emulator) -> (Aura, SocketlessTransport) {
    let transport = SocketlessTransport::to(emulator.router());
    let aura = builder(&transport).user_token(emulator.issue_user_token(USER)).build().unwrap();
    (aura, transport)
}

/// An emulator, a user's client of it without sockets, and a callout of that user with the number 570.
pub(crate) async fn with_callout() -> (Emulator, Aura, SocketlessTransport) {
    let emulator = Emulator::start().await.unwrap();
    let (aura, transport) = client(&emulator);
    assert_eq!(aura.callouts().create(new_callout()).await.unwrap().id.get(), 570);
    (emulator, aura, transport)
}

/// An update in one word: the status, what was said, or what it was delayed by.
pub(crate) fn word(item: Option<Result<CalloutUpdate, Error>>) -> String {
    match item {
        None => "end".to_owned(),
        Some(Ok(CalloutUpdate::Summary(callout))) => format!("in short {}", callout.status),
        Some(Ok(CalloutUpdate::Changed(callout))) => callout.status.to_string(),
        Some(Ok(CalloutUpdate::Message(event))) => format!("said {}", event.body().unwrap()),
        Some(Ok(CalloutUpdate::Delayed(error))) => format!("delayed {}", error.kind()),
        Some(Ok(CalloutUpdate::Refused(error))) => {
            format!("refused {}", error.status().map_or(0, |status| status.as_u16()))
        }
        Some(Ok(other)) => panic!("{other:?}"),
        Some(Err(error)) => format!("error {}", error.status().map_or(0, |status| status.as_u16())),
    }
}

/// The next update in one word, or `nothing` within ten minutes.
pub(crate) async fn next(updates: &mut (impl Stream<Item = Result<CalloutUpdate, Error>> + Unpin)) -> String {
    timeout(secs(600), updates.next()).await.map_or_else(|_| "nothing".to_owned(), word)
}

/// The next update, which must be a change of the callout.
pub(crate) async fn changed(updates: &mut (impl Stream<Item = Result<CalloutUpdate, Error>> + Unpin)) -> Callout {
    match updates.next().await {
        Some(Ok(CalloutUpdate::Changed(callout))) => *callout,
        other => panic!("{other:?}"),
    }
}

/// An emulator, a user's client of it without sockets, and an empty store.
pub(crate) struct Scene {
    _emulator: Emulator,
    pub(crate) controller: Controller,
    pub(crate) aura: Aura,
    pub(crate) transport: SocketlessTransport,
    pub(crate) store: MemorySessionStore,
}

pub(crate) async fn scene() -> Scene {
    let emulator = Emulator::start().await.unwrap();
    let (aura, transport) = client(&emulator);
    Scene { controller: emulator.controller(), _emulator: emulator, aura, transport, store: MemorySessionStore::new() }
}

impl Scene {
    pub(crate) async fn raised(&self) -> CalloutSession {
        self.aura.raise(new_callout(), &self.store).await.unwrap()
    }

    /// The phases of all sessions that the store would give to a restart.
    pub(crate) async fn stored(&self) -> Vec<SessionPhase> {
        self.store.load().await.unwrap().iter().map(SessionState::phase).collect()
    }

    pub(crate) fn requests(&self, method: &str, path_end: &str) -> usize {
        self.transport.count(method, path_end)
    }

    /// Brings the callout from wherever it is to its end.
    pub(crate) fn close(&self) {
        let _ = self.controller.dispatch(570);
        for act in [Controller::arrive, Controller::complete, Controller::close] {
            act(&self.controller, 570).unwrap();
        }
    }
}

pub(crate) const ACTIVE: fn(u64) -> SessionPhase = |id| SessionPhase::Active(id.into());

/// A store whose saves have a fault.
#[derive(Clone)]
pub(crate) struct WithFault<S>(pub(crate) S, pub(crate) FaultyStore);

impl<S: SessionStore> SessionStore for WithFault<S> {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.1.run(self.0.save(state)))
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        self.0.load()
    }
}
