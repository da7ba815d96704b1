//! Credentials, addresses, failures, and the control endpoints.

use crate::support::{
    RawRequest, RawResponse, dial,
    leap::{BASIC, get, read, request, xml_request},
    read_one,
};
use axum::body::Body;
use care_emulators::leap::{Emulator, NewRequest, State};
use http::{HeaderName, Method, Request};
use http_body_util::BodyExt;
use serde_json::json;
use std::io::ErrorKind;
use tower::ServiceExt;

#[tokio::test]
async fn only_valid_credentials_are_accepted() {
    let emulator = Emulator::start().await.unwrap();
    assert_eq!((emulator.username(), emulator.password()), ("external-system", "emulator-password"));
    let wrong = [
        "x-nothing: 1",
        "authorization: Basic",
        "authorization: Basic ZXh0ZXJuYWwtc3lzdGVtOndyb25n",
        "authorization: Bearer ZXh0ZXJuYWwtc3lzdGVtOmVtdWxhdG9yLXBhc3N3b3Jk",
        "authorization: external-system:emulator-password",
    ];
    for header in wrong {
        for (method, path) in [("GET", "/api/v1/requests/"), ("POST", "/api/v1/requests/acked"), ("GET", "/nowhere")] {
            let response = RawRequest::new(method, path).header(header).send(&emulator).await;
            assert_eq!((response.status, response.body.len()), (401, 0), "{header} {path}");
            assert_eq!(response.header("www-authenticate"), Some("Basic realm=\"leap\""));
        }
    }
    for header in [BASIC, &BASIC.replace("Basic", "basic")] {
        assert_eq!(RawRequest::get("/api/v1/requests/").header(header).send(&emulator).await.status, 200);
    }
    let sent = emulator.journal().requests();
    let proven: Vec<_> = sent.iter().map(|request| request.has_basic("external-system", "emulator-password")).collect();
    assert_eq!(proven[15..], [true, false]);
    assert_eq!(proven[..15], [false; 15]);
}

#[tokio::test]
async fn the_builder_sets_the_credentials() {
    let emulator = Emulator::builder().credentials("a", "b:c").start().await.unwrap();
    let request = RawRequest::get("/api/v1/requests/").header("authorization: Basic YTpiOmM=");
    assert_eq!(request.send(&emulator).await.status, 200);
    assert_eq!(get(&emulator, "/requests/").await.status, 401);

    let name = HeaderName::from_static("x-key");
    let emulator = Emulator::builder().header_auth(name, "open sesame").start().await.unwrap();
    for (header, status) in [("x-key: open sesame", 200), ("X-Key: open", 401), (BASIC, 401)] {
        let response = RawRequest::get("/api/v1/requests/").header(header).send(&emulator).await;
        assert_eq!((response.status, response.header("www-authenticate")), (status, None), "{header}");
    }
}

#[tokio::test]
async fn plain_http_can_be_redirected() {
    let emulator = Emulator::builder().plain_http_redirect().start().await.unwrap();
    emulator.controller().raise(NewRequest::topic("Lighting").with_id("7")).unwrap();
    let body = "<support-request-update><comment>x</comment></support-request-update>";
    for request in [request("GET", "/requests/?acked=true"), request("GET", "/requests/?acked=true").header("x: 1")] {
        let response = request.send(&emulator).await;
        let location = Some("https://emulator/api/v1/requests/?acked=true");
        assert_eq!((response.status, response.header("location")), (302, location));
    }
    assert_eq!(RawRequest::get("/api/v1/requests/").send(&emulator).await.status, 302);
    assert_eq!(xml_request("/requests/7/updates", body).send(&emulator).await.status, 302);
    assert_eq!(emulator.controller().request("7").unwrap().updates, []);
    assert_eq!(RawRequest::get("/_emulator/requests").send(&emulator).await.status, 200);
}

