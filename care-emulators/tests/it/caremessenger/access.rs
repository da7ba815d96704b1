//! Sign-in, tokens, paths, and the control endpoints.

use crate::support::{
    RawRequest, RawResponse,
    caremessenger::{PROVIDERS, at_rest, create, get, of_site, read, send},
    dial,
};
use axum::body::Body;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use care_emulators::caremessenger::{Emulator, NewProvider, RESIDENT_ID, SITE_ID, Target, TokenForm};
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::{io::ErrorKind, time::Duration};
use tower::ServiceExt;

const SIGN_IN: &str = "/api-token-auth/";

async fn sign_in(emulator: &Emulator, username: &str, password: &str) -> RawResponse {
    RawRequest::post(SIGN_IN, &json!({ "username": username, "password": password })).send(emulator).await
}

/// Signs in and returns the token.
async fn token(emulator: &Emulator) -> String {
    let response = sign_in(emulator, emulator.username(), emulator.password()).await;
    assert_eq!(response.status, 200);
    response.json()["token"].as_str().unwrap().to_owned()
}

async fn status(emulator: &Emulator, token: &str) -> u16 {
    RawRequest::get(PROVIDERS).token(token).send(emulator).await.status
}

#[tokio::test]
async fn sign_in_accepts_json_and_a_form() {
    let emulator = Emulator::start().await.unwrap();
    assert_eq!((emulator.username(), emulator.password()), ("administrator", "emulator-password"));
    assert_eq!(status(&emulator, &token(&emulator).await).await, 200);
    assert_eq!(status(&emulator, &emulator.token()).await, 200);
    let form = |body: &str| {
        RawRequest::new("POST", SIGN_IN).header("content-type: application/x-www-form-urlencoded").body(body)
    };
    let response = form("username=administrator&password=emulator%2Dpassword").send(&emulator).await;
    assert_eq!((response.status, status(&emulator, response.json()["token"].as_str().unwrap()).await), (200, 200));

    let required = json!(["This is required."]);
    let empty = form("username=&x=1").send(&emulator).await;
    assert_eq!((empty.status, empty.json()), (400, json!({ "username": required, "password": required })));
    for (username, password) in [("administrator", "wrong"), ("somebody", "emulator-password")] {
        let response = sign_in(&emulator, username, password).await;
        let told = json!({ "non_field_errors": ["Unknown user name or wrong password."] });
        assert_eq!((response.status, response.json()), (400, told));
    }
    let other = RawRequest::new("POST", SIGN_IN).header("content-type: text/plain").body("username=administrator");
    assert_eq!(other.send(&emulator).await.status, 415);
    assert_eq!(RawRequest::get(SIGN_IN).send(&emulator).await.status, 405);
}

#[tokio::test]
async fn the_builder_sets_credentials_and_the_status_of_wrong_ones() {
    let builder = Emulator::builder().credentials("Desk", "se cret").failed_sign_in_status(StatusCode::UNAUTHORIZED);
    let emulator = builder.without_avatars().start().await.unwrap();
    assert_eq!(sign_in(&emulator, "administrator", "emulator-password").await.status, 401);
    let user = sign_in(&emulator, "Desk", "se cret").await.json()["user"].clone();
    assert_eq!(
        (&user["username"], &user["slug"], &user["avatar_thumb"]),
        (&json!("Desk"), &json!("desk"), &Value::Null)
    );
}

#[tokio::test]
async fn every_path_below_v2_needs_a_valid_token() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.token();
    let wrong = [
        "x-nothing: 1".to_owned(),
        "authorization: Bearer".to_owned(),
        "authorization: Bearer nonsense".to_owned(),
        format!("authorization: {token}"),
        format!("authorization: JWT {token}"),
        format!("authorization: Bearer {token}x"),
    ];
    for header in &wrong {
        for (method, path) in [("GET", "/v2"), ("GET", PROVIDERS), ("POST", PROVIDERS), ("GET", "/v2/site/5")] {
            let response = RawRequest::new(method, path).header(header).send(&emulator).await;
            assert_eq!(response.status, 401, "{header} {path}");
            assert_eq!(response.header("www-authenticate"), Some("Bearer realm=\"api\""));
            assert!(response.json()["detail"].is_string());
        }
    }
    assert_eq!(
        RawRequest::get("/v2").header(format!("authorization: bearer {token}")).send(&emulator).await.status,
        200
    );

    let emulator = Emulator::builder().auth_scheme("JWT").start().await.unwrap();
    let token = emulator.token();
    for (scheme, status) in [("JWT", 200), ("Bearer", 401)] {
        let response = RawRequest::get("/v2").header(format!("authorization: {scheme} {token}")).send(&emulator).await;
        assert_eq!(response.status, status, "{scheme}");
    }
}

