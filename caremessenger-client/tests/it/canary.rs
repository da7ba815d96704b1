//! No secret and no personal value shows where programs print: in `Debug`, errors, reports, spans and observers' notes.

use crate::support::{FaultySink, post, receiver};
use care_testkit::{
    FaultyStore, RecordingObserver,
    canary::{Echo, Printed},
};
use caremessenger_client::{
    ApiFault, AssistanceProvider, CareMessenger, CareMessengerBuilder, EmptyLists, Error, ListAssistanceProviders,
    NewAssistanceProvider, Options, RequestParts, RetryPolicy, SiteId, undocumented::UpdateProvider,
    webhook::MemorySink,
};
use futures_util::StreamExt;
use http::Method;
use serde_json::json;
use std::{fmt::Debug, time::Duration};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// Success with a provider whose values are of the wrong form.
const WRONG_FORM: Echo =
    Echo::Own(200, "application/json", |all| json!({"id": all, "name": all, "type": all}).to_string());
/// Success with a list whose only row can't be read.
const WRONG_ROW: Echo = Echo::Own(200, "application/json", |all| {
    json!({"results": [{"id": 1, "name": [all]}], "next": "canary"}).to_string()
});
/// A refusal by field.
const BY_FIELD: Echo = Echo::Own(400, "application/json", |all| json!({"label": [all], "detail": null}).to_string());
/// Success that ends in the middle.
const HALF: Echo =
    Echo::Own(200, "application/json", |all| format!("{{\"id\": 1, \"name\": \"{}", all.replace('"', " ")));

fn builder(server: &MockServer, spy: &RecordingObserver) -> CareMessengerBuilder {
    let quick = RetryPolicy::new().first_delay(Duration::from_micros(1));
    let options = Options::new().observer(spy.clone()).retry(quick);
    CareMessenger::builder().base_url(server.uri()).options(options)
}

fn provider() -> NewAssistanceProvider {
    NewAssistanceProvider::for_site(SiteId(5), "canary name", "canary label")
        .email("canary person", "canary@example.com")
        .webhook("canary desk", "https://canary.example.com/canary")
}

fn note<T: Debug>(printed: &mut Printed, end: Result<T, Error>) {
    match end {
        Ok(value) => printed.debug(&value),
        Err(error) => {
            printed.debug(&error.fault::<ApiFault>());
            printed.error(&error);
        }
    }
}

/// Every operation once, with its failure if it fails.
async fn every_call(care: &CareMessenger, printed: &mut Printed) {
    let providers = care.assistance_providers();
    note(printed, providers.create(provider()).await);
    note(printed, providers.ensure(provider()).await);
    note(printed, providers.list(ListAssistanceProviders::new().query("canary-free", "canary")).response().await);
    note(printed, providers.get(7).await);
    let mut items = providers.items(ListAssistanceProviders::new());
    while let Some(item) = items.next().await {
        note(printed, item);
    }
    note(printed, care.sign_in("canary user", "canary password").await);
    let patch = UpdateProvider::patch(7, EmptyLists::Omit).name("canary").label("canary");
    note(printed, care.undocumented().update(patch).await);
    note(printed, care.undocumented().delete(7).await);
    note(printed, care.raw(RequestParts::new(Method::POST, ["canary"]).query("key", "canary")).await);
    // What is refused before it is sent says as little.
    for bad in [
        provider().email("canary", "canary"),
        provider().webhook("canary", "canary"),
        provider().webhook("canary", "https://canary.example.com/canary"),
        provider().email("canary", "canary@example.com"),
    ] {
        note(printed, providers.create(bad).await);
    }
}

fn every_debug(care: &CareMessenger, printed: &mut Printed) {
    let providers = care.assistance_providers();
    let create = providers.create(provider());
    printed.debug(&(provider(), provider().emails(), provider().webhooks(), create.parts().unwrap(), &create));
    printed.debug(&(
        providers.ensure(provider()),
        providers.list(ListAssistanceProviders::new().query("q", "canary")),
        care,
        care.undocumented(),
    ));
    printed.debug(&(care.sign_in("canary", "canary"), UpdateProvider::patch(7, EmptyLists::Omit).name("canary")));
    printed.debug(&caremessenger_client::SignIn::new("canary", "canary"));
}

fn echoes() -> Vec<Echo> {
    Echo::all().into_iter().chain([WRONG_FORM, WRONG_ROW, BY_FIELD, HALF]).collect()
}

