//! The programs of the front page are what stands there, and they work.

use crate::support::*;
use std::time::Duration;

#[allow(dead_code, reason = "a front page's program has a main of its own")]
mod program {
    include!("program.rs");

    pub(crate) async fn run(aura: &Aura, store: &FileSessionStore) -> Result<(), Box<dyn std::error::Error>> {
        call_for_help(aura, store).await
    }
}

mod resume {
    include!("resume.rs");

    pub(crate) async fn run(aura: &Aura, store: &FileSessionStore) -> Result<(), Box<dyn std::error::Error>> {
        resume(aura, store).await
    }
}

#[test]
fn the_readme_shows_these_programs_to_the_letter() {
    let programs = [include_str!("program.rs"), include_str!("resume.rs")];
    care_testkit::front_page::shows(env!("CARGO_MANIFEST_DIR"), &programs);
}

#[tokio::test]
async fn they_call_for_help_and_go_on_after_a_restart() {
    let emulator = Emulator::builder().autoplay(Duration::from_millis(20)).start().await.unwrap();
    let fast = Duration::from_millis(5)..=Duration::from_millis(10);
    let builder = aura_client::Aura::builder().base_url(emulator.url()).poll_interval(fast);
    let aura = builder.user_token(emulator.issue_user_token(USER)).build().unwrap();
    let folder = Folder::new();
    let store = aura_client::FileSessionStore::open(folder.file("callouts.json")).unwrap();
    program::run(&aura, &store).await.unwrap();
    let controller = emulator.controller();
    assert_eq!(
        (controller.status(570).unwrap().to_string(), controller.comments(570).unwrap().len()),
        ("closed".to_owned(), 1)
    );

    let state = aura_client::SessionState::active(570);
    aura_client::SessionStore::save(&store, &state).await.unwrap();
    resume::run(&aura, &store).await.unwrap();
}
