//! Shared by the tests of behaviour: a client of an emulator without sockets, so that tokio's paused clock works and no
//! test waits in real time; answers that are lost or unusable; and interference by other agents between two requests.

mod interference;

pub(crate) use self::interference::*;
pub(crate) use care_emulators::engagement::{AGENT_ID, Controller, Emulator, NewAgent, NewContent, SOURCE_ID};
pub(crate) use care_testkit::{Sent, SocketlessTransport, Step, reply, secs};

use care_emulators::{Clock, engagement::EmulatorBuilder};
use engagement_client::{Engagement, Interventions, Options};

/// An emulator and a client of it without sockets.
pub(crate) struct Setup {
    pub(crate) emulator: Emulator,
    pub(crate) controller: Controller,
    pub(crate) clock: Clock,
    pub(crate) engagement: Engagement,
    pub(crate) transport: SocketlessTransport,
}

pub(crate) async fn setup() -> Setup {
    setup_of(Emulator::builder()).await
}

pub(crate) async fn setup_of(builder: EmulatorBuilder) -> Setup {
    setup_with(builder, Options::new()).await
}

pub(crate) async fn setup_with(builder: EmulatorBuilder, options: Options) -> Setup {
    let emulator = builder.start().await.unwrap();
    let (engagement, transport) = client_with(&emulator, emulator.access_token(), options);
    Setup { controller: emulator.controller(), clock: emulator.clock(), emulator, engagement, transport }
}

/// A client with the emulator's own token.
pub(crate) fn client(emulator: &Emulator) -> (Engagement, SocketlessTransport) {
    client_with(emulator, emulator.access_token(), Options::new())
}

/// A client with this token.
pub(crate) fn client_with(emulator: &Emulator, token: &str, options: Options) -> (Engagement, SocketlessTransport) {
    let transport = SocketlessTransport::to(emulator.router());
    let options = options.transport(transport.clone());
    let builder = Engagement::builder().base_url("http://localhost/1.0").access_token(token);
    (builder.options(options).build().unwrap(), transport)
}

impl Setup {
    pub(crate) fn interventions(&self) -> Interventions<'_> {
        self.engagement.interventions()
    }

    /// The same emulator, with a client that has another agent's token.
    pub(crate) fn with_agent(self, agent: &str) -> Self {
        let token = self.controller.issue_token(agent).unwrap();
        let (engagement, transport) = client_with(&self.emulator, &token, Options::new());
        Self { engagement, transport, ..self }
    }

    /// An open intervention with an agent's reply.
    pub(crate) fn answered(&self) -> String {
        let id = self.controller.open_new();
        self.controller.reply(&id).unwrap();
        id
    }

    pub(crate) fn is_closed(&self, id: &str) -> bool {
        self.controller.intervention(id).is_ok_and(|one| one.closed)
    }

    pub(crate) fn is_there(&self, id: &str) -> bool {
        self.controller.intervention(id).is_ok()
    }

    pub(crate) fn categories(&self, id: &str) -> Vec<String> {
        self.controller.intervention(id).unwrap().category_ids
    }

    /// The number of requests sent that change something.
    pub(crate) fn writes(&self) -> usize {
        ["PUT", "POST", "DELETE"].iter().map(|method| self.transport.count(method, "")).sum()
    }

    /// The number of requests sent that read.
    pub(crate) fn reads(&self) -> usize {
        self.transport.count("GET", "")
    }

    /// Runs an action once, before the next such request is handled.
    pub(crate) fn before(&self, method: &str, path_end: &str, id: &str, act: impl Act) {
        let id = id.to_owned();
        self.controller.before_next(method, path_end, move |controller| act(controller, &id));
    }

    /// Runs an action once, after the next such request is handled and before its answer is sent.
    pub(crate) fn after(&self, method: &str, path_end: &str, id: &str, act: impl Act) {
        let id = id.to_owned();
        self.controller.after_next(method, path_end, move |controller| act(controller, &id));
    }
}

/// An action on an intervention.
pub(crate) trait Act: FnOnce(&Controller, &str) + Send + 'static {}

impl<F: FnOnce(&Controller, &str) + Send + 'static> Act for F {}

pub(crate) const HTML: &str = "<!doctype html><html/>";

/// Failures that leave the client without a usable answer, and whether the service has carried out the request.
pub(crate) fn lost_answers() -> Vec<(Step, bool)> {
    vec![
        (Step::Lost, false),
        (Step::Silence, false),
        (Step::Answer(500, ""), false),
        (Step::Answer(503, "{}"), false),
        (Step::RetryAfter(503, 1), false),
        (Step::Answer(200, HTML), false),
        (Step::Answer(302, ""), false),
        (Step::AnswerLost, true),
        (Step::Cut, true),
        (Step::After(secs(20)), true),
        (Step::edited(|answer| answer.body = HTML.into()), true),
        (Step::edited(|answer| answer.body = "\u{0}garbage".into()), true),
        (Step::edited(|answer| answer.body = "{}".into()), true),
        (Step::edited(|answer| answer.status = 500.try_into().unwrap()), true),
        (Step::edited(|answer| answer.status = 502.try_into().unwrap()), true),
        (Step::edited(|answer| answer.status = 503.try_into().unwrap()), true),
        (Step::edited(|answer| answer.status = 504.try_into().unwrap()), true),
    ]
}

/// Reads that show nothing.
pub(crate) fn failed_reads() -> Vec<Step> {
    vec![Step::Answer(403, "{}"), Step::Answer(400, "{}"), Step::Answer(200, HTML), Step::Answer(200, "{}")]
}
