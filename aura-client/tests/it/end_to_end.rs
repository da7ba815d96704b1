//! Over real sockets that break: the outcome is what the server did, and nothing is done twice.

use crate::support::*;
use aura_client::{Aura, Kind, NewUser, Options, Outcome, RetryPolicy};
use care_testkit::contract::broken::{COMPLETED, UNKNOWN, assert_unknown, repeatable};
use std::time::Duration;

async fn scene() -> (Emulator, Aura) {
    let emulator = Emulator::start().await.unwrap();
    let quick = RetryPolicy::new().first_delay(Duration::from_millis(1));
    let aura = Aura::builder()
        .base_url(emulator.url())
        .server_credentials(emulator.client_id(), emulator.client_secret())
        .user_token(emulator.issue_user_token(USER))
        .options(Options::new().retry(quick));
    (emulator, aura.build().unwrap())
}

#[tokio::test]
async fn a_create_of_unknown_outcome_is_sent_once() {
    for (fault, done) in UNKNOWN {
        let (emulator, aura) = scene().await;
        fault(&emulator.faults().on("POST", "/callouts"));
        assert_unknown(&aura.callouts().create(new_callout()).await.unwrap_err());
        let (sent, there) = (emulator.journal().count("POST", "/callouts"), emulator.controller().callouts().len());
        assert_eq!((sent, there), (1, usize::from(done)));
    }
}

#[tokio::test]
async fn after_a_registration_of_unknown_outcome_the_users_token_shows_whether_it_was_done() {
    for (fault, done) in UNKNOWN {
        let (emulator, aura) = scene().await;
        let user = || NewUser::new("id_2@example.com", "a long random password");
        fault(&emulator.faults().on("POST", "/oauth/user"));
        assert_unknown(&aura.users().register(user()).await.unwrap_err());
        assert_eq!(emulator.journal().count("POST", "/oauth/user"), 1);
        let token = aura.users().token("id_2@example.com", "a long random password").await;
        assert_eq!(token.is_ok(), done);
    }
}

#[tokio::test]
async fn after_a_comment_of_unknown_outcome_the_events_show_whether_it_was_sent() {
    for (fault, done) in UNKNOWN {
        let (emulator, aura) = scene().await;
        let id = aura.callouts().create(new_callout()).await.unwrap().id;
        fault(&emulator.faults().on("POST", "/comments"));
        assert_unknown(&aura.callouts().comment(id, "Hello").await.unwrap_err());
        assert_eq!(emulator.journal().count("POST", "/comments"), 1);
        assert_eq!(emulator.controller().comments(id.get()).unwrap().len(), usize::from(done));
    }
}

#[tokio::test]
async fn safe_calls_are_repeated_until_they_are_done() {
    for fault in repeatable() {
        let (emulator, aura) = scene().await;
        let id = aura.callouts().create(new_callout()).await.unwrap().id;
        fault(&emulator.faults().on("POST", "/dismiss").times(2));
        aura.callouts().dismiss(id).await.unwrap();
        fault(&emulator.faults().on("POST", "/location"));
        aura.callouts().update_location(id, here()).await.unwrap();
        fault(&emulator.faults().on("GET", "/570"));
        aura.callouts().get(id).await.unwrap();
        assert_eq!(emulator.faults().left(), 0);
        let counts = [("POST", "/dismiss"), ("POST", "/location"), ("GET", "/570")]
            .map(|(method, path)| emulator.journal().count(method, path));
        assert_eq!((counts, emulator.controller().dismissed(570)), ([3, 2, 2], Ok(true)));
    }
}

#[tokio::test]
async fn a_create_whose_answer_breaks_off_is_completed() {
    for fault in COMPLETED {
        let (emulator, aura) = scene().await;
        fault(&emulator.faults().on("POST", "/callouts"));
        let error = aura.callouts().create(new_callout()).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Interrupted, Outcome::Completed), "{error:?}");
        assert_eq!((emulator.journal().count("POST", "/callouts"), error.is_retryable()), (1, false));
    }
}

#[tokio::test]
async fn an_unreachable_server_received_nothing_and_the_call_may_be_sent_again() {
    let (emulator, aura) = scene().await;
    emulator.faults().go_down();
    let error = aura.callouts().create(new_callout()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Connect, Outcome::NotSent, 3), "{error:?}");
    assert!(error.is_retryable());
    emulator.faults().come_up();
    aura.callouts().create(new_callout()).await.unwrap();
    assert_eq!(emulator.controller().callouts().len(), 1);
}

#[tokio::test]
async fn a_page_in_place_of_an_answer_is_never_taken_for_one() {
    let (emulator, aura) = scene().await;
    let id = aura.callouts().create(new_callout()).await.unwrap().id;
    let faults = emulator.faults();
    for (path, method) in [("/dismiss", "POST"), ("/location", "POST"), ("/570", "GET"), (LIST, "GET")] {
        faults.on(method, path).html();
    }
    let errors = [
        aura.callouts().dismiss(id).await.unwrap_err(),
        aura.callouts().update_location(id, here()).await.unwrap_err(),
        aura.callouts().get(id).await.map(drop).unwrap_err(),
        aura.classifications().list().await.map(drop).unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Unknown), "{error:?}");
    }
}

const LIST: &str = "/callout-classifications";
