//! A window has what was last updated in it, whatever moves meanwhile, and consecutive windows lose nothing.

use crate::support::scene::*;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use leap_client::{Kind, ListRequests, Outcome, RequestId, State, SupportRequest, Synced};
use proptest::prelude::*;
use std::{collections::HashMap, time::Duration};
use tokio::runtime::Builder;

const LIST: &str = "/requests/";
const MS: TimeDelta = TimeDelta::milliseconds(1);

fn ids(synced: &Synced) -> Vec<&str> {
    synced.requests.iter().map(|request| request.identifier.as_str()).collect()
}

fn name(number: usize) -> String {
    format!("A{number:03}")
}

impl Scene {
    /// The server's time.
    fn now(&self) -> DateTime<Utc> {
        self.world.clock.now()
    }

    fn updated(&self, id: &str) -> DateTime<Utc> {
        self.world.controller.request(id).unwrap().last_updated
    }

    /// How often a page other than the first was asked for.
    fn offsets(&self) -> usize {
        self.transport.sent("GET", LIST).iter().filter(|list| !list.query().contains("offset=0")).count()
    }
}

#[tokio::test(start_paused = true)]
async fn both_ends_of_a_window_are_exact() {
    let scene = scene().await;
    for number in 0..6 {
        scene.world.raise(&name(number));
    }
    let requests = scene.leap.requests();
    let [from, to] = ["A001", "A004"].map(|id| scene.updated(id));
    let lists = [ListRequests::new().limit(3).offset(2), ListRequests::new().updated_to(from)];
    for list in lists {
        let all = requests.sync_window(from, to).with_overlap(Duration::ZERO).with_list(list).await.unwrap();
        assert_eq!((ids(&all), all.checkpoint), (vec!["A001", "A002", "A003"], to));
    }
    for (from, to, expected) in [
        (from, to, vec!["A001", "A002", "A003"]),
        (from + MS, to, vec!["A002", "A003"]),
        (from, to + MS, vec!["A001", "A002", "A003", "A004"]),
        (from - MS, from + MS, vec!["A001"]),
        (from, from + TimeDelta::microseconds(1), vec!["A001"]),
        (from + TimeDelta::microseconds(1), to, vec!["A002", "A003"]),
        (from - MS, from, vec![]),
    ] {
        let window = requests.sync_window(from, to).with_overlap(Duration::ZERO);
        assert_eq!(ids(&window.await.unwrap()), expected);
        let topic =
            requests.sync_window(from, to).with_overlap(Duration::ZERO).with_list(ListRequests::topic("Parking"));
        assert_eq!(ids(&topic.await.unwrap()), expected);
    }
    assert!((0..6).all(|number| scene.world.has_flags(&name(number))), "it touches no flags");
}

#[tokio::test(start_paused = true)]
async fn a_window_begins_earlier_by_its_overlap() {
    let scene = scene().await;
    for number in 0..10 {
        scene.world.raise(&name(number));
    }
    let (from, to) = (scene.updated("A007"), scene.now() + MS);
    let window = || scene.leap.requests().sync_window(from, to);
    assert_eq!(window().await.unwrap().requests.len(), 8);
    assert_eq!(window().with_overlap(secs(2)).await.unwrap().requests.len(), 5);
    assert_eq!(window().with_overlap(Duration::ZERO).await.unwrap().requests.len(), 3);
    assert_eq!(window().with_overlap(Duration::MAX).await.unwrap().requests.len(), 10);
}

#[tokio::test(start_paused = true)]
async fn without_ends_a_window_reads_everything_up_to_a_minute_ago() {
    let scene = scene().await;
    scene.world.raise("A");
    let requests = scene.leap.requests();
    let all = requests.sync_window(None, scene.now() + MS).await.unwrap();
    assert_eq!((ids(&all), all.checkpoint), (vec!["A"], scene.now() + MS));
    let before = Utc::now();
    let past = requests.sync_window(None, None).await.unwrap();
    assert!(past.requests.is_empty());
    let lag = before - past.checkpoint;
    assert!(lag <= TimeDelta::seconds(60) && lag > TimeDelta::seconds(50), "{lag}");
}

#[tokio::test(start_paused = true)]
async fn an_empty_window_is_refused_before_anything_is_sent() {
    let scene = scene().await;
    let now = Utc::now();
    let requests = scene.leap.requests();
    for window in [
        requests.sync_window(now, now),
        requests.sync_window(now, now - MS),
        requests.sync_window(now - TimeDelta::seconds(30), None),
        requests.sync_window(None, DateTime::<Utc>::UNIX_EPOCH),
        requests.sync_window(now, now - MS).with_overlap(secs(3_600)),
    ] {
        let error = window.await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.operation()),
            (Kind::Request, Outcome::NotSent, "leap.requests.list")
        );
    }
    assert_eq!(scene.transport.total(), 0);
}

