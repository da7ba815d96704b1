//! A thousand people are followed at once over sixteen connections and no thread more.

use crate::support::*;
use aura_client::{Aura, Watch};
use care_testkit::in_own_process;
use futures_util::StreamExt;
use std::{fs, time::Duration};
use tokio::task::JoinSet;

const CROWD: usize = 1_000;

/// The threads of this process.
fn threads() -> usize {
    fs::read_dir("/proc/self/task").unwrap().count()
}

/// The number of the callout if it was followed to its end, and the most threads that were seen on the way.
async fn follow(mut watch: Watch) -> (u64, usize) {
    let (mut last, mut most) = (String::new(), 0);
    while let Some(item) = watch.next().await {
        last = word(Some(item));
        most = most.max(threads());
    }
    assert_eq!(last, "closed");
    (watch.callout_id().get(), most)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_watchers_share_sixteen_connections_and_no_thread_more() {
    // Other tests beside it would have threads of their own.
    if in_own_process("crowd::a_thousand_watchers_share_sixteen_connections_and_no_thread_more") {
        return;
    }
    let emulator = Emulator::builder().callout_id(1).start().await.unwrap();
    let aura = Aura::builder().base_url(emulator.url()).build().unwrap();
    let mut people = Vec::new();
    for number in 0..CROWD {
        let person = aura.with_user_token(emulator.issue_user_token(&format!("id_{number}@example.com")));
        let callout = person.callouts().create(new_callout()).await.unwrap();
        people.push((person, callout.id));
    }
    let before = threads();

    let fast = Duration::from_millis(200)..=Duration::from_millis(400);
    let mut crowd = JoinSet::new();
    for (person, id) in &people {
        crowd.spawn(follow(person.callouts().watch(*id).with_interval(fast.clone())));
    }
    let controller = emulator.controller();
    for act in [Controller::dispatch, Controller::arrive, Controller::complete, Controller::close] {
        // A round of polls between two acts: each watch sees at least the beginning, the end, and some of the way.
        let polls = emulator.journal().total() + CROWD as u64;
        while emulator.journal().total() < polls {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        controller.callouts().into_iter().for_each(|id| act(&controller, id).unwrap());
    }
    let ends = crowd.join_all().await;

    let mut followed: Vec<_> = ends.iter().map(|(id, _)| *id).collect();
    followed.sort_unstable();
    assert_eq!(followed, controller.callouts());
    assert!(emulator.connections() <= 16, "{} connections", emulator.connections());
    let most = ends.iter().map(|(_, most)| *most).max().unwrap();
    assert!(most <= before, "{most} threads, {before} before");
}
