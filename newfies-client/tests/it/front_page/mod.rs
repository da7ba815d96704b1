//! The program of the front page is what stands there, and it works.

use crate::support::*;

#[allow(dead_code, reason = "a front page's program has a main of its own")]
mod program {
    include!("program.rs");

    pub(crate) async fn run(
        newfies: &Newfies,
        doctor: CalendarUserId,
        visit: DateTime<Utc>,
    ) -> Result<(), Box<dyn std::error::Error>> {
        remind(newfies, doctor, "+12025550101", visit).await
    }

    /// The start as each run of the program has it.
    pub(crate) fn visit() -> DateTime<Utc> {
        VISIT.parse().unwrap()
    }
}

#[test]
fn the_readme_shows_this_program_to_the_letter() {
    care_testkit::front_page::shows(env!("CARGO_MANIFEST_DIR"), &[include_str!("program.rs")]);
}

#[tokio::test(start_paused = true)]
async fn it_reminds_and_hears_what_was_pressed_also_where_it_broke_off_before() {
    let scene = scene_of(Emulator::builder().generation(Generation::G2).superuser(false)).await;
    assert_eq!(scene.controller.add_sms_template("Reminder", "In an hour"), 1);
    let doctor = scene.doctor_of_the_web().await;
    scene.transport.plan("POST", "/alarm/", [Step::Pass, Step::Lost]);
    program::run(&scene.newfies, doctor, program::visit()).await.unwrap_err();
    let play = async {
        while scene.controller.alarms().len() < 2 {
            tokio::time::sleep(secs(1)).await;
        }
        let call = scene.controller.alarms()[0].id;
        scene.controller.ring(call).unwrap();
        scene.controller.confirm(call).unwrap();
    };
    let (done, ()) = tokio::join!(program::run(&scene.newfies, doctor, program::visit()), play);
    done.unwrap();
    assert_eq!((scene.controller.alarms().len(), scene.controller.events().len()), (2, 1));
    assert_eq!(scene.controller.alarms()[0].result, Some(1));
    // Run a third time, it finds what the others made, and what was pressed.
    program::run(&scene.newfies, doctor, program::visit()).await.unwrap();
    assert_eq!((scene.controller.alarms().len(), scene.controller.events().len()), (2, 1));
}

#[test]
fn its_start_is_the_same_in_each_run() {
    let program = include_str!("program.rs");
    let main = program.split("async fn remind").next().unwrap();
    assert!(main.contains("let visit = VISIT.parse()?") && !main.contains("Utc::now()"), "two runs call twice");
}
