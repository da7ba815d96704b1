//! One token serves all callers: fetched once, renewed ahead of its expiry and after a 401, and no more often than
//! that.

use crate::support::*;
use care_client_core::{
    Credentials, Error, Kind, Outcome, Pipeline, RequestParts, RetryPolicy, Secret, StopReason, Token,
};
use chrono::{TimeDelta, Utc};
use futures_util::future::join_all;
use std::time::Duration;
use tokio::{time::Instant, time::advance, time::sleep};

/// A token that lives for so many seconds.
fn lasting(name: String, seconds: i64) -> Token {
    Token::new(name).expires_at(Utc::now() + TimeDelta::seconds(seconds))
}

/// A server that accepts one token only.
fn accepting(token: &'static str) -> Scripted {
    Scripted::new(move |_, request| match request.headers().get("authorization") {
        Some(value) if value == &format!("Bearer {token}") => Step::Status(200, DONE),
        _ => Step::Status(401, ""),
    })
}

fn open() -> Scripted {
    Scripted::always(200, DONE)
}

fn with(scripted: &Scripted, source: &Source) -> Pipeline {
    over(scripted).with_credentials(source.credentials())
}

#[tokio::test(start_paused = true)]
async fn a_hundred_callers_at_once_cause_one_fetch() {
    let source = Source::new(|number| async move {
        sleep(secs(2)).await;
        Ok(Token::new(format!("token-{number}")))
    });
    let scripted = open();
    let pipeline = with(&scripted, &source);
    for call in join_all((0..100).map(|_| pipeline.call(Look).into_future())).await {
        call.unwrap();
    }
    assert_eq!(source.count(), 1);
    assert_eq!(scripted.headers("authorization"), vec!["Bearer token-1"; 100]);
}

