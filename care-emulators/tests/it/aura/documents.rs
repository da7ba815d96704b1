//! Conformance: every documented state of a callout can be reached, and its response equals the documented example.

use crate::support::{
    RawRequest,
    aura::{create, fixture, get, prefixed, test_callout},
    documents,
    documents::{differences, texts},
};
use care_emulators::aura::{ControlError, Controller, Emulator};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

/// Whether two values that are neither objects nor lists differ in a way that they must not.
///
/// JSON types must be equal. Flags, nulls, empty strings, times in whole seconds, zeros and the texts of a state must
/// be equal by value. All other values are data and may differ.
fn differs(at: &str, ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::String(ours), Value::String(theirs)) => text_differs(at, ours, theirs),
        (Value::Number(ours), Value::Number(theirs)) => {
            (ours.is_u64(), ours.as_f64() == Some(0.0)) != (theirs.is_u64(), theirs.as_f64() == Some(0.0))
        }
        _ => ours != theirs,
    }
}

fn is_time(text: &str) -> bool {
    text.len() == 24 && text.as_bytes()[10] == b'T' && text.ends_with('Z')
}

fn text_differs(at: &str, ours: &str, theirs: &str) -> bool {
    let stands_for_a_state =
        ["status", "source", "provider", "role"].iter().any(|key| at.ends_with(&format!(".{key}")));
    let mail = |text: &str| text.contains('@');
    let whole_second = |text: &str| is_time(text) && text.ends_with(".000Z");
    // The search for responders has such texts for who is near, wherever they are.
    let arrived = |text: &str| ["1 min", "1 m"].contains(&text) && !at.contains("calloutResponderInRanges");
    let coordinate = |text: &str| text.contains('.') && text.parse::<f64>().is_ok();
    let same = [is_time, mail, whole_second, coordinate, str::is_empty];
    let moved = stands_for_a_state && ours != theirs || arrived(ours) != arrived(theirs);
    moved || same.iter().any(|same| same(ours) != same(theirs))
}

/// Relations between the values of one document that hold for any data.
fn relations(callout: &Value) -> Vec<(&'static str, bool)> {
    let incident = &callout["calloutincidentdetail"];
    let (responder, supplier) = (&incident["responder"], &incident["supplier"]);
    let range = &callout["calloutResponderInRanges"][0];
    let eta = &callout["calloutResponseEta"][0];
    let category = &incident["incidentcategory"];
    let suppliers = callout["uniqueSuppliersInRange"].as_array().unwrap();
    vec![
        ("range of this callout", range["calloutId"] == callout["id"]),
        ("incident of this callout", incident["calloutId"] == callout["id"]),
        ("location of this callout", callout["location"]["calloutId"] == callout["id"]),
        ("location is the first of all", callout["location"] == callout["calloutlocations"][0]),
        ("customer", callout["customerId"] == callout["customer"]["id"]),
        ("responder of the incident", incident["responderId"] == responder["id"]),
        ("responder was in range", responder["id"] == range["responderId"]),
        ("responder of the estimate", eta["responderId"] == range["responderId"]),
        ("supplier of the incident", incident["supplierId"] == supplier["id"]),
        ("supplier of the responder", responder["supplierId"] == supplier["id"]),
        ("supplier was in range", suppliers.contains(&supplier["id"])),
        ("company is the supplier", incident["responderCompany"] == supplier["name"]),
        (
            "location of the responder",
            responder["latestResponderLocationId"] == responder["responderlocations"][0]["id"],
        ),
        ("who is where", responder["responderlocations"][0]["responderId"] == responder["id"]),
        ("category", incident["incidentCategoryId"] == category["id"]),
        ("emergency", incident["typeOfEmergencyId"] == category["typeofemergency"]["id"]),
        ("emergency of the category", category["typeOfEmergencyId"] == category["typeofemergency"]["id"]),
        ("distance is the estimate's", callout["distance"]["distance"]["value"] == eta["distanceValue"]),
        ("its text, too", callout["distance"]["distance"]["text"] == eta["distanceText"]),
        ("duration is the estimate's", callout["distance"]["duration"]["value"] == eta["durationValue"]),
        ("its text, too", callout["distance"]["duration"]["text"] == eta["durationText"]),
        ("and the location's", callout["location"]["durationText"] == eta["durationText"]),
        ("dispatch stamped the range", range["updatedAt"] == incident["responderDispatchedAt"]),
        ("retraction stamped the range", range["updatedAt"] == range["retractedAt"]),
    ]
}

