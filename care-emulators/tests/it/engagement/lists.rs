//! Lists: filters, sorting, pages, and only what the caller may read.

use crate::support::engagement::{agent, bare, done, ids, listed, refused};
use care_emulators::engagement::{AGENT_ID, Controller, Emulator, NewAgent, NewContent, SOURCE_ID};
use chrono::TimeDelta;
use http::Method;
use serde_json::json;
use std::time::Duration;

/// An emulator with some interventions that were opened at the same time, newest first.
async fn with(interventions: usize) -> (Emulator, Controller, Vec<String>) {
    let emulator = Emulator::start().await.unwrap();
    emulator.clock().freeze();
    let controller = emulator.controller();
    let mut ids: Vec<String> = (0..interventions).map(|_| controller.open_new()).collect();
    ids.reverse();
    assert_eq!(controller.interventions(), ids);
    (emulator, controller, ids)
}

#[tokio::test]
async fn a_page_has_30_interventions_by_default_and_at_most_150_newest_first() {
    let (emulator, _, ids) = with(161).await;
    let page = async |query: &str| {
        let list = done(&emulator, "GET", &format!("/interventions{query}")).await;
        let echoed = (list["offset"].as_u64().unwrap(), list["limit"].as_u64().unwrap());
        assert_eq!(list["count"], 161, "{query}");
        (crate::support::engagement::ids(&list), echoed)
    };
    assert_eq!(page("").await, (ids[..30].to_vec(), (0, 30)));
    assert_eq!(page("?limit=150").await, (ids[..150].to_vec(), (0, 150)));
    assert_eq!(page("?limit=151&offset=10").await, (ids[10..160].to_vec(), (10, 150)));
    assert_eq!(page("?limit=2&offset=159").await, (ids[159..].to_vec(), (159, 2)));
    assert_eq!(page("?offset=161").await, (vec![], (161, 30)));
    assert_eq!(page("?offset=5000&unknown=1").await, (vec![], (5000, 30)));
    let emulator = Emulator::builder().largest_page(2).start().await.unwrap();
    let controller = emulator.controller();
    let _ids = [controller.open_new(), controller.open_new(), controller.open_new()];
    assert_eq!(listed(&emulator, "").await.0.len(), 2);
}

#[tokio::test]
async fn invalid_parameters_get_400() {
    let (emulator, ..) = with(1).await;
    for query in [
        "limit=0",
        "limit=-1",
        "limit=ten",
        "limit=",
        "offset=-1",
        "offset=1.5",
        "offset=",
        "sort=status",
        "sort=",
        "sort=-updated_at",
        "status=Opened",
        "status=ouverte",
        "status=",
        "identity_id=a&identity_id[]=b",
        "thread_id=%zz",
        "%ff=1",
    ] {
        let path = format!("/interventions?{query}");
        assert_eq!(refused(&emulator, "GET", &path).await, (400, "invalid_parameter".to_owned()), "{query}");
    }
}

#[tokio::test]
async fn filters_are_combined_with_and() {
    let (emulator, controller, old) = with(1).await;
    let add = |content: NewContent| controller.open(&controller.add_content(content).unwrap()).unwrap();
    let a = add(NewContent::new().thread("t1").identity("i1").identity_group("g1"));
    let b = add(NewContent::new().thread("t1").identity("i2").identity_group("g1"));
    let c = add(NewContent::new().thread("t2").identity("i1").identity_group("g2"));
    let other = controller.add_agent(NewAgent::new());
    controller.reassign(&b, &other).unwrap();
    let cases = [
        ("thread_id=t1".to_owned(), vec![&b, &a]),
        (format!("user_id={other}"), vec![&b]),
        (format!("user_id={AGENT_ID}"), vec![&c, &a, &old[0]]),
        ("identity_group_id=g1".to_owned(), vec![&b, &a]),
        ("identity_id=i1".to_owned(), vec![&c, &a]),
        ("identity_id=i1&thread_id=t1".to_owned(), vec![&a]),
        ("thread_id=t3".to_owned(), vec![]),
        ("thread_id=".to_owned(), vec![]),
        ("identity_group_id=".to_owned(), vec![]),
        ("thread_id=t2&thread_id=t1".to_owned(), vec![&b, &a]),
    ];
    for (query, expected) in cases {
        let expected: Vec<String> = expected.into_iter().cloned().collect();
        let count = expected.len() as u64;
        assert_eq!(listed(&emulator, &format!("?{query}")).await, (expected, count), "{query}");
    }
    assert_eq!(listed(&emulator, "?thread_id=t1&limit=1&offset=1").await, (vec![a], 2));
}

#[tokio::test]
async fn several_identities_need_brackets() {
    let (emulator, controller, _) = with(0).await;
    let ids = ["i1", "i2", "i3"].map(|identity| {
        let content = controller.add_content(NewContent::new().identity(identity)).unwrap();
        controller.open(&content).unwrap()
    });
    let [a, b, c] = &ids;
    let cases: [(&str, &[&String]); 9] = [
        ("identity_id=i1", &[a]),
        ("identity_id=i1&identity_id=i2", &[b]),
        ("identity_id=i1,i2", &[]),
        ("identity_id[]=i1,i2", &[]),
        ("identity_id[]=i3", &[c]),
        ("identity_id[]=i1&identity_id[]=i2", &[b, a]),
        ("identity_id%5B%5D=i1&identity_id%5b%5d=i3&identity_id[]=i3", &[c, a]),
        ("identity_id[]=", &[]),
        ("identity_id=", &[]),
    ];
    for (query, expected) in cases {
        let found = listed(&emulator, &format!("?{query}")).await.0;
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{query}");
    }
}

