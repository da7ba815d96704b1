//! Over real sockets that break: errors report what the service did, and nothing is done twice or lost.

use crate::support::*;
use care_emulators::Faults;
use engagement_client::{
    CloseOutcome, Engagement, Error, InterventionPatch, Kind, ListInterventions, Options, Outcome, Proof,
    Recategorized, RetryPolicy,
};
use futures_util::TryStreamExt;
use std::time::Duration;

type Break = fn(&Faults);

/// Failures after which the outcome is unknown, and whether the service has carried out the request.
const UNKNOWN_OUTCOME: [(Break, bool); 8] = [
    (Faults::drop_before_commit, false),
    (Faults::reset, false),
    (|faults| faults.status_before_commit(503, None), false),
    (Faults::drop_after_commit, true),
    (Faults::reset_after_commit, true),
    (|faults| faults.status_after_commit(502, None), true),
    (Faults::garbage, true),
    (Faults::html, true),
];

/// Failures after the head of a successful answer.
const TRUNCATED: [Break; 2] = [Faults::truncate_body, Faults::reset_body];

fn connect(emulator: &Emulator) -> Engagement {
    let quick = RetryPolicy::new().first_delay(Duration::from_millis(1));
    let options = Options::new().retry(quick);
    let builder = Engagement::builder().base_url(emulator.base_url()).access_token(emulator.access_token());
    builder.options(options).build().unwrap()
}

async fn start() -> (Emulator, Engagement, Controller) {
    let emulator = Emulator::start().await.unwrap();
    let (engagement, controller) = (connect(&emulator), emulator.controller());
    (emulator, engagement, controller)
}

fn answered(controller: &Controller) -> String {
    let id = controller.open_new();
    controller.reply(&id).unwrap();
    id
}

fn assert_unknown(error: &Error) {
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1), "{error:?}");
    assert!(!error.is_retryable() && error.to_string().contains("may or may not"), "{error}");
}

#[tokio::test]
async fn a_create_close_or_cancel_without_an_answer_is_unknown_and_sent_once() {
    for (fault, done) in UNKNOWN_OUTCOME {
        let (emulator, engagement, controller) = start().await;
        let interventions = engagement.interventions();
        let content = controller.add_content(NewContent::new()).unwrap();
        let (closed, cancelled) = (answered(&controller), controller.open_new());
        for (method, path) in [("POST", "/interventions"), ("PUT", "/close"), ("DELETE", "/cancel")] {
            fault(&emulator.faults().on(method, path));
        }
        assert_unknown(&interventions.create(content).await.unwrap_err());
        assert_unknown(&interventions.close(&closed).await.unwrap_err());
        assert_unknown(&interventions.cancel(&cancelled).await.unwrap_err());
        let there = [controller.interventions().len() == 3, controller.intervention(&closed).unwrap().closed];
        let expected = if done { [false, true] } else { [false, false] };
        assert_eq!((there, controller.intervention(&cancelled).is_err()), (expected, done));
        assert_eq!(controller.interventions().len(), 2);
        assert_eq!(emulator.faults().left(), 0);
        let journal = emulator.journal();
        assert_eq!(["POST", "PUT", "DELETE"].map(|method| journal.count(method, "")), [1, 1, 1]);
    }
}

#[tokio::test]
async fn an_unreadable_answer_means_completed() {
    for fault in TRUNCATED {
        let (emulator, engagement, controller) = start().await;
        let interventions = engagement.interventions();
        let (closed, cancelled) = (answered(&controller), controller.open_new());
        fault(&emulator.faults().on("PUT", "/close"));
        fault(&emulator.faults().on("DELETE", "/cancel"));
        for error in
            [interventions.close(&closed).await.unwrap_err(), interventions.cancel(&cancelled).await.unwrap_err()]
        {
            assert_eq!((error.outcome(), error.kind()), (Outcome::Completed, Kind::Interrupted), "{error:?}");
        }
        assert!(controller.intervention(&closed).unwrap().closed && controller.intervention(&cancelled).is_err());
        // A truncated refusal is still a refusal.
        fault(&emulator.faults().on("PUT", "/close"));
        let error = interventions.close(&closed).await.unwrap_err();
        assert_eq!((error.outcome(), error.is_forbidden()), (Outcome::Refused, true), "{error:?}");
    }
}

#[tokio::test]
async fn idempotent_operations_are_retried_until_done() {
    let repeatable = UNKNOWN_OUTCOME
        .iter()
        .map(|(fault, _)| *fault)
        .filter(|fault| !std::ptr::fn_addr_eq(*fault, Faults::html as Break));
    for fault in repeatable.chain(TRUNCATED) {
        let (emulator, engagement, controller) = start().await;
        let id = controller.open_new();
        let other = controller.add_agent(NewAgent::new());
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
        let now = controller.intervention(&id).unwrap();
        assert_eq!(
            (now.category_ids, now.user_id, &now.custom_fields["order"]),
            (vec!["a".to_owned(), "b".to_owned()], other, &"A-1".into())
        );
        assert_eq!((emulator.faults().left(), emulator.journal().count("PUT", "")), (0, 6));
    }
}

