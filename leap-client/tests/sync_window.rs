//! A window holds what was last updated in it, whatever moves meanwhile, and windows in a row hold everything.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use chrono::{DateTime, TimeDelta, Utc};
use common::*;
use leap_client::{Kind, ListRequests, Outcome, State, Synced};
use std::time::Duration;

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
        self.portal.clock.now()
    }

    fn updated(&self, id: &str) -> DateTime<Utc> {
        self.portal.room.request(id).unwrap().last_updated
    }

    /// How often a page other than the first was asked for.
    fn offsets(&self) -> usize {
        self.transport.sent("GET", LIST).iter().filter(|list| !list.query().contains("offset=0")).count()
    }
}

#[tokio::test(start_paused = true)]
async fn both_ends_are_exact_whatever_the_documents_say_of_them() {
    let scene = scene().await;
    for number in 0..6 {
        scene.portal.raise(&name(number));
    }
    let requests = scene.leap.requests();
    let [from, to] = ["A001", "A004"].map(|id| scene.updated(id));
    let lists = [ListRequests::new().limit(3).offset(2), ListRequests::new().updated_to(from)];
    for list in lists {
        let all = requests.sync_window(from, to).with_overlap(Duration::ZERO).within(list).await.unwrap();
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
        let topic = requests.sync_window(from, to).with_overlap(Duration::ZERO).within(ListRequests::topic("Parking"));
        assert_eq!(ids(&topic.await.unwrap()), expected);
    }
    assert!((0..6).all(|number| scene.portal.has_flags(&name(number))), "it touches no flags");
}

#[tokio::test(start_paused = true)]
async fn it_begins_a_little_earlier_for_what_shows_late() {
    let scene = scene().await;
    for number in 0..10 {
        scene.portal.raise(&name(number));
    }
    let (from, to) = (scene.updated("A007"), scene.now() + MS);
    let window = || scene.leap.requests().sync_window(from, to);
    assert_eq!(window().await.unwrap().requests.len(), 8);
    assert_eq!(window().with_overlap(secs(2)).await.unwrap().requests.len(), 5);
    assert_eq!(window().with_overlap(Duration::ZERO).await.unwrap().requests.len(), 3);
    assert_eq!(window().with_overlap(Duration::MAX).await.unwrap().requests.len(), 10);
}

