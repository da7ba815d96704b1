//! Closing and cancelling: the rules, the permissions, and only once.

use crate::support::engagement::{agent, bare, done, ids, refusal, refused, request, send};
use axum::body::Body;
use care_emulators::engagement::{ACCESS_TOKEN, AGENT_ID, ControlError, Controller, Emulator, NewAgent, SOURCE_ID};
use http::{Method, Request};
use http_body_util::BodyExt;
use serde_json::Value;
use std::time::Duration;
use tokio::time::Instant;
use tower::ServiceExt;

/// An emulator with an open intervention, with or without an agent's reply.
async fn one(replied: bool) -> (Emulator, Controller, String) {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let id = controller.open_new();
    if replied {
        controller.reply(&id).unwrap();
    }
    (emulator, controller, id)
}

fn closing(id: &str) -> String {
    format!("/interventions/{id}/close")
}

fn cancelling(id: &str) -> String {
    format!("/interventions/{id}/cancel")
}

#[tokio::test]
async fn a_close_requires_a_reply_and_returns_the_closed_intervention() {
    let (emulator, controller, id) = one(false).await;
    emulator.clock().freeze();
    assert_eq!(refused(&emulator, "PUT", &closing(&id)).await, (403, "forbidden".to_owned()));
    assert!(!controller.intervention(&id).unwrap().closed);
    emulator.clock().advance(Duration::from_secs(60));
    controller.reply(&id).unwrap();
    controller.defer(&id, emulator.clock().now() + chrono::TimeDelta::hours(1)).unwrap();
    emulator.clock().advance(Duration::from_secs(30));
    controller.comment(&id).unwrap();
    emulator.clock().advance(Duration::from_secs(30));
    let closed = done(&emulator, "PUT", &closing(&id)).await;
    assert_eq!(
        (&closed["closed"], &closed["status"], &closed["deferred_at"]),
        (&true.into(), &"Closed".into(), &Value::Null)
    );
    let known = controller.intervention(&id).unwrap();
    assert_eq!((known.closed, known.closed_at), (true, known.replies.last_at));
    assert_eq!((known.updated_at - known.closed_at.unwrap()).num_seconds(), 60);
    assert_eq!(done(&emulator, "GET", &format!("/interventions/{id}")).await, closed);
}

#[tokio::test]
async fn a_cancel_requires_no_reply_and_returns_the_removed_intervention() {
    let (emulator, controller, id) = one(true).await;
    assert_eq!(refused(&emulator, "DELETE", &cancelling(&id)).await, (403, "forbidden".to_owned()));
    let id = controller.open_new();
    let before = done(&emulator, "GET", &format!("/interventions/{id}")).await;
    assert_eq!(done(&emulator, "DELETE", &cancelling(&id)).await, before);
    assert_eq!(refused(&emulator, "GET", &format!("/interventions/{id}")).await, (404, "not_found".to_owned()));
    assert_eq!(refused(&emulator, "DELETE", &cancelling(&id)).await, (404, "not_found".to_owned()));
    assert_eq!(controller.interventions().len(), 1);
    // The conversation has no intervention now, so another one can be opened.
    let content = before["content_id"].as_str().unwrap();
    let again = done(&emulator, "POST", &format!("/interventions?content_id={content}")).await;
    assert_ne!(again["id"], id);
}

#[tokio::test]
async fn a_closed_intervention_can_be_neither_closed_nor_cancelled() {
    let (emulator, controller, id) = one(true).await;
    controller.close(&id).unwrap();
    let before = controller.intervention(&id).unwrap();
    assert_eq!(refused(&emulator, "PUT", &closing(&id)).await.0, 403);
    assert_eq!(refused(&emulator, "DELETE", &cancelling(&id)).await.0, 403);
    assert_eq!(controller.intervention(&id).unwrap(), before);
    let closed = ControlError::Closed { id: id.clone() };
    for act in
        [Controller::close, Controller::cancel, Controller::begin_close, Controller::begin_cancel, Controller::reply]
    {
        assert_eq!(act(&controller, &id), Err(closed.clone()));
    }
    assert_eq!(controller.defer(&id, emulator.clock().now()), Err(closed));
}

