//! What the token's user may see and do, and how the refusals are told apart.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use engagement_client::{ApiFault, Error, InterventionPatch, ListInterventions, Outcome};
use futures_util::TryStreamExt;

async fn listed(scene: &Scene, list: ListInterventions) -> Vec<String> {
    let items = scene.interventions().list(list).items();
    items.map_ok(|one| one.id.to_string()).try_collect().await.unwrap()
}

/// An intervention of a source that nobody reads.
fn hidden(scene: &Scene) -> (String, String, String) {
    let source = scene.room.add_source();
    let content = scene.room.add_content(NewContent::new().source(&source)).unwrap();
    let id = scene.room.open(&content).unwrap();
    (source, content, id)
}

/// The status, and what the service calls it.
fn told(error: &Error) -> (u16, String) {
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Refused, 1), "{error}");
    let predicates = [error.is_forbidden(), error.is_not_found(), error.is_conflict(), error.is_unprocessable()];
    assert_eq!(predicates.iter().filter(|is| **is).count(), 1, "{error}");
    let status = error.status().unwrap().as_u16();
    let at = [403, 404, 409, 422].iter().position(|known| *known == status).unwrap();
    assert!(predicates[at], "{error}");
    let fault = error.fault::<ApiFault>().unwrap();
    assert_eq!(fault.status, Some(status.into()));
    (status, fault.error.unwrap())
}

#[tokio::test(start_paused = true)]
async fn a_source_that_can_not_be_read_is_as_if_it_was_not_there() {
    // ENG-17
    let scene = scene().await;
    let open = scene.room.open_new();
    let (source, content, id) = hidden(&scene);
    assert_eq!(listed(&scene, ListInterventions::new()).await, [&*open]);
    let interventions = scene.interventions();
    let errors = [
        interventions.get(&id).await.unwrap_err(),
        interventions.categorize(&id, ["a"]).await.unwrap_err(),
        interventions.reassign(&id, AGENT_ID).await.unwrap_err(),
        interventions.close(&id).await.unwrap_err(),
        interventions.cancel(&id).await.unwrap_err(),
        interventions.update(&id, InterventionPatch::new().custom_field("a", "b")).await.unwrap_err(),
        interventions.add_categories(&id, ["a"]).await.unwrap_err(),
        interventions.close_or_cancel(&id).await.unwrap_err(),
        // There is none of that id.
        interventions.get("64b0c3a1f2d94e0007a1b2c3").await.unwrap_err(),
    ];
    for error in &errors {
        assert_eq!(told(error), (404, "not_found".to_owned()));
        assert!(error.to_string().contains("the two look alike"), "{error}");
    }
    // Nothing tells the one that is hidden from the one that isn't there.
    assert_eq!(errors[0].body(), errors[8].body());
    assert!(interventions.create(content).await.unwrap_err().is_unprocessable());
    assert_eq!(scene.room.intervention(&id).unwrap().category_ids, Vec::<String>::new());

    scene.room.allow_read(AGENT_ID, &source).unwrap();
    assert_eq!(listed(&scene, ListInterventions::new()).await, [&*id, &*open]);
    assert!(interventions.get(&id).await.is_ok());
    let news = interventions.updated_since(None).await.unwrap();
    assert_eq!(news.interventions.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_right_that_comes_while_a_list_is_walked_loses_no_row() {
    // ENG-17, ENG-20
    let scene = scene().await;
    let open: Vec<_> = (0..9).map(|_| scene.room.open_new()).collect();
    let (source, _, hidden) = hidden(&scene);
    let later = scene.room.open_new();
    scene.after("GET", "/interventions", "", move |room, _| room.allow_read(AGENT_ID, &source).unwrap());
    let rows = listed(&scene, ListInterventions::new().limit(4)).await;
    assert!(open.iter().chain([&later]).all(|id| rows.iter().filter(|row| *row == id).count() == 1), "{rows:?}");
    assert!(rows.iter().filter(|row| **row == hidden).count() <= 1);
}

#[tokio::test(start_paused = true)]
async fn the_rights_to_close_and_to_reassign_differ() {
    // ENG-16
    let none = NewAgent::new();
    for (rights, own, closes, reassigns) in [
        (none, false, false, false),
        (none, true, true, false),
        (none.update_own_intervention(), false, false, false),
        (none.update_own_intervention(), true, true, true),
        (none.update_intervention(), false, true, true),
    ] {
        let scene = scene().await;
        let agent = scene.room.add_agent(rights);
        scene.room.allow_read(&agent, SOURCE_ID).unwrap();
        let (closed, reassigned) = (scene.answered(), scene.room.open_new());
        if own {
            [&closed, &reassigned].iter().for_each(|id| scene.room.reassign(id, &agent).unwrap());
        }
        let scene = scene.with_agent(&agent);
        let close = scene.interventions().close(&closed).await;
        let reassign = scene.interventions().reassign(&reassigned, AGENT_ID).await;
        assert_eq!((close.is_ok(), reassign.is_ok()), (closes, reassigns), "{rights:?} {own}");
        for error in [close.err(), reassign.err()].into_iter().flatten() {
            assert_eq!(told(&error), (403, "forbidden".to_owned()));
        }
        // Nobody needs a right for these but to read.
        scene.interventions().categorize(&reassigned, ["a"]).await.unwrap();
        scene.interventions().cancel(&reassigned).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_are_told_apart_by_status_and_by_what_the_service_calls_them() {
    // ENG-15, ENG-18, ENG-22, ENG-28
    let scene = scene().await;
    let interventions = scene.interventions();
    let (open, answered, running) = (scene.room.open_new(), scene.answered(), scene.answered());
    let closed = scene.answered();
    scene.room.close(&closed).unwrap();
    scene.room.begin_close(&running).unwrap();
    let content = scene.room.add_content(NewContent::new()).unwrap();
    scene.room.open(&content).unwrap();
    for (error, expected) in [
        (interventions.close(&open).await.unwrap_err(), (403, "forbidden")),
        (interventions.close(&closed).await.unwrap_err(), (403, "forbidden")),
        (interventions.cancel(&answered).await.unwrap_err(), (403, "forbidden")),
        (interventions.cancel(&closed).await.unwrap_err(), (403, "forbidden")),
        (interventions.close(&running).await.unwrap_err(), (409, "conflict")),
        (interventions.cancel(&running).await.unwrap_err(), (409, "conflict")),
        (interventions.create(&*content).await.unwrap_err(), (422, "validation_error")),
        (interventions.create("64b0c3a1f2d94e0007a1b2c3").await.unwrap_err(), (422, "validation_error")),
        (interventions.get("64b0c3a1f2d94e0007a1b2c3").await.unwrap_err(), (404, "not_found")),
    ] {
        assert_eq!(told(&error), (expected.0, expected.1.to_owned()), "{error}");
        if expected.0 == 422 {
            let wrong = error.fault::<ApiFault>().unwrap().errors;
            assert_eq!(wrong[0].attribute.as_deref(), Some("content_id"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_in_plain_text_is_told_as_well() {
    // ENG-22
    let scene = scene_of(Emulator::builder().plain_text_errors()).await;
    let id = scene.room.open_new();
    let error = scene.interventions().close(&id).await.unwrap_err();
    let fault = error.fault::<ApiFault>().unwrap();
    assert!(error.is_forbidden() && fault.message.unwrap().contains("no agent reply"));
    assert_eq!((fault.error, fault.status), (None, Some(403)));
}