#[tokio::test]
async fn tokens_expire_and_can_be_revoked() {
    let emulator = at_rest(Emulator::builder().token_lifetime(Duration::from_secs(60))).await;
    let [first, second] = [token(&emulator).await, token(&emulator).await];
    assert_ne!(first, second);
    emulator.clock().advance(Duration::from_secs(59));
    assert_eq!(status(&emulator, &first).await, 200);
    emulator.clock().advance(Duration::from_secs(1));
    let response = RawRequest::get(PROVIDERS).token(&first).send(&emulator).await;
    assert_eq!((response.status, response.json()), (401, json!({ "detail": "The token has expired." })));
    let third = token(&emulator).await;
    assert_eq!(status(&emulator, &third).await, 200);
    emulator.controller().revoke_tokens();
    assert_eq!(status(&emulator, &third).await, 401);
    assert_eq!(status(&emulator, &token(&emulator).await).await, 200);
}

#[tokio::test]
async fn a_token_has_one_of_three_forms() {
    let part = |token: &str, n: usize| BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(n).unwrap());
    let claims = |token: &str| serde_json::from_slice::<Value>(&part(token, 1).unwrap()).unwrap();
    for form in [TokenForm::Jwt, TokenForm::Undecodable, TokenForm::Opaque] {
        let emulator = Emulator::builder().token_form(form).start().await.unwrap();
        let now = emulator.clock().now().timestamp();
        let token = token(&emulator).await;
        assert_eq!(status(&emulator, &token).await, 200);
        if form == TokenForm::Opaque {
            assert!(token.chars().all(|c| c.is_ascii_alphanumeric()), "{token}");
            continue;
        }
        assert_eq!((token.split('.').count(), part(&token, 0).is_ok()), (3, form == TokenForm::Jwt));
        let claims = claims(&token);
        let keys: Vec<_> = claims.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["email", "exp", "orig_iat", "user_id", "username"]);
        let (exp, iat) = (claims["exp"].as_i64().unwrap(), claims["orig_iat"].as_i64().unwrap());
        assert_eq!((exp - iat, iat >= now), (180 * 24 * 3600, true));
    }
}

#[tokio::test]
async fn a_read_only_account_gets_403_for_writes() {
    let emulator = Emulator::start().await.unwrap();
    emulator.controller().set_read_only(true);
    let body = of_site(&json!([]), &json!([]));
    let response = send(&emulator, "POST", PROVIDERS, &body).await;
    assert_eq!(
        (response.status, response.json()),
        (403, json!({ "detail": "The account does not have permission to write." }))
    );
    assert_eq!(read(&emulator, PROVIDERS).await["count"], json!(0));
    emulator.controller().set_read_only(false);
    create(&emulator, &body).await;
}

#[tokio::test]
async fn only_the_documented_slashes_are_accepted() {
    let wrong = ["/v2/", "/v2/assistance-provider/", "/v2/assistance-provider/10/", "/api-token-auth"];
    let emulator = Emulator::start().await.unwrap();
    for path in wrong {
        let response = get(&emulator, path).await;
        assert_eq!((response.status, response.json()), (404, json!({ "detail": "Not Found" })), "{path}");
    }
    for prefix in ["", "/care"] {
        let emulator = Emulator::builder().slash_redirects().path_prefix(prefix).start().await.unwrap();
        for path in wrong {
            let right = if path.contains("auth") { SIGN_IN } else { path.trim_end_matches('/') };
            let response = send(&emulator, "POST", &format!("{prefix}{path}?a=b"), &json!({})).await;
            let location = Some(format!("{prefix}{right}?a=b"));
            assert_eq!((response.status, response.header("location").map(str::to_owned)), (301, location), "{path}");
        }
        for path in ["/", "/nowhere/", "/v1/assistance-provider"] {
            assert_eq!(get(&emulator, &format!("{prefix}{path}")).await.status, 404, "{path}");
        }
        assert_eq!(emulator.controller().providers(), []);
    }
}

