//! An observer sees each attempt, each repeat with its reason, and each end.

use crate::support::*;
use care_client_core::{AttemptEvent, Credentials, FinishEvent, Observe, Options, RepeatEvent, RequestParts};
use std::{sync::Arc, sync::Mutex, time::Duration};

/// Writes down what it is told.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn add(&self, note: String) {
        self.0.lock().unwrap().push(note);
    }

    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Observe for Notes {
    fn attempt(&self, event: &AttemptEvent<'_>) {
        self.add(format!("{} {} {} {}", event.operation.name(), event.number, event.method, event.origin));
    }

    fn repeat(&self, event: &RepeatEvent<'_>) {
        let status = event.status.map(|status| status.as_u16());
        self.add(format!("repeat {} {} {status:?} {:?}", event.number, event.kind, event.delay));
    }

    fn finish(&self, event: &FinishEvent<'_>) {
        let status = event.status.map(|status| status.as_u16());
        let (operation, attempts) = (event.operation.name(), event.attempts);
        self.add(format!("{operation} ends {attempts} {status:?} {:?} {:?}", event.error, event.elapsed));
    }
}

fn noted(scripted: &Scripted) -> (care_client_core::Pipeline, Notes) {
    let notes = Notes::default();
    let options = Options::new().transport(scripted.clone()).observer(notes.clone());
    (pipeline("http://localhost:8080/secret-path", options), notes)
}

#[tokio::test(start_paused = true)]
async fn a_call_with_repeats_is_told_from_its_first_attempt_to_its_end() {
    let scripted = Scripted::new(|number, _| match number {
        1 => Step::With(503, "retry-after", "2".to_owned()),
        2 => after(Duration::from_secs(1), Step::With(429, "retry-after", "4".to_owned())),
        _ => Step::Status(200, DONE),
    });
    let (pipeline, notes) = noted(&scripted);
    pipeline.call(Look).await.unwrap();
    let expected = [
        "test.look 1 POST http://localhost:8080",
        "repeat 1 api Some(503) 2s",
        "test.look 2 POST http://localhost:8080",
        "repeat 2 api Some(429) 4s",
        "test.look 3 POST http://localhost:8080",
        "test.look ends 3 Some(200) None 7s",
    ];
    assert_eq!(notes.taken(), expected);
}

#[tokio::test(start_paused = true)]
async fn each_failure_is_told_with_its_kind_and_outcome() {
    let (pipeline, notes) = noted(&Scripted::new(|_, _| Step::Broken));
    pipeline.call(Add).await.unwrap_err();
    assert_eq!(notes.taken()[1..], ["test.add ends 1 None Some((Interrupted, Unknown)) 0ns"]);

    let (pipeline, notes) = noted(&Scripted::always(200, "[]"));
    pipeline.call(Look).await.unwrap_err();
    assert_eq!(notes.taken()[1..], ["test.look ends 1 Some(200) Some((Decode, Completed)) 0ns"]);

    pipeline.call(RequestParts::get([".."])).await.unwrap_err();
    pipeline.with_credentials(Credentials::Missing("set a token")).call(Look).await.unwrap_err();
    let not_sent =
        ["raw ends 0 None Some((Request, NotSent)) 0ns", "test.look ends 0 None Some((Config, NotSent)) 0ns"];
    assert_eq!(notes.taken(), not_sent);
}

#[tokio::test(start_paused = true)]
async fn a_renewed_token_is_told_as_a_repeat_without_a_wait() {
    let scripted = Scripted::new(|number, _| if number == 1 { Step::Status(401, "") } else { Step::Status(200, DONE) });
    let (pipeline, notes) = noted(&scripted);
    pipeline.with_credentials(Source::counting().credentials()).call(Add).await.unwrap();
    assert_eq!(notes.taken()[1], "repeat 1 api Some(401) 0ns");
}

#[tokio::test(start_paused = true)]
async fn a_settled_call_is_told_as_a_success() {
    let scripted = Scripted::new(|number, _| if number == 1 { Step::Broken } else { Step::Status(404, "") });
    let (pipeline, notes) = noted(&scripted);
    pipeline.call(Delete).await.unwrap();
    assert!(notes.taken().last().unwrap().starts_with("test.delete ends 2 Some(404) None"));
}
