//! An external id is written once, never taken from another request, and found again.

use crate::support::scene::*;
use leap_client::{Error, Kind, Mapping, Outcome, WorkflowFailure};

const SET: &str = "/A/extid";

async fn scene() -> Scene {
    let scene = crate::support::scene::scene().await;
    ["A", "B"].iter().for_each(|id| scene.world.raise(id));
    scene
}

fn external(scene: &Scene, id: &str) -> Option<String> {
    scene.world.controller.request(id).unwrap().external_id
}

/// How often it was written, and what it did to A.
fn written(scene: &Scene) -> (usize, Option<String>) {
    (scene.transport.count("POST", ""), external(scene, "A"))
}

fn some(id: &str) -> Option<String> {
    Some(id.to_owned())
}

fn taken_by(owner: &str) -> WorkflowFailure {
    WorkflowFailure::ExternalIdTaken { owner: owner.into() }
}

#[tokio::test(start_paused = true)]
async fn an_external_id_is_written_once_and_then_found() {
    let scene = scene().await;
    let requests = scene.leap.requests();
    assert_eq!(requests.ensure_external_id("A", "MAX-1").await.unwrap(), Mapping::Mapped);
    for _ in 0..3 {
        assert_eq!(requests.ensure_external_id("A", "MAX-1").await.unwrap(), Mapping::AlreadyMapped);
    }
    assert_eq!(written(&scene), (1, some("MAX-1")));
    assert_eq!(scene.transport.sent("POST", SET)[0].text(), "extid=MAX-1");
}

#[tokio::test(start_paused = true)]
async fn an_external_id_is_never_taken_from_another_request_and_the_owner_is_named() {
    let scene = scene().await;
    scene.world.controller.set_external_id("B", "MAX-1").unwrap();
    let requests = scene.leap.requests();
    for ensure in
        [requests.ensure_external_id("A", "MAX-1"), requests.ensure_external_id("A", "MAX-1").with_overwrite()]
    {
        let error = ensure.await.unwrap_err();
        assert_eq!(WorkflowFailure::of(&error), Some(&taken_by("B")));
        assert_eq!(
            (error.kind(), error.outcome(), error.operation()),
            (Kind::Request, Outcome::NotSent, "leap.requests.set_external_id")
        );
    }
    assert_eq!(written(&scene), (0, None));
}

#[tokio::test(start_paused = true)]
async fn another_external_id_is_replaced_only_with_overwrite() {
    let scene = scene().await;
    scene.world.controller.set_external_id("A", "MAX-1").unwrap();
    let requests = scene.leap.requests();
    let error = requests.ensure_external_id("A", "MAX-2").await.unwrap_err();
    assert_eq!(WorkflowFailure::of(&error), Some(&WorkflowFailure::HasExternalId { current: "MAX-1".into() }));
    assert_eq!(written(&scene), (0, some("MAX-1")));
    assert!(!error.to_string().contains("MAX-1") && !error.report().contains("MAX-1"));
    assert_eq!(requests.ensure_external_id("A", "MAX-2").with_overwrite().await.unwrap(), Mapping::Mapped);
    assert_eq!(written(&scene), (1, some("MAX-2")));
}

#[tokio::test(start_paused = true)]
async fn unknown_requests_and_invalid_identifiers_are_errors_with_nothing_written() {
    let scene = scene().await;
    let requests = scene.leap.requests();
    assert!(requests.ensure_external_id("Z", "MAX-1").await.unwrap_err().is_not_found());
    let reads = scene.transport.total();
    for (id, external) in [("A", ""), ("", "MAX-1"), ("A", "MAX\n1"), ("extid", "MAX-1")] {
        let error = requests.ensure_external_id(id, external).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.operation()),
            (Kind::Request, "leap.requests.set_external_id"),
            "{id:?} {external:?}"
        );
    }
    assert_eq!((scene.transport.total(), written(&scene)), (reads, (0, None)));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_gets_the_external_id_between_read_and_write_is_named() {
    for (owner, result) in [("A", Ok(Mapping::Mapped)), ("B", Err(taken_by("B")))] {
        let scene = scene().await;
        scene.world.before("POST", SET, move |world| world.controller.set_external_id(owner, "MAX-1").unwrap());
        let ensured = scene.leap.requests().ensure_external_id("A", "MAX-1").await;
        assert_eq!(ensured.map_err(|error| WorkflowFailure::of(&error).unwrap().clone()), result);
    }
}