#[tokio::test(start_paused = true)]
async fn more_than_a_page_is_read_by_splitting_the_window() {
    for count in [99, 100, 101, 350] {
        let scene = scene_of(Emulator::builder().newest_first()).await;
        for number in 0..count {
            scene.world.raise(&name(number));
        }
        let all = scene.leap.requests().sync_window(None, scene.now() + MS).await.unwrap();
        let expected: Vec<_> = (0..count).map(name).collect();
        assert_eq!(ids(&all), expected.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(scene.offsets() <= 4, "{}", scene.offsets());
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_updated_meanwhile_is_found_once_and_as_it_is_now() {
    let scene = scene().await;
    for number in 0..150 {
        scene.world.raise(&name(number));
    }
    // The window is cut: after its earlier half was read, something of it moves to the later half.
    scene.world.after("GET", LIST, |_| ());
    scene.world.after("GET", LIST, |world| world.comment("A003", "still"));
    let to = scene.now() + TimeDelta::seconds(10);
    let all = scene.leap.requests().sync_window(scene.updated("A000"), to).with_overlap(Duration::ZERO).await.unwrap();
    assert_eq!((all.requests.len(), scene.transport.count("GET", LIST)), (150, 4));
    let last = all.requests.last().unwrap();
    assert_eq!((last.identifier.as_str(), last.last_update_time), ("A003", scene.updated("A003")));
}

#[tokio::test(start_paused = true)]
async fn a_millisecond_of_more_than_a_page_is_read_whole() {
    let scene = scene().await;
    scene.world.clock.freeze();
    for number in 0..250 {
        scene.world.controller.raise(NewRequest::topic("Parking").with_id(name(number))).unwrap();
    }
    let to = scene.now() + TimeDelta::seconds(10);
    let all = scene.leap.requests().sync_window(None, to).await.unwrap();
    assert!(all.requests.len() == 250 && scene.offsets() > 0);

    // While it is read a few of them move on to a later window.
    for number in 0..6 {
        scene.world.after("GET", LIST, |_| ());
        scene.world.after("GET", LIST, move |world| world.comment(&name(number * 40), "on"));
    }
    let first = scene.leap.requests().sync_window(None, scene.now() + MS).await.unwrap();
    let second = scene.leap.requests().sync_window(first.checkpoint, scene.now() + TimeDelta::days(1)).await.unwrap();
    let mut found = [ids(&first), ids(&second)].concat();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 250);
}

#[tokio::test(start_paused = true)]
async fn a_millisecond_that_fills_while_it_is_read_is_an_error() {
    let scene = scene().await;
    scene.world.clock.freeze();
    let raise = |world: &World, id: String| {
        world.controller.raise(NewRequest::topic("Parking").with_id(id)).unwrap();
    };
    (0..300).for_each(|number| raise(&scene.world, name(number)));
    // One comes with each reading.
    for number in 0..150 {
        (0..3).for_each(|_| scene.world.after("GET", LIST, |_| ()));
        scene.world.after("GET", LIST, move |world| raise(world, format!("B{number}")));
    }
    let window = scene.leap.requests().sync_window(scene.updated("A000"), scene.now() + MS);
    let error = window.with_overlap(Duration::ZERO).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (Kind::Paging, "leap.requests.list"), "{error}");
    assert!(scene.transport.count("GET", LIST) < 100);
}

#[tokio::test(start_paused = true)]
async fn an_unreadable_row_is_reported_once_and_hides_nothing() {
    let scene = scene().await;
    for number in 0..150 {
        scene.world.raise(&name(number));
    }
    let broken = Step::text(|body| {
        for id in ["A003", "A120"] {
            if let Some(at) = body.find(&format!("identifier=\"{id}\"")) {
                let at = at + body[at..].find("<creation-time>").unwrap() + "<creation-time>".len();
                body.insert(at, 'x');
            }
        }
    });
    scene.transport.plan("GET", LIST, vec![broken; 100]);
    let all = scene.leap.requests().sync_window(None, scene.now() + MS).await.unwrap();
    let reported: Vec<_> = all.undecodable.iter().map(|row| &*row.id).collect();
    assert_eq!((all.requests.len(), reported), (148, vec!["A003", "A120"]));
}

#[tokio::test(start_paused = true)]
async fn a_window_can_be_limited_to_a_list() {
    let scene = scene().await;
    for number in 0..240 {
        let topic = ["Parking", "Lifts"][number % 2];
        scene.world.clock.advance(secs(1));
        scene.world.controller.raise(NewRequest::topic(topic).with_id(name(number))).unwrap();
    }
    for number in 0..4 {
        scene.world.state(&name(number), EmulatorState::Problem);
    }
    client(&scene.emulator).0.requests().acknowledge(["A010", "A011"]).await.unwrap();
    let window = || scene.leap.requests().sync_window(None, scene.now() + MS);
    let lifts = window().with_list(ListRequests::topic("Lifts")).await.unwrap();
    assert!(
        lifts.requests.len() == 120
            && lifts.requests.iter().all(|one| one.topic.as_ref().unwrap().identifier == "Lifts")
    );
    let problems = window().with_list(ListRequests::topic("Lifts").in_state(State::Problem)).await.unwrap();
    assert_eq!(ids(&problems), ["A001", "A003"]);
    assert_eq!(ids(&window().with_list(ListRequests::new().acked(true)).await.unwrap()), ["A010", "A011"]);
    let error = window().with_list(ListRequests::topic("Roof")).await.unwrap_err();
    assert!(error.is_not_found() && error.operation() == "leap.requests.list_by_topic");
}

#[tokio::test(start_paused = true)]
async fn an_end_outside_the_calendar_is_rejected_without_a_panic() {
    let scene = scene().await;
    for to in [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MAX_UTC - TimeDelta::days(1)] {
        let error = scene.leap.requests().sync_window(None, to).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
    }
}

#[tokio::test(start_paused = true)]
async fn without_from_no_lower_limit_is_sent() {
    let scene = scene().await;
    scene.world.raise("A");
    let earlier = ListRequests::new().updated_from(scene.now() + TimeDelta::days(1));
    let all = scene.leap.requests().sync_window(None, scene.now() + MS).with_list(earlier).await.unwrap();
    let lists = scene.transport.sent("GET", "/requests/");
    let has_beginning = lists.iter().any(|list| list.query().contains("last-update-from"));
    assert_eq!((all.requests.len(), lists.len(), has_beginning), (1, 2, false));
}

/// What happens at once: so many requests are raised, and some of those that are there are updated.
#[derive(Debug, Clone)]
struct Burst {
    /// Since the one before; 0 is the same millisecond.
    millis: u64,
    raised: usize,
    updated: Vec<usize>,
}

fn burst(most: usize) -> impl Strategy<Value = Burst> {
    let millis = prop_oneof![Just(0), 1..3_u64, 1..10_000_u64];
    (millis, 0..most, prop::collection::vec(any::<usize>(), 0..most)).prop_map(|(millis, raised, updated)| Burst {
        millis,
        raised,
        updated,
    })
}

/// What happens before a window is read, and after each of its pages.
fn window() -> impl Strategy<Value = (Vec<Burst>, Vec<Burst>)> {
    (prop::collection::vec(burst(90), 0..4), prop::collection::vec(burst(4), 0..40))
}

fn happen(world: &World, burst: &Burst) {
    world.clock.advance(Duration::from_millis(burst.millis));
    for _ in 0..burst.raised {
        world.controller.raise(NewRequest::topic("Parking")).unwrap();
    }
    let ids = world.controller.requests();
    for at in burst.updated.iter().filter(|_| !ids.is_empty()) {
        world.controller.comment(&ids[at % ids.len()], "Jo Example", "still").unwrap();
    }
}

/// A program that copies what it finds, and keeps the newest of each request.
struct Copy {
    scene: Scene,
    known: HashMap<RequestId, SupportRequest>,
    checkpoint: Option<DateTime<Utc>>,
}

impl Copy {
    async fn sync(&mut self) {
        // What comes in this very millisecond from here on is the next window's.
        self.scene.world.clock.advance(Duration::from_millis(1));
        let to = self.scene.world.clock.now().trunc_subsecs(3);
        let window = || self.scene.leap.requests().sync_window(self.checkpoint, to).with_overlap(Duration::ZERO);
        let mut synced = window().await;
        // A list that moved too fast is read again.
        while synced.as_ref().is_err_and(|error| error.kind() == Kind::Paging) {
            synced = window().await;
        }
        let synced = synced.unwrap();
        assert!(synced.requests.is_sorted_by_key(|request| (request.last_update_time, request.identifier.clone())));
        self.known.extend(synced.requests.into_iter().map(|request| (request.identifier.clone(), request)));
        self.checkpoint = Some(synced.checkpoint);
    }

    /// What was last updated behind the last window.
    fn is_behind(&self) -> bool {
        let controller = &self.scene.world.controller;
        controller.requests().iter().any(|id| Some(controller.request(id).unwrap().last_updated) >= self.checkpoint)
    }
}

async fn follow(newest_first: bool, windows: Vec<(Vec<Burst>, Vec<Burst>)>) {
    let emulator = Emulator::builder();
    let scene = scene_of(if newest_first { emulator.newest_first() } else { emulator }).await;
    scene.world.clock.freeze();
    let mut copy = Copy { scene, known: HashMap::new(), checkpoint: None };
    for (before, meanwhile) in windows {
        before.iter().for_each(|burst| happen(&copy.scene.world, burst));
        for burst in meanwhile {
            copy.scene.world.after("GET", "/requests/", move |world| happen(world, &burst));
        }
        copy.sync().await;
    }
    while copy.is_behind() {
        copy.sync().await;
    }
    let controller = &copy.scene.world.controller;
    for id in controller.requests() {
        let found = copy.known.get(&RequestId::from(id.as_str())).map(|request| request.last_update_time);
        assert_eq!(found, Some(controller.request(&id).unwrap().last_updated), "{id}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_is_lost_over_windows_in_a_row(
        newest_first: bool,
        windows in prop::collection::vec(window(), 1..5),
    ) {
        let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(follow(newest_first, windows));
    }
}
