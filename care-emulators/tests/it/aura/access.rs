//! Authentication and authorization: tokens, registration, and who sees which callout; invalid requests, addresses, and
//! the control endpoints.

use crate::support::{
    RawRequest, RawResponse,
    aura::{create, prefixed, real_callout, test_callout},
    dial,
};
use care_emulators::aura::{CLIENT_ID, CLIENT_SECRET, Emulator};
use serde_json::{Value, json};
use std::{io::ErrorKind, time::Duration};

async fn post(emulator: &Emulator, token: &str, path: &str, body: &Value) -> RawResponse {
    RawRequest::post(prefixed(path), body).token(token).send(emulator).await
}

fn user(email: &str) -> Value {
    json!({ "email": email, "password": "a password" })
}

#[tokio::test]
async fn a_backend_gets_a_token_and_registers_a_user_who_raises_a_callout() {
    let emulator = Emulator::start().await.unwrap();
    let credentials = json!({ "clientId": CLIENT_ID, "clientSecret": CLIENT_SECRET });
    let server = RawRequest::post(prefixed("/oauth/token"), &credentials).send(&emulator).await.json();
    let server = server["accessToken"].as_str().unwrap();

    let registered = post(&emulator, server, "/oauth/user", &user("one@example.com")).await;
    assert_eq!(registered.status, 201);
    assert_eq!(post(&emulator, server, "/oauth/user", &user("one@example.com")).await.status, 409);

    for path in ["/oauth/token", "/oauth/user/token"] {
        let mine = RawRequest::post(prefixed(path), &user("one@example.com")).send(&emulator).await.json();
        create(&emulator, mine["accessToken"].as_str().unwrap(), &test_callout()).await;
    }
    create(&emulator, registered.json()["accessToken"].as_str().unwrap(), &test_callout()).await;
    assert_eq!(emulator.controller().callouts(), [570, 571, 572]);
}

#[tokio::test]
async fn wrong_credentials_get_401() {
    let emulator = Emulator::builder().client("id", "secret").start().await.unwrap();
    let server = emulator.issue_server_token();
    post(&emulator, &server, "/oauth/user", &user("one@example.com")).await;
    let _ = emulator.issue_user_token("two@example.com");
    for wrong in [
        json!({ "clientId": "id", "clientSecret": "another" }),
        json!({ "clientId": "another", "clientSecret": "secret" }),
        json!({ "email": "one@example.com", "password": "another" }),
        json!({ "email": "nobody@example.com", "password": "a password" }),
        json!({ "email": "two@example.com", "password": "" }),
    ] {
        let response = RawRequest::post(prefixed("/oauth/token"), &wrong).send(&emulator).await;
        assert_eq!(response.status, 401, "{wrong}");
        assert!(response.json()["message"].is_string());
    }
}

/// The claims of a token, read without knowing how the emulator writes them.
fn claims(token: &str) -> Value {
    let parts: Vec<_> = token.split('.').collect();
    assert_eq!(parts.len(), 3);
    let digit = |c: char| match c {
        'A'..='Z' => c as u32 - 'A' as u32,
        'a'..='z' => c as u32 - 'a' as u32 + 26,
        '0'..='9' => c as u32 - '0' as u32 + 52,
        '-' => 62,
        '_' => 63,
        _ => panic!("{c:?} is no digit"),
    };
    let (mut bits, mut group, mut bytes) = (0, 0_u32, Vec::new());
    for c in parts[1].chars() {
        group = group << 6 | digit(c);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((group >> bits & 0xff) as u8);
        }
    }
    serde_json::from_slice(&bytes).unwrap()
}

#[tokio::test]
async fn tokens_are_jwts_valid_for_centuries_with_an_absolute_expiry() {
    let emulator = Emulator::start().await.unwrap();
    let now = emulator.clock().now().timestamp();
    let credentials = json!({ "clientId": emulator.client_id(), "clientSecret": emulator.client_secret() });
    let response = RawRequest::post(prefixed("/oauth/token"), &credentials).send(&emulator).await.json();
    let server = claims(response["accessToken"].as_str().unwrap());
    let customer = claims(&emulator.issue_user_token("one@example.com"));
    let year = 365 * 24 * 60 * 60;
    for (claims, kind) in [(&server, "server"), (&customer, "user")] {
        assert_eq!(claims["kind"], kind);
        assert!(claims["iat"].as_i64().unwrap() >= now);
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 500 * year);
    }
    assert_eq!(customer["sub"], "one@example.com");
    assert_eq!(response["expiresIn"], server["exp"]);
    assert_eq!(response["tokenType"], "Bearer");
}

