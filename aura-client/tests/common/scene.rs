use super::{SocketlessTransport, client, new_callout};
use aura_client::{Aura, CalloutSession, MemorySessionStore, SessionPhase, SessionState, SessionStore};
use care_emulators::aura::{Controller, Emulator};

/// An emulator, a user's client of it without sockets, and an empty store.
pub(crate) struct Scene {
    _emulator: Emulator,
    pub(crate) room: Controller,
    pub(crate) aura: Aura,
    pub(crate) transport: SocketlessTransport,
    pub(crate) store: MemorySessionStore,
}

pub(crate) async fn scene() -> Scene {
    let emulator = Emulator::start().await.unwrap();
    let (aura, transport) = client(&emulator);
    Scene { room: emulator.controller(), _emulator: emulator, aura, transport, store: MemorySessionStore::new() }
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
        let _ = self.room.dispatch(570);
        for act in [Controller::arrive, Controller::complete, Controller::close] {
            act(&self.room, 570).unwrap();
        }
    }
}

pub(crate) const ACTIVE: fn(u64) -> SessionPhase = |id| SessionPhase::Active(id.into());
