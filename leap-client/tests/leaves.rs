//! Decoding loses no documented value: every attribute and text of every documented answer is in the decoded value.
//!
//! Values are compared by meaning: two spellings of one instant are equal, and an empty element is an absent one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

#[path = "leaves/compare.rs"]
mod compare;
mod xml;

use compare::{decoded, documented, lost};
use leap_client::{RequestRef, SupportRequest};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::fmt::Debug;
use xml::{fixture, get, list, set_external_id};

const LISTS: [&str; 3] = ["list-all", "list-by-topic", "list-by-topic-in-state"];

async fn requests(name: &str) -> Vec<SupportRequest> {
    let page = list(fixture(name)).await.unwrap();
    assert_eq!(page.undecodable, [], "{name}");
    page.items
}

async fn detail() -> SupportRequest {
    get(fixture("request-detail")).await.unwrap()
}

async fn reference() -> RequestRef {
    set_external_id(fixture("set-extid-response")).await.unwrap()
}

/// Every documented answer, decoded and written as JSON, and how many leaves it has.
async fn answers() -> Vec<(&'static str, usize, Value)> {
    let mut answers =
        vec![("request-detail", 28, json!(detail().await)), ("set-extid-response", 3, json!(reference().await))];
    for (name, leaves) in LISTS.into_iter().zip([16, 20, 18]) {
        answers.push((name, leaves, json!(requests(name).await)));
    }
    answers
}

#[tokio::test]
async fn no_leaf_of_a_documented_answer_is_lost_and_none_is_invented() {
    for (name, count, value) in answers().await {
        let leaves = documented(&fixture(name));
        assert_eq!(lost(&leaves, &value), Vec::<String>::new(), "{name}");
        assert_eq!((leaves.len(), decoded(&value).len()), (count, count), "{name}");
    }
}

#[tokio::test]
async fn the_comparison_notices_every_single_lost_and_every_single_changed_leaf() {
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
    assert_same(&xml::read("<updates/>").await);
    assert_same(&get(xml::request("").replace("NEW", "ON_HOLD")).await.unwrap());
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
async fn the_history_is_sorted_and_what_waits_to_be_acknowledged_is_seen() {
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
    assert_eq!(requests("list-by-topic").await[0].history(), Vec::<&leap_client::Update>::new());
    // The flag of what a request refers to is another service's.
    let property = "<property identifier='1' unacked-since='2011-02-08T22:07:43Z'/>";
    assert!(!xml::read(property).await.is_unacked());
}
