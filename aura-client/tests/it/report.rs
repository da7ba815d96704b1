//! A reporter sends the newest position every ten seconds, drops what is too far off, and says so.

use crate::support::*;
use aura_client::{Aura, Fix, Kind, LocationReporter, Outcome, Reported};
use tokio::time::{Instant, sleep};

/// A fix that its longitude tells from others.
fn fix(number: u32) -> Fix {
    Fix::new(-26.125, f64::from(number)).accuracy(12.0)
}

/// The numbers of the fixes that AURA has of callout 570.
fn arrived(emulator: &Emulator) -> Vec<u32> {
    emulator.controller().locations(570).unwrap().iter().map(|fix| fix.longitude as u32).collect()
}

async fn reporter() -> (Emulator, LocationReporter, SocketlessTransport) {
    let (emulator, aura, transport) = with_callout().await;
    (emulator, aura.callouts().report_location(570), transport)
}

#[tokio::test(start_paused = true)]
async fn the_first_goes_at_once_and_then_the_newest_every_ten_seconds() {
    let (emulator, reporter, transport) = reporter().await;
    let begin = Instant::now();
    reporter.report(fix(0)).unwrap();
    sleep(secs(1) / 2).await;
    for number in 1..35 {
        assert_eq!(reporter.report(fix(number)).unwrap(), Reported::Queued);
        sleep(secs(1)).await;
    }
    sleep(secs(600)).await;
    assert_eq!(arrived(&emulator), [0, 10, 20, 30, 34]);
    let times: Vec<_> = transport.sent("POST", "/location").iter().map(|sent| (sent.at - begin).as_secs()).collect();
    assert_eq!(times, [0, 10, 20, 30, 40], "nothing new, nothing sent");
    let progress = reporter.progress();
    assert_eq!((progress.sent, progress.replaced, progress.dropped, progress.failed), (5, 30, 0, 0));
}

