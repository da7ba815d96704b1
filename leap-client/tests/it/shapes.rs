//! The shapes of calls, streams and values that programs use.

use crate::support::scene::*;
use care_testkit::layers::Layers;
use futures_util::{StreamExt, TryStreamExt, future::join_all};
use leap_client::*;
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt::Debug, sync::Arc};
use tokio::time::timeout;

fn shared<T: Send + Sync + 'static>() {}
fn cloned<T: Clone + Debug + Send + Sync + 'static>() {}
fn sent<T: Debug + Send + 'static>() {}

#[test]
fn public_types_can_be_shared_between_threads() {
    cloned::<Leap>();
    cloned::<Error>();
    cloned::<RequestKey>();
    cloned::<SupportRequest>();
    cloned::<PendingAck>();
    cloned::<MemoryChangeStore>();
    cloned::<FileChangeStore>();
    cloned::<ListRequests>();
    cloned::<ListRequests<TopicInState>>();
    cloned::<RequestUpdate>();
    cloned::<Synced>();
    cloned::<Settled>();
    cloned::<WorkflowFailure>();
    shared::<Arc<dyn ChangeStore>>();
    shared::<Call<GetRequest>>();
    shared::<Call<SetExternalId>>();
    shared::<Call<Acknowledge>>();
    shared::<Call<ChangeState>>();
    shared::<Change>();
    sent::<Change>();
    sent::<Changes>();
    sent::<LeapBuilder>();
    sent::<SyncWindow>();
    sent::<SyncWindow<Topic>>();
    sent::<EnsureExternalId>();
    sent::<ChangeStateChecked>();
    sent::<PostUpdateOnce>();
    sent::<WaitForState>();
}

#[tokio::test(start_paused = true)]
async fn operations_take_identifiers_in_every_form() {
    let scene = scene().await;
    scene.world.raise("A");
    let (requests, id) = (scene.leap.requests(), RequestId::from("A"));
    requests.set_external_id("A", "MAX-1").await.unwrap();
    requests.set_external_id(String::from("A"), ExternalId::from("MAX-1")).await.unwrap();
    requests.set_external_id(id.clone(), String::from("MAX-1")).await.unwrap();
    for key in [RequestKey::id("A"), id.clone().into(), (&id).into(), RequestKey::external("MAX-1")] {
        assert_eq!(requests.get(key).await.unwrap().identifier, id);
    }
    assert_eq!(requests.get(&id).await.unwrap().identifier, "A".into());
    requests.acknowledge(["A"]).await.unwrap();
    requests.acknowledge([&id].map(Clone::clone)).await.unwrap();
    requests.acknowledge(vec![String::from("A")]).await.unwrap();
    requests.acknowledge_external(["MAX-1"]).await.unwrap();
    requests.comment(&id, "a").await.unwrap();
    requests.comment(RequestKey::external("MAX-1"), String::from("b")).await.unwrap();
    requests.change_state(ChangeState::new(&id, State::Problem)).await.unwrap();
    requests.change_state(ChangeState::new(&id, "IN_PROGRESS".into()).comment("c")).await.unwrap();
    assert_eq!(scene.world.said("A"), ["a", "b", "c"]);
}

#[tokio::test(start_paused = true)]
async fn calls_and_workflows_work_with_join_select_timeout_and_spawn() {
    let scene = scene().await;
    scene.world.raise("A");
    let requests = scene.leap.requests();
    let (a, b) = tokio::join!(requests.get(key("A")), requests.comment(key("A"), "hello"));
    a.unwrap();
    b.unwrap();
    let (a, b) =
        tokio::try_join!(requests.get(key("A")), requests.change_state_checked(key("A"), State::Problem)).unwrap();
    assert_eq!((a.identifier.as_str(), b), ("A", StateChange::Changed));
    let first = tokio::select! {
        found = requests.find_by_external_id("MAX-1") => found.unwrap().is_some(),
        () = std::future::pending() => true,
    };
    assert!(!first);
    timeout(secs(1), requests.ensure_external_id("A", "MAX-1")).await.unwrap().unwrap();
    // They own what they need, and outlive their handle and their client.
    let leap = scene.leap.clone();
    let wait = leap.requests().wait_for_state(key("A"), [State::Problem]);
    let window = leap.requests().sync_window(None, None).with_list(ListRequests::topic("Parking"));
    let post = leap.requests().post_update_once(key("A"), RequestUpdate::new().comment("done"));
    drop(leap);
    assert_eq!(tokio::spawn(wait.into_future()).await.unwrap().unwrap().state, State::Problem);
    assert!(tokio::spawn(window.into_future()).await.unwrap().unwrap().requests.is_empty());
    assert_eq!(tokio::spawn(post.into_future()).await.unwrap().unwrap(), Posted::Answered);
    let all = join_all((0..3).map(|_| requests.get(key("A")).into_future())).await;
    assert!(all.iter().all(Result::is_ok));
}

