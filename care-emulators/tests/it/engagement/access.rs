//! Tokens, rate limit, impersonation, paths, and the control endpoints.

use crate::support::{
    RawRequest, RawResponse, dial,
    engagement::{agent, bare, done, form_request, refusal, refused, request},
};
use axum::body::Body;
use care_emulators::engagement::{ACCESS_TOKEN, AGENT_ID, ControlError, Emulator, NewAgent, NewContent, SOURCE_ID};
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::{io::ErrorKind, time::Duration};
use tower::ServiceExt;

#[tokio::test]
async fn every_request_needs_a_known_token() {
    let emulator = Emulator::start().await.unwrap();
    assert_eq!(emulator.access_token(), ACCESS_TOKEN);
    let wrong = [
        "x-nothing: 1",
        "authorization: Bearer",
        "authorization: Bearer wrong",
        "authorization: Basic emulator-access-token",
        "authorization: emulator-access-token",
    ];
    for header in wrong {
        for (method, path) in [("GET", "/1.0/interventions"), ("PUT", "/1.0/interventions"), ("GET", "/nowhere")] {
            let response = RawRequest::new(method, path).header(header).send_for_json(&emulator).await;
            assert_eq!(refusal(&response), (403, "invalid_access_token".to_owned()), "{header} {path}");
        }
    }
    for header in ["authorization: Bearer emulator-access-token", "authorization: bearer emulator-access-token"] {
        assert_eq!(bare("GET", "/interventions").header(header).send(&emulator).await.status, 200);
    }
    let sent = emulator.journal().requests();
    assert_eq!((sent.len(), sent[15].has_bearer(ACCESS_TOKEN)), (17, true));
}

#[tokio::test]
async fn a_token_can_be_a_parameter() {
    let emulator = Emulator::builder().access_token("a b&c").start().await.unwrap();
    let controller = emulator.controller();
    let id = controller.open_new();
    for (query, status) in [
        ("?access_token=a+b%26c", 200),
        ("?access_token=x&access_token=a%20b%26c", 200),
        ("?access_token=a+b%26c&access_token=x", 403),
        ("?access_token=", 403),
        ("?access_token[]=a+b%26c", 403),
    ] {
        assert_eq!(bare("GET", &format!("/interventions{query}")).send(&emulator).await.status, status, "{query}");
    }
    let path = format!("/interventions/{id}/update_categories");
    let form = "access_token=a+b%26c&category_ids[]=a";
    let by_form = bare("PUT", &path).header("content-type: application/x-www-form-urlencoded").body(form);
    assert_eq!(by_form.send(&emulator).await.status, 200);
    // A header takes precedence over a parameter.
    let both = bare("GET", "/interventions?access_token=a+b%26c").token("x");
    assert_eq!(both.send(&emulator).await.status, 403);
}

#[tokio::test]
async fn an_option_sets_the_status_of_a_bad_token() {
    for builder in
        [Emulator::builder().bad_token_status(401), Emulator::builder().bad_token_status(StatusCode::UNAUTHORIZED)]
    {
        let emulator = builder.start().await.unwrap();
        let response = bare("GET", "/interventions").send(&emulator).await;
        assert_eq!((response.status, response.header("www-authenticate")), (401, Some("Bearer")));
        assert_eq!(refusal(&(401, response.utf8_json())).1, "invalid_access_token");
    }
    let emulator = Emulator::start().await.unwrap();
    assert_eq!(bare("GET", "/interventions").send(&emulator).await.header("www-authenticate"), None);
}

