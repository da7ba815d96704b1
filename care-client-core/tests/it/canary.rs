//! Secrets and personal values reach the server, and nothing else: no `Debug`, no `Display`, no report, no span, no
//! event.

use crate::support::*;
use care_client_core::{
    AttemptEvent, Credentials, DecodeError, Endpoint, Error, FinishEvent, Http, MemoryTokenStore, Observe, Operation,
    Options, Personal, Pipeline, RawResponse, RepeatEvent, RequestParts, Safety, Secret, Token, TokenCache, TokenStore,
};
use care_testkit::canary::Traced;
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use serde::{Deserialize, Serialize};
use std::{error::Error as _, sync::Arc, sync::Mutex};

/// What the person and the program put in. Each is a part of every request here.
const CANARIES: [&str; 7] =
    ["canary-path", "canary-query", "canary-header", "Canary Body", "+12025550177", "-12.345678", "canary-added"];

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Person {
    name: Personal<String>,
    phone: Personal<String>,
    latitude: Personal<f64>,
    password: Secret,
}

/// A write with a personal value in every place that a request has.
struct Report;

impl Endpoint for Report {
    type Output = Person;
    const OPERATION: &'static Operation =
        &Operation::new("test.report", "/people/{name}", Safety::Idempotent, "https://docs.example.com/people");

    fn parts(&self) -> Result<RequestParts, Error> {
        RequestParts::post(["people", CANARIES[0]])
            .query("who", CANARIES[1])
            .header(HeaderName::from_static("x-who"), HeaderValue::from_static(CANARIES[2]))
            .json(&serde_json::json!({"name": CANARIES[3], "phone": CANARIES[4], "at": {"latitude": -12.345_678}}))
    }

    fn decode(&self, response: &RawResponse) -> Result<Person, DecodeError> {
        response.json()
    }
}

fn call(pipeline: &Pipeline) -> care_client_core::Call<Report> {
    pipeline.call(Report).with_header(HeaderName::from_static("x-added"), HeaderValue::from_static(CANARIES[6]))
}

const SECRET: &str = "canary-secret";

fn credentials() -> Vec<Credentials> {
    vec![
        Credentials::bearer(&Secret::new(SECRET)).unwrap(),
        Credentials::header(HeaderName::from_static("x-api-key"), &Secret::new(SECRET)).unwrap(),
        Credentials::Header(header::AUTHORIZATION, HeaderValue::from_static("Basic canary-secret")),
        Credentials::Query("key".into(), Secret::new(SECRET)),
        Source::new(|_| async { Ok(Token::new(SECRET)) }).credentials(),
    ]
}

/// The whole request in one line, as a server that quotes everything would repeat it.
fn quoted(request: &Request<bytes::Bytes>) -> String {
    let headers: Vec<_> = request.headers().values().map(|value| value.to_str().unwrap()).collect();
    let query = request.uri().query().unwrap().replace('+', " ").replace('&', " and ").replace('=', " is ");
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    let body = format!("{} of {} at {}", body["name"], body["phone"], body["at"]["latitude"]);
    format!("{} {query} {} {body}", request.uri().path(), headers.join(" "))
}

fn raw(status: u16, headers: &[(&'static str, &str)], body: impl Into<bytes::Bytes>) -> RawResponse {
    let pairs =
        headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()));
    RawResponse::new(StatusCode::from_u16(status).unwrap(), HeaderMap::from_iter(pairs), body)
}