#[tokio::test]
async fn unknown_paths_get_404_and_wrong_methods_405() {
    let emulator = Emulator::start().await.unwrap();
    emulator.controller().raise(NewRequest::topic("Lighting").with_id("7")).unwrap();
    for path in ["", "/", "/requests", "/requests/requests/7", "/requests/7/", "/requests/7/comments", "/customers/7"] {
        let response = get(&emulator, path).await;
        assert_eq!((response.status, response.body.len()), (404, 0), "{path}");
    }
    for (method, path) in [
        ("POST", "/requests/"),
        ("POST", "/requests/7"),
        ("DELETE", "/requests/7"),
        ("PUT", "/requests/7/extid"),
        ("GET", "/requests/7/updates"),
        ("GET", "/requests/acked"),
        ("POST", "/requests/extid/7"),
    ] {
        assert_eq!(request(method, path).send(&emulator).await.status, 405, "{method} {path}");
    }
    let long = xml_request("/requests/7/updates", &" ".repeat((1 << 20) + 1)).send(&emulator).await;
    assert_eq!((long.status, long.body.len()), (413, 0));
}

#[tokio::test]
async fn the_builder_sets_the_path_prefix_and_addresses() {
    for (prefix, path) in [("", "/requests/7"), ("/tenant/api/v1", "/tenant/api/v1/requests/7")] {
        let builder = Emulator::builder().path_prefix(prefix).reference_origin("http://somewhere.example");
        let emulator = builder.start().await.unwrap();
        emulator.controller().raise(NewRequest::topic("Lighting").with_id("7")).unwrap();
        let document = RawRequest::get(path).header(BASIC).send(&emulator).await.document();
        assert_eq!(document.attributes["ref"], format!("http://somewhere.example{path}"));
        assert_eq!(emulator.base_url(), format!("{}{prefix}/", emulator.url()));
    }
    let wrong = Emulator::builder().path_prefix("/api/v1/").start().await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::InvalidInput);
    let public = Emulator::builder().address(([0, 0, 0, 0], 0).into()).start().await.unwrap_err();
    assert_eq!(public.kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn planned_failures_have_leap_s_form_and_commit_or_not() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    controller.raise(NewRequest::topic("Lighting").with_id("7")).unwrap();
    let body = "<support-request-update><comment>x</comment></support-request-update>";
    let faults = emulator.faults();
    let update = async || xml_request("/requests/7/updates", body).send(&emulator).await;
    let comments = || controller.request("7").unwrap().updates.len();
    faults.on(Method::POST, "/updates").status_before_commit(503, Some(std::time::Duration::from_secs(3)));
    let response = update().await;
    assert_eq!((response.status, response.header("retry-after"), response.body.len()), (503, Some("3"), 0));
    assert_eq!(comments(), 0);
    faults.status_after_commit(500, None);
    assert_eq!((update().await.status, comments()), (500, 1));
    faults.html();
    let page = update().await;
    assert_eq!((page.status, page.header("content-type"), comments()), (200, Some("text/html; charset=utf-8"), 2));

    faults.drop_after_commit();
    let mut stream = dial(&emulator).await.unwrap();
    let text = xml_request("/requests/7/updates", body).text();
    tokio::io::AsyncWriteExt::write_all(&mut stream, text.as_bytes()).await.unwrap();
    let mut rest = Vec::new();
    assert_eq!(tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut rest).await.unwrap(), 0);
    assert_eq!(comments(), 3);

    let mut stream = dial(&emulator).await.unwrap();
    faults.truncate_body();
    tokio::io::AsyncWriteExt::write_all(&mut stream, request("GET", "/requests/7").text().as_bytes()).await.unwrap();
    tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut rest).await.unwrap();
    let cut = RawResponse::parse(&rest);
    assert_eq!((cut.status, cut.body.len()), (200, cut.content_length() / 2));
    assert_eq!(emulator.journal().count(Method::POST, "/updates"), 4);
}