#[tokio::test(start_paused = true)]
async fn streams_outlive_their_client_and_work_with_combinators_and_tasks() {
    let scene = scene().await;
    ["A", "B", "C"].iter().for_each(|id| scene.world.raise(id));
    let leap = scene.leap.clone();
    let (items, changes) =
        (leap.requests().list(ListRequests::new()).items(), leap.requests().changes(scene.store.clone()));
    let boxed: Arc<dyn ChangeStore> = Arc::new(scene.store.clone());
    let over_a_trait_object = leap.requests().changes(boxed);
    drop(leap);
    let ids = tokio::spawn(items.map_ok(|request| request.identifier.to_string()).try_collect::<Vec<_>>());
    assert_eq!(ids.await.unwrap().unwrap(), ["A", "B", "C"]);
    let lines = changes.take(3).map(|change| line(&change.unwrap())).collect::<Vec<_>>();
    assert_eq!(tokio::spawn(lines).await.unwrap(), ["A: new", "B: new", "C: new"]);
    let done = over_a_trait_object
        .take(3)
        .map_err(drop)
        .try_for_each_concurrent(3, async |change| change.done().await.map(drop).map_err(drop));
    done.await.unwrap();
    assert!(["A", "B", "C"].iter().all(|id| !scene.world.has_flags(id)));
}

#[tokio::test(start_paused = true)]
async fn a_call_shows_its_request_and_sends_nothing_before_it_is_awaited() {
    let scene = scene().await;
    let requests = scene.leap.requests();
    let parts = requests.comment(key("A"), "Hello").parts().unwrap();
    assert_eq!((parts.method().as_str(), parts.path().join("/").as_str()), ("POST", "requests/A/updates"));
    drop((requests.wait_for_state(key("A"), [State::New]), requests.changes(scene.store.clone())));
    drop((requests.sync_window(None, None), requests.ensure_external_id("A", "B")));
    drop(requests.change_state_checked(key("A"), State::Problem));
    assert_eq!(scene.transport.total(), 0);
}

fn same_in_json<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
}

#[tokio::test(start_paused = true)]
async fn values_are_the_same_after_a_round_trip_through_json() {
    let scene = scene().await;
    let given =
        NewRequest::topic("Parking").with_id("A").external_id("MAX-1").property("P-1").property_external_id("H-1");
    scene.world.controller.raise(given.description("<b>\n\"it\" & that").offer("POF-1", "Gold")).unwrap();
    scene.world.comment("A", "hello");
    scene.world.controller.assign("A", "Kim Example").unwrap();
    scene.world.controller.flag_property("A").unwrap();
    let requests = scene.leap.requests();
    same_in_json(&requests.get(key("A")).await.unwrap());
    same_in_json(&requests.list(ListRequests::topic("Parking")).await.unwrap().items);
    same_in_json(&requests.set_external_id("A", "MAX-2").await.unwrap());
    same_in_json(&State::from("ON_HOLD"));
    let mut changes = scene.changes();
    let change = change(&mut changes).await;
    scene.transport.plan("POST", "/requests/acked", [Step::HeldBefore(Signal::default())]);
    assert!(timeout(secs(1), change.done()).await.is_err());
    let entries = scene.store.load().await.unwrap();
    assert_eq!(
        (entries.len(), entries[0].id.as_str(), entries[0].last_update_time),
        (1, "A", scene.world.controller.request("A").unwrap().last_updated)
    );
    same_in_json(&entries);
    let text = serde_json::to_string(&entries).unwrap();
    assert!(!text.contains("hello") && !text.contains("Example"), "{text}");
}

#[test]
fn modules_form_layers() {
    let layers = Layers::of(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    layers.assert_circles_at_most(0);
    layers.assert_no_imports_through_the_root();
    // Between `requests` and `xml`: endpoints write and read documents, and documents have the model's types.
    layers.assert_order(&[
        &["address", "defects", "ids"],
        &["client", "requests", "xml"],
        &["builder", "feed"],
        &["workflows"],
    ]);
}
