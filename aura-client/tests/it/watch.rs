//! A watch follows a callout until it is closed, whatever happens on the way.

use crate::support::*;
use aura_client::{GetCallout, Kind, Outcome, RawResponse, Watch};
use futures_util::StreamExt;
use serde_json::Value;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn every_documented_status_is_yielded_once_and_closed_is_the_end() {
    let (emulator, aura, transport) = with_callout().await;
    let mut watch = aura.callouts().watch(570);
    assert_eq!(next(&mut watch).await, "created");
    for (act, status) in [
        (Controller::verify as fn(&Controller, u64) -> _, "created"),
        (Controller::dispatch, "Responder Dispatched"),
        (Controller::cancel_responder, "Responder Cancelled"),
        (Controller::dispatch_by_hand, "Responder Dispatched"),
        (Controller::arrive, "Responder Arrived"),
        (Controller::complete, "Responder Completed"),
    ] {
        act(&emulator.controller(), 570).unwrap();
        assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), (status, "nothing"));
    }
    emulator.controller().close(570).unwrap();
    assert_eq!(next(&mut watch).await, "closed");
    let polls = transport.count("GET", "/570");
    assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("end", "end"));
    assert_eq!(transport.count("GET", "/570"), polls);
}

#[tokio::test(start_paused = true)]
async fn whatever_a_person_wants_to_know_is_news_and_dates_are_not() {
    type Edit = fn(&mut Value);
    let edits: [(Edit, bool); 9] = [
        (|callout| callout["calloutResponseEta"][0]["durationValue"] = 1.into(), true),
        (|callout| callout["calloutResponseEta"][0]["distanceValue"] = 1.into(), true),
        (
            |callout| callout["calloutincidentdetail"]["responder"]["responderlocations"][0]["latitude"] = "1.5".into(),
            true,
        ),
        (|callout| callout["calloutincidentdetail"]["responderId"] = 99.into(), true),
        (|callout| callout["calloutincidentdetail"]["supplierId"] = 99.into(), true),
        (|callout| callout["verified"] = false.into(), true),
        (|callout| callout["cancelledByCustomer"] = true.into(), true),
        (|callout| callout["updatedAt"] = "2030-01-01T00:00:00.000Z".into(), false),
        (
            |callout| callout["calloutincidentdetail"]["responderDispatchedAt"] = "2030-01-01T00:00:00.000Z".into(),
            false,
        ),
    ];
    for (number, (edit, is_news)) in edits.into_iter().enumerate() {
        let (emulator, aura, transport) = with_callout().await;
        emulator.controller().dispatch(570).unwrap();
        let mut watch = aura.callouts().watch(570);
        assert_eq!(next(&mut watch).await, "Responder Dispatched");
        transport.plan("GET", "/570", vec![Step::json(edit); 100]);
        assert_eq!(next(&mut watch).await, if is_news { "Responder Dispatched" } else { "nothing" }, "edit {number}");
        assert_eq!(next(&mut watch).await, "nothing", "edit {number}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_poll_is_at_once_and_every_wait_lies_in_the_range() {
    let (emulator, aura, transport) = with_callout().await;
    let own = builder(&transport).poll_interval(secs(3)..=secs(4));
    let own = own.user_token(emulator.issue_user_token(USER)).build().unwrap();
    for (mut watch, low, high) in [
        (aura.callouts().watch(570), 10, 20),
        (own.callouts().watch(570), 3, 4),
        (own.callouts().watch(570).with_interval(secs(30)..=secs(40)), 30, 40),
    ] {
        let (before, begin) = (transport.count("GET", "/570"), tokio::time::Instant::now());
        assert_eq!((next(&mut watch).await.as_str(), begin.elapsed()), ("created", Duration::ZERO));
        assert_eq!(next(&mut watch).await, "nothing");
        let waits = transport.gaps("GET", "/570").split_off(before);
        assert!(waits.len() >= 14 && waits.iter().all(|wait| (secs(low)..=secs(high)).contains(wait)), "{waits:?}");
        let (shortest, longest) = (waits.iter().min().unwrap(), waits.iter().max().unwrap());
        assert!(*longest - *shortest > (secs(high) - secs(low)) / 4, "no jitter: {waits:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_crowd_that_starts_together_spreads_its_first_polls_over_one_interval() {
    let (_emulator, aura, transport) = with_callout().await;
    let begin = tokio::time::Instant::now();
    let crowd = (0..64).map(|_| aura.callouts().watch(570).into_future());
    futures_util::future::join_all(crowd).await;
    let firsts: Vec<_> = transport.sent("GET", "/570").iter().map(|poll| poll.at - begin).collect();
    let early = firsts.iter().filter(|wait| **wait < secs(5)).count();
    assert!(early < 40 && firsts.iter().any(|wait| *wait > secs(15)), "{firsts:?}");
    assert!(firsts.iter().all(|wait| *wait <= secs(20)), "{firsts:?}");
}

fn outages() -> Vec<(&'static str, Step)> {
    vec![
        ("delayed api", Step::Answer(503, "{}")),
        ("delayed api", Step::Answer(500, "")),
        ("delayed api", Step::RetryAfter(429, 1)),
        ("delayed api", Step::Answer(502, "<html>bad gateway</html>")),
        ("delayed decode", Step::Answer(200, "<!doctype html>sign in")),
        ("delayed decode", Step::Answer(200, r#"{"id": 570, "status"#)),
        ("delayed decode", Step::Answer(200, "[]")),
        ("delayed origin", Step::Answer(302, "")),
        ("delayed timeout", Step::Silence),
        ("delayed connect", Step::Refused),
        ("delayed interrupted", Step::Lost),
    ]
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_reported_once_and_its_end_too_even_if_nothing_changed() {
    for (told, step) in outages() {
        let (emulator, aura, transport) = with_callout().await;
        let mut watch = aura.callouts().watch(570);
        for _ in 0..2 {
            assert_eq!(next(&mut watch).await, "created", "{told}");
            transport.plan("GET", "/570", vec![step.clone(); 12]);
            assert_eq!(next(&mut watch).await, told);
        }
        assert_eq!(next(&mut watch).await, "created", "{told}");
        assert_eq!(transport.count("GET", "/570"), 27, "{told}: every poll goes out, and once");
        emulator.controller().close(570).unwrap();
        assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("closed", "end"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_asks_for_time_gets_it_up_to_a_minute() {
    let (_emulator, aura, transport) = with_callout().await;
    let mut watch = aura.callouts().watch(570);
    transport.plan(
        "GET",
        "/570",
        [503, 429, 503].into_iter().zip([45, 3600, 2]).map(|(s, wait)| Step::RetryAfter(s, wait)),
    );
    while next(&mut watch).await != "created" {}
    let waits = transport.gaps("GET", "/570");
    assert_eq!(waits[..2], [secs(45), secs(60)]);
    assert!((secs(10)..=secs(20)).contains(&waits[2]), "{waits:?}");
}

async fn ends_with(watch: &mut Watch, transport: &SocketlessTransport, error: &str) {
    assert_eq!(next(watch).await, error);
    let polls = transport.count("GET", "/570");
    assert_eq!(next(watch).await, "end");
    assert_eq!(transport.count("GET", "/570"), polls);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_lasts_for_a_minute_ends_it_and_is_told_at_once_for_what_it_is() {
    for status in [404, 403, 401] {
        let (_emulator, aura, transport) = with_callout().await;
        let mut watch = aura.callouts().watch(570);
        assert_eq!(next(&mut watch).await, "created");
        transport.plan("GET", "/570", [Step::Answer(503, "")]);
        transport.plan("GET", "/570", vec![Step::Answer(status, "{}"); 20]);
        assert_eq!(next(&mut watch).await, "delayed api");
        assert_eq!(next(&mut watch).await, format!("refused {status}"));
        let begin = tokio::time::Instant::now();
        ends_with(&mut watch, &transport, &format!("error {status}")).await;
        assert!((secs(60)..=secs(80)).contains(&begin.elapsed()), "{:?}", begin.elapsed());
    }
    let (emulator, aura, transport) = with_callout().await;
    let mut watch = aura.callouts().watch(570);
    assert_eq!(next(&mut watch).await, "created");
    emulator.revoke_tokens();
    assert_eq!(next(&mut watch).await, "refused 401");
    ends_with(&mut watch, &transport, "error 401").await;
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_passes_ends_nothing_however_often_it_comes() {
    let (emulator, aura, transport) = with_callout().await;
    for status in [404, 403, 401] {
        let mut watch = aura.callouts().watch(570);
        assert_eq!(next(&mut watch).await, "created");
        for times in [1, 2, 3] {
            transport.plan("GET", "/570", vec![Step::Answer(status, "{}"); times]);
            assert_eq!(next(&mut watch).await, format!("refused {status}"));
            assert_eq!(next(&mut watch).await, "created", "{status} {times} times");
        }
    }
    emulator.controller().close(570).unwrap();
    assert_eq!(next(&mut aura.callouts().watch(570)).await, "closed");
}

#[tokio::test(start_paused = true)]
async fn what_a_gateway_refuses_is_an_outage_however_long_it_lasts() {
    for status in [401, 403, 404] {
        for (media_type, body) in [
            ("text/html", "<html><h1>Not Found</h1></html>"),
            ("text/html; charset=utf-8", ""),
            ("application/json", "<!DOCTYPE html><title>Sign in</title>"),
            ("application/xml", "<Error><Code>AccessDenied</Code></Error>"),
            ("", "<html>"),
        ] {
            let (emulator, aura, transport) = with_callout().await;
            let mut watch = aura.callouts().watch(570);
            assert_eq!(next(&mut watch).await, "created");
            let mut headers = http::HeaderMap::new();
            if !media_type.is_empty() {
                headers.insert("content-type", media_type.parse().unwrap());
            }
            let reply = RawResponse::new(http::StatusCode::from_u16(status).unwrap(), headers, body);
            transport.plan("GET", "/570", vec![Step::Reply(reply); 100]);
            assert_eq!(next(&mut watch).await, "delayed api", "{status} {media_type} {body}");
            while next(&mut watch).await != "created" {}
            emulator.controller().close(570).unwrap();
            assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("closed", "end"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_were_never_accepted_end_it_at_once() {
    let (_emulator, _, transport) = with_callout().await;
    let aura = builder(&transport).user_token("wrong").build().unwrap();
    ends_with(&mut aura.callouts().watch(570), &transport, "error 401").await;
    // 404 doesn't say that: a restart of the service may cause it.
    transport.plan("GET", "/570", vec![Step::Answer(404, "{}"); 20]);
    let mut watch = aura.callouts().watch(570);
    assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("refused 404", "error 404"));
}

/// What damages a document without touching id and status.
fn damages() -> Vec<&'static [u8]> {
    vec![
        br#""customer":{"name":"Alex \ud83d"}"#,
        br#""distance":1e400"#,
        br#""x":NaN"#,
        br#""x":[1,-Infinity,{"status":"created"}]"#,
        b"\"customer\":{\"name\":\"two\nlines\"}",
        b"\"customer\":{\"name\":\"Andr\xe9\"}",
        br#""customer":{"name":"\x","id":5,"status":"created"}"#,
        b"\"note\":\"\\\"status\\\":\\\"created\\\"\0\"",
    ]
}

fn damaged(id: u64, status: &str, damage: &[u8], is_cut: bool) -> Step {
    let head = format!("{{\"id\":{id},\"status\":\"{status}\",");
    let body = [head.as_bytes(), damage, if is_cut { b",\"custo" } else { b"}" }].concat();
    Step::Reply(RawResponse::new(http::StatusCode::OK, http::HeaderMap::new(), body))
}

#[tokio::test(start_paused = true)]
async fn closed_in_a_document_that_cannot_be_read_ends_it_if_the_next_poll_agrees() {
    for damage in damages() {
        for is_cut in [false, true] {
            let shown = damage.escape_ascii().to_string();
            let (_emulator, aura, transport) = with_callout().await;
            let mut watch = aura.callouts().watch(570);
            assert_eq!(next(&mut watch).await, "created");
            // Once, and the next poll says something else; and of another callout.
            let stranger = damaged(999, "closed", damage, is_cut);
            transport.plan(
                "GET",
                "/570",
                [damaged(570, "closed", damage, is_cut), Step::Pass, stranger.clone(), stranger],
            );
            assert_eq!(next(&mut watch).await, "delayed decode", "{shown}");
            assert_eq!(next(&mut watch).await, "created", "{shown}");
            assert_eq!(next(&mut watch).await, "delayed decode", "{shown}");
            assert_eq!(next(&mut watch).await, "created", "{shown}");
            // A new status gets through at once, closed with the second answer that says it.
            transport.plan("GET", "/570", [damaged(570, "Responder Arrived", damage, is_cut)]);
            transport.plan("GET", "/570", vec![damaged(570, "closed", damage, is_cut); 2]);
            assert_eq!(next(&mut watch).await, "Responder Arrived", "{shown}");
            assert_eq!(next(&mut watch).await, "delayed decode", "{shown}");
            ends_with(&mut watch, &transport, "closed").await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_word_closed_anywhere_else_ends_nothing() {
    for body in [
        r#"{"id":570,"status":"created","customer":{"name":"closed","status":"closed"},"x":NaN}"#,
        r#"{"id":570,"customer":{"id":570,"status":"closed","name":"\ud83d"},"status":"created"}"#,
        r#"{"id":570,"note":"\",\"status\":\"closed\"","x":NaN}"#,
        r#"{"id":570,"calloutEvents":[{"id":570,"status":"closed"}],"x":NaN}"#,
        r#"{"id":570,"x":NaN,"status":"closed"#,
        r#"{"id":570,"customer":{"status":"closed""#,
        r#"[{"id":570,"status":"closed"}]"#,
        r#"<html>{"id":570,"status":"closed"}"#,
    ] {
        let (_emulator, aura, transport) = with_callout().await;
        let mut watch = aura.callouts().watch(570);
        assert_eq!(next(&mut watch).await, "created");
        transport.plan("GET", "/570", vec![Step::Answer(200, body); 10]);
        assert_eq!(next(&mut watch).await, "delayed decode", "{body}");
        assert_eq!(next(&mut watch).await, "created", "{body}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_strangers_callout_however_closed_is_an_outage_and_no_end() {
    let (_emulator, aura, transport) = with_callout().await;
    let mut watch = aura.callouts().watch(570);
    assert_eq!(next(&mut watch).await, "created");
    transport.plan(
        "GET",
        "/570",
        vec![
            Step::json(|callout| {
                callout["id"] = 999.into();
                callout["status"] = "closed".into();
            });
            4
        ],
    );
    assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("delayed decode", "created"));
    transport.plan("GET", "/570", [Step::json(|callout| callout["id"] = 999.into())]);
    let error = aura.callouts().get(570).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome(), error.is_foreign()), (Kind::Decode, Outcome::Unknown, true), "{error}");
}

/// A watch with the server's credentials, which can be renewed, of a callout that they created.
async fn renewable() -> (Emulator, Watch, SocketlessTransport) {
    let lifetime = secs(365 * 86_400);
    let emulator = Emulator::builder().allow_server_callouts().server_token_lifetime(lifetime).start().await.unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    let server = builder(&transport).server_credentials(emulator.client_id(), emulator.client_secret());
    let aura = server.allow_server_callouts().build().unwrap();
    aura.callouts().create(new_callout()).await.unwrap();
    let mut watch = aura.callouts().watch(570);
    assert_eq!(next(&mut watch).await, "created");
    (emulator, watch, transport)
}

#[tokio::test(start_paused = true)]
async fn a_token_that_can_be_renewed_is_and_nobody_notices() {
    let (emulator, mut watch, transport) = renewable().await;
    emulator.revoke_tokens();
    assert_eq!(next(&mut watch).await, "nothing");
    assert_eq!(transport.count("POST", "/oauth/token"), 2);
    emulator.clock().advance(secs(2 * 365 * 86_400));
    assert_eq!(next(&mut watch).await, "nothing");
    assert_eq!(transport.count("POST", "/oauth/token"), 3);
    emulator.controller().close(570).unwrap();
    assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("closed", "end"));
}

#[tokio::test(start_paused = true)]
async fn a_token_operation_that_fails_is_an_outage_and_one_that_refuses_is_the_end() {
    for step in [
        Step::Answer(503, "{}"),
        Step::Answer(429, "{}"),
        Step::Answer(200, "<html>sign in</html>"),
        Step::Answer(200, "{}"),
        Step::Answer(302, ""),
        Step::Silence,
        Step::Refused,
        Step::Lost,
    ] {
        let (emulator, mut watch, transport) = renewable().await;
        emulator.revoke_tokens();
        transport.plan("POST", "/oauth/token", vec![step; 9]);
        assert_eq!(next(&mut watch).await, "delayed auth");
        assert_eq!(next(&mut watch).await, "created");
    }
    for status in [400, 401, 403] {
        let (emulator, mut watch, transport) = renewable().await;
        emulator.revoke_tokens();
        transport.plan("POST", "/oauth/token", vec![Step::Answer(status, "{}"); 99]);
        assert_eq!(next(&mut watch).await, "refused 401");
        ends_with(&mut watch, &transport, "error 401").await;
    }
}

#[tokio::test(start_paused = true)]
async fn each_event_is_yielded_once_and_again_when_it_was_edited() {
    let (emulator, aura, transport) = with_callout().await;
    let controller = emulator.controller();
    controller.send_message(570, "Hello").unwrap();
    let mut watch = aura.callouts().watch(570).include_events();
    assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("said Hello", "created"));
    aura.callouts().comment(570, "The gate is open").await.unwrap();
    controller.send_message(570, "Thank you").unwrap();
    assert_eq!(next(&mut watch).await, "said The gate is open");
    assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("said Thank you", "nothing"));

    fn edit(callout: &mut Value) {
        callout["calloutEvents"][0]["event"]["body"] = "Hello, Alex".into();
        callout["calloutEvents"][0]["updatedAt"] = "2030-01-01T00:00:00.000Z".into();
    }
    transport.plan("GET", "/570", vec![Step::json(edit); 100]);
    assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("said Hello, Alex", "nothing"));
}

#[tokio::test(start_paused = true)]
async fn known_events_are_not_yielded_unless_they_change_later() {
    let (emulator, aura, transport) = with_callout().await;
    let controller = emulator.controller();
    controller.send_message(570, "One").unwrap();
    controller.send_message(570, "Two").unwrap();
    let all = aura.callouts().get(GetCallout::new(570).include_events()).await.unwrap().events;
    let mut watch = aura.callouts().watch(570).include_events().after_event(all[0].id.unwrap());
    assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("said Two", "created"));

    fn edit(callout: &mut Value) {
        callout["calloutEvents"][0]["updatedAt"] = "2030-01-01T00:00:00.000Z".into();
    }
    transport.plan("GET", "/570", [Step::json(edit)]);
    assert_eq!(next(&mut watch).await, "said One");
}

#[tokio::test(start_paused = true)]
async fn route_and_events_come_only_to_who_asks_for_them() {
    let (emulator, aura, transport) = with_callout().await;
    emulator.controller().dispatch(570).unwrap();
    emulator.controller().send_message(570, "Hello").unwrap();
    for (mut watch, routed, query) in [
        (aura.callouts().watch(570), false, ""),
        (aura.callouts().watch(570).include_route(), true, "shouldIncludeRoute=true"),
    ] {
        let callout = changed(&mut watch).await;
        assert_eq!((callout.route().is_some(), callout.events.len()), (routed, 0));
        assert_eq!(transport.sent("GET", "/570").last().unwrap().query(), query);
    }
}

#[tokio::test(start_paused = true)]
async fn polls_leave_the_repeats_to_the_calls_that_matter() {
    let (_emulator, aura, transport) = with_callout().await;
    let mut watch = aura.callouts().watch(570);
    transport.plan("GET", "/570", vec![Step::Answer(503, ""); 30]);
    assert_eq!(next(&mut watch).await, "delayed api");
    assert_eq!(next(&mut watch).await, "created");
    assert_eq!(transport.count("GET", "/570"), 31);
    transport.plan("POST", "/location", vec![Step::Answer(503, ""); 2]);
    aura.callouts().update_location(570, here()).await.unwrap();
    assert_eq!(transport.count("POST", "/location"), 3);
}
