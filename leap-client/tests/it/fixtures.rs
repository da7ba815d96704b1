//! The documented examples and the catalogue of defects: fixtures hold no person's data, parse strictly and are listed
//! in `fixtures/README.md`; decoding loses no documented value; the catalogue is complete.
//!
//! Values are compared by meaning: two spellings of one instant are equal, and an empty element equals an absent one.
//! The examples are read here by quick-xml alone, and not by the reader under test.

use crate::support::mock_server::{fixture, get, list, set_external_id};
use care_client_core::wire::timestamp;
use care_testkit::fixtures::Fixtures;
use leap_client::{RequestRef, SupportRequest};
use quick_xml::{
    events::{BytesStart, Event},
    reader::Reader,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::fmt::Debug;

/// Ids of requests and customers that the vendor prints.
const IDS: [&str; 5] = ["0000001", "000000001", "10000001", "10000002", "01234574"];

fn fixtures() -> Fixtures {
    Fixtures::of(env!("CARGO_MANIFEST_DIR")).allow_ids(IDS)
}

care_testkit::fixture_tests!(fixtures());

#[test]
fn fixtures_name_invented_persons_only() {
    for file in fixtures().files() {
        let text = fixtures().text(&file);
        for element in ["creator", "assignee", "updater"] {
            for name in text.split(&format!("<{element}>")).skip(1) {
                let name = name.split('<').next().unwrap();
                assert!(name.ends_with(" Example"), "{file}: {name}");
            }
        }
    }
}

#[test]
fn fixtures_are_well_formed() {
    for file in fixtures().files().into_iter().filter(|file| file.ends_with(".xml")) {
        let text = fixtures().text(&file);
        let mut reader = Reader::from_str(&text);
        let (mut depth, mut roots) = (0, 0);
        loop {
            let event = reader.read_event().unwrap_or_else(|error| panic!("{file}: {error}"));
            roots += usize::from(depth == 0 && matches!(event, Event::Start(_) | Event::Empty(_)));
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!((roots, depth), (1, 0), "{file}");
    }
}

care_testkit::defect_tests!("LEAP", leap_client::defects::ALL, leap_client::defects::find);

#[test]
fn misspelt_words_of_the_documents_are_quoted_in_the_catalogue_alone() {
    // LEAP-17
    catalogue().misspelt_words_are_only_quoted(&["acknowleg", "one a request"], &["acknowlegdeupdates"]);
}

const LISTS: [&str; 3] = ["list-all.xml", "list-by-topic.xml", "list-by-topic-in-state.xml"];

async fn requests(name: &str) -> Vec<SupportRequest> {
    let page = list(fixture(name)).await.unwrap();
    assert_eq!(page.undecodable, [], "{name}");
    page.items
}

async fn detail() -> SupportRequest {
    get(fixture("request-detail.xml")).await.unwrap()
}

async fn reference() -> RequestRef {
    set_external_id(fixture("set-extid-response.xml")).await.unwrap()
}

/// Every documented answer, decoded and written as JSON, and how many leaves it has.
async fn answers() -> Vec<(&'static str, usize, Value)> {
    let mut answers = vec![
        ("request-detail.xml", 28, json!(detail().await)),
        ("set-extid-response.xml", 3, json!(reference().await)),
    ];
    for (name, leaves) in LISTS.into_iter().zip([16, 20, 18]) {
        answers.push((name, leaves, json!(requests(name).await)));
    }
    answers
}

#[tokio::test]
async fn decoding_loses_and_adds_no_documented_value() {
    for (name, count, value) in answers().await {
        let leaves = documented(&fixture(name));
        assert_eq!(lost(&leaves, &value), Vec::<String>::new(), "{name}");
        assert_eq!((leaves.len(), decoded(&value).len()), (count, count), "{name}");
    }
}

#[tokio::test]
async fn the_comparison_notices_every_lost_and_every_changed_value() {
    for (name, _, value) in answers().await {
        let leaves = documented(&fixture(name));
        for (path, text) in &leaves {
            for wrong in [Value::Null, json!("another"), json!(format!("{text} ")), json!("1999-01-01T00:00:00.000Z")] {
                let mut damaged = value.clone();
                *damaged.pointer_mut(path).unwrap() = wrong;
                assert_eq!(lost(&leaves, &damaged), [path.as_str()], "{name}");
            }
        }
    }
}

#[tokio::test]
async fn the_json_form_is_read_back_as_the_same() {
    fn assert_same<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
        let written = serde_json::to_value(value).unwrap();
        assert_eq!(serde_json::from_value::<T>(written.clone()).unwrap(), *value);
        // What is null may be missing as well.
        let mut bare = written;
        bare.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        assert_eq!(serde_json::from_value::<T>(bare).unwrap(), *value);
    }
    assert_same(&detail().await);
    assert_same(&reference().await);
    for name in LISTS {
        requests(name).await.iter().for_each(assert_same);
    }
    assert_same(&crate::support::mock_server::read("<updates/>").await);
    assert_same(&get(crate::support::mock_server::request("").replace("NEW", "ON_HOLD")).await.unwrap());
}

#[tokio::test]
async fn debug_shows_no_documented_person() {
    let people = ["Example", "example.", "parking spot", "maintenance", "waiting to hear"];
    let mut shown = format!("{:?} {:#?}", detail().await, detail().await);
    for name in LISTS {
        shown += &format!("{:?}", requests(name).await);
    }
    assert_eq!(people.iter().find(|person| shown.contains(**person)), None);
}

#[tokio::test]
async fn the_history_is_sorted_and_unacknowledged_updates_are_seen() {
    let mut request = detail().await;
    assert!(request.is_unacked());
    request.unacked_since = None;
    assert!(request.is_unacked(), "an update alone is enough");
    let updates = request.updates.as_mut().unwrap();
    updates[0].unacked_since = None;
    // The two documented ones have the same time, so they keep their order.
    let mut earlier = updates[1].clone();
    earlier.update_time -= chrono::TimeDelta::seconds(1);
    updates.push(earlier.clone());
    let sorted = [&earlier, &request.updates.as_ref().unwrap()[0], &request.updates.as_ref().unwrap()[1]];
    assert_eq!(request.history(), sorted);
    assert!(!request.is_unacked());
    assert_eq!(requests("list-by-topic.xml").await[0].history(), Vec::<&leap_client::Update>::new());
    // The flag of what a request refers to is another service's.
    let property = "<property identifier='1' unacked-since='2011-02-08T22:07:43Z'/>";
    assert!(!crate::support::mock_server::read(property).await.is_unacked());
}

/// The JSON pointers and texts of all attributes and texts of a document, as the types here would have them.
pub(crate) fn documented(text: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut counts = vec![0];
    let mut leaves = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                path.push(step(&tag, &mut counts));
                counts.push(0);
                attributes(&tag, &path, &mut leaves);
            }
            Event::Empty(tag) => {
                path.push(step(&tag, &mut counts));
                attributes(&tag, &path, &mut leaves);
                path.pop();
            }
            Event::Text(text) if !text.trim().is_empty() => leaves.push((path.concat(), text.to_string())),
            Event::Text(_) => {}
            Event::End(_) => {
                path.pop();
                counts.pop();
            }
            Event::Eof => return leaves,
            other => panic!("the examples have no {other:?}"),
        }
    }
}