fn assert_documented(response: &Value, name: &str) {
    let example = fixture(name);
    let found = differences(response, &example, name, differs);
    assert!(found.is_empty(), "{found:#?}");
    // The example mixes clocks that differ by milliseconds, so relations between times aren't compared.
    let timeless = |callout: &Value| -> Vec<_> {
        relations(callout).into_iter().filter(|(what, _)| !what.contains("stamped")).collect()
    };
    assert_eq!(timeless(response), timeless(&example), "{name}");
}

type Act = fn(&Controller, u64) -> Result<(), ControlError>;

/// A customer and an emulator whose clock never shows a whole second.
struct Setup {
    emulator: Emulator,
    token: String,
    body: Value,
}

impl Setup {
    async fn new(emulator: Emulator, email: &str, body: Value) -> Self {
        let clock = emulator.clock();
        clock.freeze();
        clock.advance(Duration::from_millis(1123 - u64::from(clock.now().timestamp_subsec_millis())));
        let token = emulator.issue_user_token(email);
        Self { emulator, token, body }
    }

    async fn create(&self) -> u64 {
        create(&self.emulator, &self.token, &self.body).await
    }

    /// Performs actions a little more than a second later, and returns the callout.
    async fn after(&self, id: u64, acts: &[Act]) -> Value {
        for act in acts {
            self.emulator.clock().advance(Duration::from_millis(1017));
            act(&self.emulator.controller(), id).unwrap();
        }
        let callout = get(&self.emulator, &self.token, id, "").await;
        assert_ne!(callout["calloutincidentdetail"]["id"], callout["id"]);
        callout
    }
}

/// Two customers with different data; the second with a longer history.
async fn setups() -> [Setup; 2] {
    let first = Emulator::start().await.unwrap();
    let second = Emulator::builder().callout_id(90_210).start().await.unwrap();
    let mut body = test_callout();
    body["customer"]["name"] = "Second".into();
    body["customer"]["vehicleColour"] = "Striped".into();
    body["calloutLocation"] = json!({ "latitude": 59.325, "longitude": 18.07, "accuracy": 8 });
    [Setup::new(first, "first@example.com", test_callout()).await, Setup::new(second, "second@example.com", body).await]
}

#[tokio::test]
async fn a_dispatch_by_app_goes_through_the_documented_states() {
    for setup in setups().await {
        let id = setup.create().await;
        assert_documented(&setup.after(id, &[Controller::acknowledge]).await, "created");
        let dispatched = setup.after(id, &[Controller::verify, Controller::dispatch]).await;
        assert_documented(&dispatched, "responder-dispatched-tech");
        let arrived = setup.after(id, &[Controller::arrive]).await;
        assert_documented(&arrived, "responder-arrived");
        let completed = setup.after(id, &[Controller::complete]).await;
        assert_documented(&completed, "responder-completed");
        let closed = setup.after(id, &[Controller::close]).await;
        assert_documented(&closed, "closed");

        let steps = [dispatched, arrived, completed, closed];
        for pair in steps.windows(2) {
            assert_ne!(pair[0]["updatedAt"], pair[1]["updatedAt"]);
            assert_eq!(pair[0]["verifiedAt"], pair[1]["verifiedAt"]);
            assert_eq!(pair[0]["calloutResponderInRanges"], pair[1]["calloutResponderInRanges"]);
        }
        assert!(relations(&steps[0]).contains(&("dispatch stamped the range", true)));
    }
}

#[tokio::test]
async fn a_dispatch_by_hand_equals_the_documented_one() {
    let emulator = Emulator::builder().customer_images().start().await.unwrap();
    let body = json!({
        "calloutClassificationId": 2,
        "customer": { "name": "Lone ", "surname": "Ranger", "email": "lone@example.org", "mobile": "0000000" },
        "calloutLocation": { "latitude": -33.5, "longitude": 18.25 },
    });
    let mut other = body.clone();
    other["customer"]["surname"] = "Star".into();
    let setup = Setup::new(emulator, "lone@example.org", body).await;
    let first = setup.create().await;
    let first = setup.after(first, &[Controller::set_verified, Controller::dispatch_by_hand]).await;
    assert_documented(&first, "responder-dispatched-manual");
    let second = create(&setup.emulator, &setup.token, &other).await;
    let second = setup.after(second, &[Controller::set_verified, Controller::dispatch_by_hand]).await;
    assert_eq!(second["customer"]["surname"], "Star");
    // The documented company has no address; the second one here has, and all else is as documented.
    assert_ne!(first["calloutincidentdetail"]["supplier"], second["calloutincidentdetail"]["supplier"]);
    let found = differences(&second, &fixture("responder-dispatched-manual"), "", differs);
    assert!(found.iter().all(|difference| difference.contains(".supplier.address ")), "{found:?}");
}