#[tokio::test]
async fn tokens_are_issued_and_revoked() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let (id, token) = agent(&controller, NewAgent::new());
    let second = controller.issue_token(&id).unwrap();
    assert_ne!(token, second);
    controller.revoke_token(&token).unwrap();
    assert_eq!(controller.revoke_token(&token), Err(ControlError::UnknownToken));
    let status = async |token: &str| bare("GET", "/interventions").token(token).send(&emulator).await.status;
    assert_eq!((status(&token).await, status(&second).await, status(ACCESS_TOKEN).await), (403, 200, 200));
    controller.revoke_token(ACCESS_TOKEN).unwrap();
    assert_eq!(status(ACCESS_TOKEN).await, 403);
    let unknown = || ControlError::UnknownAgent { id: "x".to_owned() };
    assert_eq!(controller.issue_token("x"), Err(unknown()));
    assert_eq!(controller.allow_read("x", SOURCE_ID), Err(unknown()));
    let unknown = ControlError::UnknownSource { id: "x".to_owned() };
    assert_eq!((controller.allow_read(&id, "x"), controller.deny_read(&id, "x")), (Err(unknown.clone()), Err(unknown)));
}

#[tokio::test]
async fn impersonation_needs_a_permission_and_a_known_user() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let id = controller.open_new();
    controller.reply(&id).unwrap();
    let (weak, weak_token) = agent(&controller, NewAgent::new().update_intervention());
    let path = |verb: &str, user: &str| format!("/interventions{verb}?impersonated_user_id={user}");
    let no = (400, "impersonation_refused".to_owned());
    for user in [AGENT_ID, &weak, "x", ""] {
        let response = bare("GET", &path("", user)).token(&weak_token).send_for_json(&emulator).await;
        assert_eq!(refusal(&response), no, "{user}");
    }
    for user in ["x", ""] {
        assert_eq!(refused(&emulator, "GET", &path("", user)).await, no);
        assert_eq!(refused(&emulator, "DELETE", &path(&format!("/{id}/cancel"), user)).await, no);
    }
    // It runs with the permissions of the impersonated agent, not of the token's agent.
    let (nobody, _) = agent(&controller, NewAgent::new());
    assert_eq!(refused(&emulator, "PUT", &path(&format!("/{id}/close"), &nobody)).await.0, 403);
    let form = format!("impersonated_user_id={nobody}&user_id={nobody}");
    let request = form_request("PUT", &format!("/interventions/{id}/reassign"), &form);
    assert_eq!(request.send(&emulator).await.status, 403);
    done(&emulator, "PUT", &path(&format!("/{id}/close"), &weak)).await;
}

#[tokio::test]
async fn the_rate_limit_counts_requests_of_a_token_per_minute() {
    let emulator = Emulator::builder().rate_limit(Some(3)).start().await.unwrap();
    emulator.clock().freeze();
    let controller = emulator.controller();
    let (_, other) = agent(&controller, NewAgent::new());
    let status = async |token: &str| bare("GET", "/interventions").token(token).send(&emulator).await.status;
    for expected in [200, 200, 200, 429, 429] {
        assert_eq!(status(ACCESS_TOKEN).await, expected);
        emulator.clock().advance(Duration::from_secs(1));
    }
    let response = request("GET", "/nowhere").send(&emulator).await;
    assert_eq!(refusal(&(429, response.utf8_json())).1, "rate_limit_exceeded");
    for header in ["retry-after", "x-rate-limit-limit", "x-ratelimit-limit", "ratelimit"] {
        assert_eq!(response.header(header), None, "{header}");
    }
    assert_eq!((status(&other).await, status("x").await), (200, 403));
    // The first request is a minute old, and then the second.
    emulator.clock().advance(Duration::from_secs(55));
    assert_eq!([status(ACCESS_TOKEN).await, status(ACCESS_TOKEN).await], [200, 429]);
    emulator.clock().advance(Duration::from_secs(1));
    assert_eq!([status(ACCESS_TOKEN).await, status(ACCESS_TOKEN).await], [200, 429]);
}

#[tokio::test]
async fn the_default_rate_limit_is_500() {
    for (builder, expected) in [(Emulator::builder(), 429), (Emulator::builder().rate_limit(None), 200)] {
        let emulator = builder.start().await.unwrap();
        emulator.clock().freeze();
        let mut last = (StatusCode::OK, StatusCode::OK);
        for _ in 0..501 {
            let request = Request::get("/1.0/interventions?access_token=emulator-access-token").body(Body::empty());
            last = (last.1, emulator.router().oneshot(request.unwrap()).await.unwrap().status());
        }
        assert_eq!((last.0.as_u16(), last.1.as_u16()), (200, expected));
    }
}

