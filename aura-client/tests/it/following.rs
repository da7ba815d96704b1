//! Following a callout and reporting positions keep to what AURA's guide means where its words and examples don't; and
//! what hangs or can't be read in one place holds up nothing in another.

use crate::{
    mock_server::{SocketlessTransport, fixture, scripted},
    support::*,
};
use aura_client::{CalloutUpdate, Fix, MemorySessionStore, NewCallout, NewCustomer, Reported};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

fn callout_within(metres: f64) -> NewCallout {
    let person = NewCustomer::new("Test", "Test", "+12025550103");
    NewCallout::new(person, Fix::new(-26.1, 28.05).accuracy(metres))
}

/// Answers each poll with the next document, and with the last one from then on.
fn polls(documents: Vec<Value>) -> SocketlessTransport {
    let mut turn = 0;
    SocketlessTransport::script(move |_| {
        turn += 1;
        (200, documents[(turn - 1).min(documents.len() - 1)].clone())
    })
}

/// Waits an hour of the paused clock at most, so that what never ends fails instead.
async fn within_an_hour<T>(work: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(3_600), work).await.expect("it goes on for ever")
}

/// What a watch with events tells until it ends.
async fn told(documents: Vec<Value>) -> Vec<String> {
    let script = polls(documents);
    let mut watch = scripted(&script).callouts().watch(570).include_events();
    let mut told = Vec::new();
    while let Some(update) = within_an_hour(watch.next()).await {
        told.push(match update.unwrap() {
            CalloutUpdate::Changed(callout) => callout.status.to_string(),
            CalloutUpdate::Message(event) => format!("said {}", event.body().unwrap_or_default()),
            other => format!("{other:?}"),
        });
    }
    told
}

fn with_status(status: &str) -> Value {
    let mut document = fixture("created");
    document["status"] = json!(status);
    document
}

#[tokio::test(start_paused = true)]
async fn statuses_may_come_in_any_order_and_only_closed_ends_a_watch() {
    // AURA-44
    let order = ["Responder Completed", "created", "Responder Cancelled", "Responder Dispatched", "Lost", "closed"];
    assert_eq!(told(order.map(with_status).to_vec()).await, order);
}

#[tokio::test(start_paused = true)]
async fn dates_that_lose_their_milliseconds_are_no_change() {
    // AURA-20
    let event =
        |body: &str, date: &str| json!([{"id": 1, "event": {"body": body}, "createdAt": date, "updatedAt": date}]);
    let mut exact = fixture("responder-arrived");
    exact["calloutEvents"] = event("Hello", "2020-02-07T08:46:36.171Z");
    let mut cut = exact.clone();
    cut["calloutincidentdetail"]["responderDispatchedAt"] = json!("2019-06-26T08:29:22.000Z");
    cut["calloutincidentdetail"]["responderArrivedAt"] = json!("2019-06-26T08:31:08.000Z");
    cut["updatedAt"] = json!("2019-06-26T08:31:09.000Z");
    cut["calloutEvents"] = event("Hello", "2020-02-07T08:46:36.000Z");
    let mut changed = cut.clone();
    changed["calloutEvents"] = event("Hello again", "2020-02-07T08:46:36.000Z");
    let mut later = changed.clone();
    later["calloutEvents"] = event("Hello again", "2020-02-07T08:46:37.000Z");
    let mut closed = later.clone();
    closed["status"] = json!("closed");
    assert_eq!(
        told(vec![exact, cut, changed, later, closed]).await,
        ["said Hello", "Responder Arrived", "said Hello again", "said Hello again", "closed"]
    );
}

#[tokio::test(start_paused = true)]
async fn after_a_dismissal_positions_and_polls_continue_until_closed() {
    // AURA-12
    let mut polls = 0;
    let script = SocketlessTransport::script(move |sent| match sent.line().as_str() {
        line if line.starts_with("GET") => {
            polls += 1;
            (200, with_status(if polls < 4 { "Responder Cancelled" } else { "closed" }))
        }
        "POST /panic-api/callouts" => (200, fixture("created")),
        _ => (204, Value::Null),
    });
    let session = scripted(&script).raise(callout_within(20.0), &MemorySessionStore::new()).await.unwrap();
    session.dismiss().await.unwrap();
    assert!(session.state().is_dismissed() && !session.state().is_ended());
    assert_eq!(session.report_location(Fix::new(-26.2, 28.05).accuracy(12.0)).unwrap(), Reported::Queued);

    let mut updates = session.updates();
    within_an_hour(async { while updates.next().await.is_some() {} }).await;
    let lines: Vec<_> = script.all().iter().map(|sent| sent.line()).collect();
    let dismissed = lines.iter().position(|line| line.ends_with("/dismiss")).unwrap();
    let later = |end: &str| lines[dismissed..].iter().filter(|line| line.contains(end)).count();
    assert_eq!((later("/callouts/570/location"), later("GET /panic-api/callouts/570")), (1, 4), "{lines:?}");
    assert!(session.state().is_ended());
}

