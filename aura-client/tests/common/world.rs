use aura_client::{Aura, AuraBuilder, Callout, CalloutUpdate, Error, Fix, NewCallout, NewCustomer, Options};
use care_emulators::aura::Emulator;
use care_testkit::{SocketlessTransport, secs};
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
        Some(Ok(CalloutUpdate::Changed(callout))) => callout.status.to_string(),
        Some(Ok(CalloutUpdate::Said(event))) => format!("said {}", event.body().unwrap()),
        Some(Ok(CalloutUpdate::Delayed(error))) => format!("delayed {}", error.kind()),
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
