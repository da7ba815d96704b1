//! Windows in a row hold the newest of every request, whatever is raised and updated between them and while they are read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use chrono::{DateTime, SubsecRound, Utc};
use common::*;
use leap_client::{Kind, RequestId, SupportRequest};
use proptest::prelude::*;
use std::{collections::HashMap, time::Duration};
use tokio::runtime::Builder;

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

fn happen(portal: &Portal, burst: &Burst) {
    portal.clock.advance(Duration::from_millis(burst.millis));
    for _ in 0..burst.raised {
        portal.room.raise(NewRequest::topic("Parking")).unwrap();
    }
    let ids = portal.room.requests();
    for at in burst.updated.iter().filter(|_| !ids.is_empty()) {
        portal.room.comment(&ids[at % ids.len()], "Jo Example", "still").unwrap();
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
        self.scene.portal.clock.advance(Duration::from_millis(1));
        let to = self.scene.portal.clock.now().trunc_subsecs(3);
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
        let room = &self.scene.portal.room;
        room.requests().iter().any(|id| Some(room.request(id).unwrap().last_updated) >= self.checkpoint)
    }
}

async fn follow(newest_first: bool, windows: Vec<(Vec<Burst>, Vec<Burst>)>) {
    let emulator = Emulator::builder();
    let scene = scene_of(if newest_first { emulator.newest_first() } else { emulator }).await;
    scene.portal.clock.freeze();
    let mut copy = Copy { scene, known: HashMap::new(), checkpoint: None };
    for (before, meanwhile) in windows {
        before.iter().for_each(|burst| happen(&copy.scene.portal, burst));
        for burst in meanwhile {
            copy.scene.portal.after("GET", "/requests/", move |portal| happen(portal, &burst));
        }
        copy.sync().await;
    }
    while copy.is_behind() {
        copy.sync().await;
    }
    let room = &copy.scene.portal.room;
    for id in room.requests() {
        let found = copy.known.get(&RequestId::from(id.as_str())).map(|request| request.last_update_time);
        assert_eq!(found, Some(room.request(&id).unwrap().last_updated), "{id}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_over_windows_in_a_row(
        newest_first: bool,
        windows in prop::collection::vec(window(), 1..5),
    ) {
        let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(follow(newest_first, windows));
    }
}
