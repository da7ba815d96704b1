//! What each operation sends: method, path, query, headers and body, and nothing else.

use crate::{
    operations::{here, new_callout, new_user},
    support::{CLIENT_ID, CLIENT_SECRET, USER_TOKEN, answer, backend, builder, fixture, ok, user},
};
use aura_client::{CalloutStatus, GetCallout, NewCallout, NewCustomer};
use care_testkit::documented::{Wanted, assert_sent};
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

/// What this crate's requests have in common.
fn wanted(line: &str, body: Option<Value>) -> Wanted {
    let agent = concat!("aura-client/", env!("CARGO_PKG_VERSION"));
    let wanted = Wanted::new(line).header("accept", "application/json").header("user-agent", agent);
    match body {
        Some(body) => wanted.json(body),
        None => wanted,
    }
}

fn with_token(token: &str, line: &str, body: Option<Value>) -> Wanted {
    wanted(line, body).header("authorization", format!("Bearer {token}"))
}

fn by_user(line: &str, body: Option<Value>) -> Wanted {
    with_token(USER_TOKEN, line, body)
}

/// Neither the token operation nor any answer is in the guide: both answers are ours.
#[tokio::test]
async fn register_fetches_the_servers_token_and_sends_mail_and_password_with_it() {
    // AURA-32, AURA-45
    let server = MockServer::start().await;
    let token = fixture("ours/token-response");
    answer(&server, "POST", "/panic-api/oauth/token", ok(&token)).await;
    answer(&server, "POST", "/panic-api/oauth/user", ok(&fixture("ours/register-response"))).await;

    let aura = backend(&server);
    let registered = aura.users().register(new_user()).await.unwrap();
    let user_token = registered.token.unwrap();
    assert_eq!(user_token.secret().expose(), fixture("ours/register-response")["accessToken"].as_str().unwrap());
    assert_eq!(user_token.expiry().unwrap().timestamp(), 17_359_833_600);
    aura.users().register(new_user()).await.unwrap();

    let credentials = json!({"clientId": CLIENT_ID, "clientSecret": CLIENT_SECRET});
    let user = json!({"email": "guid_1234@example.com", "password": "hush"});
    let register =
        || with_token(token["accessToken"].as_str().unwrap(), "POST /panic-api/oauth/user", Some(user.clone()));
    let fetch = wanted("POST /panic-api/oauth/token", Some(credentials));
    assert_sent(&server, &[fetch, register(), register()]).await;
}

/// Not in the guide, and the answer is ours.
#[tokio::test]
async fn a_users_token_is_asked_for_with_mail_and_password_alone() {
    // AURA-33
    let server = MockServer::start().await;
    answer(&server, "POST", "/panic-api/oauth/token", ok(&fixture("ours/token-response"))).await;
    let token = builder(&server).build().unwrap().users().token("guid_1234@example.com", "hush").await.unwrap();
    assert_eq!(token.secret().expose(), fixture("ours/token-response")["accessToken"].as_str().unwrap());
    let body = json!({"email": "guid_1234@example.com", "password": "hush"});
    let fetch = wanted("POST /panic-api/oauth/token", Some(body));
    assert_sent(&server, &[fetch]).await;
}

/// The answer is ours.
#[tokio::test]
async fn classifications_are_listed() {
    let server = MockServer::start().await;
    answer(&server, "GET", "/panic-api/callout-classifications", ok(&fixture("ours/classifications"))).await;
    let list = user(&server).classifications().list().await.unwrap();
    assert_eq!((list.real().map(|id| id.get()), list.test().map(|id| id.get()), list.len()), (Some(1), Some(2), 2));
    assert_sent(&server, &[by_user("GET /panic-api/callout-classifications", None)]).await;
}