#[tokio::test(start_paused = true)]
async fn a_new_callout_goes_with_any_accuracy_and_later_positions_below_fifty_metres() {
    // AURA-15
    let script = SocketlessTransport::script(|_| (200, fixture("created")));
    let aura = scripted(&script);
    for metres in [50.0, 1_000.0] {
        aura.callouts().create(callout_within(metres)).await.unwrap();
    }
    let reporter = aura.callouts().report_location(570);
    for (metres, wanted) in [
        (50.0, Reported::TooInaccurate),
        (1_000.0, Reported::TooInaccurate),
        (49.9, Reported::Queued),
        (1_000.0, Reported::TooInaccurate),
    ] {
        assert_eq!(reporter.report(Fix::new(-26.1, 28.05).accuracy(metres)).unwrap(), wanted, "{metres}");
    }
    sleep(Duration::from_secs(60)).await;
    let metres = |body: Value| body.pointer("/calloutLocation/accuracy").or(body.get("accuracy")).cloned();
    let sent: Vec<_> = script.all().iter().filter_map(|sent| metres(sent.json())).collect();
    assert_eq!(sent, [50.0, 1_000.0, 49.9]);
    assert_eq!((reporter.progress().sent, reporter.progress().dropped), (1, 3));
}

#[tokio::test(start_paused = true)]
async fn closed_gets_through_though_another_field_cannot_be_read() {
    let (emulator, aura, transport) = with_callout().await;
    let mut watch = aura.callouts().watch(570);
    assert_eq!(next(&mut watch).await, "created");
    let unreadable = |body: &mut serde_json::Value| body["verified"] = json!("perhaps");
    transport.plan("GET", "/570", vec![Step::json(unreadable); 60]);
    emulator.controller().dispatch(570).unwrap();
    assert_eq!(next(&mut watch).await, "Responder Dispatched");
    for act in [care_emulators::aura::Controller::arrive, care_emulators::aura::Controller::complete] {
        act(&emulator.controller(), 570).unwrap();
    }
    emulator.controller().close(570).unwrap();
    assert_eq!((next(&mut watch).await.as_str(), next(&mut watch).await.as_str()), ("closed", "end"));
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_delays_the_call_for_seconds_and_the_updates_not_at_all() {
    let (emulator, aura, transport) = with_callout().await;
    let trouble = FaultyStore::hanging();
    let store = WithFault(MemorySessionStore::new(), trouble.clone());
    let begin = Instant::now();
    let session = aura.raise(new_callout(), &store).await.unwrap();
    assert!(begin.elapsed() <= secs(5), "{:?}", begin.elapsed());
    let mut updates = session.updates();
    assert_eq!(next(&mut updates).await, "in short created");
    for number in 0..6 {
        emulator.controller().send_message(571, format!("message {number}")).unwrap();
    }
    emulator.controller().dispatch(571).unwrap();
    loop {
        let item = updates.next().await.unwrap().unwrap();
        let polled = transport.sent("GET", "/571").last().unwrap().at;
        assert_eq!(polled.elapsed(), secs(0), "told when it was read");
        if matches!(item, CalloutUpdate::Changed(callout) if callout.status.as_str() == "Responder Dispatched") {
            break;
        }
    }
    assert!(session.unsaved().is_some());
    // Without any further news it is saved as soon as the store can.
    trouble.repair();
    sleep(secs(30)).await;
    assert!(session.unsaved().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_position_that_hangs_gives_way_to_a_newer_one_at_the_next_turn() {
    let (_emulator, aura, transport) = with_callout().await;
    transport.plan("POST", "/location", vec![Step::Silence; 3]);
    let reporter = aura.callouts().report_location(570);
    for _ in 0..6 {
        assert_eq!(reporter.report(here()).unwrap(), Reported::Queued);
        sleep(secs(10)).await;
    }
    assert!(transport.gaps("POST", "/location").iter().all(|gap| *gap == secs(10)), "one a turn");
    assert_eq!((reporter.progress().failed, reporter.progress().sent >= 2), (3, true));
}

#[tokio::test(start_paused = true)]
async fn a_position_that_the_server_refuses_is_not_sent_again() {
    let (_emulator, aura, transport) = with_callout().await;
    transport.plan("POST", "/location", [Step::Answer(400, r#"{"message":"no"}"#)]);
    let reporter = aura.callouts().report_location(570);
    reporter.report(here()).unwrap();
    sleep(secs(600)).await;
    assert_eq!(transport.count("POST", "/location"), 1);
    reporter.report(here()).unwrap();
    sleep(secs(10)).await;
    assert_eq!((reporter.progress().failed, reporter.progress().sent), (1, 1));
}
