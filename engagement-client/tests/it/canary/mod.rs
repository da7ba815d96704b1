//! No secret, no custom field and no sent value appears where programs print: in `Debug`, errors, reports, spans and
//! events of observers.

mod calls;

use self::calls::{builder, every_call, every_debug, every_workflow, list, marked};
use care_emulators::engagement::Emulator;
use care_testkit::{
    RecordingObserver, SocketlessTransport, Step,
    canary::{Echo, Printed},
    mock_server::{answer_all, ok},
};
use engagement_client::{ApiFault, Endpoint, Engagement, ListInterventions, Options};
use serde_json::json;
use wiremock::{
    Mock, MockServer,
    matchers::{method, path, path_regex},
};

/// The intervention of the fixtures.
const ID: &str = "64b0c3a1f2d94e0007a1b2c3";
const JSON: &str = "application/json";

/// Success with values of the wrong type.
const WRONG_TYPE: Echo = Echo::Own(200, JSON, |all| json!({"id": [all], "closed": all, "records": all}).to_string());
/// Success with a list whose only row is undecodable.
const WRONG_ROW: Echo = Echo::Own(200, JSON, |all| {
    json!({"count": 1, "records": [{"closed": all, "custom_fields": {"canary": all}}]}).to_string()
});
/// Success with custom fields of the wrong type.
const WRONG_FIELDS: Echo =
    Echo::Own(200, JSON, |all| json!({"id": "canary", "custom_field_values": [all], "custom_fields": all}).to_string());
/// Success with another intervention than requested; for a create, which requests none, an empty object.
const ANOTHER: Echo = Echo::Own(200, JSON, |all| match all.contains("content_id") {
    true => "{}".to_owned(),
    false => json!({"id": "1canary1"}).to_string(),
});
/// Success with a truncated body.
const HALF: Echo = Echo::Own(200, JSON, |all| format!("{{\"id\": \"canary\", \"custom_fields\": {{\"a\": \"{all}"));
/// A refusal in the guide's form that echoes the request in all of its texts.
const INVALID: Echo = Echo::Own(422, JSON, |all| {
    let field = json!({"attribute": all, "type": all, "message": all});
    json!({"error": all, "message": all, "status": 422, "errors": [field]}).to_string()
});

fn echoes() -> Vec<Echo> {
    Echo::all().into_iter().chain([WRONG_TYPE, WRONG_ROW, WRONG_FIELDS, ANOTHER, HALF, INVALID]).collect()
}

#[tokio::test]
async fn errors_of_a_server_that_echoes_the_request_show_no_secret() {
    // ENG-08, ENG-22
    let server = MockServer::start().await;
    for echo in echoes() {
        answer_all(&server, echo).await;
        let (mut printed, observer) = (Printed::default(), RecordingObserver::default());
        let engagement = builder(server.uri(), &observer).build().unwrap();
        // Ids are not secret, but errors don't contain them.
        every_call(&engagement, "canary", &mut printed).await;
        every_workflow(&engagement, "canary", &mut printed).await;
        printed.text(observer.events());
        assert!(printed.texts().len() > 60 && !observer.events().is_empty(), "{echo:?}: {}", printed.texts().len());
        printed.shows_nothing();
    }
}