#[tokio::test]
async fn not_in_the_errors_of_a_server_that_quotes_all_it_was_sent() {
    let server = MockServer::start().await;
    for echo in echoes() {
        server.reset().await;
        Mock::given(any()).respond_with(echo).mount(&server).await;
        for by_token in [true, false] {
            let (mut printed, spy) = (Printed::default(), RecordingObserver::default());
            let builder = builder(&server, &spy);
            let builder = if by_token {
                builder.token("canary-token")
            } else {
                builder.credentials("canary user", "canary password")
            };
            printed.debug(&builder);
            let care = builder.build().unwrap();
            every_call(&care, &mut printed).await;
            printed.text(spy.events());
            assert!(printed.texts().len() > 40 && !spy.events().is_empty(), "{echo:?}");
            printed.shows_nothing();
        }
    }
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn not_in_spans_and_events() {
    let (traced, _guard) = care_testkit::canary::Traced::here();
    let server = MockServer::start().await;
    for echo in [Echo::Message(401), Echo::Message(503), WRONG_FORM, WRONG_ROW, Echo::Redirect] {
        server.reset().await;
        Mock::given(any()).respond_with(echo).mount(&server).await;
        let care = builder(&server, &RecordingObserver::default())
            .credentials("canary user", "canary password")
            .build()
            .unwrap();
        every_call(&care, &mut Printed::default()).await;
        let care = builder(&server, &RecordingObserver::default()).token("canary").build().unwrap();
        every_call(&care, &mut Printed::default()).await;
    }
    traced.tells_and_shows_nothing(&[
        "caremessenger.assistance_providers.create",
        "caremessenger.sign_in",
        "http.response.status_code=503",
    ]);
}

#[tokio::test]
async fn not_in_anything_that_the_crate_makes_of_good_answers() {
    let body = json!({
        "token": "canary", "user": {
            "id": 1, "online": true, "user_type": "supporter", "username": "canary", "email": "canary@example.com",
            "slug": "canary",
            "first_name": "Canary", "last_name": "Canary", "is_active": true, "date_joined": "2015-03-02T09:12:44Z",
            "locale": "en-GB", "time_zone": "Europe/London", "avatar": "https://canary.example.com",
        },
        "id": 10, "name": "canary", "label": "canary", "type": "site",
        "content_object": {
            "id": 5, "name": "Acacia Avenue", "slug": "acacia-avenue", "customer": 2, "created": "2013-11-08T17:00:04Z",
            "modified": "2013-11-08T17:00:04Z", "lat": 51.707107, "lon": "-0.707107",
            "is_active": true, "calendar": null,
        },
        "email_notifiers": [{"id": 7, "name": "canary", "email": "canary@example.com"}],
        "webhook_notifiers": [{"name": "canary", "url": "https://canary.example.com/canary"}],
    });
    let server = MockServer::start().await;
    let mut page = body.clone();
    page["results"] = json!([body, {"id": 1, "name": ["canary"]}]);
    for answer in [&body, &page] {
        server.reset().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_json(answer)).mount(&server).await;
        let (mut printed, spy) = (Printed::default(), RecordingObserver::default());
        let care = builder(&server, &spy).token("canary-token").build().unwrap();
        every_call(&care, &mut printed).await;
        every_debug(&care, &mut printed);
        printed.text(spy.events());
        printed.shows_nothing();
    }
    let mut printed = Printed::default();
    let provider: AssistanceProvider = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(
        (provider.name.as_str(), provider.email_notifiers[0].name.as_str()),
        ("canary", "canary"),
        "they can be had"
    );
    printed.debug(&(&provider, &provider.content_object, &provider.email_notifiers, &provider.webhook_notifiers));
    for (kind, object) in
        [("resident", json!({"id": 7, "first_name": "canary"})), ("site", json!({"id": 5, "x": "canary"}))]
    {
        let mut other = body.clone();
        (other["type"], other["content_object"]) = (json!(kind), object);
        let other: AssistanceProvider = serde_json::from_value(other).unwrap();
        printed.debug(&(&other, &other.content_object, other.target()));
    }
    printed.shows_nothing();
}

#[tokio::test(start_paused = true)]
async fn not_in_what_the_receiver_prints() {
    let (mut printed, sink) = (Printed::default(), MemorySink::new());
    let secret = "canary-canary-canary";
    let builder = caremessenger_client::webhook::receiver(sink.clone()).notifier("desk", secret);
    printed.debug(&builder);
    let receiver_with = builder.build().unwrap();
    let mut request = post(secret, r#"{"resident":"canary","id":7}"#);
    request.headers_mut().insert("x-canary-free", http::HeaderValue::from_static("canary"));
    printed.debug(&receiver_with.handle(request).await);
    printed.debug(&(&receiver_with, &sink, sink.notifications()));
    printed.error(&receiver_with.replace_secrets("desk", ["canary"]).unwrap_err());
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    for fault in [FaultyStore::failing(), FaultyStore::hanging()] {
        let told = std::sync::Arc::clone(&told);
        let failing = receiver(FaultySink::new(fault))
            .on_failure(move |error| told.lock().unwrap().push(format!("{error} {error:?}")));
        failing.build().unwrap().handle(post(crate::support::SECRET, "canary")).await;
    }
    printed.text(told.lock().unwrap().clone());
    let folder = care_testkit::Folder::new();
    let path = folder.file("calls.jsonl");
    std::fs::write(&path, r#"{"received_at":"canary"#).unwrap();
    printed.debug(&caremessenger_client::webhook::FileJournal::read_file(&path).unwrap());
    printed.debug(&caremessenger_client::webhook::FileJournal::open(&path).unwrap());
    printed.shows_nothing();
}
