//! Each planned failure reaches the client as documented, with the state changed or unchanged.

use crate::support::{
    RawRequest, RawResponse,
    aura::{create, get, prefixed, test_callout},
    dial, read_one,
};
use axum::body::Body;
use care_emulators::{Faults, aura::Emulator};
use http::{Method, Request};
use std::{io::ErrorKind, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::Instant,
};
use tower::ServiceExt;

/// What a client observes of one exchange until the connection ends.
#[derive(Debug)]
enum Observed {
    /// The connection was closed after these bytes.
    Closed(Vec<u8>),
    /// The connection was reset after these bytes.
    Reset(Vec<u8>),
}

async fn exchange(stream: &mut TcpStream, request: &RawRequest) -> Observed {
    let request = request.clone().header("connection: close");
    stream.write_all(request.text().as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes).await {
        Ok(_) => Observed::Closed(bytes),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => Observed::Reset(bytes),
        Err(error) => panic!("{error}"),
    }
}

/// Plans a failure and creates a callout, on a new or a used connection. Returns what the client observed, and the
/// number of callouts.
async fn create_under(plan: impl Fn(&Faults), warm: bool) -> (Observed, usize) {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let mut stream = dial(&emulator).await.unwrap();
    if warm {
        let list = RawRequest::get(prefixed("/callout-classifications")).token(&token);
        stream.write_all(list.text().as_bytes()).await.unwrap();
        assert_eq!(read_one(&mut stream).await.status, 200);
    }
    plan(&emulator.faults());
    let observed = exchange(&mut stream, &RawRequest::post(prefixed("/callouts"), &test_callout()).token(&token)).await;
    assert_eq!(emulator.faults().left(), 0);
    (observed, emulator.controller().callouts().len())
}

#[tokio::test]
async fn a_drop_closes_the_connection_before_or_after_the_commit() {
    for warm in [false, true] {
        let (observed, callouts) = create_under(Faults::drop_before_commit, warm).await;
        assert!(matches!(&observed, Observed::Closed(bytes) if bytes.is_empty()), "{observed:?}");
        assert_eq!(callouts, 0);
        let (observed, callouts) = create_under(Faults::drop_after_commit, warm).await;
        assert!(matches!(&observed, Observed::Closed(bytes) if bytes.is_empty()), "{observed:?}");
        assert_eq!(callouts, 1);
    }
}

#[tokio::test]
async fn a_reset_resets_the_connection_before_or_after_the_commit() {
    for warm in [false, true] {
        let (observed, callouts) = create_under(Faults::reset, warm).await;
        assert!(matches!(&observed, Observed::Reset(bytes) if bytes.is_empty()), "{observed:?}");
        assert_eq!(callouts, 0);
        let (observed, callouts) = create_under(Faults::reset_after_commit, warm).await;
        assert!(matches!(&observed, Observed::Reset(bytes) if bytes.is_empty()), "{observed:?}");
        assert_eq!(callouts, 1);
    }
}

#[tokio::test]
async fn a_request_can_be_closed_unread() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    emulator.faults().close_unread();
    let mut stream = dial(&emulator).await.unwrap();
    let observed = exchange(&mut stream, &RawRequest::post(prefixed("/callouts"), &test_callout()).token(&token)).await;
    // Closing a socket with unread bytes resets it: which of the two the client sees depends on the system.
    let (Observed::Closed(bytes) | Observed::Reset(bytes)) = observed;
    assert_eq!(bytes, b"");
    assert!(emulator.controller().callouts().is_empty());
    assert_eq!(emulator.journal().total(), 0);
}

fn whole(observed: Observed) -> RawResponse {
    let Observed::Closed(bytes) = observed else { panic!("{observed:?}") };
    let response = RawResponse::parse(&bytes);
    assert_eq!(response.content_length(), response.body.len());
    response
}

