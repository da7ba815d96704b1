//! Invalid requests, addresses, and the control endpoints.

use crate::support::{
    RawRequest,
    aura::{create, prefixed, real_callout, test_callout},
    dial,
};
use care_emulators::aura::Emulator;
use serde_json::{Value, json};
use std::io::ErrorKind;

async fn refused(emulator: &Emulator, request: RawRequest) -> u16 {
    let response = request.send(emulator).await;
    let body = response.json();
    assert_eq!(body.as_object().map(serde_json::Map::len), Some(1), "{body}");
    assert!(body["message"].as_str().is_some_and(|message| !message.is_empty()), "{body}");
    response.status
}

#[tokio::test]
async fn an_invalid_body_gets_400_and_creates_nothing() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let changed = |pointer: &str, value: Value| {
        let mut body = test_callout();
        *body.pointer_mut(pointer).unwrap() = value;
        body.to_string()
    };
    let bodies = [
        String::new(),
        "{".to_owned(),
        "[]".to_owned(),
        json!({ "customer": {} }).to_string(),
        changed("/calloutLocation/latitude", "-26.1".into()),
        changed("/calloutLocation/latitude", json!(90.5)),
        changed("/calloutLocation/longitude", json!(-180.5)),
        changed("/calloutLocation/accuracy", json!(-1)),
        changed("/customer/name", 7.into()),
        changed("/calloutClassificationId", 99.into()),
        changed("/responseTypeId", "1".into()),
    ];
    for body in bodies {
        let request =
            RawRequest::new("POST", prefixed("/callouts")).header("content-type: application/json").body(body.clone());
        assert_eq!(refused(&emulator, request.token(&token)).await, 400, "{body}");
    }
    assert!(emulator.controller().callouts().is_empty());
}

#[tokio::test]
async fn every_body_is_checked() {
    let emulator = Emulator::start().await.unwrap();
    let (server, token) = (emulator.issue_server_token(), emulator.issue_user_token("customer@example.com"));
    let id = create(&emulator, &token, &test_callout()).await;
    let wrong = [
        (format!("/callouts/{id}/location"), &token, json!({ "latitude": 1.5 })),
        (format!("/callouts/{id}/location"), &token, json!({ "latitude": 91, "longitude": 1 })),
        (format!("/callouts/{id}/dismiss"), &token, json!([])),
        (format!("/callout/{id}/comments"), &token, json!({ "message": "" })),
        (format!("/callout/{id}/comments"), &token, json!({ "text": "hello" })),
        ("/oauth/token".to_owned(), &token, json!({ "clientId": "alone" })),
        ("/oauth/user".to_owned(), &server, json!({ "email": "no address", "password": "secret" })),
        ("/oauth/user".to_owned(), &server, json!({ "email": "one@example.com", "password": "" })),
        ("/oauth/user".to_owned(), &server, json!({ "email": "one@example.com" })),
    ];
    for (path, token, body) in wrong {
        assert_eq!(
            refused(&emulator, RawRequest::post(prefixed(&path), &body).token(token)).await,
            400,
            "{path} {body}"
        );
    }
    let controller = emulator.controller();
    assert_eq!(
        (controller.dismissed(id), controller.locations(id), controller.comments(id)),
        (Ok(false), Ok(vec![]), Ok(vec![]))
    );
}

#[tokio::test]
async fn the_media_type_must_be_json_with_or_without_a_charset() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let request = |kind: &str| {
        let request = RawRequest::new("POST", prefixed("/callouts")).token(&token).body(test_callout().to_string());
        request.header(format!("content-type: {kind}"))
    };
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
        assert_eq!(refused(&emulator, request(kind)).await, 415, "{kind}");
    }
    assert_eq!(request("application/json; charset=utf-8").send(&emulator).await.status, 201);
    let too_long = request("application/json").body(" ".repeat((1 << 20) + 1));
    assert_eq!(refused(&emulator, too_long).await, 413);
}

