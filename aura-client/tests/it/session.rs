//! A session is one call for help from the press of the button to its end, whatever becomes of its handles and its store.

use crate::support::*;
use aura_client::{Reported, SessionState, SessionStore};
use futures_util::StreamExt;
use tokio::time::sleep;

#[tokio::test(start_paused = true)]
async fn from_the_press_of_the_button_to_the_end() {
    let scene = scene().await;
    let session = scene.raised().await;
    assert_eq!((session.id().get(), session.callout().unwrap().status.as_str()), (570, "created"));
    assert_eq!(scene.stored().await, [ACTIVE(570)]);
    let mut updates = session.updates();
    assert_eq!(next(&mut updates).await, "created");

    assert_eq!(session.report_location(here()).unwrap(), Reported::Queued);
    session.say("The gate is open").await.unwrap();
    assert_eq!(next(&mut updates).await, "said The gate is open");
    assert_eq!((session.location_progress().sent, scene.controller.locations(570).unwrap().len()), (1, 1));

    session.dismiss().await.unwrap();
    assert_eq!((scene.controller.dismissed(570), session.state().is_dismissed()), (Ok(true), true));
    assert!(scene.store.load().await.unwrap()[0].is_dismissed());
    scene.controller.dispatch(570).unwrap();
    assert_eq!(next(&mut updates).await, "Responder Dispatched");
    assert!(session.callout().unwrap().route().is_some());
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
async fn every_reader_is_told_everything_and_a_late_one_what_is_known() {
    let scene = scene().await;
    let session = scene.raised().await;
    let mut first = session.updates();
    assert_eq!(next(&mut first).await, "created");
    scene.controller.say(570, "Hello").unwrap();
    scene.controller.dispatch(570).unwrap();
    assert_eq!(next(&mut first).await, "said Hello");
    assert_eq!(next(&mut first).await, "Responder Dispatched");

    let (mut late, slow) = (session.updates(), session.updates());
    assert_eq!(next(&mut late).await, "said Hello");
    assert_eq!(next(&mut late).await, "Responder Dispatched");
    scene.controller.arrive(570).unwrap();
    assert_eq!(next(&mut late).await, "Responder Arrived");
    assert_eq!(next(&mut first).await, "Responder Arrived");
    // Who does not read for a while finds the newest state, and all that was said.
    scene.controller.say(570, "We are there").unwrap();
    scene.controller.complete(570).unwrap();
    scene.controller.close(570).unwrap();
    while next(&mut first).await != "end" {}
    let told: Vec<_> = slow.map(|item| word(Some(item))).collect().await;
    assert_eq!(told, ["said Hello", "said We are there", "closed"]);
    let after: Vec<_> = session.updates().map(|item| word(Some(item))).collect().await;
    assert_eq!(after, told);
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
    assert_eq!((next(&mut updates).await.as_str(), next(&mut updates).await.as_str()), ("created", "end"));
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
async fn a_refused_poll_ends_the_news_and_not_the_positions() {
    let scene = scene().await;
    let session = scene.raised().await;
    scene.transport.plan("GET", "/570", [Step::Answer(403, "{}")]);
    let mut updates = session.updates();
    for expected in ["created", "error 403", "end"] {
        assert_eq!(next(&mut updates).await, expected);
    }
    let mut late = session.updates();
    for expected in ["created", "error 403", "end"] {
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
