//! No secret, no custom field and no sent value appears where programs print: in `Debug`, errors, reports, spans and
//! events of observers.

use crate::operations::{contract, marked_patch};
use care_emulators::engagement::Emulator;
use care_testkit::{
    RecordingObserver, SocketlessTransport, Step,
    canary::{Echo, Printed},
    fixtures::Fixtures,
    mock_server::{answer_all, ok, options},
};
use engagement_client::{
    ApiFault, Endpoint, Engagement, EngagementBuilder, FieldValue, InterventionPatch, ListInterventions, Options,
    RequestParts,
};
use serde_json::{Value, json};
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

/// All answers of the service's own form.
const OWN: [Echo; 6] = [WRONG_TYPE, WRONG_ROW, WRONG_FIELDS, ANOTHER, HALF, INVALID];

fn marked_builder(server: &MockServer, options: Options) -> EngagementBuilder {
    let builder = Engagement::builder().base_url(server.uri()).access_token("canary-token");
    builder.impersonate("canary-user").options(options)
}

fn marked_client(server: &MockServer, options: Options) -> Engagement {
    marked_builder(server, options).build().unwrap()
}

fn raw() -> RequestParts {
    RequestParts::post(["canary"]).query("key", "canary").form([("canary", "canary")])
}

fn long_patch() -> InterventionPatch {
    InterventionPatch::new().custom_field("note", "canary ".repeat(2_000))
}

/// Debug output of calls and workflows that aren't sent yet, and of their parts.
fn every_debug(engagement: &Engagement, printed: &mut Printed) {
    let (one, id) = (engagement.interventions(), "64b0c3a1f2d94e0007a1b2c3");
    printed.debug(&(one.update(id, marked_patch()), one.update(id, marked_patch()).parts().unwrap(), marked_patch()));
    printed.debug(&(
        one.update(id, long_patch()).parts().unwrap(),
        FieldValue::from("canary"),
        FieldValue::from(["canary"]),
    ));
    printed.debug(&(one.list(ListInterventions::new()), one.list(ListInterventions::new()).parts().unwrap()));
    printed.debug(&(one.get(id), one.create(id), one.close(id), one.cancel(id), one.reassign(id, id)));
    printed.debug(&(one.categorize(id, [id]), one.clear_categories(id), one.get(id).parts().unwrap(), raw()));
    printed.debug(&(one.close_confirmed(id), one.cancel_confirmed(id), one.close_or_cancel(id)));
    printed.debug(&(one.add_categories(id, [id]), one.remove_categories(id, [id]), one.updated_since(None)));
}

/// What isn't an operation of the table: raw requests, long values, invalid input, and workflows. Ids are not secret,
/// but errors don't contain them.
async fn everything_else(engagement: &Engagement, printed: &mut Printed) {
    let one = engagement.interventions();
    printed.result(one.update("canary", long_patch()).await);
    printed.result(engagement.raw(raw()).await);
    // Errors before sending show no value, either.
    printed.result(one.get("canary\n").await);
    printed.result(one.categorize("canary", ["canary,canary"]).await);
    printed.result(one.update("canary", InterventionPatch::new().custom_field("canary[", "canary")).await);
    printed.result(one.update("canary", InterventionPatch::new().custom_field("canary", [""; 0])).await);
    printed.result(engagement.as_user("canary canary").map(|_| ()));
    every_workflow(engagement, "canary", printed).await;
}

/// Every workflow once.
async fn every_workflow(engagement: &Engagement, id: &str, printed: &mut Printed) {
    let one = engagement.interventions();
    printed.result(one.close_or_cancel(id).await);
    printed.result(one.cancel_confirmed(id).await);
    printed.result(one.add_categories(id, ["5d10aa0be4b0a20001c0de01"]).await);
    printed.result(one.remove_categories(id, ["5d10aa0be4b0a20001c0de02"]).await);
    printed.result(one.updated_since(None).await);
    printed.result(one.close_confirmed(id).await);
}

/// An intervention with marks in its custom fields, under both of their names.
fn marked(closed: bool) -> Value {
    let mut one = Fixtures::of(env!("CARGO_MANIFEST_DIR")).json("intervention.json");
    one["closed"] = closed.into();
    let fields =
        json!({"canary_key": "canary@example.com +12025550177", "several": ["canary", {"canary": 26.707_107}]});
    one["custom_field_values"] = fields.clone();
    one["custom_fields"] = fields;
    one["canary"] = json!({"canary": "canary"});
    one
}

/// A list with that intervention and an undecodable one.
fn list() -> Value {
    let mut broken = marked(false);
    broken["id"] = json!("5f0d1c7be4b0a20008c0ffee");
    broken["closed"] = json!("canary");
    json!({"count": 2, "offset": 0, "limit": 150, "records": [marked(false), broken]})
}

#[tokio::test]
async fn errors_of_a_server_that_echoes_the_request_show_no_secret() {
    // ENG-08, ENG-22
    contract().errors_reveal_nothing(marked_client, &OWN, everything_else).await;
}

#[tokio::test]
async fn errors_of_the_other_families_show_no_secret_either() {
    // The two others are no errors here: they have an id, which is no secret, and nothing else is required.
    let echoes = [WRONG_TYPE, WRONG_ROW, HALF, INVALID];
    crate::families::contract().errors_reveal_nothing(marked_client, &echoes, async |_, _| {}).await;
}

#[tokio::test]
async fn the_servers_message_is_available_on_request() {
    // ENG-22
    let server = MockServer::start().await;
    answer_all(&server, INVALID).await;
    let error = marked_client(&server, options()).interventions().create("canary").await.unwrap_err();
    let fault = error.fault::<ApiFault>().unwrap();
    assert!(fault.message.as_ref().unwrap().contains("canary-token") && fault.errors[0].message.is_some());
    assert!(String::from_utf8_lossy(error.body().unwrap()).contains("canary"));
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn spans_and_events_show_no_secret() {
    let own = [WRONG_TYPE, WRONG_ROW, INVALID];
    contract().traces_reveal_nothing(marked_client, &own, &["engagement.raw"], everything_else).await;
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
    let builder = marked_builder(&server, options().observer(observer.clone()));
    printed.debug(&builder);
    let engagement = builder.build().unwrap();
    printed.debug(&(&engagement, engagement.interventions(), engagement.as_user(ID).unwrap()));
    every_debug(&engagement, &mut printed);
    for operation in contract().operations() {
        match operation.run(engagement.clone()).await {
            Ok(answered) => printed.text(answered.shown),
            Err(error) => printed.error(&error),
        }
    }
    everything_else(&engagement, &mut printed).await;
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