#[tokio::test]
async fn the_status_filter_selects_open_deferred_and_reopened() {
    let (emulator, controller, _) = with(0).await;
    let [fresh, deferred, closed, reopened, put_off] = std::array::from_fn(|_| controller.open_new());
    for id in [&closed, &reopened, &put_off] {
        controller.reply(id).unwrap();
        controller.close(id).unwrap();
    }
    controller.reopen(&reopened).unwrap();
    controller.reopen(&put_off).unwrap();
    let hour = emulator.clock().now() + TimeDelta::hours(1);
    controller.defer(&deferred, hour).unwrap();
    controller.defer(&put_off, hour).unwrap();
    let all = async || {
        let mut found = Vec::new();
        for status in ["active", "closed", "deferred", "opened", "reopened"] {
            found.push(listed(&emulator, &format!("?status={status}")).await.0);
        }
        found
    };
    let expect = |lists: [&[&String]; 5]| lists.map(|list| list.iter().copied().cloned().collect::<Vec<_>>()).to_vec();
    let opened: &[&String] = &[&put_off, &reopened, &deferred, &fresh];
    assert_eq!(
        all().await,
        expect([&[&reopened, &fresh], &[&closed], &[&put_off, &deferred], opened, &[&put_off, &reopened]])
    );
    // A deferral ends by itself, which changes nothing.
    let before = controller.intervention(&deferred).unwrap();
    emulator.clock().advance(Duration::from_secs(3600));
    assert_eq!(all().await, expect([opened, &[&closed], &[], opened, &[&put_off, &reopened]]));
    assert_eq!(controller.intervention(&deferred).unwrap(), before);
}

#[tokio::test]
async fn sorting_by_update_lists_the_last_changed_first() {
    for oldest_first in [false, true] {
        let builder = Emulator::builder();
        let builder = if oldest_first { builder.oldest_update_first() } else { builder };
        let emulator = builder.start().await.unwrap();
        emulator.clock().freeze();
        let controller = emulator.controller();
        let [a, b, c] = std::array::from_fn(|_| controller.open_new());
        let sorted = async || {
            let mut found = listed(&emulator, "?sort=updated_at").await.0;
            if oldest_first {
                found.reverse();
            }
            found
        };
        assert_eq!(sorted().await, [&*c, &*b, &*a]);
        controller.touch(&a).unwrap();
        assert_eq!(sorted().await, [&*a, &*c, &*b]);
        controller.comment(&b).unwrap();
        assert_eq!(sorted().await, [&*b, &*a, &*c]);
        // A write that changes nothing isn't an update.
        done(&emulator, "PUT", &format!("/interventions/{c}/update_categories?category_ids[]=")).await;
        assert_eq!(sorted().await, [&*b, &*a, &*c]);
        for query in ["", "?sort=created_at"] {
            assert_eq!(listed(&emulator, query).await.0, [&*c, &*b, &*a]);
        }
    }
}

#[tokio::test]
async fn only_readable_sources_are_listed_and_counted() {
    let (emulator, controller, ids) = with(2).await;
    let source = controller.add_source();
    let hidden = controller.open(&controller.add_content(NewContent::new().source(&*source)).unwrap()).unwrap();
    assert_eq!(listed(&emulator, "").await, (ids.clone(), 2));
    controller.allow_read(AGENT_ID, &source).unwrap();
    assert_eq!(listed(&emulator, "").await, (vec![hidden.clone(), ids[0].clone(), ids[1].clone()], 3));
    controller.deny_read(AGENT_ID, SOURCE_ID).unwrap();
    assert_eq!(listed(&emulator, "").await, (vec![hidden.clone()], 1));
    let (other, token) = agent(&controller, NewAgent::new().update_intervention());
    let (_, list) = bare("GET", "/interventions").token(&token).send_for_json(&emulator).await;
    assert_eq!(crate::support::engagement::ids(&list), ids);
    // The impersonated agent decides.
    assert_eq!(listed(&emulator, &format!("?impersonated_user_id={other}")).await.0, ids);
}

#[tokio::test]
async fn an_empty_list_is_a_list() {
    let emulator = Emulator::start().await.unwrap();
    let list = done(&emulator, "GET", "/interventions").await;
    assert_eq!(list, json!({ "count": 0, "offset": 0, "limit": 30, "records": [] }));
}

#[tokio::test]
async fn a_list_shifts_between_two_pages() {
    let (emulator, controller, known) = with(5).await;
    assert_eq!(listed(&emulator, "?limit=2").await.0, known[..2]);
    controller.before_next(Method::GET, "/interventions", |controller| drop(controller.open_new()));
    // All have moved by one, so one is listed twice.
    assert_eq!(listed(&emulator, "?limit=2&offset=2").await, (known[1..3].to_vec(), 6));
    let gone = known[0].clone();
    controller.after_next("GET", "/interventions", move |controller| controller.cancel(&gone).unwrap());
    assert_eq!(listed(&emulator, "?limit=2&offset=4").await, (known[3..].to_vec(), 6));
    assert_eq!(listed(&emulator, "?limit=2&offset=4").await, (known[4..].to_vec(), 5));
    let all = done(&emulator, "GET", "/interventions").await;
    assert_eq!(ids(&all)[1..], known[1..]);
}
