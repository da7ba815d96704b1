//! Opening: once, and what is found when nobody heard the answer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use care_emulators::engagement::NewContent;
use care_testkit::Step;
use common::*;
use engagement_client::{ContentId, Intervention, ListInterventions, Outcome};
use futures_util::TryStreamExt;

const THREAD: &str = "64b0c39ef2d94e0007a1b2a0";
const CUSTOMER: &str = "5f99d2c8a7e3b1000912ab34";

fn message(scene: &Scene) -> ContentId {
    scene.room.add_content(NewContent::new().thread(THREAD).identity(CUSTOMER)).unwrap().into()
}

/// What the documentation of `create` tells to do after a lost answer.
async fn found(scene: &Scene, content: &ContentId) -> Option<Intervention> {
    let thread = ListInterventions::new().thread(THREAD).identities([CUSTOMER]);
    let all: Vec<_> = scene.interventions().list(thread).items().try_collect().await.unwrap();
    let mut open: Vec<_> = all.into_iter().filter(|one| !one.is_closed()).collect();
    let place = open.iter().position(|one| one.content_id.as_ref() == Some(content)).unwrap_or(0);
    (place < open.len()).then(|| open.swap_remove(place))
}

#[tokio::test(start_paused = true)]
async fn an_opening_and_a_reopening_in_the_dark_are_found_in_their_conversation() {
    // ENG-30
    let scene = scene().await;
    let first = message(&scene);
    scene.transport.plan("POST", "/interventions", [Step::AnswerLost]);
    let error = scene.interventions().create(&first).await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
    let opened = found(&scene, &first).await.unwrap();
    assert_eq!(opened.content_id.as_ref(), Some(&first));

    scene.room.reply(opened.id.as_str()).unwrap();
    scene.room.close(opened.id.as_str()).unwrap();
    assert!(found(&scene, &first).await.is_none());
    let second = message(&scene);
    scene.transport.plan("POST", "/interventions", [Step::AnswerLost]);
    assert_eq!(scene.interventions().create(&second).await.unwrap_err().outcome(), Outcome::Unknown);
    // It keeps the content that it was first opened on.
    let reopened = found(&scene, &second).await.unwrap();
    assert_eq!((&reopened.id, reopened.content_id.as_ref()), (&opened.id, Some(&first)));
    assert!(scene.interventions().create(&second).await.unwrap_err().is_unprocessable());
    assert_eq!(scene.room.interventions().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_opening_that_was_not_done_is_not_found() {
    let scene = scene().await;
    let content = message(&scene);
    scene.transport.plan("POST", "/interventions", [Step::Lost]);
    assert_eq!(scene.interventions().create(&content).await.unwrap_err().outcome(), Outcome::Unknown);
    assert!(found(&scene, &content).await.is_none());
    scene.interventions().create(&content).await.unwrap();
}
