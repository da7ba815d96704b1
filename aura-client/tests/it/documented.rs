//! Every documented operation as it goes over the wire: what is sent, what each usual error means, and how the answers
//! by which an app acts are read. The module `documents` compares every value of them.

use crate::{
    mock_server::{CLIENT_ID, CLIENT_SECRET, answer, backend, builder, fixture, lines, ok, received, user},
    operations::{contract, error_body, new_callout, new_user},
};
use aura_client::{ApiFault, Callout, CalloutStatus, EventRole, GetCallout, Kind, Outcome, Safety};
use care_testkit::contract::{Answer, ExpectedRequest, assert_sent};
use serde_json::json;
use std::{collections::BTreeSet, time::Duration};
use wiremock::{MockServer, matchers::query_param};

care_testkit::contract_tests!(contract());

#[tokio::test]
async fn a_success_with_an_empty_body_is_an_answer_only_where_nothing_is_read_from_it() {
    // AURA-39
    contract().empty_answers_mean(Outcome::Completed).await;
}

#[tokio::test]
async fn nothing_is_sent_without_credentials() {
    // AURA-45: who may do what is decided here, before anything is sent.
    let nobody = |server: &MockServer, options| builder(server).options(options).build().unwrap();
    contract().nothing_is_sent_without_credentials(nobody).await;
}

#[tokio::test]
async fn a_404_to_everything_may_be_a_wrong_prefix() {
    // AURA-10
    contract().a_404_to_everything_has_the_hint("the path prefix may be wrong").await;
}

#[tokio::test]
async fn an_error_without_a_body_has_no_fault() {
    // AURA-40
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations() {
        let error = contract.exchange(&server, operation, &[Answer::empty(400)]).await.error(operation.case_name());
        assert_eq!(error.fault::<ApiFault>(), None, "{error}");
    }
}

#[tokio::test]
async fn the_server_token_is_fetched_once_and_renewed_once_after_a_401() {
    // AURA-32, AURA-45
    let (contract, server) = (contract(), MockServer::start().await);
    let register = contract.operation("aura.users.register");
    let rejected = Answer::json(&error_body(401)).status(401);
    let exchange = contract.exchange(&server, register, &[rejected, register.answer().clone()]).await;
    assert_eq!(exchange.attempts("register"), 2);
    let request = |line: &str| {
        let agent = concat!("aura-client/", env!("CARGO_PKG_VERSION"));
        ExpectedRequest::new(line).header("accept", "application/json").header("user-agent", agent)
    };
    let fetch = || {
        let credentials = json!({"clientId": CLIENT_ID, "clientSecret": CLIENT_SECRET});
        request("POST /panic-api/oauth/token").json(credentials)
    };
    let register = |n: u8| {
        let user = json!({"email": "guid_1234@example.com", "password": "hush"});
        let register = request("POST /panic-api/oauth/user").json(user);
        register.header("authorization", format!("Bearer server-token-{n}"))
    };
    assert_sent(&server, &[fetch(), register(1), fetch(), register(2)]).await;
}

#[tokio::test]
async fn one_server_token_serves_many_registrations_and_the_users_token_is_read() {
    // AURA-32
    let (contract, server) = (contract(), MockServer::start().await);
    let register = contract.operation("aura.users.register");
    let aura = backend(&server);
    contract.exchange_of(&server, aura.clone(), register, &[register.answer().clone()]).await.attempts("register");
    let registered = aura.users().register(new_user()).await.unwrap();
    let token = registered.token.unwrap();
    assert_eq!(token.secret().expose(), fixture("ours/register-response")["accessToken"].as_str().unwrap());
    assert_eq!(token.expiry().unwrap().timestamp(), 17_359_833_600);
    let (fetch, register) = ("POST /panic-api/oauth/token", "POST /panic-api/oauth/user");
    assert_eq!(lines(&server).await, [fetch, register, register]);
}

