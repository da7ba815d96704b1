//! The life of a support request: transitions, history, identifiers, and hooks.

use crate::support::leap::{form_request, get, post, read, request, set_external_id};
use care_emulators::leap::{ControlError, DISPLAY_NAME, Emulator, NewRequest, State, UpdateType};
use http::Method;
use std::time::Duration;

const STATES: [State; 5] = [State::New, State::InProgress, State::Problem, State::Successful, State::Cancelled];

fn status(state: &str, comment: &str) -> String {
    let comment = if comment.is_empty() { String::new() } else { format!("<comment>{comment}</comment>") };
    format!("<support-request-update><state>{state}</state>{comment}</support-request-update>")
}

fn comment(text: &str) -> String {
    format!("<support-request-update><comment>{text}</comment></support-request-update>")
}

/// An emulator with one request in this state, the id, and the path of its updates.
async fn one_in(state: State) -> (Emulator, String, String) {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let id = controller.raise(NewRequest::topic("Lighting").external_id("CRM-1")).unwrap();
    if state != State::New {
        controller.change_state(&id, state, "Kim Example", "").unwrap();
    }
    let path = format!("/requests/{id}/updates");
    (emulator, id, path)
}

#[tokio::test]
async fn all_transitions_but_those_from_a_terminal_state_are_allowed() {
    for from in STATES {
        for to in STATES {
            let (emulator, id, path) = one_in(from).await;
            let before = emulator.controller().request(&id).unwrap();
            let allowed = !from.is_terminal() || from == to;
            let expected = if allowed { 200 } else { 409 };
            assert_eq!(post(&emulator, &path, &status(to.as_str(), "")).await, expected, "{from} to {to}");
            let after = emulator.controller().request(&id).unwrap();
            assert_eq!(after.state, if allowed { to } else { from });
            assert_eq!(after.updates.len() - before.updates.len(), usize::from(allowed), "{from} to {to}");
            assert_eq!(after.mails.len() - before.mails.len(), usize::from(allowed), "{from} to {to}");
        }
    }
}

#[tokio::test]
async fn the_same_rules_hold_for_agents() {
    let (emulator, id, _) = one_in(State::Successful).await;
    let controller = emulator.controller();
    let ended = Err(ControlError::Terminal { id: id.clone(), state: State::Successful });
    assert_eq!(controller.change_state(&id, State::New, "Kim Example", ""), ended);
    assert_eq!(controller.assign(&id, "Kim Example"), ended);
    assert_eq!(controller.comment(&id, "Kim Example", ""), Err(ControlError::EmptyText));
    assert_eq!(controller.request(&id).unwrap().updates.len(), 1);
}

#[tokio::test]
async fn assigning_starts_progress_and_assigning_again_keeps_the_state() {
    let (emulator, id, _) = one_in(State::New).await;
    let controller = emulator.controller();
    controller.assign(&id, "Kim Example").unwrap();
    let request = controller.request(&id).unwrap();
    let kinds = |id: &str| -> Vec<_> {
        controller.request(id).unwrap().updates.iter().map(|update| (update.kind, update.state)).collect()
    };
    let first = [(UpdateType::StateChanged, Some(State::InProgress)), (UpdateType::Assigned, None)];
    assert_eq!((request.state, request.assignee.as_deref()), (State::InProgress, Some("Kim Example")));
    assert_eq!((kinds(&id), request.mails), (first.to_vec(), vec![State::InProgress]));

    controller.change_state(&id, State::Problem, "Kim Example", "no lamp").unwrap();
    controller.assign(&id, "Max Example").unwrap();
    let request = controller.request(&id).unwrap();
    assert_eq!((request.state, request.assignee.as_deref()), (State::Problem, Some("Max Example")));
    assert_eq!(kinds(&id)[0], (UpdateType::Assigned, None));
    let shown = read(&emulator, &format!("/requests/{id}")).await;
    let newest = &shown.child("updates").children[0];
    assert_eq!(newest.child("type").text, "ASSIGNED");
    assert_eq!(newest.find("state"), None);
    assert_eq!((shown.child("assignee").text.as_str(), newest.child("comment").text.as_str()), ("Max Example", ""));
}

