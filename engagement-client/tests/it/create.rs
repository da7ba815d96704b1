//! A create is sent once, and what it opened is found after a lost answer.

use crate::support::*;
use care_emulators::engagement::NewContent;
use care_testkit::Step;
use engagement_client::{ContentId, Intervention, ListInterventions, Outcome};
use futures_util::TryStreamExt;

const THREAD: &str = "64b0c39ef2d94e0007a1b2a0";
const CUSTOMER: &str = "5f99d2c8a7e3b1000912ab34";

fn message(setup: &Setup) -> ContentId {
    setup.controller.add_content(NewContent::new().thread(THREAD).identity(CUSTOMER)).unwrap().into()
}

/// The search after a lost answer, as in the documentation of `create`.
async fn found(setup: &Setup, content: &ContentId) -> Option<Intervention> {
    let thread = ListInterventions::new().thread(THREAD).identities([CUSTOMER]);
    let all: Vec<_> = setup.interventions().list(thread).items().try_collect().await.unwrap();
    let mut open: Vec<_> = all.into_iter().filter(|one| !one.is_closed()).collect();
    let place = open.iter().position(|one| one.content_id.as_ref() == Some(content)).unwrap_or(0);
    (place < open.len()).then(|| open.swap_remove(place))
}

#[tokio::test(start_paused = true)]
async fn a_create_and_a_reopen_with_lost_answers_are_found_in_their_conversation() {
    // ENG-30
    let setup = setup().await;
    let first = message(&setup);
    setup.transport.plan("POST", "/interventions", [Step::AnswerLost]);
    let error = setup.interventions().create(&first).await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
    let opened = found(&setup, &first).await.unwrap();
    assert_eq!(opened.content_id.as_ref(), Some(&first));

    setup.controller.reply(opened.id.as_str()).unwrap();
    setup.controller.close(opened.id.as_str()).unwrap();
    assert!(found(&setup, &first).await.is_none());
    let second = message(&setup);
    setup.transport.plan("POST", "/interventions", [Step::AnswerLost]);
    assert_eq!(setup.interventions().create(&second).await.unwrap_err().outcome(), Outcome::Unknown);
    // It keeps the content on which it was first opened.
    let reopened = found(&setup, &second).await.unwrap();
    assert_eq!((&reopened.id, reopened.content_id.as_ref()), (&opened.id, Some(&first)));
    assert!(setup.interventions().create(&second).await.unwrap_err().is_unprocessable());
    assert_eq!(setup.controller.interventions().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_create_that_was_lost_is_not_found() {
    let setup = setup().await;
    let content = message(&setup);
    setup.transport.plan("POST", "/interventions", [Step::Lost]);
    assert_eq!(setup.interventions().create(&content).await.unwrap_err().outcome(), Outcome::Unknown);
    assert!(found(&setup, &content).await.is_none());
    setup.interventions().create(&content).await.unwrap();
}