#[tokio::test]
async fn unknown_paths_get_404_wrong_methods_405_and_long_bodies_413() {
    let emulator = Emulator::start().await.unwrap();
    for path in ["/", "/v1/site", "/v2/assistance-provider/10/notifiers", "/api-token-refresh/", "/assistance-provider"]
    {
        assert_eq!(get(&emulator, path).await.status, 404, "{path}");
    }
    for (method, path) in [("POST", "/v2"), ("POST", "/v2/site"), ("PUT", PROVIDERS), ("DELETE", "/v2/site/5")] {
        let response = send(&emulator, method, path, &json!({})).await;
        assert_eq!(
            (response.status, response.json()),
            (405, json!({ "detail": "Method Not Allowed" })),
            "{method} {path}"
        );
    }
    let long = send(&emulator, "POST", PROVIDERS, &json!(" ".repeat(1 << 20))).await;
    assert_eq!((long.status, long.json()), (413, json!({ "detail": "Payload Too Large" })));
}

#[tokio::test]
async fn the_builder_sets_the_path_prefix() {
    for prefix in ["", "/tenant/care"] {
        let emulator = Emulator::builder().path_prefix(prefix).start().await.unwrap();
        assert_eq!(emulator.base_url(), format!("{}{prefix}", emulator.url()));
        let credentials = json!({ "username": emulator.username(), "password": emulator.password() });
        let response = RawRequest::post(format!("{prefix}{SIGN_IN}"), &credentials).send(&emulator).await;
        assert_eq!(response.status, 200);
        assert_eq!(get(&emulator, &format!("{prefix}{PROVIDERS}")).await.status, 200);
    }
    let wrong = Emulator::builder().path_prefix("/care/").start().await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::InvalidInput);
    let public = Emulator::builder().address(([0, 0, 0, 0], 0).into()).start().await.unwrap_err();
    assert_eq!(public.kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn planned_failures_have_caremessenger_s_form_and_commit_or_not() {
    let emulator = Emulator::start().await.unwrap();
    let (faults, controller) = (emulator.faults(), emulator.controller());
    let body = of_site(&json!([]), &json!([]));
    let made = async || {
        let response = send(&emulator, "POST", PROVIDERS, &body).await;
        (response.status, controller.providers().len())
    };
    faults.on(Method::POST, PROVIDERS).status_before_commit(503, Some(Duration::from_secs(3)));
    let response = send(&emulator, "POST", PROVIDERS, &body).await;
    assert_eq!((response.status, response.header("retry-after")), (503, Some("3")));
    assert_eq!(response.json(), json!({ "detail": "Service Unavailable" }));
    assert_eq!(controller.providers().len(), 0);
    faults.status_after_commit(500, None);
    assert_eq!(made().await, (500, 1));
    faults.html();
    assert_eq!(made().await, (200, 2));

    faults.drop_after_commit();
    let mut line = dial(&emulator).await.unwrap();
    let request = RawRequest::post(PROVIDERS, &body).token(&emulator.token());
    tokio::io::AsyncWriteExt::write_all(&mut line, request.text().as_bytes()).await.unwrap();
    let mut rest = Vec::new();
    assert_eq!(tokio::io::AsyncReadExt::read_to_end(&mut line, &mut rest).await.unwrap(), 0);
    assert_eq!((controller.providers().len(), emulator.journal().count(Method::POST, PROVIDERS)), (3, 4));
}

#[tokio::test]
async fn the_in_process_router_shares_everything_but_the_socket() {
    let emulator = Emulator::start().await.unwrap();
    let site = Target::Site(SITE_ID);
    let id = emulator.controller().add_provider(NewProvider::new(site, "n", "l")).unwrap();
    let path = format!("/v2/assistance-provider/{id}");
    let request = Request::get(&path).header("authorization", format!("Bearer {}", emulator.token()));
    let response = emulator.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!((emulator.connections(), emulator.journal().total()), (0, 1));
    assert_eq!(get(&emulator, &path).await.body, body);
}

#[tokio::test]
async fn debug_redacts_secrets_and_personal_data() {
    let builder = Emulator::builder().credentials("canary-user", "canary-password").link_origin("http://canary");
    let emulator = builder.clone().start().await.unwrap();
    let controller = emulator.controller();
    let new = NewProvider::new(Target::Site(SITE_ID), "canary-1", "canary-2");
    let new = new.email("canary-3", "canary-4@example.com").webhook("canary-5", "http://127.0.0.1:1/canary-6");
    let shown = format!("{new:?}");
    let id = controller.add_provider(new).unwrap();
    let provider = controller.provider(id).unwrap();
    let request = controller.request_assistance(id, RESIDENT_ID).unwrap();
    let shown = format!(
        "{shown} {builder:?} {emulator:?} {controller:?} {provider:?} {request:?} {:?}",
        controller.deliveries()
    );
    assert!(!shown.contains("canary"), "{shown}");
}

#[tokio::test]
async fn residents_can_be_driven_by_http() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let answered = || async { StatusCode::OK };
    controller.connect("https://receiver.example/", axum::Router::new().route("/7", axum::routing::post(answered)));
    let provider = NewProvider::new(Target::Site(SITE_ID), "n", "l").email("m", "m@example.com");
    controller.add_provider(provider.webhook("h", "https://receiver.example/7")).unwrap();
    let act = async |path: &str, body: Value| {
        let response = RawRequest::post(format!("/_emulator/{path}"), &body).send(&emulator).await;
        (response.status, serde_json::from_slice::<Value>(&response.body).unwrap_or_default())
    };
    let seen = RawRequest::get("/_emulator/providers").send(&emulator).await.json();
    assert_eq!(
        seen,
        json!([{ "id": 10, "type": "site", "object_id": 5, "email_notifiers": [7], "webhook_notifiers": [8] }])
    );

    let expected = json!({ "id": 1, "provider": 10, "resident": RESIDENT_ID, "mailed": [7], "posted": [8] });
    let response = act("requests", json!({ "provider": 10, "resident": RESIDENT_ID })).await;
    assert_eq!(response, (200, expected.clone()));
    controller.settled().await;
    assert_eq!(RawRequest::get("/_emulator/requests").send(&emulator).await.json(), json!([expected]));
    let delivered = RawRequest::get("/_emulator/deliveries").send(&emulator).await.json();
    assert_eq!(
        (&delivered[0]["request"], &delivered[0]["notifier"], &delivered[0]["status"]),
        (&json!(1), &json!(8), &json!("delivered"))
    );
    let attempt = &delivered[0]["attempts"][0];
    assert_eq!((&attempt["outcome"], &attempt["status"]), (&json!("acknowledged"), &json!(200)));

    let (status, site) = act("sites", json!({ "customer": 2, "name": "Second Court" })).await;
    assert_eq!((status, &site), (200, &json!({ "id": 6 })));
    let (_, resident) = act("residents", json!({ "site": site["id"], "name": "Kim Example" })).await;
    let refused = act("requests", json!({ "provider": 10, "resident": resident["id"] })).await;
    assert_eq!(refused, (409, json!({ "message": "provider 10 isn't visible to resident 15" })));
    assert_eq!(act("requests", json!({ "provider": 11, "resident": 14 })).await.0, 404);
    assert_eq!(act("sites", json!({ "customer": 99, "name": "x" })).await.0, 404);
    assert_eq!(act("requests", json!({ "provider": 10 })).await.0, 422);

    let token = emulator.token();
    assert_eq!(act("revoke-tokens", json!({})).await.0, 204);
    assert_eq!(RawRequest::get(PROVIDERS).token(&token).send(&emulator).await.status, 401);
    assert_eq!(emulator.journal().count("POST", ""), 0);
}