#[tokio::test(start_paused = true)]
async fn another_interval_is_kept_by_reporters_and_builders() {
    let (emulator, aura, transport) = with_callout().await;
    let own =
        builder(&transport).location_interval(secs(3)).user_token(emulator.issue_user_token(USER)).build().unwrap();
    for (reporter, interval) in
        [(aura.callouts().report_location(570).with_interval(secs(30)), 30), (own.callouts().report_location(570), 3)]
    {
        let before = transport.count("POST", "/location");
        for number in 0..100 {
            reporter.report(fix(number)).unwrap();
            sleep(secs(1)).await;
        }
        let waits = transport.gaps("POST", "/location").split_off(before);
        assert!(waits.len() >= 3 && waits.iter().all(|wait| *wait == secs(interval)), "{waits:?}");
        sleep(secs(60)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_too_far_off_is_dropped_and_counted() {
    let (emulator, aura, _) = with_callout().await;
    let at = |accuracy| Fix::new(-26.125, 28.25).accuracy(accuracy);
    let unknown = Fix::new(-26.125, 28.25);
    let reporter = || aura.callouts().report_location(570);
    for (reporter, bad, good) in [
        (reporter(), vec![at(50.0), at(50.1), at(1000.0), unknown], vec![at(49.9), at(0.0)]),
        (reporter().with_max_accuracy(100.0), vec![at(100.0), unknown], vec![at(99.0)]),
        (reporter().with_unknown_accuracy(), vec![at(50.0)], vec![unknown]),
    ] {
        let before = emulator.controller().locations(570).unwrap().len();
        for fix in &bad {
            assert_eq!(reporter.report(*fix).unwrap(), Reported::TooInaccurate, "{:?}", fix.accuracy_metres());
        }
        sleep(secs(60)).await;
        assert_eq!(emulator.controller().locations(570).unwrap().len(), before);
        for fix in &good {
            assert_eq!(reporter.report(*fix).unwrap(), Reported::Queued, "{:?}", fix.accuracy_metres());
            sleep(secs(60)).await;
        }
        assert_eq!(emulator.controller().locations(570).unwrap().len(), before + good.len());
        assert_eq!((reporter.progress().dropped, reporter.progress().sent), (bad.len() as u64, good.len() as u64));
    }
}

#[tokio::test(start_paused = true)]
async fn a_poor_position_is_better_than_an_old_one_when_that_was_wished() {
    let (_emulator, reporter, _) = reporter().await;
    let reporter = reporter.with_best_after(secs(30));
    let poor = || reporter.report(Fix::new(-26.125, 28.25).accuracy(800.0)).unwrap();
    assert_eq!(poor(), Reported::TooInaccurate);
    sleep(secs(29)).await;
    assert_eq!(poor(), Reported::TooInaccurate);
    sleep(secs(1)).await;
    assert_eq!(poor(), Reported::Queued);
    // Taking one begins the wait anew, and so does a good one.
    assert_eq!(poor(), Reported::TooInaccurate);
    sleep(secs(20)).await;
    reporter.report(fix(1)).unwrap();
    sleep(secs(20)).await;
    assert_eq!(poor(), Reported::TooInaccurate);
    sleep(secs(10)).await;
    assert_eq!(poor(), Reported::Queued);
}

#[tokio::test(start_paused = true)]
async fn a_position_that_could_not_be_sent_is_sent_again() {
    let (emulator, reporter, transport) = reporter().await;
    transport.plan("POST", "/location", vec![Step::Answer(503, ""); 6]);
    reporter.report(fix(1)).unwrap();
    sleep(secs(15)).await;
    let (failed, last) = (reporter.progress().failed, reporter.progress().last_error.unwrap());
    assert_eq!((failed, last.status().unwrap().as_u16(), last.outcome()), (2, 503, Outcome::Unknown));
    sleep(secs(600)).await;
    assert_eq!(arrived(&emulator), [1]);
    assert!(transport.gaps("POST", "/location").iter().all(|gap| *gap == secs(10)), "the next turn is the repeat");
    let progress = reporter.progress();
    assert_eq!((progress.sent, progress.failed, progress.replaced, progress.last_error.is_none()), (1, 6, 0, true));
}

#[tokio::test(start_paused = true)]
async fn a_newer_position_takes_the_place_of_one_that_could_not_be_sent_and_waits_for_none_that_hangs() {
    for (step, failed, replaced) in [(Step::Answer(503, ""), 1, 1), (Step::Silence, 1, 0)] {
        let (emulator, reporter, transport) = reporter().await;
        transport.plan("POST", "/location", [step]);
        reporter.report(fix(1)).unwrap();
        sleep(secs(5)).await;
        reporter.report(fix(2)).unwrap();
        sleep(secs(600)).await;
        let progress = reporter.progress();
        assert_eq!((progress.sent, progress.failed, progress.replaced), (1, failed, replaced));
        assert_eq!((arrived(&emulator), transport.gaps("POST", "/location")), (vec![2], vec![secs(10)]));
    }
}

#[tokio::test(start_paused = true)]
async fn a_position_that_the_server_does_not_want_is_not_sent_again() {
    let (emulator, reporter, transport) = reporter().await;
    transport.plan("POST", "/location", [Step::Answer(400, "{}")]);
    reporter.report(fix(1)).unwrap();
    sleep(secs(60)).await;
    assert_eq!((transport.count("POST", "/location"), reporter.progress().failed), (1, 1));
    reporter.report(fix(2)).unwrap();
    sleep(secs(1)).await;
    assert_eq!(arrived(&emulator), [2]);
}

#[tokio::test(start_paused = true)]
async fn it_continues_after_a_dismissal() {
    let (emulator, aura, _) = with_callout().await;
    let reporter = aura.callouts().report_location(570);
    aura.callouts().dismiss(570).await.unwrap();
    for number in 1..4 {
        reporter.report(fix(number)).unwrap();
        sleep(secs(10)).await;
    }
    assert_eq!((arrived(&emulator), emulator.controller().dismissed(570)), (vec![1, 2, 3], Ok(true)));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_lasts_ends_it_and_the_next_report_says_so() {
    let (emulator, aura, transport) = with_callout().await;
    for (id, step, status) in
        [(999, Step::Pass, 404), (570, Step::Answer(403, "{}"), 403), (570, Step::Answer(401, "{}"), 401)]
    {
        transport.plan("POST", "/location", vec![step; 7]);
        let reporter = aura.callouts().report_location(id);
        let before = transport.count("POST", "/location");
        assert_eq!(reporter.report(fix(1)).unwrap(), Reported::Queued);
        sleep(secs(55)).await;
        assert_eq!(reporter.report(fix(1)).unwrap(), Reported::Queued);
        sleep(secs(10)).await;
        for _ in 0..3 {
            let error = reporter.report(fix(2)).unwrap_err();
            assert_eq!(
                (error.status().unwrap().as_u16(), error.operation()),
                (status, "aura.callouts.update_location")
            );
            sleep(secs(15)).await;
        }
        assert_eq!((transport.count("POST", "/location"), reporter.progress().failed), (before + 7, 7));
    }
    assert!(arrived(&emulator).is_empty());
    let aura = builder(&transport).user_token("wrong").build().unwrap();
    let reporter = aura.callouts().report_location(570);
    reporter.report(fix(1)).unwrap();
    sleep(secs(1)).await;
    assert!(reporter.report(fix(2)).unwrap_err().is_unauthorized(), "never accepted, and so at once");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_passes_and_a_gateways_delay_a_position_and_lose_none() {
    for step in [Step::Answer(404, "{}"), Step::Answer(401, "{}"), Step::Answer(403, "<html>blocked</html>")] {
        let (emulator, reporter, transport) = reporter().await;
        transport.plan("POST", "/location", vec![step; 2]);
        reporter.report(fix(1)).unwrap();
        sleep(secs(25)).await;
        assert_eq!(arrived(&emulator), [1]);
    }
}

#[tokio::test(start_paused = true)]
async fn dropping_it_delivers_the_last_position_first() {
    let (emulator, reporter, _) = reporter().await;
    let clone = reporter.clone();
    reporter.report(fix(1)).unwrap();
    sleep(secs(1)).await;
    drop(reporter);
    clone.report(fix(2)).unwrap();
    drop(clone);
    sleep(secs(60)).await;
    assert_eq!(arrived(&emulator), [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn invalid_coordinates_are_an_error_and_not_counted() {
    let (_emulator, reporter, transport) = reporter().await;
    for bad in [Fix::new(91.0, 0.0), Fix::new(f64::NAN, 0.0), Fix::new(0.0, -180.5)] {
        let error = reporter.report(bad).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
    }
    sleep(secs(60)).await;
    assert_eq!((transport.count("POST", "/location"), reporter.progress().dropped), (0, 0));
}

#[test]
fn without_a_runtime_it_is_an_error_that_says_what_to_do() {
    let aura = Aura::builder().base_url("http://localhost").user_token("token").build().unwrap();
    let error = aura.callouts().report_location(570).report(fix(1)).unwrap_err();
    assert_eq!(error.kind(), Kind::Config);
    assert!(error.to_string().contains("inside of a tokio runtime"), "{error}");
}

#[test]
fn it_continues_in_another_runtime_when_the_first_is_gone() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let second = runtime();
    let (emulator, reporter, _) = second.block_on(reporter());
    runtime().block_on(async {
        reporter.report(fix(1)).unwrap();
        sleep(secs(1)).await;
    });
    second.block_on(async {
        reporter.report(fix(2)).unwrap();
        sleep(secs(60)).await;
    });
    assert_eq!(arrived(&emulator), [1, 2]);
}
