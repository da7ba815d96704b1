//! Watchers poll through a gate of sixteen; calls that a person waits for never do.

use crate::support::*;
use aura_client::{Aura, Http, Options, Watch};
use futures_util::StreamExt;
use tokio::{
    task::JoinHandle,
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