#[tokio::test]
async fn workflows_find_out_what_the_service_did() {
    for fault in UNKNOWN_OUTCOME.iter().filter(|(_, done)| *done).map(|(fault, _)| *fault).chain(TRUNCATED) {
        let (emulator, engagement, controller) = start().await;
        let interventions = engagement.interventions();
        let (closed, cancelled) = (answered(&controller), controller.open_new());
        let (one, another) = (answered(&controller), controller.open_new());
        fault(&emulator.faults().on("PUT", "/close").times(2));
        fault(&emulator.faults().on("DELETE", "/cancel").times(2));
        fault(&emulator.faults().on("PUT", "/update_categories"));
        let changed = interventions.add_categories(&closed, ["a"]).await.unwrap();
        assert!(matches!(changed, Recategorized::Changed(now) if now.category_ids == Some(vec!["a".into()])));
        assert_eq!(interventions.close_confirmed(&closed).await.unwrap().proof, Proof::ReadBack);
        assert_eq!(interventions.cancel_confirmed(&cancelled).await.unwrap().proof, Proof::ReadBack);
        let ended = interventions.close_or_cancel(&one).await.unwrap();
        assert!(matches!(ended, CloseOutcome::Closed(closed) if closed.proof == Proof::ReadBack));
        let ended = interventions.close_or_cancel(&another).await.unwrap();
        assert!(matches!(ended, CloseOutcome::Cancelled(cancelled) if cancelled.proof == Proof::ReadBack));
        assert!([&closed, &one].iter().all(|id| controller.intervention(id).unwrap().closed));
        assert!([&cancelled, &another].iter().all(|id| controller.intervention(id).is_err()));
        let journal = emulator.journal();
        assert_eq!((journal.count("PUT", "/close"), journal.count("DELETE", "/cancel")), (2, 2));
        assert_eq!(emulator.faults().left(), 0);
    }
}

#[tokio::test]
async fn many_concurrent_closes_close_an_intervention_once() {
    let (emulator, engagement, controller) = start().await;
    let (answered, unanswered) = (answered(&controller), controller.open_new());
    let closing = (0..8).map(|_| engagement.interventions().close_confirmed(&answered).into_future());
    let cancelling = (0..8).map(|_| engagement.interventions().close_or_cancel(&unanswered).into_future());
    let (closed, ended) =
        futures_util::future::join(futures_util::future::join_all(closing), futures_util::future::join_all(cancelling))
            .await;
    let proofs: Vec<_> = closed.into_iter().map(|one| one.unwrap().proof).collect();
    assert_eq!(proofs.iter().filter(|proof| **proof == Proof::Answered).count(), 1, "{proofs:?}");
    let ours =
        ended.iter().filter(|one| matches!(one, Ok(CloseOutcome::Cancelled(one)) if one.proof == Proof::Answered));
    assert_eq!(ours.count(), 1);
    // A workflow that starts too late finds no intervention.
    assert!(
        ended.iter().all(|one| one
            .as_ref()
            .map_or_else(Error::is_not_found, |ended| matches!(ended, CloseOutcome::Cancelled(_))))
    );
    drop(emulator);
}

#[tokio::test]
async fn a_copy_survives_an_outage() {
    let (emulator, engagement, controller) = start().await;
    let ids: Vec<_> = (0..40).map(|_| controller.open_new()).collect();
    let within = || ListInterventions::new().limit(10);
    let faults = emulator.faults();
    controller.after_next("GET", "/interventions", move |_| faults.go_down());
    let error = engagement.interventions().updated_since(None).with_filter(within()).await.unwrap_err();
    assert!(error.is_transient() && error.is_retryable(), "{error}");
    emulator.faults().come_up();
    emulator.faults().on("GET", "/interventions").drop_before_commit();
    emulator.faults().on("GET", "/interventions").truncate_body();
    let changes = engagement.interventions().updated_since(None).with_filter(within()).await.unwrap();
    assert_eq!(changes.interventions.len(), ids.len());
    let listed: Vec<_> = engagement.interventions().list(within()).items().try_collect().await.unwrap();
    assert_eq!(listed.len(), ids.len());
}

#[tokio::test]
async fn an_html_page_is_never_taken_for_an_answer() {
    let (emulator, engagement, controller) = start().await;
    let (id, interventions) = (answered(&controller), engagement.interventions());
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