#[tokio::test]
async fn without_a_server_token_the_error_is_of_auth_and_the_operation_is_not_sent() {
    // AURA-32
    let (contract, server) = (contract(), MockServer::start().await);
    let register = contract.operation("aura.users.register");
    for status in [400, 401, 403, 404, 409, 429, 500] {
        server.reset().await;
        let mut failing = Answer::json(&error_body(status)).status(status);
        if status == 429 {
            failing = failing.header("retry-after", "0");
        }
        answer(&server, "POST", "/panic-api/oauth/token", failing.into()).await;
        let error = register.run(backend(&server)).await.unwrap_err();
        let fetches = if status == 429 || status == 500 { 3 } else { 1 };
        assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Auth, Outcome::NotSent, 0), "{status}");
        assert_eq!((error.operation(), error.status()), ("aura.users.register", None), "{status}");
        assert_eq!(error.is_retryable(), fetches == 3, "{status}");
        let cause = error.cause().unwrap();
        assert_eq!(cause.operation(), "aura.oauth.server_token", "{status}");
        assert_eq!(cause.status().map(|status| status.as_u16()), Some(status));
        assert!(cause.fault::<ApiFault>().is_some(), "{status}");
        let sent = lines(&server).await;
        assert_eq!(sent, vec!["POST /panic-api/oauth/token"; fetches], "{status}");
    }
    assert!(received(&server).await.iter().all(|request| !request.headers.contains_key("authorization")));
}

#[test]
fn what_is_done_once_is_what_creates() {
    let contract = contract();
    let once = contract.operations().iter().filter(|operation| operation.safety() == Safety::Once);
    let names: BTreeSet<_> = once.map(|operation| operation.verb()).collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["comment", "create", "register"]);
}

async fn read(name: &str) -> Callout {
    let server = MockServer::start().await;
    let document = fixture(name);
    let id = document["id"].as_u64().unwrap();
    answer(&server, "GET", &format!("/panic-api/callouts/{id}"), ok(&document)).await;
    user(&server).callouts().get(id).await.unwrap_or_else(|error| panic!("{name}: {}", error.report()))
}

/// Status, active for the user, closed, name of the company, dispatched by hand, minutes and metres to go.
type Shown<'a> = (&'a str, bool, bool, Option<&'a str>, Option<bool>, Option<(u64, u64)>);

