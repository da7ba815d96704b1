//! A session is one call for help from the press of the button to its end, whatever becomes of its handles and its
//! store; it is kept where a restart finds it, and a store that can't keep it holds nothing back.

use crate::support::*;
use aura_client::{Kind, MemorySessionStore, Outcome, Reported, SessionPhase, SessionState, SessionStore};
use care_emulators::aura::Emulator;
use care_testkit::SocketlessTransport;
use futures_util::StreamExt;
use tokio::time::{Instant, sleep, timeout};

#[tokio::test(start_paused = true)]
async fn from_the_press_of_the_button_to_the_end() {
    let scene = scene().await;
    let session = scene.raised().await;
    assert_eq!((session.id().get(), session.summary().unwrap().status.as_str()), (570, "created"));
    assert_eq!(scene.stored().await, [ACTIVE(570)]);
    let mut updates = session.updates();
    assert_eq!(next(&mut updates).await, "in short created");

    assert_eq!(session.report_location(here()).unwrap(), Reported::Queued);
    session.comment("The gate is open").await.unwrap();
    assert_eq!(next(&mut updates).await, "said The gate is open");
    assert_eq!((session.location_progress().sent, scene.controller.locations(570).unwrap().len()), (1, 1));

    session.dismiss().await.unwrap();
    assert_eq!((scene.controller.dismissed(570), session.state().is_dismissed()), (Ok(true), true));
    assert!(scene.store.load().await.unwrap()[0].is_dismissed());
    scene.controller.dispatch(570).unwrap();
    assert_eq!(next(&mut updates).await, "Responder Dispatched");
    let summary = session.summary().unwrap();
    assert!(summary.responder.is_some() && summary.eta.is_some() && summary.dispatched_at.is_some(), "{summary:?}");
    assert_eq!(session.callout(), None, "there may be thousands of sessions");
    session.report_location(here()).unwrap();

    scene.controller.arrive(570).unwrap();
    scene.controller.complete(570).unwrap();
    scene.controller.close(570).unwrap();
    assert_eq!((next(&mut updates).await.as_str(), next(&mut updates).await.as_str()), ("closed", "end"));
    assert!(session.state().is_ended() && scene.stored().await.is_empty() && session.unsaved().is_none());

    let before = scene.transport.total();
    assert_eq!(session.report_location(here()).unwrap(), Reported::Ended);
    sleep(secs(600)).await;
    assert_eq!(scene.transport.total(), before);
    assert_eq!(scene.controller.locations(570).unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn every_reader_gets_every_update_and_a_late_one_begins_with_what_is_known() {
    let scene = scene().await;
    let session = scene.raised().await;
    let mut first = session.updates();
    assert_eq!(next(&mut first).await, "in short created");
    scene.controller.send_message(570, "Hello").unwrap();
    scene.controller.dispatch(570).unwrap();
    assert_eq!(next(&mut first).await, "said Hello");
    assert_eq!(next(&mut first).await, "Responder Dispatched");

    let (mut late, slow) = (session.updates(), session.updates());
    assert_eq!(next(&mut late).await, "in short Responder Dispatched");
    assert_eq!(next(&mut late).await, "said Hello");
    scene.controller.arrive(570).unwrap();
    assert_eq!(next(&mut late).await, "Responder Arrived");
    assert_eq!(next(&mut first).await, "Responder Arrived");
    // Who does not read for a while finds the newest state, and all that was said.
    scene.controller.send_message(570, "We are there").unwrap();
    scene.controller.complete(570).unwrap();
    scene.controller.close(570).unwrap();
    while next(&mut first).await != "end" {}
    let told: Vec<_> = slow.map(|item| word(Some(item))).collect().await;
    assert_eq!(told, ["said Hello", "said We are there", "closed"]);
    let after: Vec<_> = session.updates().map(|item| word(Some(item))).collect().await;
    assert_eq!(after, ["in short closed", "said Hello", "said We are there"]);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_keeps_the_last_callout_gives_it_to_late_readers_too() {
    let emulator = Emulator::start().await.unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    let aura = builder(&transport).user_token(emulator.issue_user_token(USER)).keep_last_callout().build().unwrap();
    let session = aura.raise(new_callout(), &MemorySessionStore::new()).await.unwrap();
    assert!(session.callout().unwrap().customer.is_some(), "the whole of it");
    let mut updates = session.updates();
    assert_eq!((next(&mut updates).await.as_str(), next(&mut updates).await.as_str()), ("in short created", "created"));
}

#[tokio::test(start_paused = true)]
async fn dropping_a_session_and_its_readers_stops_nothing() {
    let scene = scene().await;
    let session = scene.raised().await;
    session.report_location(here()).unwrap();
    drop((session.updates(), session));
    sleep(secs(100)).await;
    assert!(scene.requests("GET", "/570") >= 5);
    assert_eq!((scene.controller.locations(570).unwrap().len(), scene.stored().await), (1, vec![ACTIVE(570)]));
    scene.close();
    sleep(secs(30)).await;
    assert!(scene.stored().await.is_empty());
    let polls = scene.requests("GET", "/570");
    sleep(secs(100)).await;
    assert_eq!(scene.requests("GET", "/570"), polls);
}

#[tokio::test(start_paused = true)]
async fn only_abandon_stops_it_and_for_every_clone() {
    let scene = scene().await;
    let session = scene.raised().await;
    let (clone, mut updates) = (session.clone(), session.updates());
    session.report_location(here()).unwrap();
    sleep(secs(1)).await;
    session.report_location(here()).unwrap();
    let sent = scene.transport.total();
    session.abandon().await;
    sleep(secs(600)).await;
    assert_eq!(scene.transport.total(), sent, "nothing more is sent, not even that");
    assert!(clone.state().is_ended() && scene.stored().await.is_empty());
    assert_eq!((next(&mut updates).await.as_str(), next(&mut updates).await.as_str()), ("in short created", "end"));
    assert_eq!(clone.report_location(here()).unwrap(), Reported::Ended);
    assert_eq!(scene.controller.dismissed(570), Ok(false));

    // Also where no position was ever reported before.
    let other = scene.raised().await;
    other.clone().abandon().await;
    assert_eq!(other.report_location(here()).unwrap(), Reported::Ended);
    sleep(secs(60)).await;
    assert_eq!(scene.requests("POST", "/571/location"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_refused_poll_ends_the_updates_and_not_the_positions() {
    let scene = scene().await;
    let session = scene.raised().await;
    scene.transport.plan("GET", "/570", vec![Step::Answer(403, "{}"); 20]);
    let mut updates = session.updates();
    for expected in ["in short created", "refused 403", "error 403", "end"] {
        assert_eq!(next(&mut updates).await, expected);
    }
    let mut late = session.updates();
    for expected in ["in short created", "error 403", "end"] {
        assert_eq!(next(&mut late).await, expected);
    }
    session.report_location(here()).unwrap();
    sleep(secs(30)).await;
    assert_eq!(scene.controller.locations(570).unwrap().len(), 1);
    assert_eq!(scene.stored().await, [ACTIVE(570)], "a restart may have a better token");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_down_at_the_restart_is_waited_for() {
    let scene = scene().await;
    scene.aura.callouts().create(new_callout()).await.unwrap();
    scene.transport.plan("GET", "/570", vec![Step::Refused; 5]);
    let session = scene.aura.resume(SessionState::active(570)).await.unwrap();
    let mut updates = session.updates();
    assert_eq!((next(&mut updates).await.as_str(), next(&mut updates).await.as_str()), ("delayed connect", "created"));
}

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
async fn a_store_that_fails_or_hangs_delays_nothing_and_is_tried_again() {
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
        assert_eq!(next(&mut updates).await, "in short created");
        let told = Instant::now();
        scene.controller.send_message(570, "Hello").unwrap();
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
async fn a_refused_callout_leaves_no_session_and_one_of_unknown_outcome_does() {
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
async fn after_a_restart_it_continues_where_it_was() {
    let scene = scene().await;
    let session = scene.raised().await;
    scene.controller.send_message(570, "Hello").unwrap();
    let mut updates = session.updates();
    while next(&mut updates).await != "said Hello" {}
    session.dismiss().await.unwrap();
    let saved = session.state();
    session.abandon().await;
    scene.controller.send_message(570, "Are you there?").unwrap();

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
