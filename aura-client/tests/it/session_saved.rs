//! A session is kept where a restart finds it, and a store that can't keep it holds nothing back.

use crate::support::*;
use aura_client::{Kind, MemorySessionStore, Outcome, Reported, SessionPhase, SessionState, SessionStore};
use tokio::time::{Instant, sleep, timeout};

#[tokio::test(start_paused = true)]
async fn the_id_and_the_dismissal_are_saved_before_the_calls_return() {
    let scene = scene().await;
    let begin = Instant::now();
    let session =
        scene.aura.raise(new_callout(), &WithFault(scene.store.clone(), FaultyStore::slow(secs(1)))).await.unwrap();
    let created = scene.transport.sent("POST", "/callouts")[0].at;
    assert_eq!((created - begin, begin.elapsed(), scene.stored().await), (secs(1), secs(2), vec![ACTIVE(570)]));
    session.dismiss().await.unwrap();
    assert!(scene.store.load().await.unwrap()[0].is_dismissed());
    session.abandon().await;
    assert!(scene.stored().await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_or_hangs_holds_nothing_back_and_is_tried_again() {
    for (trouble, limit) in [(FaultyStore::failing(), 0), (FaultyStore::hanging(), 2)] {
        let scene = scene().await;
        let store = WithFault(scene.store.clone(), trouble.clone());
        let begin = Instant::now();
        let session = scene.aura.raise(new_callout(), &store).await.unwrap();
        let created = scene.transport.sent("POST", "/callouts")[0].at;
        assert_eq!((created - begin, begin.elapsed()), (secs(limit), secs(2 * limit)));
        assert!(session.unsaved().is_some() && scene.stored().await.is_empty());
        assert_eq!(session.state().phase(), ACTIVE(570), "to be kept in another way");

        session.dismiss().await.unwrap();
        let mut updates = session.updates();
        assert_eq!(next(&mut updates).await, "created");
        let told = Instant::now();
        scene.controller.say(570, "Hello").unwrap();
        assert_eq!((next(&mut updates).await.as_str(), told.elapsed() <= secs(20)), ("said Hello", true));
        trouble.repair();
        sleep(secs(9)).await;
        assert!(session.unsaved().is_none(), "there need be no news for that");
        assert_eq!(scene.store.load().await.unwrap(), [session.state()]);
        scene.close();
        while next(&mut updates).await != "end" {}
        assert!(scene.stored().await.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn who_stops_waiting_for_the_answer_does_not_lose_the_id() {
    let scene = scene().await;
    scene.transport.plan("POST", "/callouts", [Step::After(secs(10))]);
    assert!(timeout(secs(1), scene.raised()).await.is_err());
    assert_eq!(scene.stored().await, [SessionPhase::Creating]);
    sleep(secs(30)).await;
    assert_eq!((scene.stored().await, scene.requests("POST", "/callouts")), (vec![ACTIVE(570)], 1));
    assert!(scene.requests("GET", "/570") > 0, "and it is followed");
}

#[tokio::test(start_paused = true)]
async fn a_refused_callout_leaves_no_session_and_one_of_unknown_fate_does() {
    for (step, outcome, left) in [
        (Step::Answer(400, "{}"), Outcome::Refused, vec![]),
        (Step::Answer(401, "{}"), Outcome::Refused, vec![]),
        (Step::Answer(403, "{}"), Outcome::Refused, vec![]),
        (Step::Answer(503, "{}"), Outcome::Unknown, vec![SessionPhase::Creating]),
        (Step::Lost, Outcome::Unknown, vec![SessionPhase::Creating]),
        (Step::AnswerLost, Outcome::Unknown, vec![SessionPhase::Creating]),
        (Step::Answer(201, r#"{"message":"done"}"#), Outcome::Completed, vec![SessionPhase::Creating]),
    ] {
        let scene = scene().await;
        scene.transport.plan("POST", "/callouts", [step]);
        let error = scene.aura.raise(new_callout(), &scene.store).await.unwrap_err();
        assert_eq!((error.outcome(), scene.stored().await), (outcome, left), "{error}");
        assert_eq!(scene.requests("POST", "/callouts"), 1, "{error}");
    }
    let scene = scene().await;
    scene.transport.plan("POST", "/callouts", vec![Step::Refused; 3]);
    let error = scene.aura.raise(new_callout(), &scene.store).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome(), scene.stored().await), (Kind::Connect, Outcome::NotSent, vec![]));
}

#[tokio::test(start_paused = true)]
async fn after_a_restart_it_goes_on_where_it_was() {
    let scene = scene().await;
    let session = scene.raised().await;
    scene.controller.say(570, "Hello").unwrap();
    let mut updates = session.updates();
    while next(&mut updates).await != "said Hello" {}
    session.dismiss().await.unwrap();
    let saved = session.state();
    session.abandon().await;
    scene.controller.say(570, "Are you there?").unwrap();

    let store = MemorySessionStore::new();
    let again = scene.aura.resume(saved.clone()).with_store(&store).await.unwrap();
    assert_eq!((again.id(), again.callout(), again.state()), (570.into(), None, saved.clone()));
    assert_eq!(store.load().await.unwrap(), [saved], "kept before anything else can happen");
    let mut updates = again.updates();
    for expected in ["said Hello", "said Are you there?", "created"] {
        assert_eq!(next(&mut updates).await, expected, "all that was said is shown again");
    }
    assert!(again.state().is_dismissed());
    assert_eq!(again.report_location(here()).unwrap(), Reported::Queued);
    scene.close();
    while next(&mut updates).await != "end" {}
    assert_eq!((scene.controller.locations(570).unwrap().len(), store.load().await.unwrap().len()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn an_id_that_was_kept_in_another_way_is_enough_and_an_ended_session_is_not() {
    let scene = scene().await;
    scene.aura.callouts().create(new_callout()).await.unwrap();
    let session = scene.aura.resume(SessionState::active(570)).with_store(&scene.store).await.unwrap();
    assert_eq!(next(&mut session.updates()).await, "created");
    assert_eq!(scene.stored().await, [ACTIVE(570)]);

    let before = scene.transport.total();
    let error = scene.aura.resume(session.state().ended()).await.unwrap_err();
    assert_eq!((error.kind(), scene.transport.total()), (Kind::Request, before));
}
