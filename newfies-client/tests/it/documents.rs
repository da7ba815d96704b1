//! The documents behind this crate: its fixtures hold no person's data, parse strictly, and are accounted for in
//! `fixtures/README.md`; its catalogue of defects is complete, and lenient code names the defect that it is lenient for.

use care_testkit::fixtures::Fixtures;
use newfies_client::{Calendar, ChildEvent, Event, EventLog};
use serde_json::Value;

/// The accountcode that the vendor prints.
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
fn the_example_that_is_no_json_is_refused_as_printed_and_read_as_repaired() {
    // NEWF-01
    let (printed, repaired) = ("nested-alarm-requests-as-printed.txt", "nested-alarm-requests-response.json");
    let printed = fixtures().text(printed);
    assert!(serde_json::from_str::<Value>(&printed).is_err());
    assert!(serde_json::from_str::<EventLog>(&printed).is_err());
    let mended: Value = serde_json::from_str(&printed.replace("},\n    }", "}\n    }")).unwrap();
    assert_eq!(mended, fixtures().json(repaired));
}

#[test]
fn the_examples_are_of_different_days_and_rows_and_make_no_one_run() {
    // NEWF-04: the event that is made has another id than the one whose children are listed, and the calendar another name than in
    // the text.
    let made: Event = serde_json::from_value(fixtures().json("create-event-response.json")).unwrap();
    let log: EventLog = serde_json::from_value(fixtures().json("nested-alarm-requests-response.json")).unwrap();
    let child: ChildEvent = serde_json::from_value(fixtures().json("list-event-children-response.json")).unwrap();
    assert_eq!((made.id().get(), log.event.id().get(), child.id().get()), (3, 5, 11));
    assert_eq!((made.title.as_str(), child.title.as_str()), ("event_with_new_title", "EventTitle"));
    let calendar: Calendar = serde_json::from_value(fixtures().json("create-calendar-response.json")).unwrap();
    assert_eq!((calendar.name.as_str(), made.calendar), ("mynewcalendar", Some(calendar.url)));
}
