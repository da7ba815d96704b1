//! Credentials, permissions, routing, formats, headers, and the control endpoints.

use crate::support::{
    RawRequest, dial,
    newfies::{ROOT, basic, calendar, event, get, link, make, outcome, read, request, request_as, send, setting, with},
    read_one,
};
use axum::body::Body;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use care_emulators::newfies::{ControlError, Emulator, Generation, NewUser, TOKEN};
use http::{Method, Request};
use serde_json::{Value, json};
use std::{io::ErrorKind, time::Duration};
use tower::ServiceExt;

const DESK: (&str, &str) = ("desk", "secret");

async fn with_header(emulator: &Emulator, header: &str) -> (u16, Value) {
    outcome(&RawRequest::get(format!("{ROOT}/event/")).header(header).send(emulator).await)
}

#[tokio::test]
async fn wrong_credentials_get_403_with_a_detail_and_no_challenge() {
    let emulator = Emulator::start().await.unwrap();
    let encoded = |text: &[u8]| BASE64_STANDARD.encode(text);
    for (header, detail) in [
        ("x-nothing: 1".to_owned(), "Authentication credentials were not provided."),
        ("authorization: Bearer x".to_owned(), "Authentication credentials were not provided."),
        ("authorization: Basic".to_owned(), "Invalid basic header. No credentials provided."),
        ("authorization: Basic a b".to_owned(), "Invalid basic header. Credentials string should not contain spaces."),
        ("authorization: Basic ?".to_owned(), "Invalid username/password"),
        (basic("manager", "wrong"), "Invalid username/password"),
        (basic("nobody", "emulator-password"), "Invalid username/password"),
        (format!("authorization: Basic {}", encoded(b"manager")), "Invalid username/password"),
        ("authorization: Token".to_owned(), "Invalid token header. No credentials provided."),
        ("authorization: Token a b".to_owned(), "Invalid token header. Token string should not contain spaces."),
        ("authorization: Token 0".to_owned(), "Invalid token"),
    ] {
        let response = RawRequest::get(format!("{ROOT}/event/")).header(&header).send(&emulator).await;
        assert_eq!(outcome(&response), (403, json!({ "detail": detail })), "{header}");
        assert_eq!(response.header("www-authenticate"), None);
        assert_eq!(response.header("allow"), Some("GET, POST, HEAD, OPTIONS"));
    }
    let token = format!("authorization: token {}", emulator.token());
    for header in [basic("manager", "emulator-password"), token, format!("authorization: Token {TOKEN}")] {
        assert_eq!(with_header(&emulator, &header).await.0, 200, "{header}");
    }
}

#[tokio::test]
async fn an_option_answers_401_with_a_challenge() {
    let emulator = Emulator::builder().basic_challenge().superuser(false).start().await.unwrap();
    let response = RawRequest::get(format!("{ROOT}/event/")).send(&emulator).await;
    assert_eq!((response.status, response.header("www-authenticate")), (401, Some("Basic realm=\"api\"")));
    let response = request("GET", "/rule/").send(&emulator).await;
    assert_eq!((response.status, response.header("www-authenticate")), (403, None), "that is about a permission");
}

#[tokio::test]
async fn credentials_are_decoded_as_latin_1() {
    let emulator = Emulator::builder().credentials("müller", "pass:wörd").token("abc").start().await.unwrap();
    let bytes = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    let latin = format!("authorization: Basic {}", BASE64_STANDARD.encode(bytes("müller:pass:wörd")));
    assert_eq!(with_header(&emulator, &latin).await.0, 200);
    assert_eq!(with_header(&emulator, &basic("müller", "pass:wörd")).await.0, 403, "that is UTF-8");
    assert_eq!(with_header(&emulator, "authorization: Token abc").await.0, 200);
}

#[tokio::test]
async fn inactive_users_and_revoked_tokens_are_refused() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    controller.add_user(NewUser::new("desk", "secret").every_permission()).unwrap();
    let token = format!("authorization: Token {}", controller.issue_token("desk").unwrap());
    assert_eq!(request_as(DESK, "GET", "/event/").send(&emulator).await.status, 200);
    assert_eq!(with_header(&emulator, &token).await.0, 200);
    controller.set_active("desk", false).unwrap();
    let locked = outcome(&request_as(DESK, "GET", "/event/").send(&emulator).await);
    assert_eq!(locked, (403, json!({ "detail": "Invalid username/password" })));
    assert_eq!(with_header(&emulator, &token).await, (403, json!({ "detail": "User inactive or deleted" })));
    assert_eq!(controller.issue_token("nobody"), Err(ControlError::UnknownUser { username: "nobody".to_owned() }));
    let taken = controller.add_user(NewUser::new("desk", "other"));
    assert_eq!(taken, Err(ControlError::UsernameTaken { username: "desk".to_owned() }));
}