#[tokio::test]
async fn unknown_paths_get_404_and_wrong_methods_405() {
    let emulator = Emulator::start().await.unwrap();
    let id = emulator.controller().open_new();
    for path in ["", "/", "/interventions/", "/intervention", "/threads", "/interventions/a/b"] {
        assert_eq!(refused(&emulator, "GET", path).await, (404, "not_found".to_owned()), "{path}");
    }
    for (method, path) in [
        ("DELETE", "/interventions".to_owned()),
        ("DELETE", format!("/interventions/{id}")),
        ("PATCH", format!("/interventions/{id}")),
        ("POST", format!("/interventions/{id}/close")),
        ("PUT", format!("/interventions/{id}/cancel")),
        ("GET", format!("/interventions/{id}/reassign")),
        ("POST", format!("/interventions/{id}/update_categories")),
    ] {
        assert_eq!(refused(&emulator, method, &path).await, (405, "method_not_allowed".to_owned()), "{method} {path}");
    }
    let long =
        form_request("PUT", &format!("/interventions/{id}"), &" ".repeat((1 << 20) + 1)).send_for_json(&emulator).await;
    assert_eq!(refusal(&long), (413, "payload_too_large".to_owned()));
}

#[tokio::test]
async fn a_body_must_be_a_form() {
    let emulator = Emulator::start().await.unwrap();
    let id = emulator.controller().open_new();
    let path = format!("/interventions/{id}/update_categories?category_ids[]=a");
    for header in ["content-type: application/json", "content-type: text/plain", "x-nothing: 1"] {
        let response = request("PUT", &path).header(header).body("category_ids[]=b").send_for_json(&emulator).await;
        assert_eq!(refusal(&response), (415, "unsupported_media_type".to_owned()), "{header}");
        assert_eq!(request("PUT", &path).header(header).send(&emulator).await.status, 200, "{header}");
    }
    let broken = form_request("PUT", &path, "category_ids[]=%").send_for_json(&emulator).await;
    assert_eq!(refusal(&broken), (400, "invalid_parameter".to_owned()));
    // Parameters of the query precede those of the form; the body of a GET or a DELETE is ignored.
    let (_, shown) = form_request("PUT", &path, "category_ids[]=b").send_for_json(&emulator).await;
    assert_eq!(shown["category_ids"], json!(["a", "b"]));
    let form = "application/x-www-form-urlencoded";
    let listed = request("GET", "/interventions").header(format!("content-type: {form}")).body("limit=0");
    assert_eq!(listed.send(&emulator).await.status, 200);
    let hidden = bare("DELETE", &format!("/interventions/{id}/cancel")).header(format!("content-type: {form}"));
    assert_eq!(hidden.body("access_token=emulator-access-token").send(&emulator).await.status, 403);
}

#[tokio::test]
async fn errors_can_be_plain_text() {
    let emulator = Emulator::builder().plain_text_errors().bad_token_status(401).start().await.unwrap();
    let id = emulator.controller().open_new();
    emulator.faults().on(Method::POST, "").status_before_commit(503, Some(Duration::from_secs(1)));
    let close = format!("/interventions/{id}/close");
    let requests = [
        (request("POST", "/interventions"), 503),
        (request("POST", "/interventions"), 400),
        (request("PUT", &close), 403),
        (request("GET", "/nowhere"), 404),
        (request("PATCH", &close), 405),
        (bare("GET", "/interventions"), 401),
    ];
    for (request, status) in requests {
        let response = request.send(&emulator).await;
        assert_eq!((response.status, response.header("content-type")), (status, Some("text/plain; charset=utf-8")));
        assert!(!response.body.is_empty() && serde_json::from_slice::<Value>(&response.body).is_err(), "{response:?}");
        assert_eq!(response.header("www-authenticate"), (status == 401).then_some("Bearer"));
    }
    assert_eq!(done(&emulator, "GET", &format!("/interventions/{id}")).await["id"], id);
}