#[tokio::test]
async fn each_of_the_seven_examples_says_where_help_is() {
    let examples: [(&str, Shown<'_>); 7] = [
        ("created", ("created", true, false, None, None, None)),
        (
            "responder-dispatched-tech",
            ("Responder Dispatched", true, false, Some("Suppy Liar"), Some(false), Some((195, 1213))),
        ),
        (
            "responder-dispatched-manual",
            ("Responder Dispatched", true, false, Some("Example Security"), Some(true), None),
        ),
        ("responder-cancelled", ("Responder Cancelled", false, false, None, None, None)),
        ("responder-arrived", ("Responder Arrived", true, false, Some("Suppy Liar"), Some(false), Some((0, 0)))),
        ("responder-completed", ("Responder Completed", false, false, Some("Suppy Liar"), Some(false), None)),
        ("closed", ("closed", false, true, Some("Suppy Liar"), Some(false), None)),
    ];
    for (name, wanted) in examples {
        let callout = read(name).await;
        let eta = callout.eta().map(|eta| (eta.duration.as_secs(), eta.metres.unwrap()));
        let status = &callout.status;
        let shown = (
            status.as_str(),
            status.is_active_for_user(),
            status.is_closed(),
            callout.company(),
            callout.dispatch().map(|dispatch| dispatch.is_manual()),
            eta,
        );
        assert_eq!(shown, wanted, "{name}");
        assert!(!matches!(status, CalloutStatus::Other(_)), "{name}");
    }
}

#[tokio::test]
async fn a_tech_dispatch_has_a_person_with_a_vehicle_and_a_position() {
    let callout = read("responder-dispatched-tech").await;
    let responder = callout.dispatch().unwrap().responder().unwrap();
    assert_eq!(responder.full_name().unwrap().as_str(), "Testy McTestFace");
    assert_eq!((responder.vehicle_make(), responder.vehicle_colour()), (Some("Boxcart"), Some("Purple")));
    assert_eq!(responder.position().unwrap().accuracy, Some(20.0));
    assert_eq!(callout.eta().unwrap().duration, Duration::from_secs(195));
    assert_eq!(callout.eta().unwrap().at.unwrap().to_rfc3339(), "2019-06-26T08:29:22.541+00:00");
}

#[tokio::test]
async fn the_two_messages_of_the_documented_events_are_read() {
    let server = MockServer::start().await;
    let mut document = fixture("responder-dispatched-manual");
    document["calloutEvents"] = fixture("callout-events")["calloutEvents"].clone();
    wiremock::Mock::given(query_param("shouldIncludeEvents", "true"))
        .respond_with(ok(&document))
        .expect(1)
        .mount(&server)
        .await;
    let callout = user(&server).callouts().get(GetCallout::new(21671).include_events()).await.unwrap();
    let said: Vec<_> =
        callout.events.iter().map(|event| (event.id.unwrap().get(), event.role(), event.body())).collect();
    assert_eq!(
        said,
        [
            (103, Some(&EventRole::User), Some("Another example message to add")),
            (104, Some(&EventRole::Admin), Some("Welcome")),
        ]
    );
    assert_eq!(callout.events[1].created_by.as_ref().unwrap().as_str(), "Controller");
}

#[tokio::test]
async fn what_a_finished_callout_was_filed_under_is_read() {
    let callout = read("closed").await;
    let detail = callout.incident_detail.unwrap();
    let category = detail.incident_category.unwrap();
    assert_eq!(category.description.as_deref(), Some("Test Callout"));
    assert_eq!(category.type_of_emergency.unwrap().description.as_deref(), Some("Test Callout"));
    assert_eq!(
        (detail.any_injuries, detail.customer_happy, detail.follow_up_required),
        (Some(false), Some(false), Some(false))
    );
    assert_eq!(callout.resolved_at.unwrap().to_rfc3339(), "2019-06-26T08:32:44+00:00");
}

/// The answer is ours.
#[tokio::test]
async fn classifications_are_found_by_what_they_are_for() {
    let server = MockServer::start().await;
    answer(&server, "GET", "/panic-api/callout-classifications", ok(&fixture("ours/classifications"))).await;
    let list = user(&server).classifications().list().await.unwrap();
    assert_eq!((list.real().map(|id| id.get()), list.test().map(|id| id.get()), list.len()), (Some(1), Some(2), 2));
}

/// The answers are ours: a created callout wrapped as the prose has it, a comment's id alone, a user's token.
#[tokio::test]
async fn a_created_callout_a_comment_and_a_token_are_read() {
    // AURA-33
    let server = MockServer::start().await;
    answer(&server, "POST", "/panic-api/callouts", ok(&fixture("ours/create-response-wrapped"))).await;
    answer(&server, "POST", "/panic-api/callout/1060/comments", ok(&json!({"id": 105}))).await;
    answer(&server, "POST", "/panic-api/oauth/token", ok(&fixture("ours/token-response"))).await;
    let callout = user(&server).callouts().create(new_callout()).await.unwrap();
    assert_eq!((callout.id.get(), &callout.status, callout.owned), (571, &CalloutStatus::Created, Some(false)));
    let posted = user(&server).callouts().comment(1060, "This is an example message").await.unwrap();
    assert_eq!(posted.id.map(|id| id.get()), Some(105));
    let token = builder(&server).build().unwrap().users().token("guid_1234@example.com", "hush").await.unwrap();
    assert_eq!(token.secret().expose(), fixture("ours/token-response")["accessToken"].as_str().unwrap());
}

#[test]
fn positions_are_numbers_in_requests() {
    // AURA-02, AURA-13
    let body = fixture("ours/location-request");
    assert!(["latitude", "longitude", "accuracy"].iter().all(|key| body[key].is_f64()), "{body}");
    assert_eq!(fixture("create-callout-request")["calloutLocation"]["accuracy"], json!(50.0));
}