/// The request is documented; the answer is ours, wrapped as the prose has it.
#[tokio::test]
async fn create_sends_the_documented_callout() {
    // AURA-02, AURA-14, AURA-15, AURA-46: key and accuracy as documented, and no RequestType anywhere.
    let server = MockServer::start().await;
    answer(&server, "POST", "/panic-api/callouts", ok(&fixture("ours/create-response-wrapped"))).await;
    let callout = user(&server).callouts().create(new_callout()).await.unwrap();
    assert_eq!((callout.id.get(), &callout.status, callout.owned), (571, &CalloutStatus::Created, Some(false)));
    let body = fixture("create-callout-request");
    assert_eq!(body["calloutLocation"]["accuracy"], json!(50.0));
    assert_sent(&server, &[by_user("POST /panic-api/callouts", Some(body))]).await;
}

/// The section "Demo on Production Environment" names both switches; the answer is ours.
#[tokio::test]
async fn a_demo_sends_the_demo_response_type_and_internal_test() {
    let server = MockServer::start().await;
    answer(&server, "POST", "/panic-api/callouts", ok(&fixture("ours/create-response-wrapped"))).await;
    let person = NewCustomer::new("Test", "Test", "+12025550103");
    user(&server).callouts().create(NewCallout::demo(9).customer(person).location(here())).await.unwrap();
    let body = json!({
        "customer": {"name": "Test", "surname": "Test", "mobile": "+12025550103"},
        "calloutLocation": fixture("ours/location-request"),
        "responseTypeId": 9,
        "internalTest": true,
    });
    assert_sent(&server, &[by_user("POST /panic-api/callouts", Some(body))]).await;
}

#[tokio::test]
async fn get_sends_each_flag_by_its_own_name_and_both_together() {
    // AURA-11
    let server = MockServer::start().await;
    answer(&server, "GET", "/panic-api/callouts/570", ok(&fixture("created"))).await;
    let (aura, get) = (user(&server), GetCallout::new(570));
    for get in [get, get.include_route(), get.include_events(), get.include_events().include_route()] {
        assert_eq!(aura.callouts().get(get).await.unwrap().id.get(), 570);
    }
    assert_sent(
        &server,
        &[
            by_user("GET /panic-api/callouts/570", None),
            by_user("GET /panic-api/callouts/570?shouldIncludeRoute=true", None),
            by_user("GET /panic-api/callouts/570?shouldIncludeEvents=true", None),
            by_user("GET /panic-api/callouts/570?shouldIncludeRoute=true&shouldIncludeEvents=true", None),
        ],
    )
    .await;
}

/// Neither body nor answer is documented: both are ours.
#[tokio::test]
async fn a_position_is_sent_as_three_numbers() {
    // AURA-13, AURA-38
    let server = MockServer::start().await;
    answer(&server, "POST", "/panic-api/callouts/570/location", ResponseTemplate::new(200)).await;
    user(&server).callouts().update_location(570, here()).await.unwrap();
    let body = fixture("ours/location-request");
    assert!(["latitude", "longitude", "accuracy"].iter().all(|key| body[key].is_f64()), "{body}");
    assert_sent(&server, &[by_user("POST /panic-api/callouts/570/location", Some(body))]).await;
}

/// Neither body nor answer is documented: both are ours.
#[tokio::test]
async fn a_dismissal_sends_an_empty_object() {
    // AURA-39
    let server = MockServer::start().await;
    answer(&server, "POST", "/panic-api/callouts/570/dismiss", ResponseTemplate::new(204)).await;
    user(&server).callouts().dismiss(570).await.unwrap();
    assert_sent(&server, &[by_user("POST /panic-api/callouts/570/dismiss", Some(json!({})))]).await;
}

/// The request is documented; the answer is ours.
#[tokio::test]
async fn a_comment_is_sent_to_the_documented_path_in_the_singular() {
    // AURA-05, AURA-07
    let server = MockServer::start().await;
    answer(&server, "POST", "/panic-api/callout/1060/comments", ok(&json!({"id": 105}))).await;
    let posted = user(&server).callouts().comment(1060, "This is an example message").await.unwrap();
    assert_eq!(posted.id.map(|id| id.get()), Some(105));
    let comment = by_user("POST /panic-api/callout/1060/comments", Some(fixture("comment-request")));
    assert_sent(&server, &[comment]).await;
}