#[tokio::test]
async fn the_builder_sets_the_path_prefix() {
    for (prefix, path) in [("", "/interventions"), ("/api/1.0", "/api/1.0/interventions")] {
        let emulator = Emulator::builder().path_prefix(prefix).start().await.unwrap();
        assert_eq!(RawRequest::get(path).token(ACCESS_TOKEN).send(&emulator).await.status, 200);
        assert_eq!(emulator.base_url(), format!("{}{prefix}", emulator.url()));
    }
    let wrong = Emulator::builder().path_prefix("/1.0/").start().await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::InvalidInput);
    let public = Emulator::builder().address(([0, 0, 0, 0], 0).into()).start().await.unwrap_err();
    assert_eq!(public.kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn planned_failures_have_engagement_s_form_and_commit_or_not() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let contents: Vec<String> = (0..4).map(|_| controller.add_content(NewContent::new()).unwrap()).collect();
    let faults = emulator.faults();
    let create =
        async |n: usize| request("POST", &format!("/interventions?content_id={}", contents[n])).send(&emulator).await;
    let opened = || controller.interventions().len();
    type Plan = fn(&care_emulators::Faults);
    let planned: [(Plan, u16, &str, usize); 5] = [
        (|faults| faults.status_before_commit(503, Some(Duration::from_secs(3))), 503, "service_unavailable", 0),
        (|faults| faults.throttle(None), 429, "rate_limit_exceeded", 0),
        (|faults| faults.status_before_commit(422, None), 422, "validation_error", 0),
        (|faults| faults.status_before_commit(599, None), 599, "error", 0),
        (|faults| faults.status_after_commit(500, None), 500, "internal_server_error", 1),
    ];
    for (plan, status, error, expected) in planned {
        plan(&faults);
        let response = create(0).await;
        assert_eq!(response.header("retry-after"), (status == 503).then_some("3"));
        assert_eq!(refusal(&(response.status, response.utf8_json())), (status, error.to_owned()));
        assert_eq!(opened(), expected, "{status}");
    }
    faults.html();
    let page = create(1).await;
    assert_eq!((page.status, page.header("content-type"), opened()), (200, Some("text/html; charset=utf-8"), 2));
    faults.drop_after_commit();
    let mut line = dial(&emulator).await.unwrap();
    let text = request("POST", &format!("/interventions?content_id={}", contents[2])).text();
    tokio::io::AsyncWriteExt::write_all(&mut line, text.as_bytes()).await.unwrap();
    let mut rest = Vec::new();
    assert_eq!(tokio::io::AsyncReadExt::read_to_end(&mut line, &mut rest).await.unwrap(), 0);
    assert_eq!(opened(), 3);
    faults.truncate_body();
    let mut line = dial(&emulator).await.unwrap();
    let text = request("POST", &format!("/interventions?content_id={}", contents[3])).text();
    tokio::io::AsyncWriteExt::write_all(&mut line, text.as_bytes()).await.unwrap();
    tokio::io::AsyncReadExt::read_to_end(&mut line, &mut rest).await.unwrap();
    let cut = RawResponse::parse(&rest);
    assert_eq!((cut.status, cut.body.len(), opened()), (200, cut.content_length() / 2, 4));
}

#[tokio::test]
async fn the_in_process_router_shares_everything_but_the_socket() {
    let emulator = Emulator::start().await.unwrap();
    let id = emulator.controller().open_new();
    let path = format!("/interventions/{id}");
    let routed = Request::get(format!("/1.0{path}")).header("authorization", "Bearer emulator-access-token");
    let response = emulator.router().oneshot(routed.body(Body::empty()).unwrap()).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!((emulator.connections(), emulator.journal().total()), (0, 1));
    assert_eq!(request("GET", &path).send(&emulator).await.body, body);
}

#[tokio::test]
async fn debug_redacts_secrets_and_personal_data() {
    let builder = Emulator::builder().access_token("canary-token");
    let emulator = builder.clone().start().await.unwrap();
    let controller = emulator.controller();
    let id = controller.open_new();
    controller.set_custom_field(&id, "canary-key", "canary-value").unwrap();
    let intervention = controller.intervention(&id).unwrap();
    assert_eq!(intervention.custom_fields["canary-key"], "canary-value");
    let shown = format!("{builder:?} {emulator:?} {controller:?} {intervention:?} {:#?}", emulator.faults());
    assert!(!shown.contains("canary") && shown.contains(&id), "{shown}");
}

