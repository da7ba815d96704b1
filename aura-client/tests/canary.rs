//! No secret and no personal value shows where programs print: in `Debug`, errors, reports, spans, observers' notes and files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use aura_client::*;
use common::{Folder, InProcess, Spy, Step};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::{error::Error as StdError, fmt::Debug, sync::Arc, time::Duration};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

/// Each secret and each personal value holds one of these.
const MARKS: [&str; 3] = ["canary", "707107", "5550177"];
const LATITUDE: f64 = -26.707_107;

/// What was printed.
#[derive(Default)]
struct Printed(Vec<String>);

impl Printed {
    fn debug(&mut self, value: &impl Debug) {
        self.0.extend([format!("{value:?}"), format!("{value:#?}")]);
    }

    fn error(&mut self, error: &Error) {
        self.debug(error);
        self.0.extend([error.to_string(), error.report()]);
        let mut source = error.source();
        while let Some(cause) = source {
            self.0.extend([cause.to_string(), format!("{cause:?}")]);
            source = cause.source();
        }
    }

    fn shows_nothing(&self) {
        for text in &self.0 {
            let low = text.to_lowercase();
            let found = MARKS.iter().find_map(|mark| low.find(mark));
            assert!(found.is_none(), "…{}", found.map_or("", |at| &text[at.saturating_sub(200)..]));
        }
    }
}

fn here() -> Fix {
    Fix::new(LATITUDE, 28.707_107).accuracy(12.707_107)
}

fn person() -> NewCustomer {
    let person = NewCustomer::new("Canary-name", "Canary-surname", "+12025550177").email("canary@example.com");
    person.gender("canary-gender").vehicle_make("Boxcart").vehicle_license_plate("CANARY 1")
}

fn new_callout() -> NewCallout {
    NewCallout::new(person(), here())
}

fn builder(url: String, spy: &Spy, store: &Arc<MemoryTokenStore>) -> AuraBuilder {
    let quick = RetryPolicy::new().first_delay(Duration::from_micros(1));
    let options = Options::new().observer(spy.clone()).retry(quick);
    let secrets = Aura::builder().server_credentials("canary-client-id", "canary-client-secret");
    let fast = Duration::from_millis(1)..Duration::from_millis(5);
    secrets.user_token("canary-token").token_store(Arc::clone(store)).base_url(url).options(options).poll_interval(fast)
}

/// Every operation once, with its failure if it fails.
async fn every_call(aura: &Aura, printed: &mut Printed) {
    let user = NewUser::new("canary@example.com", "canary-password");
    let calls = aura.callouts();
    printed.debug(&(
        calls.create(new_callout()),
        calls.comment(570, "canary comment"),
        aura.users().register(user.clone()),
    ));
    printed
        .debug(&(calls.update_location(570, here()).parts().unwrap(), calls.comment(570, "canary").parts().unwrap()));
    let raw = RequestParts::post(["canary"]).query("key", "canary").json(&json!({"key": "canary"})).unwrap();
    printed.debug(&raw);
    for end in [
        calls.create(new_callout()).response().await.map(|value| printed.debug(&value)),
        calls.get(GetCallout::new(570).include_events()).await.map(|value| printed.debug(&value)),
        calls.update_location(570, here()).await,
        calls.dismiss(570).await,
        calls.comment(570, "canary comment").await.map(|value| printed.debug(&value)),
        aura.classifications().list().await.map(|value| printed.debug(&value)),
        aura.users().register(user).await.map(|value| printed.debug(&value)),
        aura.users().token("canary@example.com", "canary-password").await.map(|value| printed.debug(&value)),
        aura.raw(raw).await.map(|value| printed.debug(&value)),
        aura.with_user("canary-unknown@example.com").await.map(|value| printed.debug(&value)),
        aura.with_user_token("canary\nbroken").callouts().get(570).await.map(drop),
        calls.create(new_callout().location(Fix::new(991.707_107, 0.0))).await.map(drop),
        calls.create(NewCallout::demo(9).customer(person())).await.map(drop),
    ] {
        if let Err(error) = end {
            printed.error(&error);
        }
    }
}

/// Answers with all that it was sent.
#[derive(Clone, Copy)]
enum Echo {
    Message(u16),
    Plain(u16),
    Page(u16),
    /// Success with values of the wrong type.
    WrongType,
    /// Success that ends in the middle.
    Half,
    Redirect,
}

impl Respond for Echo {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let header = request.headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
        let all = format!(
            "{} wants {} of {}",
            header.unwrap_or_default(),
            String::from_utf8_lossy(&request.body),
            request.url
        );
        match *self {
            Self::Message(status) => ResponseTemplate::new(status).set_body_json(json!({"message": all, "error": all})),
            Self::Plain(status) => ResponseTemplate::new(status).set_body_string(all),
            Self::Page(status) => ResponseTemplate::new(status).set_body_raw(format!("<html>{all}"), "text/html"),
            Self::WrongType => ResponseTemplate::new(200)
                .set_body_json(json!({"id": all, "status": {"of": all}, "accessToken": [all], "callout": {"id": all}})),
            Self::Half => {
                ResponseTemplate::new(200).set_body_string(format!("{{\"id\": 570, \"accessToken\": \"{all}"))
            }
            Self::Redirect => {
                ResponseTemplate::new(302).insert_header("location", "https://example.net/canary?key=canary")
            }
        }
    }
}

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

/// Puts marks into all that is somebody's in an answer.
fn marked(value: &mut Value) {
    const TEXTS: &str = "verifiedBy lastUpdatedBy firstAcknowledgedBy ownedBy incidentDetails contactNumber contactPerson email \
                         surname mobile vehicleLicensePlate formattedAddress gender dateOfBirth auth0UserId body createdBy \
                         callsign reference address description";
    match value {
        Value::Array(list) => list.iter_mut().for_each(marked),
        Value::Object(map) => {
            let is_person = map.contains_key("surname");
            for (key, value) in map {
                match key.as_str() {
                    "latitude" | "longitude" => *value = json!("-26.707107"),
                    "name" if is_person => *value = json!("canary"),
                    key if TEXTS.split(' ').any(|text| text == key) && !value.is_object() => {
                        *value = json!(format!("canary {key}"))
                    }
                    _ => marked(value),
                }
            }
        }
        _ => {}
    }
}

/// A finished callout with events and a route, all of it somebody's.
fn marked_callout(status: &str) -> Value {
    let read =
        |file: &str| std::fs::read_to_string(format!("{}/fixtures/{file}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut callout: Value = serde_json::from_str(&read("responder-completed")).unwrap();
    let events: Value = serde_json::from_str(&read("callout-events")).unwrap();
    callout["calloutEvents"] = events["calloutEvents"].clone();
    marked(&mut callout);
    callout["calloutincidentdetail"]["incidentcategory"]["description"] = json!("Test");
    callout["customerNumberPhoneds"] = json!(["+12025550177"]);
    callout["route"] = json!({"points": [[-26.707_107, 28.707_107]], "to": "canary"});
    callout["status"] = json!(status);
    callout
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
