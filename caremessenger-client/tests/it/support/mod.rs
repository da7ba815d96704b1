//! What the tests share: a client of an emulator without sockets, so that tokio's paused clock serves and no test waits
//! in real time; a server whose answers a test sets; and receivers whose sink fails.

pub(crate) mod mock_server;

pub(crate) use care_emulators::caremessenger::{Controller, Emulator, NewProvider, Target as There};
pub(crate) use care_testkit::{FaultyStore, Folder, SocketlessTransport, Step, secs};

use bytes::Bytes;
use care_emulators::caremessenger::EmulatorBuilder;
use caremessenger_client::{
    BoxFuture, CareMessenger, CareMessengerBuilder, NewAssistanceProvider, Options, SiteId, StoreError,
    webhook::{self, MemorySink, Notification, Receiver, ReceiverBuilder, Sink},
};
use http::{Request, StatusCode};

/// An emulator, and a client of it without sockets.
pub(crate) struct Scene {
    pub(crate) emulator: Emulator,
    pub(crate) controller: Controller,
    pub(crate) care: CareMessenger,
    pub(crate) transport: SocketlessTransport,
}

pub(crate) async fn scene() -> Scene {
    scene_of(Emulator::builder()).await
}

pub(crate) async fn scene_of(builder: EmulatorBuilder) -> Scene {
    let emulator = builder.start().await.unwrap();
    let (care, transport) = client(&emulator);
    let care = care.credentials(emulator.username(), emulator.password()).build().unwrap();
    Scene { controller: emulator.controller(), emulator, care, transport }
}

pub(crate) fn client(emulator: &Emulator) -> (CareMessengerBuilder, SocketlessTransport) {
    let transport = SocketlessTransport::to(emulator.router());
    let options = Options::new().transport(transport.clone());
    (CareMessenger::builder().base_url("http://localhost").options(options), transport)
}

/// A client of a script.
pub(crate) fn scripted(script: &SocketlessTransport) -> CareMessenger {
    let options = Options::new().transport(script.clone());
    CareMessenger::builder().base_url("http://localhost").token("abc").options(options).build().unwrap()
}

/// A provider for the emulator's site.
pub(crate) fn new(name: &str) -> NewAssistanceProvider {
    NewAssistanceProvider::for_site(SiteId(5), name, "Duty manager").email("Duty manager", "duty@example.com")
}

pub(crate) const SECRET: &str = "0123456789abcdef-desk";
pub(crate) const NIGHT: &str = "0123456789abcdef-night";

/// A sink in memory that goes wrong first.
#[derive(Clone)]
pub(crate) struct FaultySink {
    pub(crate) fault: FaultyStore,
    pub(crate) kept: MemorySink,
}

impl FaultySink {
    pub(crate) fn new(store: FaultyStore) -> Self {
        Self { fault: store, kept: MemorySink::new() }
    }
}

impl Sink for FaultySink {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.fault.run(self.kept.store(notification)))
    }
}

pub(crate) fn receiver(sink: impl Sink + 'static) -> ReceiverBuilder {
    webhook::receiver(sink).notifier("desk", SECRET).notifier("night", NIGHT)
}

/// A post to this secret.
pub(crate) fn post(secret: &str, body: impl Into<Bytes>) -> Request<Bytes> {
    Request::post(format!("/care/{secret}")).header("content-type", "application/json").body(body.into()).unwrap()
}

pub(crate) async fn status(receiver: &Receiver, request: Request<Bytes>) -> StatusCode {
    let answer = receiver.handle(request).await;
    assert!(answer.body().is_empty());
    answer.status()
}

/// What the sink has: bodies and marks.
pub(crate) fn kept(sink: &MemorySink) -> Vec<String> {
    let line = |notification: Notification| {
        let body = String::from_utf8_lossy(&notification.body).into_owned();
        format!("{} {body} {:?}", notification.notifier, notification.duplicate)
    };
    sink.notifications().into_iter().map(line).collect()
}