#[tokio::test]
async fn a_cancellation_equals_the_documented_one() {
    for setup in setups().await {
        let id = setup.create().await;
        let dispatched = setup.after(id, &[Controller::verify, Controller::dispatch]).await;
        let cancelled = setup.after(id, &[Controller::cancel_responder]).await;
        assert_documented(&cancelled, "responder-cancelled");
        for stale in ["calloutResponseEta", "distance", "location"] {
            assert_eq!(cancelled[stale], dispatched[stale], "{stale}");
        }
        assert!(relations(&cancelled).contains(&("retraction stamped the range", true)));
    }
}

#[tokio::test]
async fn messages_equal_the_documented_events() {
    let setup = &setups().await[0];
    let id = setup.create().await;
    let comment = fixture("comment-request");
    let path = prefixed(&format!("/callout/{id}/comments"));
    let response = RawRequest::post(path, &comment).token(&setup.token).send(&setup.emulator).await;
    assert_eq!(response.status, 201);
    setup.emulator.controller().send_message(id, "We are coming").unwrap();

    assert_eq!(get(&setup.emulator, &setup.token, id, "").await.get("calloutEvents"), None);
    let callout = get(&setup.emulator, &setup.token, id, "?shouldIncludeEvents=true").await;
    let events = json!({ "calloutEvents": callout["calloutEvents"] });
    let found = differences(&events, &fixture("callout-events"), "", differs);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(events["calloutEvents"][0]["event"]["body"], comment["message"]);
    assert_eq!(events["calloutEvents"][0]["createdBy"], "Test Test");
    assert_eq!(events["calloutEvents"][1]["event"]["body"], "We are coming");
    assert_eq!(setup.emulator.controller().comments(id).unwrap(), [comment["message"].as_str().unwrap()]);
}

#[tokio::test]
async fn a_new_callout_shows_the_sent_data_and_is_unacknowledged() {
    for setup in setups().await {
        let response =
            RawRequest::post(prefixed("/callouts"), &setup.body).token(&setup.token).send(&setup.emulator).await;
        let callout = &response.json()["callout"];
        let found = differences(&response.json(), &fixture("ours/create-response-wrapped"), "", differs);
        assert!(found.is_empty(), "{found:#?}");
        for (key, value) in setup.body["customer"].as_object().unwrap() {
            assert_eq!(&callout["customer"][key], value, "{key}");
        }
        for key in ["latitude", "longitude"] {
            assert_eq!(callout["location"][key], setup.body["calloutLocation"][key].to_string(), "{key}");
        }
        assert_eq!(callout["responseTypeId"], setup.body["responseTypeId"]);
    }
}

#[tokio::test]
async fn the_comparison_finds_differences() {
    let example = fixture("responder-arrived");
    let break_one = |change: fn(&mut Value)| {
        let mut broken = example.clone();
        change(&mut broken);
        differences(&broken, &example, "", differs).len()
    };
    assert_eq!(break_one(|_| ()), 0);
    let changes: [fn(&mut Value); 9] = [
        |callout| callout["status"] = "created".into(),
        |callout| callout["verified"] = Value::Null,
        |callout| callout["owned"] = false.into(),
        |callout| callout["calloutlocations"][0]["latitude"] = json!(-26.1),
        |callout| callout["calloutResponseEta"] = json!([]),
        |callout| callout["calloutResponseEta"][0]["durationValue"] = 1.into(),
        |callout| callout["calloutincidentdetail"]["responder"]["mobile"] = "+12025550100".into(),
        |callout| callout["distance"]["distance"] = json!({}),
        |callout| callout["calloutincidentdetail"]["responderArrivedAt"] = "2019-06-26T08:31:08.000Z".into(),
    ];
    for (n, change) in changes.into_iter().enumerate() {
        assert!(break_one(change) > 0, "change {n} isn't found");
    }
}

#[test]
fn the_source_holds_no_text_of_the_fixtures() {
    let mut known = BTreeSet::new();
    for name in ["created", "responder-dispatched-tech", "responder-dispatched-manual", "responder-cancelled", "closed"]
    {
        texts(&fixture(name), &mut known);
    }
    texts(&fixture("callout-events"), &mut known);
    // Words of the protocol, the zeros of an account, and the name of a type of ours that equals a name in an event.
    let words = ["PANIC_APP", "Controller"];
    let protocol = |text: &str| text.len() < 7 || words.contains(&text) || text.starts_with("auth0|");
    let statuses =
        ["created", "Responder Dispatched", "Responder Cancelled", "Responder Arrived", "Responder Completed"];
    known.retain(|text| !protocol(text) && !statuses.contains(&text.as_str()));
    assert!(known.len() > 50, "too few texts to look for: {known:?}");
    documents::assert_not_in_the_source(&known);
}
