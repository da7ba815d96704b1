use super::{Controller, Emulator, SocketlessTransport};
use care_emulators::caremessenger::EmulatorBuilder;
use caremessenger_client::{CareMessenger, CareMessengerBuilder, NewAssistanceProvider, Options, SiteId};

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
