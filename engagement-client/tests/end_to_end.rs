//! Over real sockets that break: what is told of the service is what the service did, and nothing is done twice or lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use care_emulators::Faults;
use common::*;
use engagement_client::{
    Ended, Engagement, Error, InterventionPatch, Kind, ListInterventions, Options, Outcome, Proof, Recategorized,
    RetryPolicy,
};
use futures_util::TryStreamExt;
use std::time::Duration;

type Break = fn(&Faults);

/// Failures that leave the caller in the dark, and whether the service has done it.
const DARK: [(Break, bool); 8] = [
    (Faults::drop_before_commit, false),
    (Faults::reset, false),
    (|faults| faults.status_before_commit(503, None), false),
    (Faults::drop_after_commit, true),
    (Faults::reset_after_commit, true),
    (|faults| faults.status_after_commit(502, None), true),
    (Faults::garbage, true),
    (Faults::html, true),
];

/// Failures after a head that says that it was done.
const CUT: [Break; 2] = [Faults::truncate_body, Faults::reset_body];

fn connect(emulator: &Emulator) -> Engagement {
    let quick = RetryPolicy::new().first_delay(Duration::from_millis(1));
    let options = Options::new().retry(quick);
    let builder = Engagement::builder().base_url(emulator.base_url()).access_token(emulator.access_token());
    builder.options(options).build().unwrap()
}

async fn start() -> (Emulator, Engagement, Controller) {
    let emulator = Emulator::start().await.unwrap();
    let (engagement, room) = (connect(&emulator), emulator.controller());
    (emulator, engagement, room)
}

fn answered(room: &Controller) -> String {
    let id = room.open_new();
    room.reply(&id).unwrap();
    id
}

fn assert_unknown(error: &Error) {
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1), "{error:?}");
    assert!(!error.is_retryable() && error.to_string().contains("may or may not"), "{error}");
}

#[tokio::test]
async fn what_opens_closes_and_cancels_in_the_dark_is_unknown_and_sent_once() {
    for (fault, done) in DARK {
        let (emulator, engagement, room) = start().await;
        let interventions = engagement.interventions();
        let content = room.add_content(NewContent::new()).unwrap();
        let (closed, cancelled) = (answered(&room), room.open_new());
        for (method, path) in [("POST", "/interventions"), ("PUT", "/close"), ("DELETE", "/cancel")] {
            fault(&emulator.faults().on(method, path));
        }
        assert_unknown(&interventions.create(content).await.unwrap_err());
        assert_unknown(&interventions.close(&closed).await.unwrap_err());
        assert_unknown(&interventions.cancel(&cancelled).await.unwrap_err());
        let there = [room.interventions().len() == 3, room.intervention(&closed).unwrap().closed];
        let expected = if done { [false, true] } else { [false, false] };
        assert_eq!((there, room.intervention(&cancelled).is_err()), (expected, done));
        assert_eq!(room.interventions().len(), 2);
        assert_eq!(emulator.faults().left(), 0);
        let journal = emulator.journal();
        assert_eq!(["POST", "PUT", "DELETE"].map(|method| journal.count(method, "")), [1, 1, 1]);
    }
}

#[tokio::test]
async fn what_is_answered_and_can_not_be_read_was_done() {
    for fault in CUT {
        let (emulator, engagement, room) = start().await;
        let interventions = engagement.interventions();
        let (closed, cancelled) = (answered(&room), room.open_new());
        fault(&emulator.faults().on("PUT", "/close"));
        fault(&emulator.faults().on("DELETE", "/cancel"));
        for error in
            [interventions.close(&closed).await.unwrap_err(), interventions.cancel(&cancelled).await.unwrap_err()]
        {
            assert_eq!((error.outcome(), error.kind()), (Outcome::Completed, Kind::Interrupted), "{error:?}");
        }
        assert!(room.intervention(&closed).unwrap().closed && room.intervention(&cancelled).is_err());
        // A refusal that is cut is one all the same.
        fault(&emulator.faults().on("PUT", "/close"));
        let error = interventions.close(&closed).await.unwrap_err();
        assert_eq!((error.outcome(), error.is_forbidden()), (Outcome::Refused, true), "{error:?}");
    }
}

#[tokio::test]
async fn what_can_be_repeated_is_and_gets_done() {
    let repeatable =
        DARK.iter().map(|(fault, _)| *fault).filter(|fault| !std::ptr::fn_addr_eq(*fault, Faults::html as Break));
    for fault in repeatable.chain(CUT) {
        let (emulator, engagement, room) = start().await;
        let id = room.open_new();
        let other = room.add_agent(NewAgent::new());
        let interventions = engagement.interventions();
        for (method, path) in [("PUT", "/update_categories"), ("PUT", "/reassign"), ("PUT", &id), ("GET", &id)] {
            fault(&emulator.faults().on(method, path));
        }
        fault(&emulator.faults().on("GET", "/interventions"));
        interventions.categorize(&id, ["a", "b"]).await.unwrap();
        interventions.reassign(&id, &*other).await.unwrap();
        interventions.update(&id, InterventionPatch::new().custom_field("order", "A-1")).await.unwrap();
        interventions.get(&id).await.unwrap();
        assert_eq!(interventions.list(ListInterventions::new()).await.unwrap().items.len(), 1);
        let now = room.intervention(&id).unwrap();
        assert_eq!(
            (now.category_ids, now.user_id, &now.custom_fields["order"]),
            (vec!["a".to_owned(), "b".to_owned()], other, &"A-1".into())
        );
        assert_eq!((emulator.faults().left(), emulator.journal().count("PUT", "")), (0, 6));
    }
}

