//! What each operation sends: method, path, query, headers and body, and nothing else.

use crate::{
    documented::operations::{OPERATIONS, Operation, for_site},
    support::mock_server::{TOKEN, bare, care, fixture, ok},
};
use care_testkit::documented::{Wanted, assert_sent};
use caremessenger_client::{EmptyLists, NewAssistanceProvider, RequestParts};
use http::header::AUTHORIZATION;
use serde_json::json;
use wiremock::{Mock, MockServer, matchers::any};

/// What this crate's requests have in common.
fn wanted(operation: &Operation) -> Wanted {
    let agent = concat!("caremessenger-client/", env!("CARGO_PKG_VERSION"));
    let wanted = Wanted::new(format!("{} {}", operation.verb, operation.path));
    let wanted = wanted.header("accept", "application/json").header("user-agent", agent);
    match operation.body {
        Some(body) => wanted.json(fixture(body)),
        None => wanted,
    }
}

async fn server(operation: &Operation) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(operation.good_answer()).mount(&server).await;
    server
}

#[tokio::test]
async fn every_operation_is_sent_as_documented() {
    // CARE-01, CARE-02, CARE-03, CARE-04: strict JSON. CARE-07, CARE-08: the names of a request. CARE-20: nothing for push.
    // CARE-26: the paths of a list and of one. CARE-34: signing in alone lies outside of /v2 and ends in a slash.
    // CARE-38: no parameter of a list.
    for operation in &OPERATIONS {
        let server = server(operation).await;
        assert_eq!((operation.call)(care(&server)).await.unwrap(), 1, "{}", operation.what);
        let wanted = wanted(operation);
        let bearer = format!("Bearer {TOKEN}");
        assert_sent(&server, &[if operation.has_token { wanted.header("authorization", bearer) } else { wanted }])
            .await;
    }
}

#[tokio::test]
async fn addresses_are_sent_as_they_were_given() {
    // CARE-06
    let server = server(&OPERATIONS[0]).await;
    for url in ["https://EXAMPLE.com", "http://example.com:80/a//b?c=//d", "https://example.com/%41"] {
        server.reset().await;
        Mock::given(any()).respond_with(OPERATIONS[0].good_answer()).mount(&server).await;
        care(&server).assistance_providers().create(for_site().webhook("Desk", url)).await.unwrap();
        let sent: serde_json::Value = crate::support::mock_server::received(&server).await[0].body_json().unwrap();
        assert_eq!(sent["webhook_notifiers"], json!([{"name": "Desk", "url": url}]));
        assert_eq!(sent.as_object().unwrap().len(), 6, "{sent}");
    }
}

#[tokio::test]
async fn an_empty_list_is_left_out_or_sent_as_the_client_was_told() {
    // CARE-23
    let server = server(&OPERATIONS[0]).await;
    let sending = bare(&server).token(TOKEN).empty_lists(EmptyLists::Send).build().unwrap();
    let new = || NewAssistanceProvider::for_site(5, "a", "b").without_notifiers();
    care(&server).assistance_providers().create(new()).await.unwrap();
    sending.assistance_providers().create(new()).await.unwrap();
    let sent: Vec<serde_json::Value> = crate::support::mock_server::received(&server)
        .await
        .iter()
        .map(|request| request.body_json().unwrap())
        .collect();
    let bare = json!({"name": "a", "label": "b", "content_type": "site", "object_id": 5});
    assert_eq!(sent[0], bare);
    assert_eq!((&sent[1]["email_notifiers"], &sent[1]["webhook_notifiers"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn server_prefix_and_form_of_the_token_can_be_others() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ok(&json!({}))).mount(&server).await;
    let care = bare(&server)
        .base_url(format!("{}/care/", server.uri()))
        .api_prefix("/v3/")
        .header_auth(AUTHORIZATION, "JWT abc");
    let care = care.build().unwrap();
    care.raw(RequestParts::get(["assistance-request"]).query("page", "2")).await.unwrap();
    let _ = care.sign_in("a", "b").await;
    let sent = crate::support::mock_server::received(&server).await;
    let lines = ["GET /care/v3/assistance-request?page=2", "POST /care/api-token-auth/"];
    assert_eq!(crate::support::mock_server::lines(&server).await, lines);
    assert_eq!(sent[0].headers["authorization"], "JWT abc");
    assert!(!sent[1].headers.contains_key("authorization"), "signing in needs no token");
}
