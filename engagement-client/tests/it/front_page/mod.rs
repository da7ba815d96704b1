//! The programs shown in the README are these, and they work.

use crate::{mock_server::THREAD, support::client};
use care_emulators::engagement::{Emulator, NewContent};
use care_testkit::Step;
use std::time::Duration;
use tokio::time::timeout;

#[allow(dead_code, reason = "a front page's program has a main of its own")]
mod program {
    include!("program.rs");

    pub(crate) async fn run(engagement: &Engagement, thread: &str) -> Result<(), Box<dyn std::error::Error>> {
        finish(engagement, thread).await
    }
}

mod copy {
    include!("copy.rs");

    pub(crate) async fn run(engagement: &Engagement) -> Result<(), Error> {
        copy(engagement).await
    }
}

#[test]
fn the_readme_shows_exactly_these_programs() {
    let programs = [include_str!("program.rs"), include_str!("copy.rs")];
    care_testkit::front_page::shows(env!("CARGO_MANIFEST_DIR"), &programs);
}

#[tokio::test(start_paused = true)]
async fn the_first_program_ends_every_open_intervention_of_a_conversation() {
    // ENG-18
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let (engagement, transport) = client(&emulator);
    let open = || controller.open(&controller.add_content(NewContent::new().thread(THREAD)).unwrap()).unwrap();
    let [answered, unanswered, under_way, closed, lost] = [(); 5].map(|()| open());
    let elsewhere = controller.open_new();
    for id in [&answered, &under_way, &closed, &lost] {
        controller.reply(id).unwrap();
    }
    controller.close(&closed).unwrap();
    controller.begin_close(&under_way).unwrap();
    transport.plan("PUT", &format!("/{lost}/close"), [Step::AnswerLost]);
    program::run(&engagement, THREAD).await.unwrap();
    for id in [&answered, &closed, &lost] {
        assert!(controller.intervention(id).unwrap().closed);
    }
    assert!(controller.intervention(&unanswered).is_err(), "it was cancelled");
    assert!(
        !controller.intervention(&under_way).unwrap().closed && !controller.intervention(&elsewhere).unwrap().closed
    );
    assert_eq!(transport.count("PUT", &format!("/{lost}/close")), 1);
    transport.plan("GET", "/interventions", [Step::Answer(403, "{}")]);
    assert!(program::run(&engagement, THREAD).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn the_second_program_keeps_a_copy_until_an_error() {
    // ENG-20
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let (engagement, transport) = client(&emulator);
    let ids = [(); 3].map(|()| controller.open_new());
    let wait = Duration::from_secs(150);
    // It runs forever: three readings in that time.
    assert!(timeout(wait, copy::run(&engagement)).await.is_err());
    assert_eq!(transport.count("GET", "/interventions"), 3);
    controller.touch(&ids[0]).unwrap();
    transport.plan("GET", "/interventions", [Step::Pass, Step::Answer(403, "{}")]);
    let error = timeout(wait, copy::run(&engagement)).await.unwrap().unwrap_err();
    assert!(error.is_forbidden());
    let gaps = transport.gaps("GET", "/interventions");
    assert!(gaps.iter().filter(|gap| **gap >= Duration::from_secs(60)).count() >= 3, "{gaps:?}");
}