#[tokio::test]
async fn workflows_in_the_dark_find_out_what_the_service_did() {
    for fault in DARK.iter().filter(|(_, done)| *done).map(|(fault, _)| *fault).chain(CUT) {
        let (emulator, engagement, room) = start().await;
        let interventions = engagement.interventions();
        let (closed, cancelled) = (answered(&room), room.open_new());
        let (one, another) = (answered(&room), room.open_new());
        fault(&emulator.faults().on("PUT", "/close").times(2));
        fault(&emulator.faults().on("DELETE", "/cancel").times(2));
        fault(&emulator.faults().on("PUT", "/update_categories"));
        let changed = interventions.add_categories(&closed, ["a"]).await.unwrap();
        assert!(matches!(changed, Recategorized::Changed(now) if now.category_ids == Some(vec!["a".into()])));
        assert_eq!(interventions.close_confirmed(&closed).await.unwrap().proof, Proof::ReadBack);
        assert_eq!(interventions.cancel_confirmed(&cancelled).await.unwrap().proof, Proof::ReadBack);
        let ended = interventions.close_or_cancel(&one).await.unwrap();
        assert!(matches!(ended, Ended::Closed(closed) if closed.proof == Proof::ReadBack));
        let ended = interventions.close_or_cancel(&another).await.unwrap();
        assert!(matches!(ended, Ended::Cancelled(cancelled) if cancelled.proof == Proof::ReadBack));
        assert!([&closed, &one].iter().all(|id| room.intervention(id).unwrap().closed));
        assert!([&cancelled, &another].iter().all(|id| room.intervention(id).is_err()));
        let journal = emulator.journal();
        assert_eq!((journal.count("PUT", "/close"), journal.count("DELETE", "/cancel")), (2, 2));
        assert_eq!(emulator.faults().left(), 0);
    }
}

#[tokio::test]
async fn many_who_close_the_same_intervention_at_once_close_it_once() {
    let (emulator, engagement, room) = start().await;
    let (answered, unanswered) = (answered(&room), room.open_new());
    let closing = (0..8).map(|_| engagement.interventions().close_confirmed(&answered).into_future());
    let cancelling = (0..8).map(|_| engagement.interventions().close_or_cancel(&unanswered).into_future());
    let (closed, ended) =
        futures_util::future::join(futures_util::future::join_all(closing), futures_util::future::join_all(cancelling))
            .await;
    let proofs: Vec<_> = closed.into_iter().map(|one| one.unwrap().proof).collect();
    assert_eq!(proofs.iter().filter(|proof| **proof == Proof::Answered).count(), 1, "{proofs:?}");
    let ours = ended.iter().filter(|one| matches!(one, Ok(Ended::Cancelled(one)) if one.proof == Proof::Answered));
    assert_eq!(ours.count(), 1);
    // Who comes too late to see it at all is told that there is none.
    assert!(
        ended
            .iter()
            .all(|one| one.as_ref().map_or_else(Error::is_not_found, |ended| matches!(ended, Ended::Cancelled(_))))
    );
    drop(emulator);
}

#[tokio::test]
async fn a_copy_lives_through_a_service_that_goes_down() {
    let (emulator, engagement, room) = start().await;
    let ids: Vec<_> = (0..40).map(|_| room.open_new()).collect();
    let within = || ListInterventions::new().limit(10);
    let faults = emulator.faults();
    room.after_next("GET", "/interventions", move |_| faults.go_down());
    let error = engagement.interventions().updated_since(None).within(within()).await.unwrap_err();
    assert!(error.is_transient() && error.is_retryable(), "{error}");
    emulator.faults().come_up();
    emulator.faults().on("GET", "/interventions").drop_before_commit();
    emulator.faults().on("GET", "/interventions").truncate_body();
    let news = engagement.interventions().updated_since(None).within(within()).await.unwrap();
    assert_eq!(news.interventions.len(), ids.len());
    let listed: Vec<_> = engagement.interventions().list(within()).items().try_collect().await.unwrap();
    assert_eq!(listed.len(), ids.len());
}

#[tokio::test]
async fn a_page_in_place_of_an_answer_is_never_taken_for_one() {
    let (emulator, engagement, room) = start().await;
    let (id, interventions) = (answered(&room), engagement.interventions());
    emulator.faults().times(11).html();
    let errors = [
        interventions.get(&id).await.map(drop).unwrap_err(),
        interventions.list(ListInterventions::new()).await.map(drop).unwrap_err(),
        interventions.create("c").await.map(drop).unwrap_err(),
        interventions.close(&id).await.map(drop).unwrap_err(),
        interventions.cancel(&id).await.map(drop).unwrap_err(),
        interventions.categorize(&id, ["a"]).await.map(drop).unwrap_err(),
        interventions.reassign(&id, AGENT_ID).await.map(drop).unwrap_err(),
        interventions.close_confirmed(&id).await.map(drop).unwrap_err(),
        interventions.close_or_cancel(&id).await.map(drop).unwrap_err(),
        interventions.add_categories(&id, ["b"]).await.map(drop).unwrap_err(),
        interventions.updated_since(None).await.map(drop).unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Unknown), "{error:?}");
    }
}
