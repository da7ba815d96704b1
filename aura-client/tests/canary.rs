//! No secret and no personal value shows where programs print: in `Debug`, errors, reports, spans, observers' notes and files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

#[path = "canary/answer.rs"]
mod answer;
#[path = "canary/calls.rs"]
mod calls;
mod common;
#[path = "canary/echo.rs"]
mod echo;
#[path = "canary/printed.rs"]
mod printed;

use answer::marked_callout;
use aura_client::*;
use calls::*;
use common::{Folder, InProcess, Spy, Step};
use echo::Echo;
use futures_util::StreamExt;
use printed::Printed;
use serde_json::json;
use std::sync::Arc;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

#[tokio::test]
async fn not_in_the_errors_of_a_server_that_quotes_all_it_was_sent() {
    let mut echoes = vec![Echo::WrongType, Echo::Half, Echo::Redirect, Echo::Page(200)];
    for status in [400, 401, 403, 404, 409, 429, 500, 503] {
        echoes.extend([Echo::Message(status), Echo::Plain(status), Echo::Page(status)]);
    }
    let server = MockServer::start().await;
    for echo in echoes {
        server.reset().await;
        Mock::given(any()).respond_with(echo).mount(&server).await;
        let (mut printed, spy) = (Printed::default(), Spy::default());
        let aura = builder(server.uri(), &spy, &Arc::default()).build().unwrap();
        every_call(&aura, &mut printed).await;
        let quoted = aura.callouts().create(new_callout()).await.unwrap_err();
        let body = quoted.body().map(|body| String::from_utf8_lossy(body).into_owned());
        assert!(body.is_none_or(|body| body.is_empty() || body.contains("Canary-name")), "it does quote them");
        printed.0.extend(spy.notes());
        assert!(printed.0.len() > 60 && !spy.notes().is_empty());
        printed.shows_nothing();
    }
}

/// A place to write to that can be read later.
#[cfg(feature = "tracing")]
#[derive(Clone, Default)]
struct Paper(Arc<std::sync::Mutex<Vec<u8>>>);

#[cfg(feature = "tracing")]
impl std::io::Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn not_in_spans_and_events() {
    use tracing_subscriber::fmt::format::FmtSpan;

    let paper = Paper::default();
    let writer = paper.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_span_events(FmtSpan::FULL);
    let _guard = tracing::subscriber::set_default(subscriber.with_writer(move || writer.clone()).finish());
    let server = MockServer::start().await;
    for echo in [Echo::Message(401), Echo::Message(503), Echo::WrongType, Echo::Redirect] {
        server.reset().await;
        Mock::given(any()).respond_with(echo).mount(&server).await;
        let aura = builder(server.uri(), &Spy::default(), &Arc::default()).build().unwrap();
        every_call(&aura, &mut Printed::default()).await;
    }
    let text = String::from_utf8(paper.0.lock().unwrap().clone()).unwrap();
    for told in ["aura.callouts.create", "aura.users.register", "http.response.status_code=503", "number=2"] {
        assert!(text.contains(told), "{told} isn't told");
    }
    Printed(vec![text]).shows_nothing();
}

#[tokio::test]
async fn not_in_anything_that_the_crate_makes_of_good_answers() {
    let server = MockServer::start().await;
    let mut body = marked_callout("closed");
    body["accessToken"] = json!("canary-fetched-token");
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_json(&body)).mount(&server).await;
    let (mut printed, spy, tokens) = (Printed::default(), Spy::default(), Arc::new(MemoryTokenStore::new()));
    let folder = Folder::new();
    let store = FileSessionStore::open(folder.file("callouts.json")).unwrap();
    let builder = builder(server.uri(), &spy, &tokens);
    printed.debug(&builder);
    let aura = builder.build().unwrap();
    every_call(&aura, &mut printed).await;
    printed.debug(&(&aura, aura.with_user_token("canary"), aura.users(), aura.callouts(), aura.classifications()));
    printed.debug(&(&tokens, aura.with_user("canary@example.com").await.unwrap()));
    printed.debug(&(person(), here(), new_callout(), NewUser::new("canary@example.com", "canary-password")));

    let session = aura.raise(new_callout(), &store).await.unwrap();
    session.report_location(here()).unwrap();
    let mut watch = aura.callouts().watch(570).include_events();
    printed.debug(&(&watch, aura.callouts().report_location(570), session.location_progress()));
    let mut told = Vec::new();
    while let Some(update) = watch.next().await {
        told.push(update.unwrap());
    }
    printed.debug(&(&told, &watch, &session, session.updates(), session.state(), &store));
    printed.debug(&aura.resume(session.state()).with_store(&store));
    let Some(CalloutUpdate::Changed(callout)) = told.last() else { panic!("{told:?}") };
    let (customer, location) = (callout.customer.as_ref().unwrap(), callout.location.as_ref().unwrap());
    assert_eq!((customer.name.as_ref().unwrap().as_str(), location.latitude.as_deref()), ("canary", Some(&LATITUDE)));
    assert!(told.len() == 3 && callout.route().is_some());
    printed.debug(&(callout.dispatch(), callout.eta(), &callout.events, &callout.incident_detail));

    printed.0.extend(spy.notes());
    printed.0.push(std::fs::read_to_string(store.path()).unwrap());
    printed.shows_nothing();
}

#[tokio::test(start_paused = true)]
async fn not_in_what_a_session_says_of_its_troubles() {
    let emulator = care_emulators::aura::Emulator::start().await.unwrap();
    let transport = InProcess::into(&emulator);
    let token = emulator.issue_user_token("canary@example.com");
    let options = Options::new().transport(transport.clone());
    let aura = Aura::builder().base_url("http://localhost").user_token(token.clone()).options(options).build().unwrap();
    let session = aura.raise(new_callout(), &MemorySessionStore::new()).await.unwrap();
    let mut printed = Printed::default();
    transport.plan("GET", "/570", [Step::Answer(503, "{}"), Step::Answer(403, "{}")]);
    transport.plan("POST", "/location", [Step::Answer(403, "{}")]);
    session.report_location(here()).unwrap();
    let mut updates = session.updates();
    while let Some(update) = updates.next().await {
        printed.debug(&update);
    }
    printed.debug(&(session.location_progress(), session.report_location(here()), &session, &updates));
    printed.error(&session.report_location(here()).unwrap_err());
    assert!(printed.0.len() > 8 && printed.0.iter().all(|text| !text.contains(&token)));
    printed.shows_nothing();
}
