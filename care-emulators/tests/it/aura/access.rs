//! Authentication and authorization: tokens, registration, and who sees which callout.

use crate::support::{
    RawRequest, RawResponse,
    aura::{create, prefixed, real_callout, test_callout},
};
use care_emulators::aura::{CLIENT_ID, CLIENT_SECRET, Emulator};
use serde_json::{Value, json};
use std::time::Duration;

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
