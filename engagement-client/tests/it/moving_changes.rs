//! Consecutive readings return the latest state of every intervention, whatever is opened, changed, closed and
//! cancelled between and during them.

use crate::support::*;
use chrono::{DateTime, Utc};
use engagement_client::{Intervention, Kind, ListInterventions};
use proptest::prelude::*;
use std::{collections::HashMap, time::Duration};
use tokio::{runtime::Builder, time::sleep};

const LIST: &str = "/interventions";

/// A change of one intervention.
#[derive(Debug, Clone, Copy)]
enum Action {
    Open,
    Reply,
    Close,
    Reopen,
    Cancel,
    Comment,
    Touch,
}

const ACTIONS: [Action; 7] =
    [Action::Open, Action::Reply, Action::Close, Action::Reopen, Action::Cancel, Action::Comment, Action::Touch];

/// Changes at the same time, and the pause afterwards.
#[derive(Debug, Clone)]
struct Burst {
    actions: Vec<(Action, usize)>,
    millis: u64,
}

fn burst(most: usize) -> impl Strategy<Value = Burst> {
    let action = (prop::sample::select(&ACTIONS[..]), any::<usize>());
    let millis = prop_oneof![Just(0), 1..400_u64, 1..4_000_u64];
    (prop::collection::vec(action, 0..=most), millis).prop_map(|(actions, millis)| Burst { actions, millis })
}

/// Changes before a reading, and after each of its pages.
fn reading() -> impl Strategy<Value = (Vec<Burst>, Vec<Burst>)> {
    (prop::collection::vec(burst(30), 0..4), prop::collection::vec(burst(3), 0..30))
}

fn happen(controller: &Controller, burst: &Burst) {
    for (action, at) in &burst.actions {
        let ids = controller.interventions();
        let Some(id) = ids.get(at % ids.len().max(1)) else {
            let _ = controller.open_new();
            continue;
        };
        // An action that the state forbids does nothing.
        let _ = match action {
            Action::Open => controller.open(&controller.add_content(NewContent::new()).unwrap()).map(drop),
            Action::Reply => controller.reply(id),
            Action::Close => controller.close(id),
            Action::Reopen => controller.reopen(id),
            Action::Cancel => controller.cancel(id),
            Action::Comment => controller.comment(id),
            Action::Touch => controller.touch(id),
        };
    }
}

/// A program that keeps the latest state of each intervention.
struct Copy {
    setup: Setup,
    limit: u32,
    known: HashMap<String, Intervention>,
    checkpoint: Option<DateTime<Utc>>,
}

impl Copy {
    async fn read(&mut self) {
        let list = ListInterventions::new().limit(self.limit);
        let reading = || {
            let reading = self.setup.interventions().updated_since(self.checkpoint);
            reading.with_overlap(Duration::ZERO).with_filter(list.clone())
        };
        let mut changes = reading().await;
        // A list that changed too fast is read again.
        while changes.as_ref().is_err_and(|error| error.kind() == Kind::Paging) {
            changes = reading().await;
        }
        let changes = changes.unwrap();
        assert!(changes.checkpoint >= self.checkpoint, "it never goes back");
        assert!(changes.interventions.is_sorted_by_key(|one| (one.updated_at, one.id.clone())));
        let from = self.checkpoint;
        assert!(changes.interventions.iter().all(|one| one.updated_at >= from), "nothing older comes");
        self.known.extend(changes.interventions.into_iter().map(|one| (one.id.to_string(), one)));
        self.checkpoint = changes.checkpoint;
    }
}

async fn follow(oldest_first: bool, limit: u32, readings: Vec<(Vec<Burst>, Vec<Burst>)>) {
    let builder = Emulator::builder().rate_limit(None);
    let setup = setup_of(if oldest_first { builder.oldest_update_first() } else { builder }).await;
    let bursts: usize = readings.iter().map(|(_, meanwhile)| meanwhile.len()).sum();
    let mut copy = Copy { setup, limit, known: HashMap::new(), checkpoint: None };
    for (before, meanwhile) in readings {
        for burst in before {
            happen(&copy.setup.controller, &burst);
            sleep(Duration::from_millis(burst.millis)).await;
        }
        for burst in meanwhile {
            let pause = Step::After(Duration::from_millis(burst.millis));
            copy.setup.transport.plan("GET", LIST, [pause]);
            copy.setup.after("GET", LIST, "", move |controller, _| happen(controller, &burst));
        }
        copy.read().await;
    }
    // The remaining planned changes take place, and then no more.
    let so_far = copy.setup.reads();
    while copy.setup.reads() < so_far + bursts {
        copy.read().await;
    }
    sleep(Duration::from_secs(1)).await;
    copy.read().await;
    let controller = &copy.setup.controller;
    for id in controller.interventions() {
        let there = controller.intervention(&id).unwrap();
        let found = copy.known.get(&id).unwrap_or_else(|| panic!("{id} is lost"));
        assert_eq!(found.updated_at, Some(there.updated_at), "{id}");
        assert_eq!((found.closed, found.comments_count), (Some(there.closed), Some(there.comments_count)), "{id}");
        assert_eq!(found.user_replies_count, Some(there.replies.count), "{id}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        max_shrink_iters: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_change_is_lost_over_consecutive_readings(
        oldest_first: bool,
        limit in 8..20_u32,
        readings in prop::collection::vec(reading(), 1..6),
    ) {
        // ENG-06, ENG-20
        let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(follow(oldest_first, limit, readings));
    }
}