#[tokio::test]
async fn a_planned_status_has_the_service_s_body_before_and_after_the_commit() {
    type Plan = fn(&Faults);
    let cases: [(Plan, usize, u16, Option<&str>); 6] = [
        (|faults| faults.status_before_commit(503, Some(Duration::from_secs(2))), 0, 503, Some("2")),
        (|faults| faults.status_before_commit(http::StatusCode::BAD_GATEWAY, None), 0, 502, None),
        (|faults| faults.status_after_commit(503, None), 1, 503, None),
        (|faults| faults.status_after_commit(500, Some(Duration::ZERO)), 1, 500, Some("0")),
        (|faults| faults.throttle(None), 0, 429, None),
        (|faults| faults.throttle(Some(Duration::from_millis(1001))), 0, 429, Some("2")),
    ];
    for (plan, expected, status, retry_after) in cases {
        let (observed, callouts) = create_under(plan, false).await;
        let response = whole(observed);
        assert_eq!((response.status, response.header("retry-after"), callouts), (status, retry_after, expected));
        assert!(response.json()["message"].is_string(), "{response:?}");
    }
}

#[tokio::test]
async fn a_truncated_body_ends_halfway_after_a_complete_head() {
    for warm in [false, true] {
        let (observed, callouts) = create_under(Faults::truncate_body, warm).await;
        let Observed::Closed(bytes) = observed else { panic!("{observed:?}") };
        let response = RawResponse::parse(&bytes);
        assert_eq!((response.status, response.body.len(), callouts), (201, response.content_length() / 2, 1));

        let (observed, callouts) = create_under(Faults::reset_body, warm).await;
        let Observed::Reset(bytes) = observed else { panic!("{observed:?}") };
        let response = RawResponse::parse(&bytes);
        assert_eq!((response.status, callouts), (201, 1));
        assert!(response.body.len() < response.content_length());
    }
}

#[tokio::test]
async fn silence_follows_the_head_until_the_connection_ends() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    emulator.faults().silence_after_head();
    let mut stream = dial(&emulator).await.unwrap();
    let request = RawRequest::post(prefixed("/callouts"), &test_callout()).token(&token);
    stream.write_all(request.text().as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        assert_eq!(stream.read_buf(&mut head).await.unwrap().min(1), 1, "the connection ended");
    }
    let response = RawResponse::parse(&head);
    assert_eq!(response.status, 201);
    assert!(response.content_length() > 1000, "{response:?}");
    assert_eq!(emulator.controller().callouts().len(), 1);
    emulator.faults().go_down();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert_eq!(rest, b"");
}

#[tokio::test]
async fn garbage_is_not_http_and_ends_the_connection() {
    for warm in [false, true] {
        let (observed, callouts) = create_under(Faults::garbage, warm).await;
        let Observed::Closed(bytes) = observed else { panic!("{observed:?}") };
        assert!(!bytes.is_empty() && !bytes.windows(5).any(|five| five == b"HTTP/"), "{bytes:?}");
        assert_eq!(callouts, 1);
    }
}