#[tokio::test]
async fn customers_and_agents_can_be_driven_by_http() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let act = async |path: &str, body: Value| {
        let response = RawRequest::post(format!("/_emulator/interventions{path}"), &body).send(&emulator).await;
        (response.status, serde_json::from_slice::<Value>(&response.body).unwrap_or_default())
    };
    let (status, opened) = act("", json!({ "thread": "t1", "identity": "i1", "identityGroup": "g1" })).await;
    let id = controller.interventions()[0].clone();
    let content = controller.intervention(&id).unwrap().content_id;
    let seen = |agent: &str, closed: bool, replies: u64, comments: u64, categories: &[&str]| {
        json!({ "intervention": {
            "id": id, "content": content, "agent": agent, "closed": closed, "deferredUntil": null,
            "replies": replies, "comments": comments, "categories": categories,
        } })
    };
    assert_eq!((status, opened), (200, seen(AGENT_ID, false, 0, 0, &[])));
    let of = |verb: &str| format!("/{id}/{verb}");
    assert_eq!(act(&of("reply"), json!({})).await, (200, seen(AGENT_ID, false, 1, 0, &[])));
    assert_eq!(act(&of("comment"), json!({})).await, (200, seen(AGENT_ID, false, 1, 1, &[])));
    let categorized = act(&of("categorize"), json!({ "categories": ["a", "b"] })).await;
    assert_eq!(categorized, (200, seen(AGENT_ID, false, 1, 1, &["a", "b"])));
    let other = controller.add_agent(NewAgent::new());
    let reassigned = act(&of("reassign"), json!({ "agent": other })).await;
    assert_eq!(reassigned, (200, seen(&other, false, 1, 1, &["a", "b"])));
    let (status, deferred) = act(&of("defer"), json!({ "until": "2100-01-01T01:00:00+01:00" })).await;
    assert_eq!((status, &deferred["intervention"]["deferredUntil"]), (200, &json!("2100-01-01T00:00:00Z")));
    assert_eq!(act(&of("begin-close"), json!({})).await.0, 200);
    assert_eq!(act(&of("close"), json!({})).await.0, 409);
    assert_eq!(act(&of("finish"), json!({})).await, (200, seen(&other, true, 1, 1, &["a", "b"])));
    let list = RawRequest::get("/_emulator/interventions").send(&emulator).await.json();
    assert_eq!(list, json!([seen(&other, true, 1, 1, &["a", "b"])["intervention"]]));
    assert_eq!(act(&of("cancel"), json!({})).await.0, 409);
    assert_eq!(act(&of("reopen"), json!({})).await, (200, seen(AGENT_ID, false, 1, 1, &["a", "b"])));
    assert_eq!(act("", json!({ "thread": "t1", "identity": "i1" })).await.0, 409);
    assert_eq!(act(&of("remove"), json!({})).await, (200, json!({ "intervention": null })));

    assert_eq!(act("/x/reply", json!({})).await.0, 404);
    assert_eq!(act(&of("explode"), json!({})).await.0, 404);
    assert_eq!(act("", json!({ "source": "x" })).await.0, 400);
    assert_eq!(act("", json!({ "thred": "t1" })).await.0, 422);
    let id = controller.open_new();
    assert_eq!(act(&format!("/{id}/defer"), json!({ "until": "tomorrow" })).await.0, 400);
    assert_eq!(act(&format!("/{id}/reassign"), json!({ "agent": "x" })).await.0, 400);
    for name in Emulator::ACTIONS {
        let id = controller.open_new();
        if name.ends_with("close") {
            controller.reply(&id).unwrap();
        }
        let expected = if ["finish", "abandon", "reopen"].contains(&name) { 409 } else { 200 };
        assert_eq!(act(&format!("/{id}/{name}"), json!({})).await.0, expected, "{name}");
    }
    assert_eq!(emulator.journal().total(), 0);
}