#[tokio::test]
async fn updates_through_the_api_are_by_the_external_system_and_newest_first() {
    let (emulator, id, path) = one_in(State::New).await;
    emulator.clock().freeze();
    assert_eq!(post(&emulator, &path, &comment("on &amp; off <![CDATA[<1>]]>\n again ")).await, 200);
    emulator.clock().advance(Duration::from_secs(1));
    assert_eq!(post(&emulator, "/requests/extid/CRM-1/updates", &status("PROBLEM", "no lamp")).await, 200);
    let request = emulator.controller().request(&id).unwrap();
    let [newest, oldest] = &request.updates[..] else { panic!("{request:?}") };
    assert_eq!((newest.kind, newest.state), (UpdateType::StateChanged, Some(State::Problem)));
    assert_eq!((oldest.kind, oldest.state), (UpdateType::CommentAdded, None));
    assert_eq!((newest.comment.as_str(), oldest.comment.as_str()), ("no lamp", "on & off <1>\n again "));
    assert!(request.updates.iter().all(|update| update.updater == DISPLAY_NAME));
    assert_eq!((request.last_updated, newest.time - oldest.time), (newest.time, chrono::TimeDelta::seconds(1)));
    assert_eq!(request.mails, [State::Problem]);

    let shown = read(&emulator, &format!("/requests/{id}")).await;
    assert_eq!(shown.child("updates").children[1].child("comment").text, "on & off <1>\n again ");
}

#[tokio::test]
async fn a_terminal_request_accepts_comments() {
    let (emulator, id, path) = one_in(State::Cancelled).await;
    assert_eq!(post(&emulator, &path, &comment("sorry")).await, 200);
    assert_eq!(emulator.controller().request(&id).unwrap().updates[0].comment, "sorry");
}

#[tokio::test]
async fn without_an_email_address_nobody_is_notified() {
    let emulator = Emulator::start().await.unwrap();
    let id = emulator.controller().raise(NewRequest::topic("Lighting").without_email().without_account()).unwrap();
    assert_eq!(post(&emulator, &format!("/requests/{id}/updates"), &status("PROBLEM", "")).await, 200);
    assert_eq!(emulator.controller().request(&id).unwrap().mails, []);
    let shown = read(&emulator, &format!("/requests/{id}")).await;
    assert_eq!((shown.find("email"), shown.find("account"), shown.find("assignee")), (None, None, None));
}