/// The step to an element: rows of a list by their number, the root by none.
fn step(tag: &BytesStart<'_>, counts: &mut [usize]) -> String {
    let row = counts.last_mut().unwrap();
    *row += 1;
    match tag.name().as_ref() {
        "support-requests" | "ref" => String::new(),
        "support-request" if counts.len() == 1 => String::new(),
        "support-request" | "update" => format!("/{}", counts.last().unwrap() - 1),
        "type" => "/kind".to_owned(),
        name => format!("/{}", name.replace('-', "_")),
    }
}

fn attributes(tag: &BytesStart<'_>, path: &[String], leaves: &mut Vec<(String, String)>) {
    for attribute in tag.attributes() {
        let attribute = attribute.unwrap();
        let name = match attribute.key.as_ref() {
            "xmlns" => continue,
            "ref" => "href".to_owned(),
            "external-reference" => "extid".to_owned(),
            name => name.replace('-', "_"),
        };
        leaves.push((format!("{}/{name}", path.concat()), attribute.value.into_owned()));
    }
}

/// The paths and values of all leaves of a decoded value.
pub(crate) fn decoded(value: &Value) -> Vec<(String, Value)> {
    fn walk(value: &Value, at: String, found: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(keys) => keys.iter().for_each(|(key, value)| walk(value, format!("{at}/{key}"), found)),
            Value::Array(rows) => rows.iter().enumerate().for_each(|(n, row)| walk(row, format!("{at}/{n}"), found)),
            Value::Null => {}
            leaf => found.push((at, leaf.clone())),
        }
    }
    let mut found = Vec::new();
    walk(value, String::new(), &mut found);
    found
}

/// Whether a documented text and a decoded value mean the same: the same text or the same instant.
fn same(documented: &str, decoded: Option<&Value>) -> bool {
    let Some(decoded) = decoded.and_then(Value::as_str) else { return false };
    match timestamp::parse(documented) {
        Some(instant) => timestamp::parse(decoded) == Some(instant),
        None => documented == decoded,
    }
}

/// The paths at which `value` has not what the document has.
pub(crate) fn lost(leaves: &[(String, String)], value: &Value) -> Vec<String> {
    leaves.iter().filter(|(path, text)| !same(text, value.pointer(path))).map(|(path, _)| path.clone()).collect()
}
