//! Readings in a row hold the newest of every intervention, whatever is opened, changed, closed and cancelled between them and
//! while they are read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use chrono::{DateTime, Utc};
use common::*;
use engagement_client::{Intervention, Kind, ListInterventions};
use proptest::prelude::*;
use std::{collections::HashMap, time::Duration};
use tokio::{runtime::Builder, time::sleep};

const LIST: &str = "/interventions";

/// What happens to one intervention.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Open,
    Reply,
    Close,
    Reopen,
    Cancel,
    Comment,
    Touch,
}

const DEEDS: [Deed; 7] = [Deed::Open, Deed::Reply, Deed::Close, Deed::Reopen, Deed::Cancel, Deed::Comment, Deed::Touch];

/// What happens at once, and how long nothing happens afterwards.
#[derive(Debug, Clone)]
struct Burst {
    deeds: Vec<(Deed, usize)>,
    millis: u64,
}

fn burst(most: usize) -> impl Strategy<Value = Burst> {
    let deed = (prop::sample::select(&DEEDS[..]), any::<usize>());
    let millis = prop_oneof![Just(0), 1..400_u64, 1..4_000_u64];
    (prop::collection::vec(deed, 0..=most), millis).prop_map(|(deeds, millis)| Burst { deeds, millis })
}

/// What happens before a reading, and after each of its pages.
fn reading() -> impl Strategy<Value = (Vec<Burst>, Vec<Burst>)> {
    (prop::collection::vec(burst(30), 0..4), prop::collection::vec(burst(3), 0..30))
}

fn happen(room: &Controller, burst: &Burst) {
    for (deed, at) in &burst.deeds {
        let ids = room.interventions();
        let Some(id) = ids.get(at % ids.len().max(1)) else {
            let _ = room.open_new();
            continue;
        };
        // What can't be done is not done.
        let _ = match deed {
            Deed::Open => room.open(&room.add_content(NewContent::new()).unwrap()).map(drop),
            Deed::Reply => room.reply(id),
            Deed::Close => room.close(id),
            Deed::Reopen => room.reopen(id),
            Deed::Cancel => room.cancel(id),
            Deed::Comment => room.comment(id),
            Deed::Touch => room.touch(id),
        };
    }
}

/// A program that copies what it finds, and keeps the newest of each intervention.
struct Copy {
    scene: Scene,
    limit: u32,
    known: HashMap<String, Intervention>,
    checkpoint: Option<DateTime<Utc>>,
}

impl Copy {
    async fn read(&mut self) {
        let list = ListInterventions::new().limit(self.limit);
        let reading = || {
            let reading = self.scene.interventions().updated_since(self.checkpoint);
            reading.with_overlap(Duration::ZERO).within(list.clone())
        };
        let mut news = reading().await;
        // A list that moved too fast is read again.
        while news.as_ref().is_err_and(|error| error.kind() == Kind::Paging) {
            news = reading().await;
        }
        let news = news.unwrap();
        assert!(news.checkpoint >= self.checkpoint, "it never goes back");
        assert!(news.interventions.is_sorted_by_key(|one| (one.updated_at, one.id.clone())));
        let from = self.checkpoint;
        assert!(news.interventions.iter().all(|one| one.updated_at >= from), "nothing older comes");
        self.known.extend(news.interventions.into_iter().map(|one| (one.id.to_string(), one)));
        self.checkpoint = news.checkpoint;
    }
}

async fn follow(oldest_first: bool, limit: u32, readings: Vec<(Vec<Burst>, Vec<Burst>)>) {
    let builder = Emulator::builder().rate_limit(None);
    let scene = scene_of(if oldest_first { builder.oldest_update_first() } else { builder }).await;
    let bursts: usize = readings.iter().map(|(_, meanwhile)| meanwhile.len()).sum();
    let mut copy = Copy { scene, limit, known: HashMap::new(), checkpoint: None };
    for (before, meanwhile) in readings {
        for burst in before {
            happen(&copy.scene.room, &burst);
            sleep(Duration::from_millis(burst.millis)).await;
        }
        for burst in meanwhile {
            let pause = Step::After(Duration::from_millis(burst.millis));
            copy.scene.transport.plan("GET", LIST, [pause]);
            copy.scene.after("GET", LIST, "", move |room, _| happen(room, &burst));
        }
        copy.read().await;
    }
    // What is left of what was to happen happens, and then nothing more.
    let so_far = copy.scene.reads();
    while copy.scene.reads() < so_far + bursts {
        copy.read().await;
    }
    sleep(Duration::from_secs(1)).await;
    copy.read().await;
    let room = &copy.scene.room;
    for id in room.interventions() {
        let there = room.intervention(&id).unwrap();
        let found = copy.known.get(&id).unwrap_or_else(|| panic!("{id} is lost"));
        assert_eq!(found.updated_at, Some(there.updated_at), "{id}");
        assert_eq!((found.closed, found.comments_count), (Some(there.closed), Some(there.comments_count)), "{id}");
        assert_eq!(found.user_replies_count, Some(there.replies.count), "{id}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_is_lost_over_readings_in_a_row(
        oldest_first: bool,
        limit in 8..20_u32,
        readings in prop::collection::vec(reading(), 1..6),
    ) {
        // ENG-06, ENG-20
        let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(follow(oldest_first, limit, readings));
    }
}
