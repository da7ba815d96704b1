//! An outage is reported once per poll, and an unreadable request once. The feed continues after both and loses
//! nothing, also after wrong answers of gateways and caches.

use crate::support::scene::*;
use futures_util::StreamExt;
use leap_client::{Change, ChangeStore, Changes, Options, RetryPolicy, Settled};
use tokio::time::{Instant, timeout};

const LIST: &str = "/requests/";

fn outages() -> Vec<(&'static str, Step)> {
    vec![
        ("error api", Step::Answer(503, "{}")),
        ("error api", Step::Answer(500, "")),
        ("error api", Step::RetryAfter(429, 1)),
        ("error decode", Step::Answer(200, "<!doctype html><html>sign in</html>")),
        ("error origin", Step::Answer(302, "")),
        ("error timeout", Step::Silence),
        ("error connect", Step::Refused),
        ("error interrupted", Step::Lost),
    ]
}

/// Makes the next `n` of a call's attempts fail, with all its repeats.
fn fail(scene: &Scene, path_end: &str, step: &Step, calls: usize) {
    let repeated = !matches!(step, Step::Answer(302 | 200, _));
    scene.transport.plan("GET", path_end, vec![step.clone(); calls * if repeated { 3 } else { 1 }]);
}

#[tokio::test(start_paused = true)]
async fn an_outage_of_the_list_is_one_error_per_poll() {
    for (word, step) in outages() {
        let scene = scene().await;
        scene.world.raise("A");
        let mut changes = scene.changes();
        fail(&scene, LIST, &step, 4);
        for _ in 0..4 {
            assert_eq!(next(&mut changes).await, word);
        }
        assert_eq!(handled(&mut changes).await, "A: new");
        quiet(&mut changes).await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_outage_of_the_second_page_does_not_hide_the_first() {
    let scene = scene().await;
    for number in 0..150 {
        scene.world.raise(&format!("A{number:03}"));
    }
    scene.transport.plan("GET", LIST, [Step::Pass, Step::Answer(403, "")]);
    // Another failure of the same poll isn't reported: one error per poll.
    scene.transport.plan("GET", "/A000", [Step::Answer(403, "")]);
    let mut changes = scene.changes();
    assert_eq!(next(&mut changes).await, "error api");
    let mut reported = Vec::new();
    for _ in 0..150 {
        reported.push(handled(&mut changes).await);
    }
    reported.sort();
    assert_eq!(reported, (0..150).map(|number| format!("A{number:03}: new")).collect::<Vec<_>>());
    quiet(&mut changes).await;
}

#[tokio::test(start_paused = true)]
async fn an_outage_of_single_requests_ends_the_poll_with_one_error() {
    for (word, step) in outages() {
        let scene = scene().await;
        for id in ["A", "B", "C"] {
            scene.world.raise(id);
        }
        for id in ["/A", "/B", "/C"] {
            fail(&scene, id, &step, 1);
        }
        let mut changes = scene.changes();
        for _ in 0..3 {
            assert_eq!(next(&mut changes).await, word);
        }
        assert_eq!(scene.lists(), 3);
        let mut reported = vec![handled(&mut changes).await, handled(&mut changes).await, handled(&mut changes).await];
        reported.sort();
        assert_eq!((reported, scene.lists()), (["A: new", "B: new", "C: new"].map(str::to_owned).to_vec(), 4));
        quiet(&mut changes).await;
    }
}

/// The next change, whatever errors come before it; it is acknowledged. None within ten minutes is "nothing".
async fn handled_among_errors(changes: &mut Changes) -> String {
    let handled = async {
        loop {
            if let Ok(change) = changes.next().await.unwrap() {
                let line = line(&change);
                change.done().await.unwrap();
                return line;
            }
        }
    };
    timeout(secs(600), handled).await.unwrap_or_else(|_| "nothing".to_owned())
}

#[tokio::test(start_paused = true)]
async fn a_request_that_can_never_be_read_blocks_no_other() {
    let mut scene = scene().await;
    (scene.leap, scene.transport) = client_with(&scene.emulator, Options::new().retry(RetryPolicy::never()));
    for id in ["A", "B", "C"] {
        scene.world.raise(id);
    }
    scene.transport.plan("GET", "/A", vec![Step::Answer(500, ""); 1_000]);
    scene.transport.plan("GET", "/B", vec![Step::Answer(500, ""); 3]);
    let mut changes = scene.changes();
    assert_eq!(handled_among_errors(&mut changes).await, "C: new");
    // B comes through when it can be read, though A can't even then.
    assert_eq!(handled_among_errors(&mut changes).await, "B: new");
    scene.world.raise("D");
    assert_eq!(handled_among_errors(&mut changes).await, "D: new");
    assert_eq!((handled_among_errors(&mut changes).await.as_str(), scene.world.has_flags("A")), ("nothing", true));
}

#[tokio::test(start_paused = true)]
async fn unverified_acknowledgements_block_no_other_and_are_verified_later() {
    let mut scene = scene().await;
    (scene.leap, scene.transport) = client_with(&scene.emulator, Options::new().retry(RetryPolicy::never()));
    for id in ["A", "B"] {
        scene.world.raise(id);
    }
    let mut changes = scene.changes();
    let both = [change(&mut changes).await, change(&mut changes).await];
    for (change, id) in both.into_iter().zip(["/A", "/B"]) {
        let mut outage = vec![Step::Answer(500, ""); 8];
        outage[0] = Step::Pass;
        scene.transport.plan("GET", id, outage);
        scene.world.before("POST", "/requests/acked", move |world| world.comment(&id[1..], "wait"));
        change.done().await.unwrap_err();
    }
    scene.world.raise("C");
    assert_eq!(handled_among_errors(&mut changes).await, "C: new");
    assert_eq!(scene.store.load().await.unwrap().len(), 2);
    let mut late = [handled_among_errors(&mut changes).await, handled_among_errors(&mut changes).await];
    late.sort();
    assert_eq!(late, ["A: late, new, wait", "B: late, new, wait"]);
    quiet(&mut changes).await;
    assert!(scene.acks() == 3 && scene.store.load().await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_unreadable_store_is_reported_and_nothing_is_delivered_until_it_is_read() {
    let scene = scene().await;
    scene.world.raise("A");
    let mut store = FaultyChangeStore::new(scene.store.clone());
    store.load = FaultyStore::failing();
    let mut changes = scene.leap.requests().changes(store.clone());
    for _ in 0..3 {
        assert_eq!(next(&mut changes).await, "error config");
    }
    assert_eq!(scene.transport.total(), 0);
    store.load.repair();
    assert_eq!(handled(&mut changes).await, "A: new");
}

/// Damages the time of creation of a request in each of the next answers that has it.
fn damage(scene: &Scene, path_end: &str, id: &'static str, times: usize) {
    let broken = Step::text(move |body| {
        let Some(at) = body.find(&format!("identifier=\"{id}\"")) else { return };
        let at = at + body[at..].find("<creation-time>").unwrap() + "<creation-time>".len();
        body.insert(at, 'x');
    });
    scene.transport.plan("GET", path_end, vec![broken; times]);
}

#[tokio::test(start_paused = true)]
async fn an_unreadable_row_is_reported_once_and_blocks_no_other() {
    let scene = scene().await;
    for id in ["A", "B", "C"] {
        scene.world.raise(id);
    }
    damage(&scene, LIST, "B", 30);
    let mut changes = scene.changes();
    assert_eq!(next(&mut changes).await, "error decode");
    assert_eq!((handled(&mut changes).await, handled(&mut changes).await), ("A: new".to_owned(), "C: new".to_owned()));
    // The row has moved in the list by now: it is the same failure.
    assert!(timeout(secs(8 * 30 - 1), changes.next()).await.is_err());
    assert_eq!(handled(&mut changes).await, "B: new");
    assert!(!scene.world.has_flags("B"));
    // It was readable meanwhile.
    scene.world.comment("B", "more");
    damage(&scene, LIST, "B", 9);
    assert_eq!(next(&mut changes).await, "error decode");
    assert_eq!(handled(&mut changes).await, "B: new, more");
    quiet(&mut changes).await;
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_unreadable_by_itself_is_reported_once_and_blocks_no_other() {
    let scene = scene().await;
    for id in ["A", "B", "C"] {
        scene.world.raise(id);
    }
    damage(&scene, "/B", "B", 5);
    scene.transport.plan("GET", "/B", vec![Step::text(|body| *body = body.replace("<state>NEW</state>", "")); 5]);
    let mut changes = scene.changes();
    assert_eq!(handled(&mut changes).await, "A: new");
    assert_eq!(next(&mut changes).await, "error decode");
    assert_eq!(handled(&mut changes).await, "C: new");
    // Another fault of the same request.
    assert_eq!(next(&mut changes).await, "error decode");
    assert_eq!(scene.reads("B"), 6);
    assert_eq!((handled(&mut changes).await.as_str(), scene.reads("B")), ("B: new", 13));
    scene.world.comment("B", "more");
    damage(&scene, "/B", "B", 3);
    assert_eq!(next(&mut changes).await, "error decode");
    assert_eq!(handled(&mut changes).await, "B: new, more");
    quiet(&mut changes).await;
}

#[tokio::test(start_paused = true)]
async fn a_change_can_be_settled_after_an_outage() {
    let scene = scene().await;
    scene.world.raise("A");
    let mut changes = scene.changes();
    let held: Change = change(&mut changes).await;
    fail(&scene, LIST, &Step::Refused, 5);
    for _ in 0..5 {
        assert_eq!(next(&mut changes).await, "error connect");
    }
    held.done().await.unwrap();
    quiet(&mut changes).await;
    assert!(!scene.world.has_flags("A"));
}

const ACK: &str = "/requests/acked";

/// A 404 that doesn't come from the emulator.
fn nothing_here() -> Step {
    Step::Answer(404, "no route")
}

#[tokio::test(start_paused = true)]
async fn a_wrong_404_after_the_acknowledgement_hides_no_change() {
    for restart in [false, true] {
        let scene = scene().await;
        scene.world.raise("A");
        let mut changes = scene.changes();
        let first = change(&mut changes).await;
        scene.world.before("POST", ACK, |world| world.comment("A", "wait"));
        // The read before the acknowledgement succeeds; the one after it gets a wrong 404.
        scene.transport.plan("GET", "/A", [Step::Pass, nothing_here()]);
        assert_eq!(first.done().await.unwrap(), Settled::Vanished);
        assert_eq!(scene.store.load().await.unwrap().len(), 1, "the entry stays until the next poll");
        if restart {
            changes = scene.changes();
        }
        assert_eq!(handled(&mut changes).await, "A: late, new, wait");
        quiet(&mut changes).await;
        assert!(scene.store.load().await.unwrap().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn an_entry_survives_a_poll_whose_list_is_not_found() {
    let scene = scene().await;
    scene.world.raise("A");
    let mut changes = scene.changes();
    let first = change(&mut changes).await;
    scene.world.before("POST", ACK, |world| world.comment("A", "wait"));
    scene.transport.plan("GET", "/A", [Step::Pass, nothing_here()]);
    assert_eq!(first.done().await.unwrap(), Settled::Vanished);
    scene.transport.plan("GET", "/requests/", [nothing_here()]);
    let mut changes = scene.changes();
    let (begin, reads) = (Instant::now(), scene.reads("A"));
    assert_eq!(next(&mut changes).await, "error api");
    let late = change(&mut changes).await;
    // It isn't read before the next poll: it wouldn't have been found.
    assert_eq!((line(&late).as_str(), scene.reads("A") - reads), ("A: late, new, wait", 1));
    assert!(begin.elapsed() >= secs(30));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_listed_and_not_found_is_reported_once_and_blocks_no_other() {
    let scene = scene().await;
    for id in ["A", "B"] {
        scene.world.raise(id);
    }
    scene.transport.plan("GET", "/A", vec![nothing_here(); 4]);
    let mut changes = scene.changes();
    // Once is no error: it may have vanished since it was listed.
    assert_eq!(handled(&mut changes).await, "B: new");
    assert_eq!(next(&mut changes).await, "error decode");
    // It is reported, and read again until it is found.
    assert_eq!((handled(&mut changes).await.as_str(), scene.reads("A")), ("A: new", 7));
    quiet(&mut changes).await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_with_another_request_is_an_error() {
    let scene = scene().await;
    for id in ["A", "B"] {
        scene.world.raise(id);
    }
    let mut changes = scene.changes();
    let first = change(&mut changes).await;
    let mixed_up = Step::text(|body| *body = body.replace("identifier=\"A\"", "identifier=\"B\""));
    scene.transport.plan("GET", "/A", [Step::Pass, mixed_up]);
    let error = first.done().await.unwrap_err();
    assert!(error.to_string().contains("another support request"), "{error}");
    assert_eq!(handled(&mut changes).await, "B: new");
    quiet(&mut changes).await;
    assert!(!scene.world.has_flags("A") && scene.store.load().await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_one_request_is_reported_once_and_blocks_no_other() {
    // The first name can't be asked for, since it is an address of the service's own; the second is refused by the
    // server.
    for (id, refused) in [("acked", None), ("A", Some(Step::Answer(400, "")))] {
        let scene = scene().await;
        for id in [id, "B"] {
            scene.world.raise(id);
        }
        if let Some(step) = refused {
            scene.transport.plan("GET", "/A", vec![step; 40]);
        }
        let mut changes = scene.changes();
        assert!(next(&mut changes).await.starts_with("error "), "{id}");
        assert_eq!(handled(&mut changes).await, "B: new", "{id}");
        quiet(&mut changes).await;
    }
}

/// All that a feed delivers until it ends, and when.
async fn to_the_end(mut changes: Changes, limit: u64) -> Option<(Vec<Option<u16>>, u64)> {
    let begin = Instant::now();
    let mut delivered = Vec::new();
    while let Some(item) = timeout(secs(limit), changes.next()).await.ok()? {
        delivered.push(item.err().and_then(|error| error.status()).map(|status| status.as_u16()));
    }
    Some((delivered, begin.elapsed().as_secs()))
}

#[tokio::test(start_paused = true)]
async fn wrong_credentials_end_a_feed_at_once_if_it_never_had_a_success() {
    for status in [401, 403] {
        let scene = scene().await;
        scene.transport.plan("GET", LIST, vec![Step::Answer(status, "no such user"); 10]);
        assert_eq!(to_the_end(scene.changes(), 600).await, Some((vec![Some(status)], 0)), "{status}");
        assert_eq!(scene.transport.total(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_lasts_a_minute_ends_a_feed_and_a_shorter_one_does_not() {
    for status in [401, 403, 404] {
        let scene = scene().await;
        scene.transport.plan("GET", LIST, [vec![Step::Pass], vec![Step::Answer(status, ""); 10]].concat());
        let refused = Some(status);
        assert_eq!(to_the_end(scene.changes(), 600).await, Some((vec![refused; 3], 90)), "{status}");

        // Three, but not over a minute.
        let scene = self::scene().await;
        scene.transport.plan("GET", LIST, [vec![Step::Pass], vec![Step::Answer(status, ""); 3]].concat());
        let mut changes = scene.changes().with_interval(secs(10));
        for _ in 0..3 {
            assert_eq!(next(&mut changes).await, "error api");
        }
        scene.world.raise("A");
        assert_eq!(handled(&mut changes).await, "A: new", "{status}");

        // A success between.
        let answers = [Step::Pass, Step::Answer(status, ""), Step::Answer(status, "")];
        scene.transport.plan("GET", LIST, vec![answers; 5].concat());
        for _ in 0..8 {
            assert_eq!(next(&mut changes).await, "error api");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_leap_did_not_write_ends_nothing() {
    for body in ["<html><body>403 Forbidden</body></html>", "<!DOCTYPE HTML PUBLIC>", "{\"error\": \"denied\"}"] {
        let scene = scene().await;
        scene.world.raise("A");
        scene.transport.plan("GET", LIST, vec![Step::Answer(403, body); 10]);
        let mut changes = scene.changes();
        for _ in 0..10 {
            assert_eq!(next(&mut changes).await, "error api", "{body}");
        }
        assert_eq!(handled(&mut changes).await, "A: new", "{body}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_feed_waits_as_long_as_the_server_asks_to_and_a_minute_at_most() {
    for (status, asked, waited) in
        [(503, 20, 20), (429, 20, 20), (503, 4_000_000_000, 60), (429, 100_000, 60), (503, 1, 5)]
    {
        for path_end in [LIST, "/A"] {
            let scene = scene().await;
            scene.world.raise("A");
            let options = Options::new().retry(RetryPolicy::never());
            let (leap, transport) = client_with(&scene.emulator, options);
            transport.plan("GET", path_end, vec![Step::RetryAfter(status, asked); 3]);
            let mut changes = leap.requests().changes(scene.store.clone()).with_interval(secs(5));
            for _ in 0..3 {
                assert_eq!(next(&mut changes).await, "error api");
            }
            assert_eq!(handled(&mut changes).await, "A: new");
            let gaps: Vec<_> = transport.gaps("GET", LIST).into_iter().filter(|gap| !gap.is_zero()).collect();
            assert_eq!(gaps, [secs(waited); 3], "{status} {asked} {path_end}");
        }
    }
}
