//! An intervention is ended as its replies allow, even if they arrive during the workflow.

use crate::support::*;
use engagement_client::{CloseOutcome, Error, Kind, Outcome, Proof, WorkflowFailure};

async fn end(setup: &Setup, id: &str) -> Result<CloseOutcome, Error> {
    setup.interventions().close_or_cancel(id).await
}

/// `closed` or `cancelled`, with the proof.
fn reported(ended: Result<CloseOutcome, Error>) -> (&'static str, Proof) {
    match ended.unwrap() {
        CloseOutcome::Closed(closed) => {
            assert!(closed.intervention.is_closed());
            ("closed", closed.proof)
        }
        CloseOutcome::Cancelled(cancelled) => ("cancelled", cancelled.proof),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn the_number_of_replies_decides() {
    // ENG-18
    let setup = setup().await;
    let (answered, unanswered) = (setup.answered(), setup.controller.open_new());
    assert_eq!(reported(end(&setup, &answered).await), ("closed", Proof::Answered));
    assert_eq!(reported(end(&setup, &unanswered).await), ("cancelled", Proof::Answered));
    assert_eq!((setup.transport.count("PUT", "/close"), setup.transport.count("DELETE", "/cancel")), (1, 1));
    assert!(setup.is_closed(&answered) && !setup.is_there(&unanswered));
}

#[tokio::test(start_paused = true)]
async fn an_intervention_that_is_already_closed_is_left_unchanged() {
    let setup = setup().await;
    let id = setup.answered();
    setup.controller.close(&id).unwrap();
    for replies in [Step::Pass, Step::json(|body| body["user_replies_count"] = 0.into()), no_count()] {
        setup.transport.plan("GET", &id, [replies]);
        assert_eq!(reported(end(&setup, &id).await), ("closed", Proof::AlreadyDone));
    }
    assert_eq!(setup.writes(), 0);
}

fn no_count() -> Step {
    Step::json(|body| drop(body.as_object_mut().unwrap().remove("user_replies_count")))
}

#[tokio::test(start_paused = true)]
async fn without_a_reply_count_nothing_is_sent() {
    let setup = setup().await;
    for id in [setup.answered(), setup.controller.open_new()] {
        for look in [no_count(), Step::json(|body| body["user_replies_count"] = serde_json::Value::Null)] {
            setup.transport.plan("GET", &id, [look]);
            let error = end(&setup, &id).await.unwrap_err();
            assert_eq!((error.kind(), error.operation()), (Kind::Decode, "engagement.interventions.get"));
            assert!(error.to_string().contains("how many agent replies"), "{error}");
        }
        assert!(!setup.is_closed(&id) && setup.is_there(&id));
    }
    assert_eq!(setup.writes(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_reply_in_between_turns_the_cancel_into_a_close() {
    // ENG-18: an answered intervention is never destroyed.
    for step in [Step::Pass, Step::AnswerLost, Step::Lost, Step::Answer(503, "{}")] {
        let setup = setup().await;
        let id = setup.controller.open_new();
        setup.transport.plan("DELETE", "/cancel", [step.clone()]);
        setup.after("GET", &id, &id, |controller, id| controller.reply(id).unwrap());
        assert_eq!(reported(end(&setup, &id).await), ("closed", Proof::Answered), "{step:?}");
        assert_eq!((setup.transport.count("PUT", "/close"), setup.transport.count("DELETE", "/cancel")), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_close_by_somebody_else_in_between_counts() {
    let setup = setup().await;
    let id = setup.controller.open_new();
    setup.before("DELETE", "/cancel", &id, |controller, id| {
        controller.reply(id).and_then(|()| controller.close(id)).unwrap()
    });
    assert_eq!(reported(end(&setup, &id).await), ("closed", Proof::ReadBack));

    // While the other close is in flight, the cancel is refused with 409.
    let id = setup.controller.open_new();
    setup.before("DELETE", "/cancel", &id, |controller, id| {
        controller.reply(id).and_then(|()| controller.begin_close(id)).unwrap()
    });
    setup.after("DELETE", "/cancel", &id, |controller, id| controller.finish(id).unwrap());
    assert_eq!(reported(end(&setup, &id).await), ("closed", Proof::ReadBack));
    assert_eq!(setup.transport.count("PUT", "/close"), 0);

    let id = setup.answered();
    setup.before("PUT", "/close", &id, |controller, id| controller.close(id).unwrap());
    assert_eq!(reported(end(&setup, &id).await), ("closed", Proof::ReadBack));
}

#[tokio::test(start_paused = true)]
async fn a_cancel_by_somebody_else_in_between_counts() {
    let setup = setup().await;
    let id = setup.controller.open_new();
    setup.before("DELETE", "/cancel", &id, |controller, id| controller.cancel(id).unwrap());
    assert_eq!(reported(end(&setup, &id).await), ("cancelled", Proof::ReadBack));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_followed_by_a_readback() {
    let setup = setup().await;
    let (answered, unanswered) = (setup.answered(), setup.controller.open_new());
    setup.transport.plan("PUT", "/close", [Step::AnswerLost]);
    setup.transport.plan("DELETE", "/cancel", [Step::AnswerLost]);
    assert_eq!(reported(end(&setup, &answered).await), ("closed", Proof::ReadBack));
    assert_eq!(reported(end(&setup, &unanswered).await), ("cancelled", Proof::ReadBack));
    assert_eq!(setup.writes(), 2);
    let (answered, unanswered) = (setup.answered(), setup.controller.open_new());
    setup.transport.plan("PUT", "/close", [Step::Lost]);
    setup.transport.plan("DELETE", "/cancel", [Step::Lost]);
    for id in [&answered, &unanswered] {
        let error = end(&setup, id).await.unwrap_err();
        assert_eq!((error.outcome(), WorkflowFailure::of(&error)), (Outcome::Unknown, None));
    }
}

#[tokio::test(start_paused = true)]
async fn the_workflow_decides_at_most_twice() {
    let setup = setup().await;
    let id = setup.controller.open_new();
    // The service keeps showing no reply, and refuses because of one.
    setup.controller.reply(&id).unwrap();
    setup.transport.plan("GET", &id, vec![Step::json(|body| body["user_replies_count"] = 0.into()); 10]);
    let error = end(&setup, &id).await.unwrap_err();
    assert!(error.is_forbidden() && setup.is_there(&id), "{error}");
    assert!(setup.writes() <= 2);
    // The reverse.
    let id = setup.controller.open_new();
    let shows = |replies: u64| Step::json(move |body| body["user_replies_count"] = replies.into());
    setup.transport.plan("GET", &id, [shows(1), Step::Pass, shows(1), shows(1), shows(1)]);
    let before = setup.writes();
    let error = end(&setup, &id).await.unwrap_err();
    assert!(error.is_forbidden() && setup.writes() - before == 2, "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_failed_second_read_leaves_the_first_failure() {
    let setup = setup().await;
    let id = setup.controller.open_new();
    setup.before("DELETE", "/cancel", &id, |controller, id| controller.reply(id).unwrap());
    setup.transport.plan("GET", &id, [Step::Pass, Step::Pass, Step::Answer(400, "{}")]);
    let error = end(&setup, &id).await.unwrap_err();
    assert_eq!(
        (error.operation(), WorkflowFailure::of(&error)),
        ("engagement.interventions.cancel", Some(&WorkflowFailure::HasReplies))
    );
    assert!(!setup.is_closed(&id));
}

#[tokio::test(start_paused = true)]
async fn a_missing_permission_ends_nothing() {
    // ENG-16
    let setup = setup().await;
    let id = setup.answered();
    let other = setup.controller.add_agent(NewAgent::new());
    setup.controller.allow_read(&other, SOURCE_ID).unwrap();
    let setup = setup.with_agent(&other);
    let error = end(&setup, &id).await.unwrap_err();
    assert!(error.is_forbidden() && WorkflowFailure::of(&error).is_none() && !setup.is_closed(&id), "{error}");
    assert_eq!(setup.writes(), 1);
    assert!(end(&setup, "64b0c3a1f2d94e0007a1b2c3").await.unwrap_err().is_not_found());
}

#[tokio::test(start_paused = true)]
async fn the_result_is_true_whatever_others_do_meanwhile() {
    // ENG-18, ENG-28
    for (actions, step) in interferences() {
        let setup = setup().await;
        let id = setup.controller.open_new();
        let names: Vec<_> = actions.iter().map(|((name, _), timing)| (*name, *timing)).collect();
        let name = format!("{names:?} {step:?}");
        let history = interfere(&setup, &id, "DELETE", &actions);
        setup.transport.plan("DELETE", "/cancel", [step]);
        let ended = end(&setup, &id).await;
        let sent = [setup.transport.count("PUT", "/close"), setup.transport.count("DELETE", "/cancel")];
        let history = history.lock().unwrap().clone();
        assert!(sent.iter().all(|sent| *sent <= 1), "{name}: {sent:?}");
        match ended {
            Ok(CloseOutcome::Closed(_)) => {
                assert!(history.was(State::Closed) || sent[0] == 1 && setup.is_closed(&id), "{name}")
            }
            Ok(_) => assert!(history.was(State::Gone) || names.iter().any(|(name, _)| *name == "deny read"), "{name}"),
            Err(error) => assert!(error.outcome() >= Outcome::Unknown || !history.is_ours(), "{name}: {error}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_workflow_that_has_only_read_says_that_nothing_was_changed() {
    let setup = setup().await;
    let id = setup.answered();
    let one = setup.interventions();
    for step in [Step::Answer(404, "{}"), Step::Answer(403, "{}"), Step::Answer(501, "{}"), Step::Answer(200, "[7]")] {
        setup.transport.plan("GET", "", vec![step; 5]);
        let errors = [
            one.close_or_cancel(&id).await.map(drop).unwrap_err(),
            one.close_confirmed(&id).await.map(drop).unwrap_err(),
            one.cancel_confirmed(&id).await.map(drop).unwrap_err(),
            one.add_categories(&id, ["a"]).await.map(drop).unwrap_err(),
            one.updated_since(None).await.map(drop).unwrap_err(),
        ];
        for error in errors {
            let texts = [error.to_string(), error.report()];
            assert!(texts.iter().all(|text| text.contains("nothing was changed")), "{texts:?}");
            assert!(
                !texts.iter().any(|text| text.contains("did it") || text.contains("nothing was sent")),
                "{texts:?}"
            );
        }
    }
    setup.transport.plan("GET", &id, [no_count()]);
    assert!(end(&setup, &id).await.unwrap_err().to_string().contains("nothing was changed") || setup.writes() > 0);
}