#[tokio::test(start_paused = true)]
async fn an_unexplained_conflict_stays_a_conflict() {
    let scene = scene().await;
    scene.transport.plan("POST", SET, [Step::Answer(409, "")]);
    let error = scene.leap.requests().ensure_external_id("A", "MAX-1").await.unwrap_err();
    assert!(error.is_conflict() && WorkflowFailure::of(&error).is_none(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_read_back() {
    let html = || Step::edited(|answer| answer.body = "<!doctype html><html/>".into());
    let other_external = || Step::text(|body| *body = body.replace("MAX-1", "MAX-2"));
    let other_request = || Step::text(|body| *body = body.replace("identifier=\"A\"", "identifier=\"B\""));
    for steps in [
        vec![Step::AnswerLost; 3],
        vec![Step::Answer(503, "{}"), Step::AnswerLost, Step::Silence],
        vec![html()],
        vec![other_external()],
        vec![other_request()],
        vec![Step::Lost],
        vec![Step::Cut; 3],
    ] {
        let scene = scene().await;
        let name = format!("{steps:?}");
        scene.transport.plan("POST", SET, steps);
        assert_eq!(scene.leap.requests().ensure_external_id("A", "MAX-1").await.unwrap(), Mapping::Mapped, "{name}");
        assert_eq!(external(&scene, "A"), some("MAX-1"), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_write_keeps_its_error() {
    let scene = scene().await;
    scene.transport.plan("POST", SET, vec![Step::Lost; 3]);
    let error = scene.leap.requests().ensure_external_id("A", "MAX-1").await.unwrap_err();
    assert_eq!((error.outcome(), error.kind(), external(&scene, "A")), (Outcome::Unknown, Kind::Interrupted, None));

    // The answer names another request, and nothing was written.
    let answer = r#"<ref identifier="B" extid="MAX-1"/>"#;
    scene.transport.plan("POST", SET, [Step::Answer(200, answer)]);
    let error = scene.leap.requests().ensure_external_id("A", "MAX-1").await.unwrap_err();
    assert_eq!((error.outcome(), error.operation()), (Outcome::Unknown, "leap.requests.set_external_id"));

    // It was done, and nobody can see it.
    scene.transport.plan("POST", SET, vec![Step::AnswerLost; 3]);
    let mut outage = vec![Step::Answer(403, ""); 2];
    outage[0] = Step::Pass;
    scene.transport.plan("GET", "/extid/MAX-1", outage);
    let error = scene.leap.requests().ensure_external_id("A", "MAX-1").await.unwrap_err();
    assert_eq!((error.outcome(), error.operation()), (Outcome::Unknown, "leap.requests.set_external_id"));
}

#[tokio::test(start_paused = true)]
async fn a_request_is_found_by_its_external_id_or_there_is_none() {
    let scene = scene().await;
    scene.world.controller.set_external_id("A", "MAX-1").unwrap();
    let find = async |external: &str| scene.leap.requests().find_by_external_id(external).await;
    let id = |found: Result<Option<leap_client::SupportRequest>, Error>| {
        found.unwrap().map(|one| one.identifier.to_string())
    };
    assert_eq!((id(find("MAX-1").await), id(find("MAX-2").await)), (some("A"), None));
    scene.transport.plan("GET", "/extid/MAX-1", [Step::Answer(403, "")]);
    assert!(find("MAX-1").await.unwrap_err().is_forbidden());
    // An answer for another request is none.
    for (other, outcome) in [("extid=\"MAX-2\"", Outcome::Unknown), ("", Outcome::Completed)] {
        scene.transport.plan(
            "GET",
            "/extid/MAX-1",
            [Step::text(move |body| *body = body.replace("extid=\"MAX-1\"", other))],
        );
        let error = find("MAX-1").await.unwrap_err();
        assert_eq!((error.kind(), error.outcome(), error.operation()), (Kind::Decode, outcome, "leap.requests.get"));
    }
    assert!(find("").await.is_err());
}
