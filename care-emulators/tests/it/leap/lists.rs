//! Lists: pages, time windows, flags, topics and states.

use crate::support::leap::{get, listed, post, read};
use care_emulators::leap::{Emulator, EmulatorBuilder, NewRequest, State};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use http::Method;
use std::time::Duration;

/// An emulator with this many requests in one topic, raised a second apart.
async fn with(builder: EmulatorBuilder, requests: usize) -> (Emulator, Vec<String>) {
    let emulator = builder.start().await.unwrap();
    emulator.clock().freeze();
    let controller = emulator.controller();
    let ids = (0..requests).map(|_| {
        emulator.clock().advance(Duration::from_secs(1));
        controller.raise(NewRequest::topic("Lighting")).unwrap()
    });
    let ids = ids.collect();
    (emulator, ids)
}

async fn acknowledge(emulator: &Emulator, id: &str, flags: &str) {
    let body = format!("<acknowledgements{flags}><acknowledgement>{id}</acknowledgement></acknowledgements>");
    assert_eq!(post(emulator, "/requests/acked", &body).await, 200);
}

#[tokio::test]
async fn a_page_has_at_most_a_hundred_in_a_stable_order() {
    let (emulator, ids) = with(Emulator::builder(), 103).await;
    for path in ["/requests/", "/requests/by-topic/Lighting", "/requests/by-topic/Lighting/in-state/NEW"] {
        assert_eq!(listed(&emulator, path).await, ids[..100], "{path}");
        assert_eq!(listed(&emulator, &format!("{path}?limit=100&offset=100")).await, ids[100..]);
        assert_eq!(listed(&emulator, &format!("{path}?limit=2&offset=3")).await, ids[3..5]);
        assert_eq!(listed(&emulator, &format!("{path}?offset=103&unknown=1")).await, [""; 0]);
    }
}

#[tokio::test]
async fn an_empty_list_is_a_document() {
    let emulator = Emulator::start().await.unwrap();
    emulator.controller().add_topic("Lifts");
    for path in ["/requests/", "/requests/by-topic/Lifts", "/requests/by-topic/Lifts/in-state/PROBLEM"] {
        let list = read(&emulator, path).await;
        assert_eq!(list.attribute("xmlns"), Some("http://schema.majitek.com/leap-ws-v1.0"), "{path}");
        assert_eq!((list.name.as_str(), list.children.len()), ("support-requests", 0));
    }
}

#[tokio::test]
async fn invalid_parameters_get_400() {
    let (emulator, _) = with(Emulator::builder(), 1).await;
    for query in [
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=ten",
        "limit=",
        "offset=-1",
        "offset=1.5",
        "acked=yes",
        "acked=",
        "acked=TRUE",
        "last-update-from=",
        "last-update-from=2010-04-06",
        "last-update-from=2010-04-06T12:43:17Z",
        "last-update-to=2010-13-06T12:43:17.123Z",
        // A plus that isn't encoded is a blank.
        "last-update-to=2010-04-06T12:43:17.123+0000",
        "last-update-to=yesterday&limit=5",
        "limit=%zz",
    ] {
        for path in ["/requests/", "/requests/by-topic/Lighting", "/requests/by-topic/Lighting/in-state/NEW"] {
            let response = get(&emulator, &format!("{path}?{query}")).await;
            assert_eq!((response.status, response.body.len()), (400, 0), "{path}?{query}");
        }
    }
    let fine = "/requests/?last-update-to=2010-04-06T12:43:17.123%2B1000&last-update-from=2010-04-06T12:43:17.123Z";
    assert_eq!(get(&emulator, fine).await.status, 200);
}

