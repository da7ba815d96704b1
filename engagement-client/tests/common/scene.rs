use super::{Controller, Emulator, SocketlessTransport};
use care_emulators::{Clock, engagement::EmulatorBuilder};
use engagement_client::{Engagement, Interventions, Options};

/// An emulator, and a client of it without sockets.
pub(crate) struct Scene {
    pub(crate) emulator: Emulator,
    pub(crate) room: Controller,
    pub(crate) clock: Clock,
    pub(crate) engagement: Engagement,
    pub(crate) transport: SocketlessTransport,
}

pub(crate) async fn scene() -> Scene {
    scene_of(Emulator::builder()).await
}

pub(crate) async fn scene_of(builder: EmulatorBuilder) -> Scene {
    scene_with(builder, Options::new()).await
}

pub(crate) async fn scene_with(builder: EmulatorBuilder, options: Options) -> Scene {
    let emulator = builder.start().await.unwrap();
    let (engagement, transport) = client_with(&emulator, emulator.access_token(), options);
    Scene { room: emulator.controller(), clock: emulator.clock(), emulator, engagement, transport }
}

/// A client with this token.
pub(crate) fn client_with(emulator: &Emulator, token: &str, options: Options) -> (Engagement, SocketlessTransport) {
    let transport = SocketlessTransport::to(emulator.router());
    let options = options.transport(transport.clone());
    let builder = Engagement::builder().base_url("http://localhost/1.0").access_token(token);
    (builder.options(options).build().unwrap(), transport)
}

impl Scene {
    pub(crate) fn interventions(&self) -> Interventions<'_> {
        self.engagement.interventions()
    }

    /// The same emulator, with a client that has another agent's token.
    pub(crate) fn with_agent(self, agent: &str) -> Self {
        let token = self.room.issue_token(agent).unwrap();
        let (engagement, transport) = client_with(&self.emulator, &token, Options::new());
        Self { engagement, transport, ..self }
    }

    /// An open intervention with an agent's reply.
    pub(crate) fn answered(&self) -> String {
        let id = self.room.open_new();
        self.room.reply(&id).unwrap();
        id
    }

    pub(crate) fn is_closed(&self, id: &str) -> bool {
        self.room.intervention(id).is_ok_and(|one| one.closed)
    }

    pub(crate) fn is_there(&self, id: &str) -> bool {
        self.room.intervention(id).is_ok()
    }

    pub(crate) fn categories(&self, id: &str) -> Vec<String> {
        self.room.intervention(id).unwrap().category_ids
    }

    /// How many requests were sent that change something.
    pub(crate) fn writes(&self) -> usize {
        ["PUT", "POST", "DELETE"].iter().map(|method| self.transport.count(method, "")).sum()
    }

    /// How many requests were sent that read.
    pub(crate) fn reads(&self) -> usize {
        self.transport.count("GET", "")
    }

    /// Does something with an intervention once, before the next such request is looked at.
    pub(crate) fn before(&self, method: &str, path_end: &str, id: &str, act: impl Act) {
        let id = id.to_owned();
        self.room.before_next(method, path_end, move |room| act(room, &id));
    }

    /// Does something with an intervention once, after the next such request was dealt with and before its answer leaves.
    pub(crate) fn after(&self, method: &str, path_end: &str, id: &str, act: impl Act) {
        let id = id.to_owned();
        self.room.after_next(method, path_end, move |room| act(room, &id));
    }
}

/// What somebody does with an intervention.
pub(crate) trait Act: FnOnce(&Controller, &str) + Send + 'static {}

impl<F: FnOnce(&Controller, &str) + Send + 'static> Act for F {}