#[tokio::test]
async fn closing_needs_the_agent_in_charge_or_the_permission_to_update_all() {
    let rights = [
        (NewAgent::new(), false),
        (NewAgent::new().update_own_intervention().impersonate_user(), false),
        (NewAgent::new().update_intervention(), true),
    ];
    for (new, may) in rights {
        for owner in [false, true] {
            let (emulator, controller, id) = one(true).await;
            let (agent, token) = agent(&controller, new);
            if owner {
                controller.reassign(&id, &agent).unwrap();
            }
            let response = bare("PUT", &closing(&id)).token(&token).send_for_json(&emulator).await;
            let expected = if may || owner { 200 } else { 403 };
            assert_eq!(
                (response.0, controller.intervention(&id).unwrap().closed),
                (expected, may || owner),
                "{new:?} {owner}"
            );
        }
    }
}

#[tokio::test]
async fn cancelling_needs_only_read_access_to_the_source() {
    let (emulator, controller, id) = one(false).await;
    let (agent, token) = agent(&controller, NewAgent::new());
    controller.deny_read(&agent, SOURCE_ID).unwrap();
    for (method, path) in [("DELETE", cancelling(&id)), ("PUT", closing(&id))] {
        let response = bare(method, &path).token(&token).send_for_json(&emulator).await;
        assert_eq!(refusal(&response), (404, "not_found".to_owned()), "{path}");
    }
    controller.allow_read(&agent, SOURCE_ID).unwrap();
    assert_eq!(bare("DELETE", &cancelling(&id)).token(&token).send_for_json(&emulator).await.0, 200);
}

#[tokio::test]
async fn an_option_answers_403_for_an_unreadable_intervention() {
    let emulator = Emulator::builder().unreadable_is_forbidden().start().await.unwrap();
    let controller = emulator.controller();
    let ids = [controller.open_new(), controller.open_new()];
    controller.reply(&ids[0]).unwrap();
    controller.deny_read(AGENT_ID, SOURCE_ID).unwrap();
    for (method, path) in [("PUT", closing(&ids[0])), ("DELETE", cancelling(&ids[1]))] {
        assert_eq!(refused(&emulator, method, &path).await, (403, "forbidden".to_owned()), "{path}");
    }
    assert_eq!(refused(&emulator, "GET", &format!("/interventions/{}", ids[0])).await.0, 404);
    assert_eq!(refused(&emulator, "PUT", &closing("640000000000000000000000")).await.0, 404);
    assert_eq!(controller.interventions().len(), 2);
}

#[tokio::test]
async fn a_pending_close_or_cancel_answers_409_to_both() {
    type Begin = fn(&Controller, &str) -> Result<(), ControlError>;
    let cases: [(bool, Begin); 2] = [(true, Controller::begin_close), (false, Controller::begin_cancel)];
    for (replied, begin) in cases {
        for finish in [true, false] {
            let (emulator, controller, id) = one(replied).await;
            let other = controller.open_new();
            let before = controller.intervention(&id).unwrap();
            begin(&controller, &id).unwrap();
            // The response is the same for agents who may not close it.
            let (_, token) = agent(&controller, NewAgent::new());
            let response = bare("PUT", &closing(&id)).token(&token).send_for_json(&emulator).await;
            assert_eq!(refusal(&response), (409, "conflict".to_owned()));
            for (method, path) in [("PUT", closing(&id)), ("DELETE", cancelling(&id))] {
                assert_eq!(refused(&emulator, method, &path).await, (409, "conflict".to_owned()), "{path}");
            }
            assert_eq!(controller.intervention(&id).unwrap(), before);
            assert_eq!(done(&emulator, "DELETE", &cancelling(&other)).await["id"], *other);
            if finish {
                controller.finish(&id).unwrap();
                assert_eq!(controller.intervention(&id).is_ok_and(|intervention| intervention.closed), replied);
                assert_eq!(controller.intervention(&id).is_err(), !replied);
            } else {
                controller.abandon(&id).unwrap();
                let (method, path) = if replied { ("PUT", closing(&id)) } else { ("DELETE", cancelling(&id)) };
                assert_eq!(send(&emulator, method, &path).await.0, 200);
            }
        }
    }
}