#[tokio::test]
async fn a_web_page_with_status_200_replaces_the_answer() {
    let (observed, callouts) = create_under(Faults::html, false).await;
    let response = whole(observed);
    assert_eq!((response.status, callouts), (200, 1));
    assert_eq!(response.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(response.body.starts_with(b"<!doctype html>"));
}

fn in_process(token: &str) -> Request<Body> {
    Request::post(prefixed("/callouts"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(test_callout().to_string().into())
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_delay_is_before_or_after_the_commit() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let delay = Duration::from_secs(30);
    for (n, plan) in [Faults::delay, Faults::delay_after_commit].into_iter().enumerate() {
        plan(&emulator.faults(), delay);
        let sent = Instant::now();
        let response = tokio::spawn(emulator.router().oneshot(in_process(&token)));
        tokio::time::sleep(Duration::from_secs(29)).await;
        // The callout delayed before its commit doesn't exist yet, the other one does.
        assert_eq!(emulator.controller().callouts().len(), n * 2);
        assert_eq!(response.await.unwrap().unwrap().status(), 201);
        assert_eq!(sent.elapsed(), delay);
        assert_eq!(emulator.controller().callouts().len(), n + 1);
    }
}

#[tokio::test]
async fn a_client_that_gives_up_a_delayed_request_commits_nothing() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    emulator.faults().delay(Duration::from_secs(3600));
    let mut stream = dial(&emulator).await.unwrap();
    stream
        .write_all(RawRequest::post(prefixed("/callouts"), &test_callout()).token(&token).text().as_bytes())
        .await
        .unwrap();
    while emulator.journal().total() == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(stream);
    while emulator.open_connections() > 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(emulator.controller().callouts().is_empty());
}

#[tokio::test]
async fn down_refuses_connections_and_keeps_port_and_state() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let (url, faults) = (emulator.url(), emulator.faults());
    let id = create(&emulator, &token, &test_callout()).await;
    let mut open = dial(&emulator).await.unwrap();
    open.write_all(RawRequest::get("/").text().as_bytes()).await.unwrap();
    assert_eq!(read_one(&mut open).await.status, 404);
    for _ in 0..3 {
        faults.go_down();
        assert!(faults.is_down());
        assert_eq!(dial(&emulator).await.unwrap_err().kind(), ErrorKind::ConnectionRefused);
        faults.come_up();
        assert!(!faults.is_down());
        assert_eq!(get(&emulator, &token, id, "").await["id"], id);
    }
    assert_eq!(emulator.url(), url);
    let mut rest = Vec::new();
    assert_eq!(open.read_to_end(&mut rest).await.unwrap(), 0, "an open connection survives");
}

#[tokio::test]
async fn nothing_is_committed_on_an_open_connection_once_the_emulator_is_down() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let mut stream = dial(&emulator).await.unwrap();
    stream.write_all(RawRequest::get("/").text().as_bytes()).await.unwrap();
    assert_eq!(read_one(&mut stream).await.status, 404);
    emulator.faults().go_down();
    let request = RawRequest::post(prefixed("/callouts"), &test_callout()).token(&token);
    let _ = stream.write_all(request.text().as_bytes()).await;
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert_eq!(rest, b"");
    assert!(emulator.controller().callouts().is_empty());
}

#[tokio::test]
async fn a_failure_waits_for_a_request_that_it_fits() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    emulator.faults().on(Method::POST, "/callouts").times(2).throttle(None);
    let list = RawRequest::get(prefixed("/callout-classifications")).token(&token);
    let raise = RawRequest::post(prefixed("/callouts"), &test_callout()).token(&token);
    let mut statuses = Vec::new();
    for request in [&list, &raise, &list, &raise, &raise] {
        statuses.push(request.send(&emulator).await.status);
    }
    assert_eq!(statuses, [200, 429, 200, 429, 201]);
}

#[tokio::test]
async fn failures_happen_in_the_planned_order_and_can_be_cleared() {
    let emulator = Emulator::start().await.unwrap();
    let faults = emulator.faults();
    faults.status_before_commit(500, None);
    faults.throttle(None);
    faults.times(5).html();
    let request = RawRequest::get("/");
    assert_eq!(request.send(&emulator).await.status, 500);
    assert_eq!(request.send(&emulator).await.status, 429);
    assert_eq!(request.send(&emulator).await.status, 200);
    faults.clear();
    assert_eq!(request.send(&emulator).await.status, 404);
}

#[tokio::test]
async fn in_process_only_failures_without_a_socket_happen() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    emulator.faults().drop_after_commit();
    emulator.faults().status_after_commit(503, None);
    let mut statuses = Vec::new();
    for _ in 0..2 {
        statuses.push(emulator.router().oneshot(in_process(&token)).await.unwrap().status().as_u16());
    }
    assert_eq!(statuses, [503, 201]);
    assert_eq!(emulator.faults().left(), 1);
    let mut stream = dial(&emulator).await.unwrap();
    let observed = exchange(&mut stream, &RawRequest::get("/")).await;
    assert!(matches!(&observed, Observed::Closed(bytes) if bytes.is_empty()), "{observed:?}");
}

#[tokio::test]
async fn the_control_endpoints_never_fail() {
    let emulator = Emulator::start().await.unwrap();
    emulator.faults().throttle(None);
    assert_eq!(RawRequest::get("/_emulator/callouts").send(&emulator).await.status, 200);
    assert_eq!(emulator.faults().left(), 1);
    assert_eq!(emulator.journal().total(), 0);
}
