use super::{Controller, Emulator, NewRequest, SocketlessTransport, There, secs};
use care_emulators::{
    Clock,
    leap::{EmulatorBuilder, PASSWORD, USERNAME},
};
use leap_client::{Changes, Leap, MemoryChangeStore, Options, RequestKey};

pub(crate) fn key(id: &str) -> RequestKey {
    RequestKey::id(id)
}

/// An emulator, a client of it without sockets, and an empty store. Whatever is done in the portal is done a second later
/// than what was done before.
pub(crate) struct Scene {
    pub(crate) emulator: Emulator,
    pub(crate) portal: Portal,
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
    let portal = Portal { room: emulator.controller(), clock: emulator.clock() };
    Scene { emulator, portal, leap, transport, store: MemoryChangeStore::new() }
}

pub(crate) fn client(emulator: &Emulator) -> (Leap, SocketlessTransport) {
    client_with(emulator, Options::new())
}

pub(crate) fn client_with(emulator: &Emulator, options: Options) -> (Leap, SocketlessTransport) {
    let transport = SocketlessTransport::to(emulator.router());
    let options = options.transport(transport.clone());
    let leap =
        Leap::builder().root("http://localhost").basic_auth(USERNAME, PASSWORD).options(options).build().unwrap();
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

    /// How often a first page was listed.
    pub(crate) fn lists(&self) -> usize {
        self.transport.sent("GET", "/requests/").iter().filter(|list| list.query().contains("offset=0")).count()
    }
}

/// Customers and agents.
#[derive(Clone)]
pub(crate) struct Portal {
    pub(crate) room: Controller,
    pub(crate) clock: Clock,
}

impl Portal {
    fn tick(&self) -> &Controller {
        self.clock.advance(secs(1));
        &self.room
    }

    pub(crate) fn raise(&self, id: &str) {
        self.tick().raise(NewRequest::topic("Parking").with_id(id)).unwrap();
    }

    pub(crate) fn comment(&self, id: &str, text: &str) {
        self.tick().comment(id, "Jo Example", text).unwrap();
    }

    pub(crate) fn state(&self, id: &str, state: There) {
        self.tick().change_state(id, state, "Kim Example", "").unwrap();
    }

    pub(crate) fn edit(&self, id: &str, summary: &str) {
        self.tick().edit_summary(id, summary).unwrap();
    }

    pub(crate) fn vanish(&self, id: &str) {
        self.tick().vanish(id).unwrap();
    }

    pub(crate) fn has_flags(&self, id: &str) -> bool {
        let request = self.room.request(id).unwrap();
        request.unacked_since.is_some() || request.updates.iter().any(|update| update.unacked_since.is_some())
    }

    /// All that was said in a request, oldest first.
    pub(crate) fn said(&self, id: &str) -> Vec<String> {
        let updates = self.room.request(id).unwrap().updates;
        updates.into_iter().rev().map(|update| update.comment).filter(|text| !text.is_empty()).collect()
    }

    /// Does something once, after the next such request was dealt with and before its answer leaves.
    pub(crate) fn after(&self, method: &str, path_end: &str, act: impl FnOnce(&Self) + Send + 'static) {
        let portal = self.clone();
        self.room.after_next(method, path_end, move |_| act(&portal));
    }

    /// Does something once, before the next such request is looked at.
    pub(crate) fn before(&self, method: &str, path_end: &str, act: impl FnOnce(&Self) + Send + 'static) {
        let portal = self.clone();
        self.room.before_next(method, path_end, move |_| act(&portal));
    }
}
