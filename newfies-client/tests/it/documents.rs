//! The documents of this crate: the README's program works and is shown unchanged; fixtures hold no person's data,
//! parse strictly, and are accounted for in `fixtures/README.md`; the catalogue of defects is complete, and lenient
//! code names the defect that it is lenient for.

use crate::support::*;
use care_testkit::fixtures::Fixtures;
use newfies_client::{Calendar, ChildEvent, Event, EventLog};
use serde_json::Value;

/// The vendor's example of an accountcode.
const IDS: [&str; 1] = ["35365532"];

fn fixtures() -> Fixtures {
    Fixtures::of(env!("CARGO_MANIFEST_DIR")).allow_ids(IDS)
}

care_testkit::fixture_tests!(fixtures());
care_testkit::defect_tests!("NEWF", newfies_client::defects::ALL, newfies_client::defects::find);

#[test]
fn hashes_are_zeros() {
    let user = fixtures().json("create-calendar-user-response.json");
    let hash = user["password"].as_str().unwrap();
    let secret = hash.split('$').skip(2).collect::<String>();
    assert!(secret.len() > 40 && secret.chars().all(|c| "0=".contains(c)), "{hash}");
}

#[test]
fn the_invalid_example_is_refused_as_printed_and_read_as_repaired() {
    // NEWF-01
    let (printed, repaired) = ("nested-alarm-requests-as-printed.txt", "nested-alarm-requests-response.json");
    let printed = fixtures().text(printed);
    assert!(serde_json::from_str::<Value>(&printed).is_err());
    assert!(serde_json::from_str::<EventLog>(&printed).is_err());
    let mended: Value = serde_json::from_str(&printed.replace("},\n    }", "}\n    }")).unwrap();
    assert_eq!(mended, fixtures().json(repaired));
}

#[test]
fn the_examples_do_not_form_one_consistent_run() {
    // NEWF-04: the created event has another id than the one whose children are listed, and the calendar another
    // name than in the text.
    let made: Event = serde_json::from_value(fixtures().json("create-event-response.json")).unwrap();
    let log: EventLog = serde_json::from_value(fixtures().json("nested-alarm-requests-response.json")).unwrap();
    let child: ChildEvent = serde_json::from_value(fixtures().json("list-event-children-response.json")).unwrap();
    assert_eq!((made.id().get(), log.event.id().get(), child.id().get()), (3, 5, 11));
    assert_eq!((made.title.as_str(), child.title.as_str()), ("event_with_new_title", "EventTitle"));
    let calendar: Calendar = serde_json::from_value(fixtures().json("create-calendar-response.json")).unwrap();
    assert_eq!((calendar.name.as_str(), made.calendar), ("mynewcalendar", Some(calendar.url)));
}

#[allow(dead_code, reason = "a front page's program has a main of its own")]
mod program {
    include!("readme_program.rs");

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
    care_testkit::front_page::shows(env!("CARGO_MANIFEST_DIR"), &[include_str!("readme_program.rs")]);
}

#[tokio::test(start_paused = true)]
async fn it_reminds_and_reads_the_result_also_after_an_interrupted_run() {
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
    // A third run finds what the others created, and the result.
    program::run(&scene.newfies, doctor, program::visit()).await.unwrap();
    assert_eq!((scene.controller.alarms().len(), scene.controller.events().len()), (2, 1));
}

#[test]
fn its_start_is_the_same_in_each_run() {
    let program = include_str!("readme_program.rs");
    let main = program.split("async fn remind").next().unwrap();
    assert!(main.contains("let visit = VISIT.parse()?") && !main.contains("Utc::now()"), "two runs call twice");
}