#[tokio::test]
async fn unknown_topics_get_404_and_unknown_states_400() {
    let emulator = Emulator::start().await.unwrap();
    emulator.controller().raise(NewRequest::topic("Lighting").sub_topic("Stairs")).unwrap();
    for (path, status) in [
        ("/requests/by-topic/Lifts", 404),
        ("/requests/by-topic/lighting", 404),
        ("/requests/by-topic/Stairs", 404),
        ("/requests/by-topic/Lifts/in-state/NEW", 404),
        ("/requests/by-topic/%ff/in-state/NEW", 404),
        ("/requests/by-topic/Lighting/in-state/new", 400),
        ("/requests/by-topic/Lighting/in-state/OPEN", 400),
        ("/requests", 404),
        ("/requests/by-topic", 404),
        ("/requests/by-topic/Lighting/in-state", 404),
        ("/requests/by-topic/Lighting/", 404),
    ] {
        assert_eq!(get(&emulator, path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn lists_can_be_restricted_to_topics_and_states() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let raise = |topic: &str| controller.raise(NewRequest::topic(topic)).unwrap();
    let [a, b, c, d] = [raise("Stolen Spot"), raise("Lifts"), raise("Stolen Spot"), raise("a/b")];
    controller.assign(&c, "Kim Example").unwrap();
    controller.assign(&b, "Kim Example").unwrap();
    assert_eq!(listed(&emulator, "/requests/by-topic/Stolen%20Spot").await, [&*a, &*c]);
    assert_eq!(listed(&emulator, "/requests/by-topic/a%2Fb").await, [d]);
    assert_eq!(listed(&emulator, "/requests/by-topic/Stolen%20Spot/in-state/IN_PROGRESS").await, [&*c]);
    assert_eq!(listed(&emulator, "/requests/by-topic/Stolen%20Spot/in-state/NEW").await, [&*a]);
    controller.change_state(&a, State::Cancelled, "Kim Example", "").unwrap();
    assert_eq!(listed(&emulator, "/requests/by-topic/Stolen%20Spot/in-state/CANCELLED").await, [&*a]);
}

fn encoded(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[tokio::test]
async fn the_time_window_is_open_in_the_list_of_all_and_half_open_by_topic() {
    let (emulator, ids) = with(Emulator::builder(), 5).await;
    let updated = |n: usize| emulator.controller().request(&ids[n]).unwrap().last_updated;
    let ms = TimeDelta::milliseconds(1);
    let window = |path: &str, from: DateTime<Utc>, to: DateTime<Utc>| {
        format!("{path}?last-update-from={}&last-update-to={}", encoded(from), encoded(to))
    };
    let (all, topic, state) = ("/requests/", "/requests/by-topic/Lighting", "/requests/by-topic/Lighting/in-state/NEW");
    assert_eq!(listed(&emulator, &window(all, updated(1), updated(3))).await, ids[2..3]);
    assert_eq!(listed(&emulator, &window(all, updated(1) - ms, updated(3) + ms)).await, ids[1..4]);
    for path in [topic, state] {
        assert_eq!(listed(&emulator, &window(path, updated(1), updated(3))).await, ids[1..3], "{path}");
        assert_eq!(listed(&emulator, &window(path, updated(1) + ms, updated(3) + ms)).await, ids[2..4], "{path}");
    }
    let from = format!("{all}?last-update-from={}", encoded(updated(3)));
    assert_eq!(listed(&emulator, &from).await, ids[4..]);
    let to = format!("{topic}?last-update-to={}", encoded(updated(1)));
    assert_eq!(listed(&emulator, &to).await, ids[..1]);
    assert_eq!(listed(&emulator, &window(all, updated(3), updated(1))).await, [""; 0]);
    // A change moves a request out of its window.
    emulator.controller().edit_summary(&ids[2], "It is very dark").unwrap();
    assert_eq!(listed(&emulator, &window(topic, updated(1), updated(3))).await, ids[1..2]);
}

#[tokio::test]
async fn acked_selects_by_the_flags_of_request_and_updates() {
    for (builder, by_own_flag) in [(Emulator::builder(), false), (Emulator::builder().list_by_own_flag(), true)] {
        let (emulator, ids) = with(builder, 3).await;
        emulator.controller().assign(&ids[1], "Kim Example").unwrap();
        acknowledge(&emulator, &ids[0], "").await;
        acknowledge(&emulator, &ids[1], " acknowlegdeUpdates=\"false\"").await;
        // The second one has flagged updates and no flag itself.
        let (acked, unacked) = if by_own_flag { (2, 2) } else { (1, 1) };
        for path in ["/requests/", "/requests/by-topic/Lighting"] {
            assert_eq!(listed(&emulator, &format!("{path}?acked=true")).await, ids[..acked], "{path}");
            assert_eq!(listed(&emulator, &format!("{path}?acked=false")).await, ids[unacked..], "{path}");
            assert_eq!(listed(&emulator, path).await, ids[..]);
        }
    }
}

#[tokio::test]
async fn acknowledging_while_paging_skips_requests() {
    let (emulator, ids) = with(Emulator::builder(), 6).await;
    let first = listed(&emulator, "/requests/?acked=false&limit=3").await;
    assert_eq!(first, ids[..3]);
    for id in &first {
        acknowledge(&emulator, id, "").await;
    }
    assert_eq!(listed(&emulator, "/requests/?acked=false&limit=3&offset=3").await, [""; 0]);
    assert_eq!(listed(&emulator, "/requests/?acked=false").await, ids[3..]);
}

#[tokio::test]
async fn a_list_shifts_between_two_pages() {
    let (emulator, ids) = with(Emulator::builder().newest_first(), 5).await;
    let controller = emulator.controller();
    let page = async |offset: usize| listed(&emulator, &format!("/requests/?limit=2&offset={offset}")).await;
    assert_eq!(page(0).await, [&*ids[4], &*ids[3]]);
    let (clock, oldest) = (emulator.clock(), ids[0].clone());
    controller.before_next(Method::GET, "/requests/", move |controller| {
        clock.advance(Duration::from_secs(1));
        controller.comment(&oldest, "Lou Example", "still dark").unwrap();
    });
    // All have moved by one place, so one comes twice, and the one that has moved is missed.
    assert_eq!(page(2).await, [&*ids[3], &*ids[2]]);
    controller.remove(&ids[4]).unwrap();
    assert_eq!(page(4).await, [""; 0]);
    assert_eq!(page(0).await, [&*ids[0], &*ids[3]]);
}

#[tokio::test]
async fn equally_recent_requests_keep_their_order() {
    let emulator = Emulator::builder().newest_first().start().await.unwrap();
    emulator.clock().freeze();
    let controller = emulator.controller();
    let [a, b] = ["a", "b"].map(|id| controller.raise(NewRequest::topic("Lighting").with_id(id)).unwrap());
    assert_eq!(listed(&emulator, "/requests/").await, [b, a]);
}

#[tokio::test]
async fn only_the_detail_shows_everything() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let new = NewRequest::topic("Lighting").topic_external_id("7").sub_topic("Stairs").property("PP-7");
    let id = controller.raise(new.offer("POF-7", "Light Care")).unwrap();
    controller.flag_property(&id).unwrap();
    let detail = read(&emulator, &format!("/requests/{id}")).await;
    let all = read(&emulator, "/requests/").await.children.remove(0);
    let by_topic = read(&emulator, "/requests/by-topic/Lighting").await.children.remove(0);
    let has = |name: &str| [&detail, &all, &by_topic].map(|request| request.find(name).is_some());
    assert_eq!(has("updates"), [true, false, false]);
    assert_eq!(has("sub-topic"), [true, false, false]);
    for name in ["property", "purchased-product-offer", "purchased-product-offer-name"] {
        assert_eq!(has(name), [true, false, true], "{name}");
    }
    let flagged = [&detail, &all, &by_topic].map(|request| request.attribute("unacked-since").is_some());
    assert_eq!(flagged, [true, true, false]);
    let topics = [&detail, &all, &by_topic].map(|request| request.child("topic").attribute("extid"));
    assert_eq!(topics, [Some("7"), None, None]);
}