#[tokio::test]
async fn from_the_first_release_on_methods_need_permissions() {
    let no = json!({ "detail": "You do not have permission to perform this action." });
    for generation in [Generation::G1, Generation::G2] {
        let emulator = Emulator::builder().generation(generation).start().await.unwrap();
        let controller = emulator.controller();
        controller.add_user(NewUser::new("desk", "secret")).unwrap();
        for (method, path, permission, allowed) in [
            ("GET", "/event/", "view_event", 200),
            ("GET", "/event/7/get_list_child/", "view_event", 404),
            ("POST", "/event/", "add_event", 400),
            ("PUT", "/event/7/", "change_event", 403),
            ("PATCH", "/event/7/", "change_event", 404),
            ("PATCH", "/event/7/update_last_child_status/", "change_event", 404),
            ("DELETE", "/event/7/", "delete_event", 404),
            ("OPTIONS", "/calendar-setting/", "view_calendarsetting", 200),
            ("DELETE", "/alarm-request/7/", "delete_alarmrequest", 404),
            ("PATCH", "/calendar-user-profile/7/", "change_calendaruserprofile", 404),
            ("GET", "/sealed-survey/", "view_survey", 200),
        ] {
            let request = request_as(DESK, method, path);
            assert_eq!(outcome(&request.send(&emulator).await), (403, no.clone()), "{method} {path}");
            controller.grant("desk", permission).unwrap();
            assert_eq!(request.send(&emulator).await.status, allowed, "{method} {path}");
            controller.revoke("desk", permission).unwrap();
            assert_eq!(request.send(&emulator).await.status, 403, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn some_permissions_only_a_superuser_has() {
    let emulator = Emulator::builder().superuser(false).start().await.unwrap();
    let controller = emulator.controller();
    let closed = [
        "/gateway/",
        "/sms-gateway/",
        "/callrequest/",
        "/mail-template/",
        "/sms-template/",
        "/rule/",
        "/calendar-user/",
        "/calendar-user-profile/",
        "/alarm-request/",
        "/alarm-request/5/get_nested_alarm_request/",
    ];
    let open = [
        "/calendar/",
        "/calendar-setting/",
        "/event/",
        "/alarm/",
        "/sealed-survey/",
        "/survey-template/",
        "/users/",
        "/",
    ];
    for path in closed {
        assert_eq!(get(&emulator, path).await.0, 403, "{path}");
    }
    for path in open {
        assert_eq!(get(&emulator, path).await.0, 200, "{path}");
    }
    let user = json!({ "username": "jo", "password": "secret" });
    for (method, path) in [("POST", "/calendar-user/"), ("PATCH", "/calendar-user/1/"), ("DELETE", "/calendar-user/1/")]
    {
        assert_eq!(send(&emulator, method, path, &user).await.0, 403, "{method}");
    }
    let never = controller.grant("manager", "view_rule");
    assert_eq!(never, Err(ControlError::UnknownPermission { permission: "view_rule".to_owned() }));
    controller.set_superuser("manager", true).unwrap();
    for path in closed.iter().chain(&open) {
        assert_eq!(get(&emulator, path).await.0, 200, "{path}");
    }
}

#[tokio::test]
async fn before_the_first_release_permissions_are_not_checked() {
    let emulator = Emulator::builder().generation(Generation::G0).superuser(false).start().await.unwrap();
    emulator.controller().add_user(NewUser::new("desk", "secret")).unwrap();
    for path in ["/calendar-user/", "/rule/", "/alarm-request/", "/event/"] {
        assert_eq!(request_as(DESK, "GET", path).send(&emulator).await.status, 200, "{path}");
    }
    assert_eq!(RawRequest::get(format!("{ROOT}/rule/")).send(&emulator).await.status, 403);
    let other = emulator.controller().add_gateway("another's");
    assert_eq!(read(&emulator, "/gateway/").await["count"], 1, "their own");
    assert_eq!(get(&emulator, &format!("/gateway/{other}/")).await.0, 404);
}

#[tokio::test]
async fn a_missing_slash_is_redirected_and_an_unknown_path_gets_500() {
    let emulator = Emulator::start().await.unwrap();
    for (method, path) in
        [("GET", "/event"), ("POST", "/event"), ("GET", "/event/5"), ("GET", "/event/5/get_list_child"), ("GET", "")]
    {
        let response = request(method, &format!("{path}?page=2")).send(&emulator).await;
        let location = format!("http://emulator{ROOT}{path}/?page=2");
        assert_eq!((response.status, response.header("location")), (301, Some(&*location)));
        assert!(response.header("content-type").unwrap().starts_with("text/html"));
    }
    for path in
        ["/user/2/", "/events/", "/event/5/nothing/", "/event//", "/queue/", "/event/5/get_list_child/6/", "/nothing"]
    {
        let response = request("GET", path).send(&emulator).await;
        assert_eq!((response.status, response.header("content-type")), (500, Some("text/plain")), "{path}");
        assert_eq!(response.body, b"A server error occurred.  Please contact the administrator.");
        assert_eq!(response.header("allow"), None);
    }
    assert_eq!(RawRequest::get("/").send(&emulator).await.status, 500);
    assert_eq!(get(&emulator, "/campaigns/").await.0, 501, "the server has that, and the emulator doesn't");
}

#[tokio::test]
async fn an_option_restricts_the_host_names() {
    let emulator = Emulator::builder().allowed_hosts(["127.0.0.1"]).start().await.unwrap();
    let response = request("GET", "/event/").send(&emulator).await;
    assert_eq!((response.status, response.header("content-type")), (400, Some("text/html; charset=utf-8")));
    assert_eq!(request("GET", "/event/").header("host: 127.0.0.1:8000").send(&emulator).await.status, 200);
}

#[tokio::test]
async fn the_format_of_a_response_is_negotiated() {
    let emulator = Emulator::start().await.unwrap();
    for (accept, query, status, kind) in [
        ("*/*", "", 200, "application/json"),
        ("application/json", "", 200, "application/json"),
        ("application/json; indent=2, text/html;q=0.1", "", 200, "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "", 200, "text/html; charset=utf-8"),
        ("text/*", "", 200, "text/html; charset=utf-8"),
        ("text/html", "?format=json", 406, "application/json"),
        ("application/json", "?format=api", 406, "application/json"),
        ("application/json, */*", "?format=api", 200, "text/html; charset=utf-8"),
        ("text/*, */*;q=0.1", "?format=json", 200, "application/json"),
        ("*/*", "?format=api", 200, "text/html; charset=utf-8"),
        ("*/*", "?format=xml", 404, "application/json"),
        ("image/png", "", 406, "application/json"),
    ] {
        let response =
            request("GET", &format!("/event/{query}")).header(format!("accept: {accept}")).send(&emulator).await;
        assert_eq!((response.status, response.header("content-type")), (status, Some(kind)), "{accept} {query}");
    }
    let response = outcome(&request("GET", "/event/").header("accept: image/png").send(&emulator).await);
    assert_eq!(response.1, json!({ "detail": "Could not satisfy the request's Accept header" }));
}

#[tokio::test]
async fn an_unsupported_method_gets_405_with_allow() {
    let emulator = Emulator::start().await.unwrap();
    for (method, path, allow) in [
        ("DELETE", "/event/", "GET, POST, HEAD, OPTIONS"),
        ("PUT", "/event/", "GET, POST, HEAD, OPTIONS"),
        ("POST", "/event/5/", "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"),
        ("POST", "/rule/", "GET, HEAD, OPTIONS"),
        ("DELETE", "/rule/1/", "GET, HEAD, OPTIONS"),
        ("GET", "/event/5/update_last_child_status/", "PATCH, OPTIONS"),
        ("PATCH", "/event/5/get_list_child/", "GET, HEAD, OPTIONS"),
    ] {
        let response = request(method, path).send(&emulator).await;
        let detail = format!("Method '{method}' not allowed.");
        assert_eq!(outcome(&response), (405, json!({ "detail": detail })), "{path}");
        assert_eq!(response.header("allow"), Some(allow), "{path}");
    }
}

#[tokio::test]
async fn only_json_objects_and_forms_are_accepted() {
    let emulator = Emulator::start().await.unwrap();
    let post = async |kind: &str, body: &str| {
        outcome(&request("POST", "/calendar/").header(format!("content-type: {kind}")).body(body).send(&emulator).await)
    };
    let unsupported = json!({ "detail": "Unsupported media type 'text/plain' in request." });
    assert_eq!(post("text/plain", "name=x").await, (415, unsupported));
    let (status, body) = post("application/json", "{\"name\": ").await;
    assert!(status == 400 && body["detail"].as_str().unwrap().starts_with("JSON parse error - "), "{body}");
    for body in ["[]", "\"x\"", "5", "null"] {
        assert_eq!(
            post("application/json", body).await,
            (400, json!({ "non_field_errors": ["Invalid data"] })),
            "{body}"
        );
    }
    assert_eq!(post("application/json", "").await, (400, json!({ "name": ["This field is required."] })));
    let (status, made) = post("application/x-www-form-urlencoded", "name=Day+care&max_concurrent=2").await;
    assert_eq!((status, &made["name"], &made["max_concurrent"]), (201, &json!("Day care"), &json!(2)));
    assert_eq!(emulator.controller().calendars().len(), 1);
}

#[tokio::test]
async fn a_header_can_override_the_method_of_a_post() {
    let emulator = Emulator::start().await.unwrap();
    let id = make(&emulator, "calendar", &json!({ "name": "x" })).await;
    let path = format!("/calendar/{id}/");
    let overriding = |method| request("POST", &path).header(format!("X-HTTP-Method-Override: {method}"));
    let patched = outcome(&overriding("patch").json_body(&json!({ "name": "y" })).send(&emulator).await);
    assert_eq!((patched.0, &patched.1["name"]), (200, &json!("y")));
    let read = request("GET", &path).header("X-HTTP-Method-Override: DELETE").send(&emulator).await;
    assert_eq!((read.status, read.object()["name"].as_str()), (200, Some("y")));
    assert_eq!(overriding("DELETE").send(&emulator).await.status, 204);
    assert_eq!(emulator.controller().calendars(), []);
}

#[tokio::test]
async fn an_unknown_session_is_replaced_and_a_known_one_kept() {
    let emulator = Emulator::start().await.unwrap();
    let response = request("GET", "/event/").send(&emulator).await;
    assert_eq!(response.header("set-cookie"), None);
    let response = request("GET", "/event/").header("cookie: a=1; sessionid=unknown").send(&emulator).await;
    let cookie = response.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    assert_eq!(cookie.len(), "sessionid=".len() + 32);
    let response = request("GET", "/event/").header(format!("cookie: {cookie}")).send(&emulator).await;
    assert_eq!((response.status, response.header("set-cookie")), (200, None));
}

#[tokio::test]
async fn the_suffix_json_of_a_path_appears_in_every_link() {
    let emulator = Emulator::start().await.unwrap();
    let id = make(&emulator, "calendar", &json!({ "name": "x" })).await;
    let list = read(&emulator, "/calendar/.json").await;
    assert_eq!(list["results"][0]["url"], format!("http://emulator/rest-api/calendar/{id}/.json"));
    assert_eq!(read(&emulator, &format!("/calendar/{id}/.json")).await["name"], "x");
    let names = read(&emulator, "/").await;
    assert_eq!(names["calendar-setting"], "http://emulator/rest-api/calendar-setting/");
}

#[tokio::test]
async fn options_describe_fields_with_defaults_as_required() {
    let emulator = Emulator::start().await.unwrap();
    let told = outcome(&request("OPTIONS", "/event/").send(&emulator).await).1;
    assert_eq!(told["name"], "Event List");
    let fields = &told["actions"]["POST"];
    for (field, required) in [("title", true), ("start", true), ("created_on", true), ("description", false)] {
        assert_eq!(fields[field]["required"], required, "{field}");
    }
    let told = outcome(&request("OPTIONS", "/rule/1/").send(&emulator).await).1;
    assert_eq!((&told["name"], &told["actions"]), (&json!("Rule Instance"), &Value::Null));
    assert_eq!(emulator.controller().events().len(), 0);
}

#[tokio::test]
async fn the_builder_sets_the_path_prefix() {
    let emulator = Emulator::builder().path_prefix("/dialer/rest-api").start().await.unwrap();
    assert_eq!(emulator.base_url(), format!("{}/dialer/rest-api/", emulator.url()));
    assert_eq!(emulator.gateway_link(), format!("{}/dialer/rest-api/gateway/1/", emulator.url()));
    let post = async |survey: &str| {
        let body = with(setting(), json!({ "survey": survey }));
        let request =
            RawRequest::new("POST", "/dialer/rest-api/calendar-setting/").header(basic("manager", "emulator-password"));
        outcome(&request.json_body(&body).send(&emulator).await)
    };
    let (status, made) = post(&emulator.survey_link()).await;
    assert_eq!((status, &made["survey"]), (201, &json!("http://emulator/dialer/rest-api/sealed-survey/1/")));
    let (status, errors) = post("/dialer/rest-api/sealed-survey/1/").await;
    assert_eq!((status, errors), (400, json!({ "survey": ["Invalid hyperlink - No URL match"] })));

    let wrong = Emulator::builder().path_prefix("/rest-api/").start().await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::InvalidInput);
    let public = Emulator::builder().address(([0, 0, 0, 0], 0).into()).start().await.unwrap_err();
    assert_eq!(public.kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn planned_failures_have_newfies_form_and_commit_or_not() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let faults = emulator.faults();
    let body = json!({ "name": "x" });
    let post = async || request("POST", "/calendar/").json_body(&body).send(&emulator).await;
    faults.on(Method::POST, "/calendar/").status_before_commit(503, Some(Duration::from_secs(3)));
    let response = post().await;
    assert_eq!((response.status, response.header("retry-after"), controller.calendars().len()), (503, Some("3"), 0));
    assert_eq!(response.body, b"A server error occurred.  Please contact the administrator.");
    faults.throttle(None);
    assert_eq!(outcome(&post().await), (429, json!({ "detail": "Request was throttled." })));
    faults.status_after_commit(500, None);
    assert_eq!((post().await.status, controller.calendars().len()), (500, 1));
    faults.drop_after_commit();
    let mut line = dial(&emulator).await.unwrap();
    let text = request("POST", "/calendar/").json_body(&body).text();
    tokio::io::AsyncWriteExt::write_all(&mut line, text.as_bytes()).await.unwrap();
    let mut rest = Vec::new();
    assert_eq!(tokio::io::AsyncReadExt::read_to_end(&mut line, &mut rest).await.unwrap(), 0);
    assert_eq!((controller.calendars().len(), emulator.journal().count(Method::POST, "/calendar/")), (2, 4));
    assert!(emulator.journal().requests()[0].has_basic("manager", "emulator-password"));
}

#[tokio::test]
async fn the_in_process_router_shares_everything_but_the_socket() {
    let emulator = Emulator::start().await.unwrap();
    let request = Request::post("/rest-api/calendar/")
        .header("authorization", basic("manager", "emulator-password").split_once(": ").unwrap().1)
        .header("content-type", "application/json")
        .body(Body::from(r#"{"name":"x"}"#))
        .unwrap();
    let response = emulator.router().oneshot(request).await.unwrap();
    assert_eq!((response.status(), emulator.connections()), (http::StatusCode::CREATED, 0));
    let location = response.headers()["location"].to_str().unwrap();
    assert!(location.starts_with("http://127.0.0.1"), "{location}");
    assert_eq!(emulator.controller().calendars().len(), 1);
}

#[tokio::test]
async fn workers_and_called_people_can_be_driven_by_http() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let post = async |path: &str, body: Value| {
        outcome(&RawRequest::post(format!("/_emulator/{path}"), &body).send(&emulator).await)
    };
    make(&emulator, "calendar-setting", &setting()).await;
    let people = json!({ "manager": "manager", "username": "jo", "password": "secret" });
    let (status, made) = post("calendar-users", people.clone()).await;
    assert_eq!((status, &made), (200, &json!({ "id": 2 })));
    assert_eq!(post("calendar-users", people).await.0, 409);
    // A user whom the API has made, but not a profile.
    send(&emulator, "POST", "/calendar-user/", &json!({ "username": "kim", "password": "x" })).await;
    let kim = json!({ "manager": "manager", "username": "kim" });
    assert_eq!(post("profiles", kim.clone()).await, (200, json!({ "id": 3 })));
    assert_eq!(read(&emulator, "/calendar-user-profile/3/").await["manager"], "manager");
    assert_eq!(post("profiles", kim).await.0, 409);
    let calendar = make(&emulator, "calendar", &json!({ "name": "x", "user": link("calendar-user", 2) })).await;
    let event = make(&emulator, "event", &event((2, calendar))).await;
    let alarm = json!({
        "event": link("event", event), "survey": link("sealed-survey", 1), "date_start_notice": "2100-01-01T00:00:00Z",
    });
    let alarm = make(&emulator, "alarm", &alarm).await;
    let act = |action: &str| format!("alarms/{alarm}/{action}");
    assert_eq!(post(&act("answer"), json!({})).await.0, 409);
    assert_eq!(post(&act("nothing"), json!({})).await.0, 404);
    assert_eq!(post("alarms/99/ring", json!({})).await.0, 404);
    let (_, rung) = post(&act("ring"), json!({})).await;
    assert_eq!(
        (&rung["status"], &rung["attempts"], &rung["due"]),
        (&json!(2), &json!(1), &json!("2100-01-01T00:00:00Z"))
    );
    assert_eq!(post(&act("press"), json!({ "keys": "x" })).await.0, 400);
    let (_, pressed) = post(&act("press"), json!({ "keys": "7" })).await;
    assert_eq!((&pressed["status"], &pressed["result"]), (&json!(5), &json!(7)));
    let before = emulator.clock().now();
    let (status, alarms) = post("advance", json!({ "seconds": 3600 })).await;
    assert_eq!((status, &alarms[0]["id"]), (200, &json!(alarm)));
    assert!(emulator.clock().now() - before >= chrono::TimeDelta::hours(1));
    assert_eq!(post("dispatch", json!({})).await.1, alarms);
    assert_eq!(outcome(&RawRequest::get("/_emulator/alarms").send(&emulator).await).1, alarms);
    let person = json!({ "username": "root", "password": "secret", "superuser": true });
    assert_eq!(post("users", person).await, (200, json!({ "id": 4 })));
    assert!(controller.user(4).unwrap().is_superuser);
    assert_eq!(emulator.journal().requests().iter().filter(|request| request.path.starts_with("/_")).count(), 0);
    for action in Emulator::ACTIONS.iter().filter(|action| **action != "ring") {
        controller.ring(alarm).unwrap();
        assert_eq!(post(&act(action), json!({})).await.0, 200, "{action}");
    }
}

#[tokio::test]
async fn a_head_is_a_get_without_its_body() {
    let emulator = Emulator::start().await.unwrap();
    let mut line = dial(&emulator).await.unwrap();
    for (method, path) in [("HEAD", "/event/"), ("OPTIONS", "/rule/")] {
        let text = request(method, path).text();
        tokio::io::AsyncWriteExt::write_all(&mut line, text.as_bytes()).await.unwrap();
        if method == "OPTIONS" {
            // A body would stand before this response.
            assert_eq!(read_one(&mut line).await.object()["name"], "Rule List");
        } else {
            let mut bytes = Vec::new();
            while !bytes.ends_with(b"\r\n\r\n") {
                tokio::io::AsyncReadExt::read_buf(&mut line, &mut bytes).await.unwrap();
            }
            assert!(bytes.starts_with(b"HTTP/1.1 200"), "{bytes:?}");
        }
    }
}

#[tokio::test]
async fn hooks_change_the_world_between_two_calls() {
    let emulator = Emulator::builder().generation(Generation::G1).start().await.unwrap();
    let controller = emulator.controller();
    let whose = calendar(&emulator, "jo").await;
    controller.before_next(Method::POST, "/event/", |controller| controller.set_superuser("manager", false).unwrap());
    controller.before_next(Method::POST, "/event/", |controller| controller.revoke("manager", "add_event").unwrap());
    assert_eq!(send(&emulator, "POST", "/event/", &event(whose)).await.0, 201);
    let seen = std::sync::Arc::new(std::sync::Mutex::new(0));
    let counted = seen.clone();
    controller.after_next("GET", "/event/", move |controller| *counted.lock().unwrap() = controller.events().len());
    assert_eq!(read(&emulator, "/event/").await["count"], 1);
    assert_eq!(*seen.lock().unwrap(), 1);
    assert_eq!(send(&emulator, "POST", "/event/", &event(whose)).await.0, 403);
    assert_eq!(read(&emulator, "/event/1/").await["calendar"], format!("http://emulator{}", link("calendar", whose.1)));
}

#[tokio::test]
async fn debug_redacts_secrets_and_personal_data() {
    let emulator =
        Emulator::builder().generation(Generation::G1).credentials("chief", "hush-hush").start().await.unwrap();
    let controller = emulator.controller();
    let user = NewUser::new("jo-example", "tell-nobody");
    assert!(!format!("{user:?}").contains("tell-nobody"));
    controller.add_user(user).unwrap();
    let shown = format!(
        "{emulator:?} {controller:?} {:?} {:?}",
        controller.users(),
        Emulator::builder().credentials("chief", "hush-hush")
    );
    for secret in ["hush-hush", "tell-nobody", "pbkdf2", "jo-example", TOKEN] {
        assert!(!shown.contains(secret), "{secret} stands in {shown}");
    }
}