#[tokio::test(start_paused = true)]
async fn without_a_beginning_it_reads_everything_and_without_an_end_up_to_a_minute_ago() {
    let scene = scene().await;
    scene.portal.raise("A");
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
async fn more_than_a_page_is_read_by_cutting_the_window() {
    for count in [99, 100, 101, 350] {
        let scene = scene_of(Emulator::builder().newest_first()).await;
        for number in 0..count {
            scene.portal.raise(&name(number));
        }
        let all = scene.leap.requests().sync_window(None, scene.now() + MS).await.unwrap();
        let expected: Vec<_> = (0..count).map(name).collect();
        assert_eq!((ids(&all), scene.offsets()), (expected.iter().map(String::as_str).collect(), 0));
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_updated_while_the_window_is_read_is_found_once_and_as_it_is_now() {
    let scene = scene().await;
    for number in 0..150 {
        scene.portal.raise(&name(number));
    }
    // The window is cut: after its earlier half was read, something of it moves to the later half.
    scene.portal.after("GET", LIST, |_| ());
    scene.portal.after("GET", LIST, |portal| portal.comment("A003", "still"));
    let to = scene.now() + TimeDelta::seconds(10);
    let all = scene.leap.requests().sync_window(scene.updated("A000"), to).with_overlap(Duration::ZERO).await.unwrap();
    assert_eq!((all.requests.len(), scene.transport.count("GET", LIST)), (150, 3));
    let last = all.requests.last().unwrap();
    assert_eq!((last.identifier.as_str(), last.last_update_time), ("A003", scene.updated("A003")));
}

#[tokio::test(start_paused = true)]
async fn a_millisecond_of_more_than_a_page_is_read_whole() {
    let scene = scene().await;
    scene.portal.clock.freeze();
    for number in 0..250 {
        scene.portal.room.raise(NewRequest::topic("Parking").with_id(name(number))).unwrap();
    }
    let to = scene.now() + TimeDelta::seconds(10);
    let all = scene.leap.requests().sync_window(None, to).await.unwrap();
    assert!(all.requests.len() == 250 && scene.offsets() > 0);

    // While it is read a few of them move on to a later window.
    for number in 0..6 {
        scene.portal.after("GET", LIST, |_| ());
        scene.portal.after("GET", LIST, move |portal| portal.comment(&name(number * 40), "on"));
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
    scene.portal.clock.freeze();
    let raise = |portal: &Portal, id: String| {
        portal.room.raise(NewRequest::topic("Parking").with_id(id)).unwrap();
    };
    (0..300).for_each(|number| raise(&scene.portal, name(number)));
    // One comes with each reading.
    for number in 0..150 {
        (0..3).for_each(|_| scene.portal.after("GET", LIST, |_| ()));
        scene.portal.after("GET", LIST, move |portal| raise(portal, format!("B{number}")));
    }
    let window = scene.leap.requests().sync_window(scene.updated("A000"), scene.now() + MS);
    let error = window.with_overlap(Duration::ZERO).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (Kind::Paging, "leap.requests.list"), "{error}");
    assert!(scene.transport.count("GET", LIST) < 100);
}

#[tokio::test(start_paused = true)]
async fn what_can_not_be_read_is_told_once_and_hides_nothing() {
    let scene = scene().await;
    for number in 0..150 {
        scene.portal.raise(&name(number));
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
    let told: Vec<_> = all.undecodable.iter().map(|row| &*row.id).collect();
    assert_eq!((all.requests.len(), told), (148, vec!["A003", "A120"]));
}

#[tokio::test(start_paused = true)]
async fn it_can_be_kept_to_a_topic_a_state_or_what_is_acknowledged() {
    let scene = scene().await;
    for number in 0..240 {
        let topic = ["Parking", "Lifts"][number % 2];
        scene.portal.clock.advance(secs(1));
        scene.portal.room.raise(NewRequest::topic(topic).with_id(name(number))).unwrap();
    }
    for number in 0..4 {
        scene.portal.state(&name(number), There::Problem);
    }
    client(&scene.emulator).0.requests().acknowledge(["A010", "A011"]).await.unwrap();
    let window = || scene.leap.requests().sync_window(None, scene.now() + MS);
    let lifts = window().within(ListRequests::topic("Lifts")).await.unwrap();
    assert!(
        lifts.requests.len() == 120
            && lifts.requests.iter().all(|one| one.topic.as_ref().unwrap().identifier == "Lifts")
    );
    let problems = window().within(ListRequests::topic("Lifts").in_state(State::Problem)).await.unwrap();
    assert_eq!(ids(&problems), ["A001", "A003"]);
    assert_eq!(ids(&window().within(ListRequests::new().acked(true)).await.unwrap()), ["A010", "A011"]);
    let error = window().within(ListRequests::topic("Roof")).await.unwrap_err();
    assert!(error.is_not_found() && error.operation() == "leap.requests.list_by_topic");
}

#[tokio::test(start_paused = true)]
async fn an_end_that_no_calendar_has_is_refused_and_no_panic() {
    let scene = scene().await;
    for to in [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MAX_UTC - TimeDelta::days(1)] {
        let error = scene.leap.requests().sync_window(None, to).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
    }
}

#[tokio::test(start_paused = true)]
async fn everything_so_far_is_asked_for_without_a_beginning() {
    let scene = scene().await;
    scene.portal.raise("A");
    let earlier = ListRequests::new().updated_from(scene.now() + TimeDelta::days(1));
    let all = scene.leap.requests().sync_window(None, scene.now() + MS).within(earlier).await.unwrap();
    let lists = scene.transport.sent("GET", "/requests/");
    let has_beginning = lists.iter().any(|list| list.query().contains("last-update-from"));
    assert_eq!((all.requests.len(), lists.len(), has_beginning), (1, 1, false));
}
