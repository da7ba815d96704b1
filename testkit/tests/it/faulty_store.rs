//! A faulty store keeps a save back, or lets it through and says so.

use care_client_core::StoreError;
use care_testkit::{FaultyStore, Signal, When};
use std::{
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::Duration,
};
use tokio::time::{Instant, timeout};

/// What becomes of three saves, each given a minute: whether it ended well, and how many were done by then.
async fn saved(trouble: &FaultyStore, mend_after: usize) -> Vec<(Option<bool>, usize)> {
    let (done, mut ends) = (AtomicUsize::new(0), Vec::new());
    for n in 0..3 {
        if n == mend_after {
            trouble.repair();
        }
        let save = async { Ok::<_, StoreError>(done.fetch_add(1, Relaxed)) };
        let end = timeout(Duration::from_secs(60), trouble.run(save)).await;
        ends.push((end.ok().map(|end| end.is_ok()), done.load(Relaxed)));
    }
    ends
}

#[tokio::test(start_paused = true)]
async fn each_kind_does_what_it_says_until_it_is_mended() {
    let (well, fails, never) = (Some(true), Some(false), None);
    let held = |number, when| FaultyStore::held(number, when, Signal::default());
    for (trouble, expected) in [
        (FaultyStore::healthy(), [(well, 1), (well, 2), (well, 3)]),
        (FaultyStore::failing(), [(fails, 0), (fails, 0), (well, 1)]),
        (FaultyStore::hanging(), [(never, 0), (never, 0), (well, 1)]),
        (FaultyStore::slow(Duration::from_secs(59)), [(well, 1), (well, 2), (well, 3)]),
        (FaultyStore::slow(Duration::from_secs(61)), [(never, 0), (never, 0), (well, 1)]),
        (held(2, When::Before), [(well, 1), (never, 1), (well, 2)]),
        (held(2, When::After), [(well, 1), (never, 2), (well, 3)]),
        (held(3, When::Before), [(well, 1), (well, 2), (well, 3)]),
    ] {
        assert_eq!(saved(&trouble, 2).await, expected, "{trouble:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_save_takes_its_time_and_a_held_one_tells() {
    let begin = Instant::now();
    FaultyStore::slow(Duration::from_secs(7)).run(async { Ok(()) }).await.unwrap();
    assert_eq!(begin.elapsed(), Duration::from_secs(7));
    let signal = Signal::default();
    let held = FaultyStore::held(1, When::Before, signal.clone());
    tokio::select! {
        () = signal.reached() => {}
        end = held.run(async { Ok(()) }) => panic!("{end:?}"),
    }
}
