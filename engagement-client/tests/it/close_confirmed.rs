//! A close is sent once, and reported only if the service shows the intervention as closed.

use crate::support::*;
use engagement_client::{ApiFault, Closed, Error, Kind, Outcome, Proof, WorkflowFailure};
use tokio::time::{Instant, sleep};

const CLOSE: &str = "/close";

async fn close(setup: &Setup, id: &str) -> Result<Closed, Error> {
    let closed = setup.interventions().close_confirmed(id).await;
    assert!(setup.transport.count("PUT", CLOSE) <= 1, "it is sent once, whatever happens");
    if let Ok(Closed { intervention, .. }) = &closed {
        assert!(intervention.is_closed() && intervention.id.as_str() == id);
    }
    closed
}

fn proof(closed: Result<Closed, Error>) -> Proof {
    closed.unwrap().proof
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_shows_it_closed_confirms_the_close() {
    let setup = setup().await;
    let id = setup.answered();
    assert_eq!(proof(close(&setup, &id).await), Proof::Answered);
    assert_eq!((setup.writes(), setup.reads(), setup.is_closed(&id)), (1, 1, true));
}

#[tokio::test(start_paused = true)]
async fn an_intervention_that_is_already_closed_is_not_closed_again() {
    let setup = setup().await;
    let id = setup.answered();
    setup.controller.close(&id).unwrap();
    assert_eq!(proof(close(&setup, &id).await), Proof::AlreadyDone);
    assert_eq!((setup.writes(), setup.reads()), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn after_a_lost_answer_only_a_read_that_shows_it_closed_counts() {
    // ENG-28
    for (step, done) in lost_answers() {
        for has_replies in [true, false] {
            let setup = setup().await;
            let id = if has_replies { setup.answered() } else { setup.controller.open_new() };
            let name = format!("{step:?} {has_replies}");
            setup.transport.plan("PUT", CLOSE, [step.clone()]);
            let closed = close(&setup, &id).await;
            assert_eq!(setup.is_closed(&id), done && has_replies, "{name}");
            if done && has_replies {
                assert_eq!(proof(closed), Proof::ReadBack, "{name}");
            } else {
                let error = closed.unwrap_err();
                assert_eq!(error.operation(), "engagement.interventions.close", "{name}");
                // If the body of a refusal was lost, its status still shows the refusal.
                let is_told = error.is_forbidden();
                assert_eq!(error.outcome() >= Outcome::Unknown, !is_told, "{name}: {error}");
                assert!(!error.is_retryable(), "{name}");
                assert_eq!(WorkflowFailure::of(&error), is_told.then_some(&WorkflowFailure::NoReplies), "{name}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_was_never_received_is_retried() {
    for step in [Step::Refused, Step::Answer(429, "{}"), Step::RetryAfter(429, 2)] {
        let setup = setup().await;
        let id = setup.answered();
        setup.transport.plan("PUT", CLOSE, [step.clone(), step]);
        let closed = setup.interventions().close_confirmed(&id).await;
        assert_eq!((proof(closed), setup.writes(), setup.reads()), (Proof::Answered, 3, 1));
    }
    let setup = setup().await;
    let id = setup.answered();
    setup.transport.plan("PUT", CLOSE, vec![Step::Answer(429, "{}"); 3]);
    let error = setup.interventions().close_confirmed(&id).await.unwrap_err();
    assert_eq!((error.is_throttled(), error.outcome(), setup.is_closed(&id)), (true, Outcome::Refused, false));
    assert_eq!(setup.reads(), 1, "nothing is open that reading could tell");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_show_it_closed_proves_nothing() {
    for (value, done) in [("false", true), ("null", true), ("false", false), ("null", false)] {
        let setup = setup().await;
        let id = setup.answered();
        let body = format!(r#"{{"id":"{id}","closed":{value}}}"#);
        let (answer, edited) = (reply(200, "application/json", body.clone()), body);
        setup.transport.plan(
            "PUT",
            CLOSE,
            [if done { Step::text(move |text| text.clone_from(&edited)) } else { Step::Reply(answer) }],
        );
        let begin = Instant::now();
        match close(&setup, &id).await {
            Ok(closed) => assert_eq!((closed.proof, done), (Proof::ReadBack, true)),
            Err(error) => {
                assert!(!done && error.to_string().contains("doesn't show it as closed"), "{error}");
                assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed));
                assert_eq!(error.operation(), "engagement.interventions.close");
                assert_eq!((begin.elapsed(), setup.reads()), (secs(3), 3));
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_about_another_intervention_does_not_count() {
    for done in [true, false] {
        let setup = setup().await;
        let (id, other) = (setup.answered(), setup.answered());
        let body = format!(r#"{{"id":"{other}","closed":true}}"#);
        let answer = Step::Reply(reply(200, "application/json", body));
        let edited = Step::json(move |body| body["id"] = other.clone().into());
        setup.transport.plan("PUT", CLOSE, [if done { edited } else { answer }]);
        let closed = close(&setup, &id).await;
        assert_eq!(closed.as_ref().ok().map(|closed| closed.proof), done.then_some(Proof::ReadBack));
        assert!(done || closed.unwrap_err().kind() == Kind::Decode);
    }
}

#[tokio::test(start_paused = true)]
async fn a_close_by_another_agent_is_detected_by_readback() {
    // ENG-28: the service refuses with 403, as it does for other reasons.
    let setup = setup().await;
    let id = setup.answered();
    setup.before("PUT", CLOSE, &id, |controller, id| controller.close(id).unwrap());
    let begin = Instant::now();
    assert_eq!(proof(close(&setup, &id).await), Proof::ReadBack);
    assert_eq!((setup.writes(), begin.elapsed()), (1, secs(0)));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_does_not_prove_the_state() {
    // ENG-17, ENG-28
    for (status, looks) in [(403, 1), (404, 1), (409, 2), (422, 1)] {
        for closes in [true, false] {
            let setup = setup().await;
            let id = setup.answered();
            setup.transport.plan("PUT", CLOSE, [Step::Answer(status, "{}")]);
            if closes {
                setup.after("GET", &id, &id, |controller, id| controller.close(id).unwrap());
                assert_eq!(proof(close(&setup, &id).await), Proof::ReadBack, "{status}");
            } else {
                let error = close(&setup, &id).await.unwrap_err();
                assert_eq!((error.status().unwrap().as_u16(), error.outcome()), (status, Outcome::Refused));
                assert_eq!((setup.reads(), WorkflowFailure::of(&error)), (1 + looks, None), "{status}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_close_in_flight_by_another_agent_is_awaited_for_three_seconds() {
    // ENG-28: a 409 doesn't say how the other request ends.
    for ends in [Some(true), Some(false), None] {
        let setup = setup().await;
        let id = setup.answered();
        setup.before("PUT", CLOSE, &id, |controller, id| controller.begin_close(id).unwrap());
        let (controller, name) = (setup.controller.clone(), id.clone());
        tokio::spawn(async move {
            sleep(secs(2)).await;
            match ends {
                Some(true) => controller.finish(&name).unwrap(),
                Some(false) => controller.abandon(&name).unwrap(),
                None => {}
            }
        });
        let begin = Instant::now();
        let closed = close(&setup, &id).await;
        assert_eq!((begin.elapsed(), setup.writes(), setup.reads()), (secs(3), 1, 3));
        if ends == Some(true) {
            assert_eq!(proof(closed), Proof::ReadBack);
        } else {
            let error = closed.unwrap_err();
            assert!(error.is_conflict() && WorkflowFailure::of(&error).is_none() && !setup.is_closed(&id), "{error}");
            assert_eq!((error.outcome(), error.kind()), (Outcome::Refused, Kind::Api));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_intervention_cancelled_by_another_agent_is_not_closed() {
    for (action, not_found) in [("cancel", true), ("begin and finish", false)] {
        let setup = setup().await;
        let id = setup.controller.open_new();
        match not_found {
            true => setup.before("PUT", CLOSE, &id, |controller, id| controller.cancel(id).unwrap()),
            false => {
                setup.before("PUT", CLOSE, &id, |controller, id| controller.begin_cancel(id).unwrap());
                setup.after("PUT", CLOSE, &id, |controller, id| controller.finish(id).unwrap());
            }
        }
        let error = close(&setup, &id).await.unwrap_err();
        assert_eq!((error.is_not_found(), error.is_conflict()), (not_found, !not_found), "{action}: {error}");
        assert_eq!(error.outcome(), Outcome::Refused, "{action}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_intervention_reopened_meanwhile_is_not_closed() {
    let setup = setup().await;
    let id = setup.answered();
    setup.transport.plan("PUT", CLOSE, [Step::AnswerLost]);
    setup.after("PUT", CLOSE, &id, |controller, id| controller.reopen(id).unwrap());
    let error = close(&setup, &id).await.unwrap_err();
    assert_eq!((error.outcome(), error.kind(), setup.is_closed(&id)), (Outcome::Unknown, Kind::Interrupted, false));
    // As its documentation warns: a reopened intervention looks like one that was never closed.
    let again = setup.interventions().close_confirmed(&id).await;
    assert_eq!((proof(again), setup.writes()), (Proof::Answered, 2));
}

#[tokio::test(start_paused = true)]
async fn a_missing_permission_never_counts_as_a_close() {
    // ENG-16, ENG-28
    for closes in [false, true] {
        let setup = setup().await;
        let id = setup.answered();
        let other = setup.controller.add_agent(NewAgent::new().update_own_intervention());
        setup.controller.allow_read(&other, SOURCE_ID).unwrap();
        let setup = setup.with_agent(&other);
        if closes {
            // The 403 has only this reason, and somebody else closes it nevertheless.
            setup.after("PUT", CLOSE, &id, |controller, id| controller.close(id).unwrap());
            assert_eq!(proof(close(&setup, &id).await), Proof::ReadBack);
            continue;
        }
        let error = close(&setup, &id).await.unwrap_err();
        assert!(error.is_forbidden() && WorkflowFailure::of(&error).is_none() && !setup.is_closed(&id), "{error}");
        assert_eq!(error.fault::<ApiFault>().unwrap().error.as_deref(), Some("forbidden"));
        // The agent may close an intervention of its own.
        setup.controller.reassign(&id, &other).unwrap();
        let closed = setup.interventions().close_confirmed(&id).await;
        assert_eq!(proof(closed), Proof::Answered);
    }
}

#[tokio::test(start_paused = true)]
async fn the_error_says_if_there_is_no_agent_reply() {
    // ENG-18
    let setup = setup().await;
    let id = setup.controller.open_new();
    let error = close(&setup, &id).await.unwrap_err();
    assert_eq!((error.is_forbidden(), WorkflowFailure::of(&error)), (true, Some(&WorkflowFailure::NoReplies)));
    assert!(error.report().contains("can only be cancelled"), "{}", error.report());
}

#[tokio::test(start_paused = true)]
async fn an_intervention_that_can_not_be_read_first_is_not_closed() {
    // ENG-17
    let setup = setup().await;
    let id = setup.answered();
    assert!(close(&setup, "64b0c3a1f2d94e0007a1b2c3").await.unwrap_err().is_not_found());
    setup.controller.deny_read(AGENT_ID, SOURCE_ID).unwrap();
    let error = close(&setup, &id).await.unwrap_err();
    assert_eq!((error.is_not_found(), error.operation()), (true, "engagement.interventions.get"));
    assert_eq!(close(&setup, "").await.unwrap_err().kind(), Kind::Request);
    setup.transport.plan("GET", &id, vec![Step::Lost; 3]);
    assert_eq!(close(&setup, &id).await.unwrap_err().kind(), Kind::Interrupted);
    assert_eq!(setup.writes(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_permission_lost_in_between_proves_nothing() {
    // ENG-17: a 404 may mean that.
    for (lost, outcome) in [(false, Outcome::Refused), (true, Outcome::Unknown)] {
        let setup = setup().await;
        let id = setup.answered();
        let deny = |controller: &Controller, _: &str| controller.deny_read(AGENT_ID, SOURCE_ID).unwrap();
        if lost {
            setup.transport.plan("PUT", CLOSE, [Step::AnswerLost]);
            setup.after("PUT", CLOSE, &id, deny);
        } else {
            setup.before("PUT", CLOSE, &id, deny);
        }
        let error = close(&setup, &id).await.unwrap_err();
        assert_eq!((error.outcome(), error.operation()), (outcome, "engagement.interventions.close"));
        assert_eq!(setup.is_closed(&id), lost);
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_read_proves_nothing_and_one_successful_read_is_enough() {
    for look in failed_reads() {
        for done in [true, false] {
            for looks in [1, 2] {
                let setup = setup().await;
                let id = setup.answered();
                setup.transport.plan("PUT", CLOSE, [if done { Step::AnswerLost } else { Step::Lost }]);
                setup.transport.plan("GET", &id, [vec![Step::Pass], vec![look.clone(); looks]].concat());
                let closed = close(&setup, &id).await;
                if done && looks == 1 {
                    assert_eq!(proof(closed), Proof::ReadBack, "{look:?}");
                } else {
                    let error = closed.unwrap_err();
                    let reported = (error.outcome(), error.operation());
                    assert_eq!(reported, (Outcome::Unknown, "engagement.interventions.close"), "{look:?}");
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_close_may_become_visible_with_a_delay() {
    let setup = setup().await;
    let id = setup.answered();
    setup.transport.plan("PUT", CLOSE, [Step::AnswerLost]);
    setup.transport.plan("GET", &id, [Step::Pass, Step::json(|body| body["closed"] = false.into())]);
    let begin = Instant::now();
    assert_eq!((proof(close(&setup, &id).await), begin.elapsed()), (Proof::ReadBack, secs(3)));
}

#[tokio::test(start_paused = true)]
async fn the_result_is_true_whatever_others_do_meanwhile() {
    // ENG-17, ENG-28
    for begins in [State::Open, State::Closed, State::Gone] {
        for (actions, step) in interferences() {
            let setup = setup().await;
            // `Gone` stands for an intervention without a reply, which others may cancel.
            let id = if begins == State::Gone { setup.controller.open_new() } else { setup.answered() };
            if begins == State::Closed {
                setup.controller.close(&id).unwrap();
            }
            let names: Vec<_> = actions.iter().map(|((name, _), timing)| (name, timing)).collect();
            let name = format!("{begins:?} {names:?} {step:?}");
            let history = interfere(&setup, &id, "PUT", &actions);
            setup.transport.plan("PUT", CLOSE, [step]);
            let closed = close(&setup, &id).await;
            let history = history.lock().unwrap().clone();
            match closed {
                Ok(closed) => {
                    assert!(history.was(State::Closed), "{name}");
                    match closed.proof {
                        Proof::AlreadyDone => assert_eq!(setup.writes(), 0, "{name}"),
                        Proof::Answered => assert!(history.is_ours(), "{name}"),
                        _ => assert_eq!(setup.writes(), 1, "{name}"),
                    }
                }
                Err(error) => {
                    assert!(error.outcome() >= Outcome::Unknown || !history.is_ours(), "{name}: {error}");
                    assert!(!history.shown.contains(&State::Closed), "{name}: {error}");
                }
            }
        }
    }
}