#[tokio::test]
async fn unknown_paths_get_404_and_wrong_methods_405() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let id = create(&emulator, &token, &test_callout()).await;
    for path in
        ["/", "/callouts", "/panic-api", "/panic-api/callout", "/panic-api/callouts/x", "/panic-api/callouts/%ff"]
    {
        assert_eq!(refused(&emulator, RawRequest::get(path).token(&token)).await, 404, "{path}");
    }
    let plural = RawRequest::post(prefixed(&format!("/callouts/{id}/comments")), &json!({ "message": "hello" }));
    assert_eq!(refused(&emulator, plural.token(&token)).await, 404);
    for (method, path) in [("DELETE", "/callouts"), ("PUT", "/callouts/570"), ("GET", "/oauth/token")] {
        assert_eq!(
            refused(&emulator, RawRequest::new(method, prefixed(path)).token(&token)).await,
            405,
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn the_builder_sets_the_path_prefix() {
    for (prefix, path) in [("", "/callouts"), ("/v1/deep", "/v1/deep/callouts")] {
        let emulator = Emulator::builder().path_prefix(prefix).plural_comments().start().await.unwrap();
        let token = emulator.issue_user_token("customer@example.com");
        let raised = RawRequest::post(path, &real_callout()).token(&token).send(&emulator).await;
        assert_eq!(raised.status, 201);
        for form in ["callout", "callouts"] {
            let comment = RawRequest::post(format!("{prefix}/{form}/570/comments"), &json!({ "message": form }));
            assert_eq!(comment.token(&token).send(&emulator).await.status, 201);
        }
        assert_eq!(emulator.controller().comments(570).unwrap(), ["callout", "callouts"]);
    }
    for prefix in ["v1", "/v1/", "/", "/{id}", "//"] {
        let error = Emulator::builder().path_prefix(prefix).start().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{prefix}");
    }
}

#[tokio::test]
async fn it_listens_on_loopback_only_and_reports_a_taken_port() {
    let error = Emulator::builder().address(([0, 0, 0, 0], 0).into()).start().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let first = Emulator::start().await.unwrap();
    let address = first.url().strip_prefix("http://").unwrap().parse().unwrap();
    assert_eq!(Emulator::builder().address(address).start().await.unwrap_err().kind(), ErrorKind::AddrInUse);
    drop(first);
    Emulator::builder().address(address).start().await.unwrap();
}

#[tokio::test]
async fn connections_are_counted() {
    let emulator = Emulator::start().await.unwrap();
    for n in 1..=3 {
        RawRequest::get("/").send(&emulator).await;
        assert_eq!(emulator.connections(), n);
    }
    let _open = dial(&emulator).await.unwrap();
    while emulator.connections() < 4 || emulator.open_connections() > 1 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    assert_eq!(emulator.open_connections(), 1);
}

#[tokio::test]
async fn the_control_room_can_be_driven_by_http() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let (played, by_hand) =
        (create(&emulator, &token, &test_callout()).await, create(&emulator, &token, &real_callout()).await);
    let act = async |id: u64, action: &str| {
        let response = RawRequest::new("POST", format!("/_emulator/callouts/{id}/{action}")).send(&emulator).await;
        (response.status, response.json()["status"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(act(played, "dispatch").await.0, 409);
    for (action, status) in [
        ("acknowledge", "created"),
        ("verify", "created"),
        ("dispatch", "Responder Dispatched"),
        ("move-responder", "Responder Dispatched"),
        ("cancel-responder", "Responder Cancelled"),
        ("dispatch", "Responder Dispatched"),
        ("arrive", "Responder Arrived"),
        ("complete", "Responder Completed"),
        ("close", "closed"),
    ] {
        assert_eq!(act(played, action).await, (200, status.to_owned()), "{action}");
    }
    for action in ["set-verified", "dispatch-by-hand"] {
        assert_eq!(act(by_hand, action).await.0, 200, "{action}");
    }
    assert_eq!(act(1, "verify").await.0, 404);
    assert_eq!(act(by_hand, "remove").await.0, 404);

    let message =
        |text: &str| RawRequest::post(format!("/_emulator/callouts/{by_hand}/message"), &json!({ "text": text }));
    assert_eq!(message("We are on our way").send(&emulator).await.status, 200);
    assert_eq!(refused(&emulator, message("")).await, 400);
    let callout = crate::support::aura::get(&emulator, &token, by_hand, "?shouldIncludeEvents=true").await;
    assert_eq!(callout["calloutEvents"][0]["event"], json!({ "body": "We are on our way", "role": "Admin" }));

    let list = RawRequest::get("/_emulator/callouts").send(&emulator).await.json();
    let expected = json!([
        { "id": played, "status": "closed", "dismissed": false },
        { "id": by_hand, "status": "Responder Dispatched", "dismissed": false },
    ]);
    assert_eq!(list, expected);
}
