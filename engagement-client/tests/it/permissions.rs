//! What the token's user may see and do, and how refusals are distinguished.

use crate::support::*;
use engagement_client::{ApiFault, Error, InterventionPatch, ListInterventions, Outcome};
use futures_util::TryStreamExt;

async fn listed(setup: &Setup, list: ListInterventions) -> Vec<String> {
    let items = setup.interventions().list(list).items();
    items.map_ok(|one| one.id.to_string()).try_collect().await.unwrap()
}

/// An intervention of a source that the token's user can't read.
fn hidden(setup: &Setup) -> (String, String, String) {
    let source = setup.controller.add_source();
    let content = setup.controller.add_content(NewContent::new().source(&source)).unwrap();
    let id = setup.controller.open(&content).unwrap();
    (source, content, id)
}

/// The status and the service's name for it.
fn reported(error: &Error) -> (u16, String) {
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
async fn interventions_of_an_unreadable_source_look_missing() {
    // ENG-17
    let setup = setup().await;
    let open = setup.controller.open_new();
    let (source, content, id) = hidden(&setup);
    assert_eq!(listed(&setup, ListInterventions::new()).await, [&*open]);
    let interventions = setup.interventions();
    let errors = [
        interventions.get(&id).await.unwrap_err(),
        interventions.categorize(&id, ["a"]).await.unwrap_err(),
        interventions.reassign(&id, AGENT_ID).await.unwrap_err(),
        interventions.close(&id).await.unwrap_err(),
        interventions.cancel(&id).await.unwrap_err(),
        interventions.update(&id, InterventionPatch::new().custom_field("a", "b")).await.unwrap_err(),
        interventions.add_categories(&id, ["a"]).await.unwrap_err(),
        interventions.close_or_cancel(&id).await.unwrap_err(),
        // No intervention has this id.
        interventions.get("64b0c3a1f2d94e0007a1b2c3").await.unwrap_err(),
    ];
    for error in &errors {
        assert_eq!(reported(error), (404, "not_found".to_owned()));
        assert!(error.to_string().contains("answers 404 to both"), "{error}");
    }
    // A hidden intervention looks exactly like a missing one.
    assert_eq!(errors[0].body(), errors[8].body());
    assert!(interventions.create(content).await.unwrap_err().is_unprocessable());
    assert_eq!(setup.controller.intervention(&id).unwrap().category_ids, Vec::<String>::new());

    setup.controller.allow_read(AGENT_ID, &source).unwrap();
    assert_eq!(listed(&setup, ListInterventions::new()).await, [&*id, &*open]);
    assert!(interventions.get(&id).await.is_ok());
    let changes = interventions.updated_since(None).await.unwrap();
    assert_eq!(changes.interventions.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_permission_granted_while_a_list_is_read_hides_no_row() {
    // ENG-17, ENG-20
    let setup = setup().await;
    let open: Vec<_> = (0..9).map(|_| setup.controller.open_new()).collect();
    let (source, _, hidden) = hidden(&setup);
    let later = setup.controller.open_new();
    setup.after("GET", "/interventions", "", move |controller, _| controller.allow_read(AGENT_ID, &source).unwrap());
    let rows = listed(&setup, ListInterventions::new().limit(4)).await;
    assert!(open.iter().chain([&later]).all(|id| rows.iter().filter(|row| *row == id).count() == 1), "{rows:?}");
    assert!(rows.iter().filter(|row| **row == hidden).count() <= 1);
}

#[tokio::test(start_paused = true)]
async fn the_permissions_to_close_and_to_reassign_differ() {
    // ENG-16
    let none = NewAgent::new();
    for (rights, own, closes, reassigns) in [
        (none, false, false, false),
        (none, true, true, false),
        (none.update_own_intervention(), false, false, false),
        (none.update_own_intervention(), true, true, true),
        (none.update_intervention(), false, true, true),
    ] {
        let setup = setup().await;
        let agent = setup.controller.add_agent(rights);
        setup.controller.allow_read(&agent, SOURCE_ID).unwrap();
        let (closed, reassigned) = (setup.answered(), setup.controller.open_new());
        if own {
            [&closed, &reassigned].iter().for_each(|id| setup.controller.reassign(id, &agent).unwrap());
        }
        let setup = setup.with_agent(&agent);
        let close = setup.interventions().close(&closed).await;
        let reassign = setup.interventions().reassign(&reassigned, AGENT_ID).await;
        assert_eq!((close.is_ok(), reassign.is_ok()), (closes, reassigns), "{rights:?} {own}");
        for error in [close.err(), reassign.err()].into_iter().flatten() {
            assert_eq!(reported(&error), (403, "forbidden".to_owned()));
        }
        // These need only read permission.
        setup.interventions().categorize(&reassigned, ["a"]).await.unwrap();
        setup.interventions().cancel(&reassigned).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_are_distinguished_by_status_and_by_name() {
    // ENG-15, ENG-18, ENG-22, ENG-28
    let setup = setup().await;
    let interventions = setup.interventions();
    let (open, answered, running) = (setup.controller.open_new(), setup.answered(), setup.answered());
    let closed = setup.answered();
    setup.controller.close(&closed).unwrap();
    setup.controller.begin_close(&running).unwrap();
    let content = setup.controller.add_content(NewContent::new()).unwrap();
    setup.controller.open(&content).unwrap();
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
        assert_eq!(reported(&error), (expected.0, expected.1.to_owned()), "{error}");
        if expected.0 == 422 {
            let wrong = error.fault::<ApiFault>().unwrap().errors;
            assert_eq!(wrong[0].attribute.as_deref(), Some("content_id"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_in_plain_text_is_reported() {
    // ENG-22
    let setup = setup_of(Emulator::builder().plain_text_errors()).await;
    let id = setup.controller.open_new();
    let error = setup.interventions().close(&id).await.unwrap_err();
    let fault = error.fault::<ApiFault>().unwrap();
    assert!(error.is_forbidden() && fault.message.unwrap().contains("no agent reply"));
    assert_eq!((fault.error, fault.status), (None, Some(403)));
}