/// Every way in which a server repeats what it was told.
fn echoes() -> Vec<fn(String) -> Step> {
    fn json(key: &str, said: &str) -> String {
        serde_json::json!({ key: said }).to_string()
    }
    vec![
        |said| Step::Raw(raw(400, &[], json("message", &said))),
        |said| Step::Raw(raw(503, &[], json("error", &said))),
        |said| Step::Raw(raw(401, &[], serde_json::to_string(&said).unwrap())),
        |said| Step::Raw(raw(422, &[("content-type", "text/plain")], said)),
        |said| Step::Raw(raw(500, &[], format!("<html>{said}</html>"))),
        |said| Step::Raw(raw(404, &[], format!(r#"{{"fault": {{"person": {said:?}}}}}"#))),
        |said| Step::Raw(raw(403, &[("x-echo", &said), ("set-cookie", &said), ("www-authenticate", &said)], "")),
        |said| Step::Raw(raw(429, &[("retry-after", &said)], json("detail", &said))),
        |_| Step::Raw(raw(307, &[("location", "https://other.example.net/canary-path?key=canary-secret")], "")),
        |_| Step::Raw(raw(302, &[("location", "/canary-path?key=canary-secret")], "canary-query")),
        |_| Step::Raw(raw(308, &[("location", "https://canary-secret:canary-secret@other.example.net")], "")),
        |said| Step::Cut(raw(400, &[], format!(r#"{{"person":"{said}"#))),
        |_| Step::Cut(raw(400, &[], r#"{"people":[{"name":"Canary of somebody else"#)),
        |said| Step::Cut(raw(200, &[], said)),
        |said| Step::Raw(raw(200, &[], json("name", &said))),
        |said| Step::Raw(raw(200, &[], format!(r#"{{"name": {said}"#))),
        |said| Step::Raw(raw(200, &[("content-type", "text/html")], said)),
        |said| Step::Raw(raw(200, &[], format!(r#"{{"name":"x","phone":"y","latitude":"{said}"}}"#))),
    ]
}

/// Writes down every event as `Debug` shows it.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<String>>);

impl Notes {
    fn add(&self, event: &impl std::fmt::Debug) {
        *self.0.lock().unwrap() += &format!("{event:?}\n");
    }
}

impl Observe for Notes {
    fn attempt(&self, event: &AttemptEvent<'_>) {
        self.add(event);
    }
    fn repeat(&self, event: &RepeatEvent<'_>) {
        self.add(event);
    }
    fn finish(&self, event: &FinishEvent<'_>) {
        self.add(event);
    }
}

#[track_caller]
fn assert_clean(shown: &str, place: &str) {
    let folded = shown.to_lowercase();
    for canary in CANARIES.iter().copied().chain([SECRET, "canary"]) {
        assert!(!folded.contains(&canary.to_lowercase()), "{place} shows {canary}: {shown}");
    }
}

/// Everything that an error shows of itself, with all its causes.
fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:#} {error:?} {error:#?} {}", error.report());
    let mut cause = error.source();
    while let Some(next) = cause {
        text += &format!(" {next} {next:?}");
        cause = next.source();
    }
    text
}

#[tokio::test(start_paused = true)]
async fn nothing_that_was_sent_shows_however_the_server_repeats_it() {
    let (traced, _guard) = Traced::here();
    for echo in echoes() {
        for credentials in credentials() {
            let heard = Arc::new(Mutex::new(String::new()));
            let hears = Arc::clone(&heard);
            let scripted = Scripted::new(move |_, request| {
                let said = quoted(request);
                hears.lock().unwrap().push_str(&said);
                echo(said)
            });
            let notes = Notes::default();
            let options = Options::new().transport(scripted).observer(notes.clone());
            let pipeline = pipeline_with("https://api.example.com", options, credentials);
            let error = call(&pipeline).await.unwrap_err();
            for canary in CANARIES.into_iter().chain([SECRET]) {
                assert!(heard.lock().unwrap().contains(canary), "{canary} never reached the server");
            }
            assert_clean(&shown(&error), "the error");
            assert_clean(&notes.0.lock().unwrap(), "the observer");
        }
    }
    assert_clean(&traced.text(), "a span or an event");
}

#[tokio::test]
async fn nothing_shows_when_the_exchange_itself_fails() {
    let (traced, _guard) = Traced::here();
    let http = shared_http();
    let faults =
        [Act::CloseUnread, Act::Close, Act::Reset, Act::Garbage, Act::Cut(answer(200, SECRET)), answers(307, "")];
    for fault in faults {
        for credentials in credentials() {
            let server = Server::start([fault.clone()]).await;
            let options = quick().transport(http.clone());
            let error = call(&pipeline_with(server.url(), options, credentials)).await.unwrap_err();
            assert_clean(&shown(&error), &format!("{fault:?}"));
        }
    }
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for credentials in credentials() {
        let options = quick().transport(http.clone());
        let error = call(&pipeline_with(&format!("http://{nobody}"), options, credentials)).await.unwrap_err();
        assert_clean(&shown(&error), "refused");
    }
    assert_clean(&traced.text(), "a span or an event");
}

#[tokio::test(start_paused = true)]
async fn no_value_on_the_way_shows_what_it_holds() {
    let body = r#"{"name":"Canary Body","phone":"+12025550177","latitude":-12.345678,"password":"canary-secret"}"#;
    let scripted = Scripted::new(move |_, _| Step::Raw(raw(200, &[("set-cookie", SECRET)], body)));
    let store = Arc::new(MemoryTokenStore::new());
    store.save("user:canary@example.com", &Token::new(SECRET)).await.unwrap();
    let cache = TokenCache::only_stored(store.clone(), "user:canary@example.com");
    let options = Options::new().transport(scripted).observer(Notes::default());
    let builder = Pipeline::builder("https://canary:canary-secret@api.example.com?key=canary-secret", "tests/1.0");
    let mut places = vec![format!("{builder:?}"), format!("{options:?}"), format!("{cache:?} {store:?}")];
    let refused = builder.build().unwrap_err();
    places.push(shown(&refused));
    let tokens = [Credentials::Token(cache)];
    for credentials in credentials().into_iter().chain(tokens) {
        places.push(format!("{credentials:?}"));
        let builder =
            Pipeline::builder("https://api.example.com", "t").options(options.clone()).credentials(credentials);
        places.push(format!("{builder:?}"));
        let pipeline = builder.build().unwrap();
        let call = call(&pipeline);
        places.push(format!("{pipeline:?} {call:?} {:?}", call.parts().unwrap()));
        let response = call.response().await.unwrap();
        assert_eq!(*response.value.name, CANARIES[3]);
        places.push(format!("{response:?} {response:#?}"));
        places.push(format!("{:?}", pipeline.call(Report.parts().unwrap()).await.unwrap()));
    }
    places.push(format!("{:?} {:?}", Token::new(SECRET), Secret::new(SECRET)));
    places.push(serde_json::to_string(&Secret::new(SECRET)).unwrap());
    places.push(format!("{:?}", Credentials::bearer(&Secret::new("canary\n")).unwrap_err()));
    for place in places {
        assert_clean(&place, "Debug");
    }
}

#[test]
fn a_transport_does_not_show_the_keys_of_its_builder() {
    let mut secret = HeaderMap::new();
    secret.insert("x-api-key", HeaderValue::from_static(SECRET));
    let http = Http::new(move || {
        let proxy = reqwest::Proxy::all("http://canary:canary-secret@proxy.example.com").unwrap();
        reqwest::Client::builder().default_headers(secret.clone()).proxy(proxy)
    });
    let http = http.unwrap();
    assert_clean(&format!("{http:?} {http:#?}"), "Http");
}

/// A transport that prints its requests, as one that records does, prints no credential of a header.
#[tokio::test(start_paused = true)]
async fn headers_with_credentials_are_marked_as_sensitive() {
    for credentials in credentials().into_iter().filter(|credentials| !matches!(credentials, Credentials::Query(..))) {
        let scripted = Scripted::always(200, DONE);
        over(&scripted).with_credentials(credentials).call(Look).await.unwrap();
        assert_clean(&scripted.sent(|sent| format!("{:?}", sent.request)).concat(), "the request");
    }
}
