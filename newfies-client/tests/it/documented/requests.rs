//! What each operation sends: method, path, headers and body, and nothing else.

use crate::{
    documented::operations::{Operation, operations},
    mock_server::{BASIC, bare, newfies},
};
use care_testkit::documented::{Wanted, assert_sent};
use newfies_client::{CalendarUserId, EventPatch, Newfies};
use std::collections::BTreeSet;
use wiremock::{MockServer, ResponseTemplate};

/// What this crate's requests have in common.
fn wanted(operation: &Operation) -> Wanted {
    let agent = concat!("newfies-client/", env!("CARGO_PKG_VERSION"));
    let wanted = Wanted::new(format!("{} {}", operation.verb, operation.whole_path()))
        .header("accept", "application/json")
        .header("accept-language", "en")
        .header("user-agent", agent);
    match &operation.body {
        Some(body) => wanted.json(body.clone()),
        None => wanted,
    }
}

#[test]
fn there_are_48_operations_each_with_a_name_of_its_own() {
    let operations = operations();
    let names: BTreeSet<_> = operations.iter().map(|operation| operation.name).collect();
    assert_eq!((operations.len(), names.len()), (48, 48));
}

#[tokio::test]
async fn every_operation_is_sent_as_documented() {
    // NEWF-03: no `user` in a setting. NEWF-26: numbers as text. NEWF-46: no cookies. NEWF-36, NEWF-52: credentials
    // each time. NEWF-30, NEWF-35: an object with fields that the server knows, and no others. NEWF-49: a slash at the end.
    // NEWF-33: words wanted in English.
    for operation in &operations() {
        let server = MockServer::start().await;
        operation.mock().respond_with(operation.good_answer()).mount(&server).await;
        let attempts = (operation.call)(newfies(&server)).await;
        assert_eq!(attempts.unwrap_or_else(|error| panic!("{}: {error}", operation.name)), 1, "{}", operation.name);
        assert_sent(&server, &[wanted(operation).header("authorization", BASIC)]).await;
    }
}

#[tokio::test]
async fn no_request_names_another_method_than_its_own() {
    // NEWF-53: the server would take a POST for it.
    for operation in &operations() {
        let server = MockServer::start().await;
        operation.mock().respond_with(operation.good_answer()).mount(&server).await;
        (operation.call)(newfies(&server)).await.unwrap();
        for request in server.received_requests().await.unwrap() {
            let names: Vec<_> = request.headers.keys().map(|name| name.as_str()).collect();
            assert!(!names.iter().any(|name| name.contains("method")), "{}: {names:?}", operation.name);
            let body = String::from_utf8_lossy(&request.body).into_owned();
            assert!(!body.contains("_method") && request.url.query().is_none(), "{}: {body}", operation.name);
        }
    }
}

#[tokio::test]
async fn a_token_goes_instead_of_user_and_password() {
    for operation in &operations() {
        let server = MockServer::start().await;
        operation.mock().respond_with(operation.good_answer()).mount(&server).await;
        (operation.call)(bare(&server).token("0123").build().unwrap()).await.unwrap();
        assert_sent(&server, &[wanted(operation).header("authorization", "Token 0123")]).await;
    }
}

#[tokio::test]
async fn passwords_are_sent_in_the_encoding_that_the_server_reads() {
    // NEWF-52
    let server = MockServer::start().await;
    for (password, header) in [("hüsh", "Basic bTpo/HNo"), ("h€sh", "Basic bTpo4oKsc2g="), ("a:b", "Basic bTphOmI=")]
    {
        let client = bare(&server).basic_auth("m", password).build().unwrap();
        let _ = client.events().list().await;
        let requests = server.received_requests().await.unwrap();
        assert_eq!(requests.last().unwrap().headers["authorization"], header, "{password}");
    }
}

#[tokio::test]
async fn a_cookie_that_the_server_sets_is_not_sent_back() {
    // NEWF-46
    let server = MockServer::start().await;
    let children = operations().into_iter().find(|operation| operation.name == "newfies.events.children").unwrap();
    let answer = children.good_answer().insert_header("set-cookie", "sessionid=0000; httponly; Path=/");
    children.mock().respond_with(answer).mount(&server).await;
    let client = newfies(&server);
    for _ in 0..2 {
        client.events().children(5).await.unwrap();
    }
    let requests = server.received_requests().await.unwrap();
    assert!(requests.len() == 2 && requests.iter().all(|request| !request.headers.contains_key("cookie")));
}

#[tokio::test]
async fn the_base_url_has_any_host_and_prefix_with_or_without_the_api() {
    let server = MockServer::start().await;
    for (base, path) in [
        (server.uri(), "/rest-api/event/"),
        (format!("{}/rest-api/", server.uri()), "/rest-api/event/"),
        (format!("{}/dialer", server.uri()), "/dialer/rest-api/event/"),
    ] {
        let client = Newfies::builder().base_url(base).basic_auth("m", "x").build().unwrap();
        let _ = client.events().list().await;
        assert_eq!(server.received_requests().await.unwrap().last().unwrap().url.path(), path);
    }
}

#[tokio::test]
async fn ids_go_where_links_are_wanted_and_links_where_ids_are() {
    // NEWF-10, NEWF-44
    let server = MockServer::start().await;
    crate::mock_server::answer_all(&server, ResponseTemplate::new(400)).await;
    let client = newfies(&server);
    let creator = CalendarUserId::from(6);
    let link: newfies_client::Link<newfies_client::Event> =
        "https://elsewhere.example.com/rest-api/event/7/".parse().unwrap();
    let _ = client.events().update(link, EventPatch::new().creator(creator).parent_event(link)).await;
    let request = server.received_requests().await.unwrap().remove(0);
    assert_eq!(request.url.path(), "/rest-api/event/7/");
    let body: serde_json::Value = request.body_json().unwrap();
    assert_eq!(body["creator"], "/rest-api/calendar-user/6/");
    assert_eq!(body["parent_event"], "/rest-api/event/7/");
}