#[tokio::test(start_paused = true)]
async fn a_hundred_callers_at_once_share_one_failure_and_the_next_tries_again() {
    let source = Source::new(|number| async move {
        sleep(secs(2)).await;
        if number == 1 { Err(Error::auth("signed out")) } else { Ok(Token::new("second")) }
    });
    let scripted = open();
    let pipeline = with(&scripted, &source);
    for call in join_all((0..100).map(|_| pipeline.call(Look).into_future())).await {
        let error = call.unwrap_err();
        assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Auth, Outcome::NotSent, 0));
        assert!(error.cause().unwrap().to_string().contains("signed out"));
    }
    assert_eq!((source.count(), scripted.count()), (1, 0));
    pipeline.call(Look).await.unwrap();
    assert_eq!((source.count(), scripted.count()), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_gives_up_leaves_the_fetch_to_the_others() {
    let source = Source::new(|number| async move {
        sleep(secs(2)).await;
        Ok(Token::new(format!("token-{number}")))
    });
    let scripted = open();
    let pipeline = with(&scripted, &source);
    let (gone, stays) = tokio::join!(pipeline.call(Look).with_timeout(secs(1)), pipeline.call(Look));
    assert_eq!(gone.unwrap_err().kind(), Kind::Timeout);
    assert_eq!((stays.unwrap(), source.count()), (7, 1));
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_ahead_of_its_expiry() {
    // 60 s ahead, or in the last tenth of a life shorter than ten minutes.
    for (life, still, renewed) in [(3_600, 3_500, 3_545), (100, 85, 95)] {
        let source = Source::new(move |number| async move { Ok(lasting(format!("token-{number}"), life)) });
        let scripted = open();
        let pipeline = with(&scripted, &source);
        let started = Instant::now();
        for at in [0, still, renewed] {
            advance(started + secs(at) - Instant::now()).await;
            pipeline.call(Look).await.unwrap();
        }
        let used = scripted.headers("authorization");
        assert_eq!(used, ["Bearer token-1", "Bearer token-1", "Bearer token-2"], "{life}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_fails_or_hangs_leaves_the_old_token_until_it_expires() {
    for hangs in [false, true] {
        let source = Source::new(move |number| async move {
            match number {
                1 => Ok(lasting("first".to_owned(), 3_600)),
                _ if hangs => std::future::pending().await,
                _ => Err(Error::auth("the token server is down")),
            }
        });
        let scripted = open();
        let pipeline = with(&scripted, &source);
        pipeline.call(Look).await.unwrap();
        advance(secs(3_550)).await;
        let before = Instant::now();
        pipeline.call(Look).await.unwrap();
        assert!(before.elapsed() <= secs(5), "{:?}", before.elapsed());
        // Not tried again for each call.
        pipeline.call(Look).await.unwrap();
        assert_eq!(source.count(), 2);
        assert_eq!(scripted.headers("authorization"), ["Bearer first"; 3]);
        advance(secs(100)).await;
        let error = pipeline.call(Look).with_timeout(secs(3)).await.unwrap_err();
        assert_eq!((error.outcome(), scripted.count()), (Outcome::NotSent, 3), "hangs: {hangs}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_pause_after_a_failed_renewal_does_not_outlast_the_token() {
    let source = Source::new(|number| async move {
        if number == 1 { Ok(lasting("first".to_owned(), 3_600)) } else { Err(Error::auth("down")) }
    });
    let scripted = open();
    let pipeline = with(&scripted, &source);
    pipeline.call(Look).await.unwrap();
    // Tests are fast, but the local clock, which the expiry goes by, isn't paused.
    advance(secs(3_597)).await;
    pipeline.call(Look).await.unwrap();
    advance(secs(4)).await;
    assert_eq!(pipeline.call(Look).await.unwrap_err().kind(), Kind::Auth);
    assert_eq!(scripted.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn while_one_caller_renews_ahead_of_expiry_the_others_are_not_kept_waiting() {
    let source = Source::new(|number| async move {
        if number > 1 {
            sleep(secs(4)).await;
        }
        Ok(lasting(format!("token-{number}"), 3_600))
    });
    let scripted = open();
    let pipeline = with(&scripted, &source);
    pipeline.call(Look).await.unwrap();
    advance(secs(3_550)).await;
    let before = Instant::now();
    join_all((0..10).map(|_| pipeline.call(Look).into_future())).await;
    let waits = scripted.sent(|sent| sent.at.saturating_duration_since(before));
    assert_eq!(waits[1..], [[secs(0); 9].as_slice(), &[secs(4)]].concat());
    assert_eq!((source.count(), scripted.headers("authorization").last().unwrap().as_str()), (2, "Bearer token-2"));
}

#[tokio::test(start_paused = true)]
async fn a_rejected_token_is_renewed_once_and_the_call_repeated_whatever_its_safety() {
    let source = Source::counting();
    let scripted = accepting("token-2");
    let pipeline = with(&scripted, &source);
    let response = pipeline.call(Add).with_retry(RetryPolicy::never()).response().await.unwrap();
    assert_eq!((response.value, response.attempts(), source.count()), (7, 2, 2));
    assert_eq!(scripted.gaps(), [secs(0)]);
    pipeline.call(Add).await.unwrap();
    assert_eq!(source.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_hundred_callers_whose_token_is_rejected_cause_one_renewal() {
    let source = Source::new(|number| async move {
        sleep(secs(1)).await;
        Ok(Token::new(format!("token-{number}")))
    });
    // The answers come at different times, so that some callers are refused after the token was renewed.
    let scripted = Scripted::new(|number, request| {
        let good = request.headers()["authorization"] == "Bearer token-2";
        let step = if good { Step::Status(200, DONE) } else { Step::Status(401, "") };
        after(Duration::from_millis(40 * (number as u64 % 100)), step)
    });
    let pipeline = with(&scripted, &source);
    for call in join_all((0..100).map(|_| pipeline.call(Add).into_future())).await {
        call.unwrap();
    }
    assert_eq!((source.count(), scripted.count()), (2, 200));
}

#[tokio::test(start_paused = true)]
async fn a_call_never_renews_twice() {
    let source = Source::counting();
    let scripted = accepting("another");
    let error = with(&scripted, &source).call(Look).await.unwrap_err();
    assert_eq!((source.count(), scripted.count()), (2, 2));
    assert_eq!((error.kind(), error.outcome(), error.stop_reason()), (Kind::Api, Outcome::Refused, StopReason::Final));
    assert!(error.is_unauthorized() && !error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_brings_the_same_token_is_none() {
    let source = Source::new(|_| async { Ok(Token::new("same")) });
    let scripted = accepting("another");
    assert!(with(&scripted, &source).call(Look).await.unwrap_err().is_unauthorized());
    assert_eq!(scripted.count(), 1);
}

/// Ten calls, one after the other, that each fail with 401; then the requests at the server, and the fetches.
async fn ten_refused(scripted: &Scripted, source: &Source, pipeline: &Pipeline) -> (usize, usize) {
    for number in 1..=10 {
        let error = pipeline.call(Look).await.unwrap_err();
        assert!(error.is_unauthorized() && !error.is_retryable(), "{number}: {error}");
        assert_eq!((error.kind(), error.outcome()), (Kind::Api, Outcome::Refused), "{number}: {error}");
        assert!(error.to_string().contains("it refused the access token"), "{number}: {error}");
    }
    (scripted.count(), source.count())
}

#[tokio::test(start_paused = true)]
async fn a_lasting_401_is_no_storm_of_token_requests() {
    let (source, scripted) = (Source::counting(), accepting("another"));
    let pipeline = with(&scripted, &source);
    assert_eq!(ten_refused(&scripted, &source, &pipeline).await, (11, 2));
    let error = pipeline.call(Look).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("no access token is fetched for 10 s") && text.contains("2 times in a row"), "{text}");
    assert_eq!(error.retry_after(), Some(secs(10)));

    // A source that has the same token each time.
    let (source, scripted) = (Source::new(|_| async { Ok(Token::new("same")) }), accepting("another"));
    assert_eq!(ten_refused(&scripted, &source, &with(&scripted, &source)).await, (10, 2));

    // Later and later, and five minutes at most: in a day, three hundred instead of thousands.
    let (source, scripted) = (Source::counting(), accepting("another"));
    let pipeline = with(&scripted, &source);
    let begin = Instant::now();
    let mut fetched = Vec::new();
    while begin.elapsed() < secs(1_000) {
        pipeline.call(Look).await.unwrap_err();
        fetched.resize(source.count(), begin.elapsed().as_secs());
        sleep(secs(1)).await;
    }
    assert_eq!(fetched, [0, 0, 10, 30, 70, 150, 310, 610, 910]);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_accepted_ends_the_wait_for_the_next() {
    // From the 12th request on, everything is accepted; from the 20th on, only what is new.
    let scripted = Scripted::new(|number, request| {
        let is_last = request.headers()["authorization"] == "Bearer token-3";
        if number > 11 && (number < 20 || is_last) { Step::Status(200, DONE) } else { Step::Status(401, "") }
    });
    let source = Source::counting();
    let pipeline = with(&scripted, &source);
    assert_eq!(ten_refused(&scripted, &source, &pipeline).await, (11, 2));
    for _ in 12..30 {
        pipeline.call(Look).await.unwrap();
    }
    assert_eq!(source.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_token_of_long_standing_is_renewed_at_once_when_it_is_refused() {
    let scripted = Scripted::new(|number, _| Step::Status(if number % 3 == 2 { 401 } else { 200 }, DONE));
    let source = Source::counting();
    let pipeline = with(&scripted, &source);
    for _ in 0..20 {
        pipeline.call(Look).await.unwrap();
        sleep(secs(60)).await;
    }
    assert_eq!(source.count(), 11);
}

#[tokio::test(start_paused = true)]
async fn a_401_for_some_calls_alone_is_no_storm_of_token_requests() {
    // One in four calls is allowed, whatever the token is.
    for allowed in [2, 4, 7] {
        let scripted =
            Scripted::new(move |number, _| Step::Status(if number % allowed == 0 { 200 } else { 401 }, DONE));
        let source = Source::counting();
        let pipeline = with(&scripted, &source);
        let mut done = 0;
        for _ in 0..100 {
            match pipeline.call(Look).await {
                Ok(_) => done += 1,
                Err(error) => assert!(error.is_unauthorized(), "{error}"),
            }
        }
        assert!(source.count() <= 7 && done > 10, "{allowed}: {} tokens, {done} done", source.count());
        // Later it is tried again.
        sleep(secs(400)).await;
        let before = source.count();
        for _ in 0..100 {
            let _ = pipeline.call(Look).await;
        }
        assert!((1..=2).contains(&(source.count() - before)), "{allowed}");
    }
}

#[tokio::test(start_paused = true)]
async fn refused_credentials_are_not_sent_for_a_token_again_and_again() {
    for status in [400, 401, 403] {
        let grant = Scripted::always(status, r#"{"error":"invalid_client"}"#);
        let tokens = over(&grant);
        let source = Source::new(move |_| {
            let call = tokens.call(Put);
            async move { call.await.map(|_| Token::new("never")) }
        });
        let pipeline = with(&open(), &source);
        for number in 1..=10 {
            let error = pipeline.call(Look).await.unwrap_err();
            assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Auth, Outcome::NotSent, 0));
            assert!(error.to_string().contains("server refused the credentials that"), "{number}: {error}");
            assert_eq!(error.cause().and_then(Error::status).map(|status| status.as_u16()), Some(status), "{number}");
        }
        assert_eq!((source.count(), grant.count()), (2, 2), "{status}");
        sleep(secs(10)).await;
        pipeline.call(Look).await.unwrap_err();
        assert_eq!(source.count(), 3, "{status}");
    }
    // A server that is down is no refusal.
    let source = Source::new(|_| async { Err(Error::timeout("down")) });
    let pipeline = with(&open(), &source);
    for _ in 0..10 {
        pipeline.call(Look).await.unwrap_err();
    }
    assert_eq!(source.count(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_401_says_which_credentials_were_refused() {
    let header = |name, value: &'static str| {
        Credentials::header(http::HeaderName::from_static(name), &Secret::new(value)).unwrap()
    };
    let expired = "e30.eyJleHAiOjE1MDAwMDAwMDB9.c2ln";
    for (credentials, says) in [
        (Credentials::bearer(&Secret::new("canary")).unwrap(), "it refused the access token;"),
        (
            Credentials::bearer(&Secret::new(expired)).unwrap(),
            "expired at 2017-07-14T02:40:00Z by this machine's clock",
        ),
        (Credentials::basic("canary", &Secret::new("canary")).unwrap(), "it refused the user name and password"),
        (header("x-api-key", "canary"), "it refused the credential in the header x-api-key"),
        (header("authorization", "Token canary"), "it refused the access token"),
        (Credentials::Query("key".into(), Secret::new("canary")), "the credential in the query parameter key"),
        (Source::counting().credentials(), "the access token, which was fetched with the credentials that"),
        (Credentials::None, "the server answered 401 Unauthorized;"),
    ] {
        let error = over(&accepting("another")).with_credentials(credentials).call(Look).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains(says) && !error.report().contains("canary"), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_nothing_renews_stop_at_401() {
    let key = http::HeaderName::from_static("x-api-key");
    for (credentials, name, sent) in [
        (Credentials::bearer(&Secret::new("t")).unwrap(), "authorization", "Bearer t"),
        (Credentials::header(key, &Secret::new("k")).unwrap(), "x-api-key", "k"),
        (Credentials::Query("key".into(), Secret::new("q/1")), "query", "key=q%2F1"),
        (Credentials::None, "authorization", "none"),
    ] {
        let scripted = accepting("another");
        let error = over(&scripted).with_credentials(credentials).call(Look).await.unwrap_err();
        assert!(error.is_unauthorized(), "{error:?}");
        assert_eq!((error.kind(), scripted.count()), (Kind::Api, 1), "{name}");
        let query = scripted.sent(|sent| sent.request.uri().query().unwrap_or_default().to_owned());
        let sent_as = if name == "query" { query } else { scripted.headers(name) };
        assert_eq!(sent_as, [sent]);
    }
}

/// The error of a renewal that failed in the given way, after a 401.
async fn failed_renewal(failure: impl Fn() -> Error + Send + Sync + Clone + 'static) -> Error {
    let source = Source::new(move |number| {
        let failure = failure.clone();
        async move { if number == 1 { Ok(Token::new("old")) } else { Err(failure()) } }
    });
    with(&accepting("new"), &source).call(Add).await.unwrap_err()
}

/// A call for a token to a server that answers so.
async fn token_error(step: fn() -> Step) -> Error {
    over(&Scripted::new(move |_, _| step())).call(Add).await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_was_refused_says_401_and_one_that_broke_down_does_not() {
    for (step, status, retryable) in [
        ((|| Step::Status(400, r#"{"error":"invalid_grant"}"#)) as fn() -> Step, Some(401), false),
        (|| Step::Status(401, ""), Some(401), false),
        (|| Step::Status(503, ""), None, true),
        (|| Step::Refused, None, true),
        (|| Step::Broken, None, true),
    ] {
        let cause = std::sync::Mutex::new(Some(token_error(step).await));
        let cause = std::sync::Arc::new(cause);
        let error = failed_renewal(move || cause.lock().unwrap().take().unwrap()).await;
        assert_eq!((error.kind(), error.outcome()), (Kind::Auth, Outcome::Refused), "{error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), status, "{error:?}");
        assert_eq!((error.is_unauthorized(), error.is_retryable()), (status.is_some(), retryable), "{error:?}");
        assert_eq!((error.attempts(), error.stop_reason()), (1, StopReason::Final), "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_outlives_the_deadline_is_a_timeout_and_no_401() {
    let source = Source::new(|number| async move {
        if number > 1 {
            sleep(secs(100)).await;
        }
        Ok(Token::new("old"))
    });
    let started = Instant::now();
    let error = with(&accepting("new"), &source).call(Add).with_timeout(secs(8)).await.unwrap_err();
    assert_eq!((started.elapsed(), error.kind(), error.status()), (secs(8), Kind::Timeout, None));
    assert_eq!((error.outcome(), error.stop_reason()), (Outcome::Refused, StopReason::Deadline));
}

#[tokio::test(start_paused = true)]
async fn a_token_that_has_expired_on_arrival_is_used_until_it_is_refused() {
    let source = Source::new(|number| async move { Ok(lasting(format!("token-{number}"), -7_200)) });
    let scripted = accepting("token-1");
    let pipeline = with(&scripted, &source);
    for _ in 0..3 {
        pipeline.call(Look).await.unwrap();
    }
    assert_eq!(source.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_no_header_can_carry_is_a_shared_failure_of_its_source() {
    for bad in ["", "two\nlines"] {
        let source = Source::new(move |_| async move {
            sleep(secs(1)).await;
            Ok(Token::new(bad))
        });
        let scripted = open();
        let pipeline = with(&scripted, &source);
        for call in join_all((0..10).map(|_| pipeline.call(Look).into_future())).await {
            let error = call.unwrap_err();
            assert_eq!((error.kind(), error.outcome()), (Kind::Auth, Outcome::NotSent), "{error:?}");
        }
        assert_eq!((source.count(), scripted.count()), (1, 0), "{bad:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_fetched_for_a_request_that_cannot_be_sent() {
    let source = Source::counting();
    let error = with(&open(), &source).call(RequestParts::get(["things", ""])).await.unwrap_err();
    assert_eq!((error.kind(), source.count()), (Kind::Request, 0));
}

#[tokio::test(start_paused = true)]
async fn to_prepare_fetches_ahead_of_the_first_call_or_fails_early() {
    let (source, scripted) = (Source::counting(), open());
    let pipeline = with(&scripted, &source);
    pipeline.prepare().await.unwrap();
    assert_eq!((source.count(), scripted.count()), (1, 0));
    pipeline.call(Look).await.unwrap();
    assert_eq!((source.count(), scripted.headers("authorization")), (1, vec!["Bearer token-1".to_owned()]));
    let broken = with(&scripted, &Source::new(|_| async { Err(Error::auth("signed out")) }));
    assert_eq!(broken.prepare().await.unwrap_err().kind(), Kind::Auth);
    let missing = pipeline.with_credentials(Credentials::Missing("set a token"));
    assert_eq!(missing.prepare().await.unwrap_err().kind(), Kind::Config);
    pipeline.with_credentials(Credentials::None).prepare().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn callers_who_stop_waiting_do_not_end_the_fetch_for_those_who_come_after() {
    let source = Source::new(|number| async move {
        tokio::time::sleep(Duration::from_secs(3)).await;
        Ok(Token::new(format!("token-{number}")))
    });
    let pipeline = with(&open(), &source);
    for _ in 0..2 {
        let error = pipeline.call(Look).with_timeout(Duration::from_secs(1)).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Timeout, Outcome::NotSent));
    }
    pipeline.call(Look).with_timeout(Duration::from_secs(2)).await.unwrap();
    assert_eq!(source.count(), 1);
}