#[tokio::test]
async fn the_controller_obeys_the_same_rules() {
    let (_emulator, controller, id) = one(false).await;
    let no_replies = Err(ControlError::NoReplies { id: id.clone() });
    assert_eq!((controller.close(&id), controller.begin_close(&id)), (no_replies.clone(), no_replies));
    let nothing = Err(ControlError::NothingPending { id: id.clone() });
    assert_eq!((controller.finish(&id), controller.abandon(&id)), (nothing.clone(), nothing.clone()));
    controller.begin_cancel(&id).unwrap();
    let running = Err(ControlError::BeingCancelled { id: id.clone() });
    assert_eq!(
        (controller.begin_cancel(&id), controller.cancel(&id), controller.close(&id)),
        (running.clone(), running.clone(), running)
    );
    controller.reply(&id).unwrap();
    let replied = Err(ControlError::HasReplies { id: id.clone() });
    assert_eq!((controller.finish(&id), controller.finish(&id)), (replied.clone(), replied.clone()));
    controller.abandon(&id).unwrap();
    assert_eq!(controller.abandon(&id), nothing);
    assert_eq!(controller.begin_cancel(&id), replied);
    controller.begin_close(&id).unwrap();
    assert_eq!(controller.begin_close(&id), Err(ControlError::BeingClosed { id: id.clone() }));
    controller.remove(&id).unwrap();
    let unknown = Err(ControlError::UnknownIntervention { id: id.clone() });
    for act in [
        Controller::close,
        Controller::cancel,
        Controller::begin_close,
        Controller::finish,
        Controller::abandon,
        Controller::reopen,
        Controller::reply,
        Controller::comment,
        Controller::touch,
        Controller::remove,
    ] {
        assert_eq!(act(&controller, &id), unknown);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_concurrent_requests_one_succeeds() {
    let cases = [(true, Method::PUT, "close", 403), (false, Method::DELETE, "cancel", 404)];
    for (replied, method, verb, late) in cases {
        let (emulator, _, id) = one(replied).await;
        let send = || {
            let request = Request::builder()
                .method(method.clone())
                .uri(format!("/1.0/interventions/{id}/{verb}"))
                .header("authorization", format!("Bearer {ACCESS_TOKEN}"))
                .body(Body::empty())
                .unwrap();
            tokio::spawn(emulator.router().oneshot(request))
        };
        let sent: Vec<_> = (0..32).map(|_| send()).collect();
        let mut statuses = Vec::new();
        for response in sent {
            statuses.push(response.await.unwrap().unwrap().status().as_u16());
        }
        statuses.sort_unstable();
        assert_eq!((statuses[0], &statuses[1..]), (200, &[late; 31][..]), "{verb}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_delayed_before_its_commit_blocks_no_other() {
    let (emulator, controller, id) = one(true).await;
    emulator.faults().on(Method::PUT, "/close").delay(Duration::from_secs(30));
    let request = |method: Method, path: &str| {
        Request::builder()
            .method(method)
            .uri(format!("/1.0{path}"))
            .header("authorization", format!("Bearer {ACCESS_TOKEN}"))
            .body(Body::empty())
            .unwrap()
    };
    let sent = Instant::now();
    let slow = tokio::spawn(emulator.router().oneshot(request(Method::PUT, &closing(&id))));
    tokio::time::sleep(Duration::from_secs(1)).await;
    let list = emulator.router().oneshot(request(Method::GET, "/interventions?status=active")).await.unwrap();
    let list = list.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(ids(&serde_json::from_slice(&list).unwrap()), [&*id]);
    let fast = emulator.router().oneshot(request(Method::PUT, &closing(&id))).await.unwrap();
    assert_eq!((fast.status().as_u16(), sent.elapsed()), (200, Duration::from_secs(1)));
    assert_eq!(slow.await.unwrap().unwrap().status(), 403);
    assert!(controller.intervention(&id).unwrap().closed);
    assert_eq!(emulator.connections(), 0);
}

#[tokio::test]
async fn an_option_sends_no_body_after_a_cancel() {
    let emulator = Emulator::builder().empty_cancel().start().await.unwrap();
    let controller = emulator.controller();
    let id = controller.open_new();
    let response = request("DELETE", &cancelling(&id)).send(&emulator).await;
    assert_eq!((response.status, response.body.len(), response.header("content-type")), (200, 0, None));
    assert!(controller.interventions().is_empty());
}

#[tokio::test]
async fn the_default_agent_owns_what_is_opened() {
    let (_emulator, controller, id) = one(false).await;
    assert_eq!(controller.intervention(&id).unwrap().user_id, AGENT_ID);
}