#[tokio::test]
async fn a_status_change_with_a_comment_can_be_two_updates() {
    let emulator = Emulator::builder().comments_apart().display_name("Second System").start().await.unwrap();
    let id = emulator.controller().raise(NewRequest::topic("Lighting")).unwrap();
    assert_eq!(post(&emulator, &format!("/requests/{id}/updates"), &status("PROBLEM", "no lamp")).await, 200);
    let updates = emulator.controller().request(&id).unwrap().updates;
    let told: Vec<_> =
        updates.iter().map(|update| (update.kind, update.comment.as_str(), update.updater.as_str())).collect();
    let expected =
        [(UpdateType::CommentAdded, "no lamp", "Second System"), (UpdateType::StateChanged, "", "Second System")];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn an_invalid_update_gets_400_and_changes_nothing() {
    let (emulator, id, path) = one_in(State::New).await;
    for body in [
        "",
        "hello",
        "<support-request-update/>",
        "<support-request-update><comment/></support-request-update>",
        "<support-request-update><state/></support-request-update>",
        "<support-request-update><state/><comment>x</comment></support-request-update>",
        "<support-request-update><comment>x</comment><comment>y</comment></support-request-update>",
        "<support-request-update><comment><b>x</b></comment></support-request-update>",
        "<support-request-update><note>x</note></support-request-update>",
        "<support-request><comment>x</comment></support-request>",
        "<support-request-update xmlns='http://example.com/'><comment>x</comment></support-request-update>",
        "<support-request-update><comment>x</comment>",
        "<!DOCTYPE x><support-request-update><comment>x</comment></support-request-update>",
        &status("in_progress", ""),
        &status("In Progress", "x"),
        &status(" NEW", ""),
    ] {
        assert_eq!(post(&emulator, &path, body).await, 400, "{body}");
    }
    for (kind, body) in [("text/plain", comment("x")), ("application/json", "{}".to_owned())] {
        let sent = request("POST", &path).header(format!("content-type: {kind}")).body(body);
        assert_eq!(sent.send(&emulator).await.status, 415, "{kind}");
    }
    assert_eq!(emulator.controller().request(&id).unwrap().updates, []);
}

#[tokio::test]
async fn a_namespace_may_be_declared() {
    let (emulator, _, path) = one_in(State::New).await;
    let namespace = "http://schema.majitek.com/leap-ws-v1.0";
    for (prefix, declaration) in [("", "xmlns"), ("l:", "xmlns:l")] {
        let name = format!("{prefix}support-request-update");
        let comment = format!("<{prefix}comment>x</{prefix}comment>");
        let body = format!("<{name} {declaration}=\"{namespace}\">{comment}</{name}>");
        assert_eq!(post(&emulator, &path, &body).await, 200, "{body}");
    }
}

#[tokio::test]
async fn unknown_requests_get_404_everywhere() {
    let (emulator, _, _) = one_in(State::New).await;
    for path in ["/requests/1", "/requests/extid/CRM-2", "/requests/external", "/requests/%ff"] {
        assert_eq!(get(&emulator, path).await.status, 404, "{path}");
    }
    for path in ["/requests/1/updates", "/requests/extid/CRM-2/updates", "/requests/extid/10000001/updates"] {
        assert_eq!(post(&emulator, path, &comment("x")).await, 404, "{path}");
    }
    assert_eq!(set_external_id(&emulator, "1", "CRM-9").await.status, 404);
}

#[tokio::test]
async fn an_external_identifier_is_set_replaced_and_unique() {
    let (emulator, id, _) = one_in(State::New).await;
    let controller = emulator.controller();
    let other = controller.raise(NewRequest::topic("Lighting")).unwrap();
    let before = controller.request(&other).unwrap();
    assert_eq!(set_external_id(&emulator, &other, "CRM-1").await.status, 409);
    assert_eq!(controller.request(&other).unwrap().external_id, None);
    assert_eq!(set_external_id(&emulator, &other, "a%2Fb+c%26").await.status, 200);
    assert_eq!(set_external_id(&emulator, &other, "a%2Fb+c%26").await.status, 200);
    let after = controller.request(&other).unwrap();
    assert_eq!(after.external_id.as_deref(), Some("a/b c&"));
    assert_eq!((after.last_updated, after.updates), (before.last_updated, before.updates));
    assert_eq!(read(&emulator, "/requests/extid/a%2Fb%20c%26").await.attributes["identifier"], other);

    assert_eq!(set_external_id(&emulator, &id, "CRM-3").await.status, 200);
    assert_eq!(get(&emulator, "/requests/extid/CRM-1").await.status, 404);
    assert_eq!(set_external_id(&emulator, &other, "CRM-1").await.status, 200);
    let taken = ControlError::ExternalIdTaken { external_id: "CRM-3".to_owned() };
    assert_eq!(controller.set_external_id(&other, "CRM-3"), Err(taken));
    controller.remove(&id).unwrap();
    assert_eq!(controller.set_external_id(&other, "CRM-3"), Ok(()));
}

#[tokio::test]
async fn an_external_identifier_marks_nothing_unacknowledged() {
    let (emulator, id, _) = one_in(State::New).await;
    let body = format!("<acknowledgements><acknowledgement>{id}</acknowledgement></acknowledgements>");
    assert_eq!(post(&emulator, "/requests/acked", &body).await, 200);
    assert_eq!(set_external_id(&emulator, &id, "CRM-2").await.status, 200);
    assert_eq!(emulator.controller().request(&id).unwrap().unacked_since, None);
}

#[tokio::test]
async fn a_form_without_an_external_identifier_gets_400() {
    let (emulator, id, _) = one_in(State::New).await;
    let path = format!("/requests/{id}/extid");
    for body in ["", "extid=", "extid", "external=CRM-2", "extid=%zz", "Extid=CRM-2"] {
        assert_eq!(form_request(&path, body).send(&emulator).await.status, 400, "{body}");
    }
    let sent = request("POST", &path).header("content-type: application/xml").body("extid=CRM-2");
    assert_eq!(sent.send(&emulator).await.status, 415);
    assert_eq!(emulator.controller().request(&id).unwrap().external_id.as_deref(), Some("CRM-1"));
}

#[tokio::test]
async fn identifiers_are_texts_and_unique() {
    let emulator = Emulator::builder().request_id(7).start().await.unwrap();
    let controller = emulator.controller();
    for id in ["0000001", "in-progress-alarm", "8", "a/b"] {
        assert_eq!(controller.raise(NewRequest::topic("Lighting").with_id(id)).unwrap(), id);
        let path = format!("/requests/{}", id.replace('/', "%2F"));
        assert_eq!(read(&emulator, &path).await.attributes["identifier"], id);
    }
    assert_eq!(get(&emulator, "/requests/1").await.status, 404);
    let taken = |id: &str| Err(ControlError::IdTaken { id: id.to_owned() });
    assert_eq!(controller.raise(NewRequest::topic("Lighting").with_id("8")), taken("8"));
    assert_eq!(controller.raise(NewRequest::topic("Lighting").with_id("")), taken(""));
    let next = [
        controller.raise(NewRequest::topic("Lighting")).unwrap(),
        controller.raise(NewRequest::topic("Lighting")).unwrap(),
    ];
    assert_eq!(next, ["11", "12"]);
    assert_eq!(controller.requests(), ["0000001", "in-progress-alarm", "8", "a/b", "11", "12"]);
}

#[tokio::test]
async fn a_request_can_be_removed() {
    let (emulator, id, path) = one_in(State::New).await;
    let controller = emulator.controller();
    controller.remove(&id).unwrap();
    assert_eq!(controller.remove(&id), Err(ControlError::UnknownRequest { id: id.clone() }));
    assert_eq!(get(&emulator, &format!("/requests/{id}")).await.status, 404);
    assert_eq!(get(&emulator, "/requests/extid/CRM-1").await.status, 404);
    assert_eq!(post(&emulator, &path, &comment("x")).await, 404);
    assert_eq!(get(&emulator, "/requests/by-topic/Lighting").await.status, 200);
    assert_ne!(controller.raise(NewRequest::topic("Lighting").external_id("CRM-1")).unwrap(), id);
}

#[tokio::test]
async fn hooks_change_the_world_before_and_after_a_call() {
    let (emulator, id, path) = one_in(State::New).await;
    let controller = emulator.controller();
    let of = id.clone();
    controller.before_next(Method::POST, "/updates", move |controller| {
        controller.change_state(&of, State::Successful, "Kim Example", "").unwrap();
    });
    let of = id.clone();
    controller.after_next(Method::GET, &id, move |controller| controller.comment(&of, "Kim Example", "late").unwrap());
    let first = read(&emulator, &format!("/requests/{id}")).await;
    assert_eq!(first.flags().len(), 0);
    assert_eq!(read(&emulator, &format!("/requests/{id}")).await.flags().len(), 1);
    assert_eq!(post(&emulator, &path, &status("PROBLEM", "")).await, 409);
    assert_eq!(controller.request(&id).unwrap().updates.len(), 2);
}

#[tokio::test]
async fn hooks_run_once_in_order_and_around_planned_failures() {
    let (emulator, id, path) = one_in(State::New).await;
    let controller = emulator.controller();
    for text in ["one", "two", "three"] {
        let of = id.clone();
        controller.before_next("POST", "", move |controller| controller.comment(&of, "Kim Example", text).unwrap());
    }
    let of = id.clone();
    controller.after_next("POST", "", move |controller| controller.comment(&of, "Kim Example", "done").unwrap());
    emulator.faults().status_before_commit(503, None);
    emulator.faults().status_after_commit(503, None);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(post(&emulator, &path, &comment("mine")).await);
    }
    assert_eq!(statuses, [503, 503, 200, 200]);
    let updates = controller.request(&id).unwrap().updates;
    let said: Vec<_> = updates.iter().rev().map(|update| update.comment.as_str()).collect();
    assert_eq!(said, ["one", "mine", "done", "two", "mine", "three", "mine"]);
}
