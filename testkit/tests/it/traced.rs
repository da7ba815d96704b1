//! What `tracing` prints is heard, whatever other threads do, and held against the marks. Not in the module of the
//! canaries, whose name would stand in what is printed.

use care_testkit::canary::Traced;
use std::{panic::catch_unwind, thread};

#[test]
fn spans_with_their_attributes_and_events_of_every_level_are_heard() {
    let (traced, guard) = Traced::here();
    tracing::info_span!("call", name = "one").in_scope(|| tracing::trace!(number = 2, "attempt"));
    drop(guard);
    tracing::error!("after");
    let text = traced.text();
    for told in ["call", "name=\"one\"", "attempt", "number=2", "close"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("after"), "{text}");
    traced.tells_and_shows_nothing(&["attempt"]);
    assert!(catch_unwind(|| traced.tells_and_shows_nothing(&["after"])).is_err());
    tracing::subscriber::with_default(tracing_subscriber::fmt().with_writer(traced.clone()).finish(), || {
        tracing::info!("a canary");
    });
    assert!(catch_unwind(|| traced.tells_and_shows_nothing(&["attempt"])).is_err());
}

fn work() {
    tracing::info_span!("work").in_scope(|| tracing::info!("done"));
}

#[test]
fn another_thread_where_nobody_listens_turns_nothing_off() {
    let (traced, _guard) = Traced::here();
    thread::spawn(work).join().unwrap();
    assert_eq!(traced.text(), "");
    work();
    traced.tells_and_shows_nothing(&["work", "done"]);
}
