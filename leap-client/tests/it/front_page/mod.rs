//! The README has exactly these programs, and they work.

use crate::support::scene::*;
use leap_client::{ChangeStore, FileChangeStore};
use tokio::time::timeout;

#[allow(dead_code, reason = "a front page's program has a main of its own")]
mod program {
    include!("program.rs");

    pub(crate) async fn run(leap: &Leap, store: FileChangeStore) -> Result<(), Box<dyn std::error::Error>> {
        follow(leap, store).await
    }
}

mod single {
    include!("single.rs");

    pub(crate) async fn run(leap: &Leap) -> Result<(), Error> {
        close_parking(leap).await
    }
}

#[test]
fn the_readme_has_exactly_these_programs() {
    let programs = [include_str!("program.rs"), include_str!("single.rs")];
    care_testkit::front_page::shows(env!("CARGO_MANIFEST_DIR"), &programs);
}

#[tokio::test(start_paused = true)]
async fn the_first_program_follows_changes_and_answers_new_requests() {
    follows(true).await;
    follows(false).await;
}

async fn follows(own_writes_come_back: bool) {
    let scene = scene_of(Emulator::builder().flag_own_writes(own_writes_come_back)).await;
    for id in ["A", "B"] {
        scene.world.raise(id);
    }
    let folder = Folder::new();
    let store = FileChangeStore::open(folder.file("leap-changes.json")).unwrap();
    // One change is handled in vain at first, and one pass fails.
    scene.transport.plan("POST", "/A/updates", [Step::Answer(400, "")]);
    scene.transport.plan("GET", "/requests/", [Step::Pass, Step::Answer(403, "")]);
    let world = scene.world.clone();
    scene.world.after("POST", "/B/updates", move |_| world.comment("B", "thank you"));
    // It has no end of its own.
    assert!(timeout(secs(600), program::run(&scene.leap, store.clone())).await.is_err());
    for (id, said) in [("A", vec!["We are on it"]), ("B", vec!["We are on it", "thank you"])] {
        assert_eq!(
            (scene.world.controller.request(id).unwrap().state, scene.world.said(id)),
            (EmulatorState::InProgress, said.iter().map(|&text| text.to_owned()).collect())
        );
        assert!(!scene.world.has_flags(id));
    }
    assert!(store.load().await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_second_program_closes_requests_in_progress() {
    let scene = scene().await;
    for (id, state) in [
        ("A", EmulatorState::InProgress),
        ("B", EmulatorState::Problem),
        ("C", EmulatorState::InProgress),
        ("D", EmulatorState::InProgress),
    ] {
        scene.world.raise(id);
        scene.world.state(id, state);
    }
    let world = scene.world.clone();
    scene.world.before("POST", "/A/updates", move |_| world.state("A", EmulatorState::Cancelled));
    scene.transport.plan("POST", "/C/updates", [Step::AnswerLost]);
    single::run(&scene.leap).await.unwrap();
    let states = ["A", "B", "C", "D"].map(|id| scene.world.controller.request(id).unwrap().state);
    assert_eq!(
        states,
        [EmulatorState::Cancelled, EmulatorState::Problem, EmulatorState::Successful, EmulatorState::Successful]
    );
    scene.world.raise("E");
    scene.world.state("E", EmulatorState::InProgress);
    scene.transport.plan("POST", "/E/updates", [Step::Answer(403, "")]);
    assert!(single::run(&scene.leap).await.unwrap_err().is_forbidden());
}