#[tokio::test]
async fn the_servers_message_is_available_on_request() {
    // ENG-22
    let server = MockServer::start().await;
    answer_all(&server, INVALID).await;
    let engagement = builder(server.uri(), &RecordingObserver::default()).build().unwrap();
    let error = engagement.interventions().create("canary").await.unwrap_err();
    let fault = error.fault::<ApiFault>().unwrap();
    assert!(fault.message.as_ref().unwrap().contains("canary-token") && fault.errors[0].message.is_some());
    assert!(String::from_utf8_lossy(error.body().unwrap()).contains("canary"));
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn spans_and_events_show_no_secret() {
    let (traced, _guard) = care_testkit::canary::Traced::here();
    let server = MockServer::start().await;
    for echo in [Echo::Message(401), Echo::Message(503), WRONG_TYPE, WRONG_ROW, INVALID, Echo::Redirect] {
        answer_all(&server, echo).await;
        let engagement = builder(server.uri(), &RecordingObserver::default()).build().unwrap();
        every_call(&engagement, "canary", &mut Printed::default()).await;
        every_workflow(&engagement, "canary", &mut Printed::default()).await;
    }
    let operations = ["list", "get", "create", "categorize", "reassign", "close", "cancel", "update"]
        .map(|name| format!("engagement.interventions.{name}"));
    let told: Vec<_> = operations.iter().map(String::as_str).collect();
    traced.tells_and_shows_nothing(
        &[&told[..], &["engagement.raw", "http.response.status_code=503", "number=2"]].concat(),
    );
}

#[tokio::test]
async fn values_decoded_from_good_answers_show_no_secret() {
    // ENG-03
    let server = MockServer::start().await;
    Mock::given(method("GET")).and(path("/1.0/interventions")).respond_with(ok(&list())).mount(&server).await;
    let open = Mock::given(method("GET")).and(path_regex("^/1.0/interventions/")).respond_with(ok(&marked(false)));
    open.mount(&server).await;
    for verb in ["POST", "PUT", "DELETE"] {
        Mock::given(method(verb)).respond_with(ok(&marked(true))).mount(&server).await;
    }
    let (mut printed, observer) = (Printed::default(), RecordingObserver::default());
    let builder = builder(server.uri(), &observer);
    printed.debug(&builder);
    let engagement = builder.build().unwrap();
    printed.debug(&(&engagement, engagement.interventions(), engagement.as_user(ID).unwrap()));
    every_debug(&engagement, &mut printed);
    every_call(&engagement, ID, &mut printed).await;
    every_workflow(&engagement, ID, &mut printed).await;

    let one = engagement.interventions().get(ID).await.unwrap();
    let field = one.custom_fields.text("canary_key");
    assert!(field.is_some_and(|text| text.contains("canary")), "they can be had");
    printed.debug(&(&one, &one.custom_fields));
    let page = engagement.interventions().list(ListInterventions::new()).await.unwrap();
    assert_eq!((page.items.len(), page.undecodable.len()), (1, 1));
    printed.debug(&page);
    printed.error(&page.undecodable.into_iter().next().unwrap().into_error(ListInterventions::OPERATION));
    printed.text(observer.events());
    assert!(printed.texts().len() > 60);
    printed.shows_nothing();
}

async fn emulator() -> (Emulator, SocketlessTransport, Engagement, String) {
    let emulator = Emulator::builder().access_token("canary-token").start().await.unwrap();
    let controller = emulator.controller();
    let id = controller.open_new();
    controller.set_custom_field(&id, "canary_key", "canary +12025550177").unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    let builder = Engagement::builder().base_url("http://localhost").access_token("canary-token");
    let engagement = builder.options(Options::new().transport(transport.clone())).build().unwrap();
    (emulator, transport, engagement, id)
}

#[tokio::test(start_paused = true)]
async fn errors_of_workflows_show_no_secret() {
    let (emulator, transport, engagement, id) = emulator().await;
    let one = engagement.interventions();
    let mut printed = Printed::default();
    let refused = r#"{"error":"canary","message":"canary-token","status":403}"#;
    // A close without replies, in flight, truncated, lost, contradictory and successful.
    printed.error(&one.close_confirmed(&id).await.unwrap_err());
    emulator.controller().reply(&id).unwrap();
    printed.error(&one.cancel_confirmed(&id).await.unwrap_err());
    transport.plan("PUT", "/close", [Step::Answer(409, refused), Step::Lost, Step::Answer(503, refused)]);
    for _ in 0..3 {
        printed.error(&one.close_confirmed(&id).await.unwrap_err());
    }
    transport.plan(
        "GET",
        &id,
        [
            Step::Answer(403, refused),
            Step::text(|body| body.truncate(40)),
            Step::json(|body| body["user_replies_count"] = json!(null)),
        ],
    );
    for _ in 0..3 {
        printed.error(&one.close_or_cancel(&id).await.unwrap_err());
    }
    transport.plan("PUT", "/update_categories", [Step::Answer(403, refused), Step::Lost, Step::Cut]);
    printed.error(&one.add_categories(&id, ["canary-category"]).await.unwrap_err());
    drop(one.add_categories(&id, ["1"]).await);
    transport.plan("GET", "/interventions", [Step::Answer(400, refused), Step::text(|body| body.truncate(40))]);
    for _ in 0..2 {
        printed.error(&one.updated_since(None).await.unwrap_err());
    }
    printed.debug(&one.updated_since(None).await.unwrap());
    printed.debug(&one.close_or_cancel(&id).await.unwrap());
    printed.debug(&one.close_confirmed(&id).await.unwrap());
    let other = emulator.controller().open_new();
    emulator.controller().set_custom_field(&other, "canary_key", ["canary"].map(str::to_owned).to_vec()).unwrap();
    transport.plan("DELETE", "/cancel", [Step::AnswerLost]);
    printed.debug(&one.cancel_confirmed(&other).await.unwrap());
    printed.shows_nothing();
}
