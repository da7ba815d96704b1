//! A client keeps to the vendor's 500 requests a minute if enabled, and handles the refusals otherwise.

use crate::support::*;
use engagement_client::{
    ApiFault, Engagement, Error, Kind, ListInterventions, Options, Outcome, RateLimit, RetryPolicy,
};
use futures_util::future::join_all;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// A rate-limited client of the emulator with these options.
fn limited(emulator: &Emulator, options: Options) -> (Engagement, SocketlessTransport) {
    let transport = SocketlessTransport::to(emulator.router());
    let builder = Engagement::builder().base_url("http://localhost/1.0").access_token(emulator.access_token());
    (builder.rate_limited().options(options.transport(transport.clone())).build().unwrap(), transport)
}

async fn list(engagement: &Engagement) -> Result<(), Error> {
    engagement.interventions().list(ListInterventions::new().limit(1)).await.map(drop)
}

/// The largest number of requests sent in any minute.
fn most_in_a_minute(transport: &SocketlessTransport) -> usize {
    let times: Vec<_> = transport.all().iter().map(|sent| sent.at).collect();
    let in_minute = |from: Instant| times.iter().filter(|at| **at >= from && **at < from + secs(60)).count();
    times.iter().map(|from| in_minute(*from)).max().unwrap()
}

#[tokio::test(start_paused = true)]
async fn no_more_than_five_hundred_requests_are_sent_in_any_minute() {
    // ENG-23
    let emulator = Emulator::start().await.unwrap();
    let (engagement, transport) = limited(&emulator, Options::new());
    let begin = Instant::now();
    for _ in 0..1_200 {
        list(&engagement).await.unwrap();
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!((transport.total(), most_in_a_minute(&transport)), (1_200, 500));
    assert_eq!(begin.elapsed(), secs(122), "two minutes, and 200 more at their pace");
}

#[tokio::test(start_paused = true)]
async fn clones_and_impersonating_clients_share_the_limit() {
    // ENG-23, ENG-27
    let emulator = Emulator::start().await.unwrap();
    let (engagement, transport) = limited(&emulator, Options::new());
    let clients = [engagement.clone(), engagement.as_user(AGENT_ID).unwrap(), engagement];
    let begin = Instant::now();
    let calls = join_all((0..600).map(|n| list(&clients[n % 3]))).await;
    assert!(calls.iter().filter_map(|call| call.as_ref().err()).all(is_held_back));
    assert_eq!((transport.total(), most_in_a_minute(&transport)), (500, 500));
    assert_eq!(begin.elapsed(), secs(0), "a turn that doesn't come before the deadline is not waited for");
}

/// The call was never sent, and the error says when it could be.
fn is_held_back(error: &Error) -> bool {
    (error.outcome(), error.attempts()) == (Outcome::NotSent, 0) && error.retry_after() == Some(secs(60))
}

#[tokio::test(start_paused = true)]
async fn calls_with_enough_time_wait_for_their_turn() {
    // ENG-23
    let emulator = Emulator::start().await.unwrap();
    let (engagement, transport) = limited(&emulator, Options::new().timeout(secs(600)));
    let begin = Instant::now();
    assert!(join_all((0..1_100).map(|_| list(&engagement))).await.iter().all(Result::is_ok));
    assert_eq!((transport.total(), most_in_a_minute(&transport), begin.elapsed()), (1_100, 500, secs(120)));
}

#[tokio::test(start_paused = true)]
async fn without_the_limit_a_429_without_retry_after_is_retried_by_the_policy() {
    // ENG-23
    let patient = RetryPolicy::new().attempts(200);
    for once in [false, true] {
        let setup = setup_with(Emulator::builder().rate_limit(Some(3)), Options::new().retry(patient)).await;
        let id = setup.answered();
        for _ in 0..3 {
            setup.interventions().get(&id).await.unwrap();
        }
        let begin = Instant::now();
        let clock = setup.clock.clone();
        tokio::spawn(async move {
            sleep(secs(1)).await;
            clock.advance(secs(60));
        });
        // A 429 did nothing, so even an operation that must not be done twice is retried.
        match once {
            true => drop(setup.interventions().close(&id).await.unwrap()),
            false => drop(setup.interventions().get(&id).await.unwrap()),
        }
        assert!(begin.elapsed() >= secs(1) && begin.elapsed() < secs(10), "{:?}", begin.elapsed());
        assert!(setup.transport.total() > 4);
        assert_eq!(setup.is_closed(&id), once);
    }
}

#[tokio::test(start_paused = true)]
async fn a_429_that_persists_is_reported() {
    // ENG-23
    let setup = setup_of(Emulator::builder().rate_limit(Some(0))).await;
    let error = setup.interventions().get("64b0c3a1f2d94e0007a1b2c3").await.unwrap_err();
    assert!(error.is_throttled() && error.is_retryable());
    assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Api, Outcome::Refused, 3));
    assert_eq!((error.retry_after(), setup.transport.total()), (None, 3));
    assert_eq!(error.fault::<ApiFault>().unwrap().error.as_deref(), Some("rate_limit_exceeded"));
    assert!(error.to_string().contains("rate_limited()"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_honoured() {
    // ENG-23
    let setup = setup().await;
    let id = setup.controller.open_new();
    setup.transport.plan("GET", &id, [Step::RetryAfter(429, 7)]);
    let begin = Instant::now();
    setup.interventions().get(&id).await.unwrap();
    assert_eq!(begin.elapsed(), secs(7));
}

#[tokio::test(start_paused = true)]
async fn a_limit_among_the_options_takes_precedence() {
    let emulator = Emulator::start().await.unwrap();
    let own = RateLimit::new(10, secs(5));
    let (engagement, transport) = limited(&emulator, Options::new().rate_limit(own.clone()));
    let (other, others) = limited(&emulator, Options::new().rate_limit(own));
    let begin = Instant::now();
    for _ in 0..10 {
        list(&engagement).await.unwrap();
        list(&other).await.unwrap();
    }
    assert_eq!((begin.elapsed(), transport.total() + others.total()), (secs(5), 20));
}

#[tokio::test(start_paused = true)]
async fn without_the_limit_nothing_is_held_back() {
    let setup = setup_of(Emulator::builder().rate_limit(None)).await;
    let begin = Instant::now();
    for _ in 0..1_000 {
        list(&setup.engagement).await.unwrap();
    }
    assert_eq!(begin.elapsed(), secs(0));
}

#[tokio::test(start_paused = true)]
async fn a_workflow_keeps_to_the_limit() {
    // ENG-23: reads more pages than the limit allows in a minute.
    let emulator = Emulator::start().await.unwrap();
    for _ in 0..600 {
        let _ = emulator.controller().open_new();
    }
    let (engagement, transport) = limited(&emulator, Options::new().timeout(secs(120)));
    let list = ListInterventions::new().limit(2);
    let all = engagement.interventions().updated_since(None).with_filter(list).await.unwrap();
    assert_eq!((all.interventions.len(), most_in_a_minute(&transport)), (600, 500));
}
