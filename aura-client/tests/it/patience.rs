//! What hangs or can't be read in one place holds up nothing in another.

use crate::support::*;
use aura_client::{CalloutUpdate, MemorySessionStore, Reported};
use futures_util::StreamExt;
use serde_json::json;
use tokio::time::{Instant, sleep};

#[tokio::test(start_paused = true)]
async fn closed_gets_through_though_another_field_cannot_be_read() {
    let (emulator, aura, transport) = with_callout().await;
    let mut watch = aura.callouts().watch(570);
    assert_eq!(next(&mut watch).await, "created");
    let unreadable = |body: &mut serde_json::Value| body["verified"] = json!("perhaps");
    transport.plan("GET", "/570", vec![Step::json(unreadable); 3]);
    assert_eq!((next(&mut watch).await.as_str(), transport.count("GET", "/570")), ("delayed decode", 2));
    emulator.controller().dispatch(570).unwrap();
    assert_eq!(next(&mut watch).await, "Responder Dispatched");
    for act in [care_emulators::aura::Controller::arrive, care_emulators::aura::Controller::complete] {
        act(&emulator.controller(), 570).unwrap();
    }
    emulator.controller().close(570).unwrap();
    assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("closed", "end"));
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_holds_up_the_call_for_seconds_and_the_news_not_at_all() {
    let (emulator, aura, transport) = with_callout().await;
    let trouble = FaultyStore::hanging();
    let store = WithFault(MemorySessionStore::new(), trouble.clone());
    let begin = Instant::now();
    let session = aura.raise(new_callout(), &store).await.unwrap();
    assert!(begin.elapsed() <= secs(5), "{:?}", begin.elapsed());
    let mut updates = session.updates();
    assert_eq!(next(&mut updates).await, "created");
    for number in 0..6 {
        emulator.controller().say(571, format!("message {number}")).unwrap();
    }
    emulator.controller().dispatch(571).unwrap();
    loop {
        let item = updates.next().await.unwrap().unwrap();
        let polled = transport.sent("GET", "/571").last().unwrap().at;
        assert_eq!(polled.elapsed(), secs(0), "told when it was read");
        if matches!(item, CalloutUpdate::Changed(callout) if callout.status.as_str() == "Responder Dispatched") {
            break;
        }
    }
    assert!(session.unsaved().is_some());
    // Without any further news it is saved as soon as the store can.
    trouble.repair();
    sleep(secs(30)).await;
    assert!(session.unsaved().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_position_that_hangs_gives_way_to_a_newer_one_at_the_next_turn() {
    let (_emulator, aura, transport) = with_callout().await;
    transport.plan("POST", "/location", vec![Step::Silence; 3]);
    let reporter = aura.callouts().report_location(570);
    for _ in 0..6 {
        assert_eq!(reporter.report(here()).unwrap(), Reported::Queued);
        sleep(secs(10)).await;
    }
    assert!(transport.gaps("POST", "/location").iter().all(|gap| *gap == secs(10)), "one a turn");
    assert_eq!((reporter.progress().failed, reporter.progress().sent >= 2), (3, true));
}

#[tokio::test(start_paused = true)]
async fn a_position_that_the_server_refuses_is_not_sent_again() {
    let (_emulator, aura, transport) = with_callout().await;
    transport.plan("POST", "/location", [Step::Answer(400, r#"{"message":"no"}"#)]);
    let reporter = aura.callouts().report_location(570);
    reporter.report(here()).unwrap();
    sleep(secs(600)).await;
    assert_eq!(transport.count("POST", "/location"), 1);
    reporter.report(here()).unwrap();
    sleep(secs(10)).await;
    assert_eq!((reporter.progress().failed, reporter.progress().sent), (1, 1));
}