#[tokio::test]
async fn the_in_process_router_shares_everything_but_the_socket() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    controller.raise(NewRequest::topic("Lighting").with_id("7")).unwrap();
    controller.before_next("GET", "/requests/7", |controller| controller.assign("7", "Kim Example").unwrap());
    let (name, value) = BASIC.split_once(": ").unwrap();
    let routed = Request::get("/api/v1/requests/7").header(name, value).body(Body::empty()).unwrap();
    let response = emulator.router().oneshot(routed).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert!(String::from_utf8_lossy(&body).contains("<state>IN_PROGRESS</state>"));
    assert_eq!((emulator.connections(), emulator.journal().total()), (0, 1));
    let mut stream = dial(&emulator).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut stream, request("GET", "/requests/7").text().as_bytes()).await.unwrap();
    assert_eq!(read_one(&mut stream).await.body, body);
}

#[tokio::test]
async fn debug_redacts_secrets_and_personal_data() {
    let builder = Emulator::builder().credentials("canary-user", "canary-password").display_name("canary-system");
    let emulator = builder.clone().start().await.unwrap();
    let controller = emulator.controller();
    let new = NewRequest::topic("Lighting").summary("canary-1").description("canary-2").creator("canary-3");
    let new = new.email("canary-4@example.com").community("canary-5").account("canary-6");
    let shown = format!("{new:?}");
    let id = controller.raise(new).unwrap();
    controller.assign(&id, "canary-7").unwrap();
    controller.comment(&id, "canary-8", "canary-9").unwrap();
    let request = controller.request(&id).unwrap();
    assert_eq!((request.updates[0].comment.as_str(), request.summary.as_str()), ("canary-9", "canary-1"));
    let shown = format!("{shown} {builder:?} {emulator:?} {controller:?} {request:?} {:?}", emulator.faults());
    assert!(!shown.contains("canary"), "{shown}");
}

#[tokio::test]
async fn customers_and_agents_can_be_driven_by_http() {
    let emulator = Emulator::start().await.unwrap();
    let act = async |path: &str, body: serde_json::Value| {
        let response = RawRequest::post(format!("/_emulator/requests{path}"), &body).send(&emulator).await;
        (response.status, serde_json::from_slice::<serde_json::Value>(&response.body).unwrap_or_default())
    };
    let new = json!({ "topic": "Lighting", "summary": "It is dark", "externalId": "CRM-1", "property": "PP-7" });
    let (status, raised) = act("", new).await;
    assert_eq!(status, 200);
    let summary = |state: &str, updates: usize, mails: usize| {
        json!({
            "id": "10000001",
            "externalId": "CRM-1",
            "state": state,
            "unacked": true,
            "updates": updates,
            "mails": mails,
        })
    };
    assert_eq!(raised, summary("NEW", 0, 0));
    let assigned = act("/10000001/assign", json!({ "agent": "Kim Example" })).await;
    assert_eq!(assigned, (200, summary("IN_PROGRESS", 2, 1)));
    let said = act("/10000001/comment", json!({ "by": "Lou Example", "text": "Still dark" })).await;
    assert_eq!(said, (200, summary("IN_PROGRESS", 3, 1)));
    let done = json!({ "state": "SUCCESSFUL", "by": "Kim Example", "comment": "lamp changed" });
    assert_eq!(act("/10000001/change-state", done).await, (200, summary("SUCCESSFUL", 4, 2)));
    let shown = read(&emulator, "/requests/10000001").await;
    assert_eq!(shown.child("updates").children[0].child("comment").text, "lamp changed");
    assert_eq!(shown.child("summary").text, "It is dark");

    let list = RawRequest::get("/_emulator/requests").send(&emulator).await.json();
    assert_eq!(list, json!([summary(State::Successful.as_str(), 4, 2)]));
    let again = json!({ "state": "NEW", "by": "Kim Example" });
    assert_eq!(act("/10000001/change-state", again).await.0, 409);
    assert_eq!(act("/1/assign", json!({ "agent": "Kim Example" })).await.0, 404);
    assert_eq!(act("/10000001/comment", json!({ "by": "Lou Example", "text": "" })).await.0, 400);
    assert_eq!(act("", json!({ "topik": "Lighting" })).await.0, 422);
    assert_eq!(emulator.journal().count("POST", ""), 0);
}