#[tokio::test]
async fn tokens_expire_by_the_emulator_s_clock() {
    let builder = Emulator::builder().server_token_lifetime(Duration::from_secs(3600));
    let emulator = builder.user_token_lifetime(Duration::from_secs(7200)).start().await.unwrap();
    let (server, customer) = (emulator.issue_server_token(), emulator.issue_user_token("one@example.com"));
    let list = |token: &str| RawRequest::get(prefixed("/callout-classifications")).token(token);
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push((list(&server).send(&emulator).await.status, list(&customer).send(&emulator).await.status));
        emulator.clock().advance(Duration::from_secs(3600));
    }
    assert_eq!(seen, [(200, 200), (401, 200), (401, 401)]);
    assert_eq!(list(&emulator.issue_server_token()).send(&emulator).await.status, 200);
}

#[tokio::test]
async fn revoked_tokens_are_refused_and_new_ones_are_not() {
    let emulator = Emulator::start().await.unwrap();
    let old = emulator.issue_user_token("one@example.com");
    emulator.revoke_tokens();
    let new = emulator.issue_user_token("one@example.com");
    assert_ne!(old, new);
    assert_eq!(post(&emulator, &old, "/callouts", &test_callout()).await.status, 401);
    assert_eq!(post(&emulator, &new, "/callouts", &test_callout()).await.status, 201);
}

#[tokio::test]
async fn every_operation_needs_a_token() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("one@example.com");
    let id = create(&emulator, &token, &test_callout()).await;
    let operations = [
        ("POST", "/oauth/user".to_owned()),
        ("GET", "/callout-classifications".to_owned()),
        ("POST", "/callouts".to_owned()),
        ("GET", format!("/callouts/{id}")),
        ("POST", format!("/callouts/{id}/location")),
        ("POST", format!("/callouts/{id}/dismiss")),
        ("POST", format!("/callout/{id}/comments")),
    ];
    for (method, path) in operations {
        let request = RawRequest::new(method, prefixed(&path));
        let no_scheme = request.clone().header(format!("authorization: {token}"));
        let basic = request.clone().header(format!("authorization: Basic {token}"));
        for request in [request.clone(), request.token("nonsense"), no_scheme, basic] {
            let response = request.send(&emulator).await;
            assert_eq!(
                (response.status, response.header("www-authenticate")),
                (401, Some("Bearer")),
                "{method} {path}"
            );
            assert!(response.json()["message"].is_string());
        }
    }
}

#[tokio::test]
async fn a_token_of_the_wrong_kind_gets_403() {
    let emulator = Emulator::start().await.unwrap();
    let customer = emulator.issue_user_token("one@example.com");
    let id = create(&emulator, &customer, &test_callout()).await;
    assert_eq!(post(&emulator, &customer, "/oauth/user", &user("two@example.com")).await.status, 403);
    let server = emulator.issue_server_token();
    assert_eq!(post(&emulator, &server, "/callouts", &test_callout()).await.status, 403);
    assert_eq!(RawRequest::get(prefixed(&format!("/callouts/{id}"))).token(&server).send(&emulator).await.status, 403);
    assert_eq!(emulator.controller().callouts(), [id]);
}

#[tokio::test]
async fn an_option_lets_a_server_token_have_callouts_of_its_own() {
    let emulator = Emulator::builder().allow_server_callouts().start().await.unwrap();
    let server = emulator.issue_server_token();
    let own = create(&emulator, &server, &real_callout()).await;
    let other = create(&emulator, &emulator.issue_user_token("one@example.com"), &real_callout()).await;
    let status = async |id: u64| {
        RawRequest::get(prefixed(&format!("/callouts/{id}"))).token(&server).send(&emulator).await.status
    };
    assert_eq!((status(own).await, status(other).await), (200, 404));
}

#[tokio::test]
async fn callouts_of_other_users_get_404() {
    let emulator = Emulator::start().await.unwrap();
    let id = create(&emulator, &emulator.issue_user_token("one@example.com"), &test_callout()).await;
    let stranger = emulator.issue_user_token("two@example.com");
    let get = RawRequest::get(prefixed(&format!("/callouts/{id}"))).token(&stranger);
    assert_eq!(get.send(&emulator).await.status, 404);
    let fix = json!({ "latitude": 1.5, "longitude": 2.5 });
    for (path, body) in [
        (format!("/callouts/{id}/location"), fix),
        (format!("/callouts/{id}/dismiss"), json!({})),
        (format!("/callout/{id}/comments"), json!({ "message": "hello" })),
    ] {
        assert_eq!(post(&emulator, &stranger, &path, &body).await.status, 404, "{path}");
    }
    let controller = emulator.controller();
    assert_eq!(
        (controller.locations(id), controller.dismissed(id), controller.comments(id)),
        (Ok(vec![]), Ok(false), Ok(vec![]))
    );
}

#[tokio::test]
async fn a_registration_can_be_answered_without_a_token() {
    let emulator = Emulator::builder().register_without_token().start().await.unwrap();
    let response = post(&emulator, &emulator.issue_server_token(), "/oauth/user", &user("one@example.com")).await;
    assert_eq!(response.status, 201);
    assert_eq!(response.json().as_object().unwrap().keys().collect::<Vec<_>>(), ["message"]);
}

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
