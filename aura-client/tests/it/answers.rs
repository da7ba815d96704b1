//! How the documented answers are read. The module `json_leaves` compares every value of them; here are those by which an app acts.

use crate::{
    mock_server::{answer, builder, fixture, ok, user},
    operations::new_callout,
};
use aura_client::{Callout, CalloutStatus, EventRole, GetCallout};
use serde_json::json;
use std::time::Duration;
use wiremock::{MockServer, matchers::query_param};

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
