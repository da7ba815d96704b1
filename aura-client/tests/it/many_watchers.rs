//! Watchers poll through a gate of sixteen, calls that a person waits for never do, and a thousand watchers need
//! few connections and no thread more.

use crate::support::*;
use aura_client::{Aura, Http, Options, Watch};
use care_testkit::in_own_process;
use futures_util::StreamExt;
use std::{fs, time::Duration};
use tokio::{
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};

/// Lets a watch poll in a task.
fn poll(mut watch: Watch) -> JoinHandle<()> {
    tokio::spawn(async move { while watch.next().await.is_some() {} })
}

#[tokio::test(start_paused = true)]
async fn with_sixteen_polls_under_way_other_polls_wait_and_a_call_for_help_goes_through() {
    let emulator = Emulator::start().await.unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    // The polls hang for longer than the test lasts.
    let options = Options::new().transport(transport.clone()).attempt_timeout(secs(9_000)).timeout(secs(9_000));
    let token = emulator.issue_user_token(USER);
    let aura = builder(&transport).options(options).user_token(token).build().unwrap();
    aura.callouts().create(new_callout()).await.unwrap();

    transport.plan("GET", "/570", vec![Step::Silence; 16]);
    let mut crowd: Vec<_> = (0..40).map(|_| poll(aura.callouts().watch(570))).collect();
    sleep(secs(60)).await;
    assert_eq!(transport.count("GET", "/570"), 16);
    aura.callouts().create(new_callout()).await.unwrap();
    aura.callouts().update_location(570, here()).await.unwrap();
    aura.callouts().get(571).await.unwrap();

    // A watch that is dropped in the middle of its poll leaves its place to the next.
    crowd.drain(..1).for_each(|watch| watch.abort());
    let before = transport.count("GET", "/570");
    sleep(secs(60)).await;
    assert!(transport.count("GET", "/570") > before + 20, "the others poll through the one place");
    crowd.iter().for_each(JoinHandle::abort);
}

#[tokio::test(start_paused = true)]
async fn who_is_busy_in_the_middle_of_a_poll_keeps_nobody_waiting() {
    let (_emulator, aura, transport) = with_callout().await;
    transport.plan("GET", "/570", vec![Step::After(secs(1)); 16]);
    let mut busy: Vec<_> = (0..16).map(|_| aura.callouts().watch(570)).collect();
    for (begun, watch) in busy.iter_mut().enumerate() {
        while transport.count("GET", "/570") == begun {
            let _ = timeout(secs(1) / 10, watch.next()).await;
        }
    }
    assert_eq!(next(&mut aura.callouts().watch(570)).await, "created");
    for watch in &mut busy {
        assert_eq!(next(watch).await, "created", "and misses nothing");
    }
}

#[tokio::test]
async fn clients_that_share_a_transport_share_its_gate() {
    let emulator = Emulator::start().await.unwrap();
    let http = Http::with_defaults().unwrap();
    let client = || {
        let options = Options::new().transport(http.clone());
        let token = emulator.issue_user_token(USER);
        Aura::builder().base_url(emulator.url()).options(options).user_token(token).build().unwrap()
    };
    let clients = [client(), client()];
    clients[0].callouts().create(new_callout()).await.unwrap();
    emulator.faults().on("GET", "/570").times(40).delay(secs(9_000));
    let fast = secs(1) / 1_000;
    let crowd: Vec<_> = (0..40)
        .map(|n: usize| {
            poll(
                clients[n % 2]
                    .with_user_token(emulator.issue_user_token(USER))
                    .callouts()
                    .watch(570)
                    .with_interval(fast..=fast),
            )
        })
        .collect();
    while emulator.journal().count("GET", "/570") < 16 {
        sleep(fast).await;
    }
    // A call outside of the gate comes to its end while none of the other polls has begun.
    for _ in 0..100 {
        clients[1].callouts().get(999).await.unwrap_err();
    }
    assert_eq!(emulator.journal().count("GET", "/570"), 16);
    crowd.iter().for_each(JoinHandle::abort);
}

const CROWD: usize = 1_000;

/// The threads of this process.
#[cfg(target_os = "linux")]
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
async fn a_thousand_watchers_share_few_connections_and_no_thread_more() {
    // Other tests beside it would have threads of their own.
    if in_own_process("many_watchers::a_thousand_watchers_share_few_connections_and_no_thread_more") {
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
    // Each create had a connection of its own.
    let (before, creates) = (threads(), emulator.connections());

    // Slow enough for a busy machine: a poll that has waited for two seconds opens another connection.
    let fast = Duration::from_millis(1_500)..=Duration::from_millis(3_000);
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
    let connections = emulator.connections() - creates;
    assert!(connections <= 24, "{connections} connections");
    let most = ends.iter().map(|(_, most)| *most).max().unwrap();
    assert!(most <= before, "{most} threads, {before} before");
}
