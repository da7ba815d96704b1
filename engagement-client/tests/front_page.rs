//! The programs of the front page are what stands there, and they work.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod mocked;

use care_emulators::engagement::{Emulator, NewContent};
use care_testkit::Step;
use mocked::{THREAD, in_process};
use std::time::Duration;
use tokio::time::timeout;

#[allow(dead_code, reason = "a front page's program has a main of its own")]
mod program {
    include!("front_page/program.rs");

    pub(crate) async fn run(engagement: &Engagement, thread: &str) -> Result<(), Box<dyn std::error::Error>> {
        finish(engagement, thread).await
    }
}

mod copy {
    include!("front_page/copy.rs");

    pub(crate) async fn run(engagement: &Engagement) -> Result<(), Error> {
        copy(engagement).await
    }
}

#[test]
fn the_readme_shows_these_programs_to_the_letter() {
    let programs = [include_str!("front_page/program.rs"), include_str!("front_page/copy.rs")];
    care_testkit::front_page::shows(env!("CARGO_MANIFEST_DIR"), &programs);
}

#[tokio::test(start_paused = true)]
async fn the_first_ends_what_is_open_in_a_conversation_and_stops_at_none() {
    // ENG-18
    let emulator = Emulator::start().await.unwrap();
    let room = emulator.controller();
    let (engagement, transport) = in_process(&emulator);
    let open = || room.open(&room.add_content(NewContent::new().thread(THREAD)).unwrap()).unwrap();
    let [answered, unanswered, under_way, closed, lost] = [(); 5].map(|()| open());
    let elsewhere = room.open_new();
    for id in [&answered, &under_way, &closed, &lost] {
        room.reply(id).unwrap();
    }
    room.close(&closed).unwrap();
    room.begin_close(&under_way).unwrap();
    transport.plan("PUT", &format!("/{lost}/close"), [Step::AnswerLost]);
    program::run(&engagement, THREAD).await.unwrap();
    for id in [&answered, &closed, &lost] {
        assert!(room.intervention(id).unwrap().closed);
    }
    assert!(room.intervention(&unanswered).is_err(), "it was cancelled");
    assert!(!room.intervention(&under_way).unwrap().closed && !room.intervention(&elsewhere).unwrap().closed);
    assert_eq!(transport.count("PUT", &format!("/{lost}/close")), 1);
    transport.plan("GET", "/interventions", [Step::Answer(403, "{}")]);
    assert!(program::run(&engagement, THREAD).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn the_second_keeps_a_copy_and_ends_at_nothing_but_an_error() {
    // ENG-20
    let emulator = Emulator::start().await.unwrap();
    let room = emulator.controller();
    let (engagement, transport) = in_process(&emulator);
    let ids = [(); 3].map(|()| room.open_new());
    let wait = Duration::from_secs(150);
    // It has no end of its own: three readings in that time.
    assert!(timeout(wait, copy::run(&engagement)).await.is_err());
    assert_eq!(transport.count("GET", "/interventions"), 3);
    room.touch(&ids[0]).unwrap();
    transport.plan("GET", "/interventions", [Step::Pass, Step::Answer(403, "{}")]);
    let error = timeout(wait, copy::run(&engagement)).await.unwrap().unwrap_err();
    assert!(error.is_forbidden());
    let gaps = transport.gaps("GET", "/interventions");
    assert!(gaps.iter().filter(|gap| **gap >= Duration::from_secs(60)).count() >= 3, "{gaps:?}");
}
