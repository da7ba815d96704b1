//! Every error says what the server did, whatever went wrong: the table of the README, row by row, with the limit of
//! bodies and the hints of operations.

use crate::support::*;
use care_client_core::{
    Credentials, DecodeError, Endpoint, Error, Http, Kind, Operation, Options, Outcome, Pipeline, RawResponse,
    RequestParts, Safety, StopReason,
};
use futures_util::future::join_all;
use http::StatusCode;
use std::{borrow::Cow, time::Duration};

/// Which operations are sent again after a failure.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Repeats {
    All,
    AllButOnce,
    None,
}

use Repeats::{All, AllButOnce, None as Never};

struct Case {
    act: Act,
    kind: Kind,
    outcome: Outcome,
    repeats: Repeats,
}

fn case(act: impl Into<Act>, kind: Kind, outcome: Outcome, repeats: Repeats) -> Case {
    Case { act: act.into(), kind, outcome, repeats }
}

/// What a call must have come to, whichever way it failed.
fn check(case: &str, safety: Safety, error: &Error, expected: (Kind, Outcome, Repeats), requests: Option<usize>) {
    let (kind, outcome, repeats) = expected;
    let repeated = repeats == All || repeats == AllButOnce && safety != Safety::Once;
    let stop = match repeats {
        _ if repeated => StopReason::Attempts,
        AllButOnce => StopReason::Once,
        _ => StopReason::Final,
    };
    let attempts = if repeated { 3 } else { 1 };
    let case = format!("{case}, {safety}: {error:?}");
    care_testkit::assert_each_sentence_once(error);
    assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{case}");
    assert_eq!((error.stop_reason(), error.attempts()), (stop, attempts), "{case}");
    assert_eq!(error.is_retryable(), repeated, "{case}");
    if let Some(requests) = requests {
        assert_eq!(requests, attempts as usize, "requests on the wire: {case}");
    }
}

async fn error_of(pipeline: &Pipeline, safety: Safety) -> Error {
    match safety {
        Safety::Read => pipeline.call(Look).await,
        Safety::Idempotent => pipeline.call(Put).await,
        _ => pipeline.call(Add).await,
    }
    .expect_err("the call must fail")
}

const SAFETIES: [Safety; 3] = [Safety::Read, Safety::Idempotent, Safety::Once];

async fn run(cases: Vec<Case>, options: impl Fn() -> Options) {
    let http = shared_http();
    join_all(cases.iter().flat_map(|case| SAFETIES.map(|safety| (case, safety))).map(async |(case, safety)| {
        let server = Server::start([case.act.clone()]).await;
        let error = error_of(&pipeline(server.url(), options().transport(http.clone())), safety).await;
        let expected = (case.kind, case.outcome, case.repeats);
        check(&format!("{:?}", case.act), safety, &error, expected, Some(server.requests()));
    }))
    .await;
}

#[tokio::test]
async fn an_exchange_that_broke_before_an_answer_leaves_the_outcome_unknown() {
    let broken = [Act::CloseUnread, Act::ResetUnread, Act::Close, Act::Reset, Act::Garbage];
    run(broken.map(|act| case(act, Kind::Interrupted, Outcome::Unknown, AllButOnce)).into(), quick).await;
}

/// Long enough for a head to arrive on a busy machine.
fn soon_over() -> Options {
    quick().attempt_timeout(Duration::from_secs(1))
}

#[tokio::test]
async fn silence_before_the_head_is_unknown_and_after_it_as_the_head_said() {
    let cases = vec![
        case(Act::Silence, Kind::Timeout, Outcome::Unknown, AllButOnce),
        case(Act::Stall(answer(200, DONE)), Kind::Timeout, Outcome::Completed, AllButOnce),
        case(Act::Stall(answer(503, "busy")), Kind::Api, Outcome::Unknown, AllButOnce),
        case(Act::Stall(answer(404, "nothing")), Kind::Api, Outcome::Refused, Never),
    ];
    run(cases, soon_over).await;
}

#[tokio::test]
async fn a_status_that_asks_to_wait_is_a_refusal_and_always_repeated() {
    let plain = [421, 425, 429].map(|status| answer(status, ""));
    let with_wait = [421, 425, 429].map(|status| answer(status, "").header("retry-after", "0"));
    let cases = plain.into_iter().chain(with_wait);
    run(cases.map(|answer| case(answer, Kind::Api, Outcome::Refused, All)).collect(), quick).await;
}

#[tokio::test]
async fn a_server_that_failed_may_have_done_it() {
    let plain = [408, 500, 502, 503, 504, 507, 599].map(|status| answer(status, ""));
    let cases = plain.into_iter().chain([answer(503, "").header("retry-after", "0")]);
    run(cases.map(|answer| case(answer, Kind::Api, Outcome::Unknown, AllButOnce)).collect(), quick).await;
    // What the server can't do now it can't do later either.
    run([501, 505].map(|status| case(answer(status, ""), Kind::Api, Outcome::Unknown, Never)).into(), quick).await;
}

#[tokio::test]
async fn a_refusal_stands() {
    let refusals = [400, 401, 402, 403, 404, 405, 409, 410, 418, 422, 451];
    run(refusals.map(|status| case(answer(status, ""), Kind::Api, Outcome::Refused, Never)).into(), quick).await;
}

#[tokio::test]
async fn a_redirect_is_an_error_of_the_origin() {
    let answer = |status| answer(status, "").header("location", "/elsewhere");
    run([301, 307, 308].map(|status| case(answer(status), Kind::Origin, Outcome::Refused, Never)).into(), quick).await;
    run([300, 302, 303, 304].map(|status| case(answer(status), Kind::Origin, Outcome::Unknown, Never)).into(), quick)
        .await;
}

#[tokio::test]
async fn the_head_of_an_error_counts_however_its_body_fails() {
    for (status, kind, outcome, repeats) in [
        (503, Kind::Api, Outcome::Unknown, AllButOnce),
        (429, Kind::Api, Outcome::Refused, All),
        (404, Kind::Api, Outcome::Refused, Never),
        (307, Kind::Origin, Outcome::Refused, Never),
        (302, Kind::Origin, Outcome::Unknown, Never),
    ] {
        let cut = answer(status, "half and half");
        let cases = [Act::Cut(cut.clone()), Act::CutReset(cut), answers(status, "x".repeat(65))];
        run(cases.map(|act| case(act, kind, outcome, repeats)).into(), || quick().max_body(64)).await;
    }
}

#[tokio::test]
async fn the_body_so_far_is_kept() {
    let server = Server::start([Act::Cut(answer(404, "half and half"))]).await;
    let error = pipeline(server.url(), quick()).call(Add).await.unwrap_err();
    assert_eq!(error.body().unwrap(), "half a");
    assert!(error.is_not_found());
}

#[tokio::test]
async fn a_success_whose_body_failed_was_done() {
    let done = answer(200, DONE);
    let cases = vec![
        case(Act::Cut(done.clone()), Kind::Interrupted, Outcome::Completed, AllButOnce),
        case(Act::CutReset(done), Kind::Interrupted, Outcome::Completed, AllButOnce),
        case(answers(200, "x".repeat(65)), Kind::TooLarge, Outcome::Completed, Never),
    ];
    run(cases, || quick().max_body(64)).await;
}

#[tokio::test]
async fn a_success_that_cannot_be_used_says_who_answered_and_whether_it_was_done() {
    let html = answer(200, "<html>please sign in</html>").header("content-type", "text/html");
    let cases = vec![
        case(answers(200, r#"{"id":"seven"}"#), Kind::Decode, Outcome::Completed, Never),
        case(answers(201, ""), Kind::Decode, Outcome::Completed, Never),
        case(answers(200, r#"{"refused":"not today"}"#), Kind::Api, Outcome::Refused, Never),
        case(html.clone(), Kind::Decode, Outcome::Unknown, Never),
    ];
    run(cases, quick).await;
    // Even where nothing of the body is needed.
    let server = Server::start([html]).await;
    let error = pipeline(server.url(), quick()).call(Delete).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome(), server.requests()), (Kind::Decode, Outcome::Unknown, 1));
}

/// An address where nobody listens.
async fn nobody() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test]
async fn no_connection_means_that_nothing_was_sent_and_even_once_is_repeated() {
    for safety in SAFETIES {
        let error = error_of(&pipeline(&nobody().await, quick()), safety).await;
        check("refused", safety, &error, (Kind::Connect, Outcome::NotSent, All), None);
    }
}

struct NoSuchName;

impl reqwest::dns::Resolve for NoSuchName {
    fn resolve(&self, _name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        Box::pin(std::future::ready(Err("no such name".into())))
    }
}

#[tokio::test]
async fn a_name_that_is_not_found_means_that_nothing_was_sent() {
    for safety in SAFETIES {
        let http = Http::new(|| reqwest::Client::builder().no_proxy().dns_resolver(NoSuchName)).unwrap();
        let pipeline = Pipeline::builder("http://api.example.com", "tests/1.0")
            .allow_plain_http(true)
            .options(quick().transport(http))
            .build()
            .unwrap();
        let error = error_of(&pipeline, safety).await;
        check("unknown name", safety, &error, (Kind::Connect, Outcome::NotSent, All), None);
    }
}

struct Invalid;

impl Endpoint for Invalid {
    type Output = ();
    const OPERATION: &'static care_client_core::Operation = Add::OPERATION;

    fn parts(&self) -> Result<RequestParts, Error> {
        Err(Error::request("the thing needs a name"))
    }

    fn decode(&self, _response: &care_client_core::RawResponse) -> Result<(), care_client_core::DecodeError> {
        Ok(())
    }
}

#[tokio::test]
async fn what_fails_before_it_is_sent_is_not_sent() {
    let server = Server::start([answer(200, DONE)]).await;
    let open = pipeline(server.url(), quick());
    let missing = open.with_credentials(Credentials::Missing("this needs a token: set one"));
    let signed_out = open.with_credentials(Source::new(|_| async { Err(Error::auth("signed out")) }).credentials());
    for (error, kind, stop) in [
        (open.call(Invalid).await.unwrap_err(), Kind::Request, StopReason::Final),
        (open.call(RequestParts::get(["things", ".."])).await.unwrap_err(), Kind::Request, StopReason::Final),
        (open.call(Look).with_timeout(Duration::ZERO).await.unwrap_err(), Kind::Timeout, StopReason::Deadline),
        (missing.call(Look).await.unwrap_err(), Kind::Config, StopReason::Final),
        (signed_out.call(Look).await.unwrap_err(), Kind::Auth, StopReason::Final),
    ] {
        assert_eq!((error.kind(), error.outcome(), error.attempts()), (kind, Outcome::NotSent, 0), "{error:?}");
        assert_eq!(error.stop_reason(), stop, "{error:?}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_outcome_of_a_call_is_the_highest_over_its_attempts() {
    let done = answer(200, DONE);
    let html = answers(200, "<html></html>");
    let http = shared_http();
    for (acts, kind, outcome, attempts) in [
        (vec![Act::Close, answers(404, "")], Kind::Api, Outcome::Unknown, 2),
        (vec![answers(429, ""), answers(404, "")], Kind::Api, Outcome::Refused, 2),
        (vec![answers(503, ""), answers(429, "")], Kind::Api, Outcome::Unknown, 3),
        (vec![Act::Cut(done.clone()), answers(404, "")], Kind::Api, Outcome::Completed, 2),
        (vec![Act::Cut(done.clone()), Act::Close], Kind::Interrupted, Outcome::Completed, 3),
        (vec![Act::Cut(done.clone()), html], Kind::Decode, Outcome::Completed, 2),
        (vec![Act::Close, answers(200, r#"{"refused":"no"}"#)], Kind::Api, Outcome::Unknown, 2),
    ] {
        let server = Server::start(acts.clone()).await;
        let error = pipeline(server.url(), quick().transport(http.clone())).call(Put).await.unwrap_err();
        let got = (error.kind(), error.outcome(), error.attempts());
        assert_eq!(got, (kind, outcome, attempts), "{acts:?}: {error:?}");
        assert_eq!(server.requests(), attempts as usize, "{acts:?}");
    }
}

#[tokio::test]
async fn a_repeat_that_works_is_a_success_that_counts_its_attempts() {
    let server = Server::start([Act::Close, answers(503, ""), answers(200, DONE)]).await;
    let response = pipeline(server.url(), quick()).call(Look).response().await.unwrap();
    assert_eq!((response.value, response.attempts(), server.requests()), (7, 3, 3));
}

#[tokio::test]
async fn a_call_may_know_its_safety_better_than_the_operation() {
    let server = Server::start([Act::Close, answers(200, DONE)]).await;
    assert_eq!(pipeline(server.url(), quick()).call(Add).with_safety(Safety::Idempotent).await.unwrap(), 7);
    let server = Server::start([Act::Close, answers(200, DONE)]).await;
    let error = pipeline(server.url(), quick()).call(Look).with_safety(Safety::Once).await.unwrap_err();
    assert_eq!((error.stop_reason(), error.is_retryable(), server.requests()), (StopReason::Once, false, 1));
}

#[tokio::test]
async fn the_limit_itself_fits_and_one_byte_more_does_not() {
    let http = shared_http();
    for (length, limit, fits) in [(64, 64, true), (65, 64, false), (0, 0, true), (1, 0, false)] {
        let server = Server::start([answer(200, "x".repeat(length))]).await;
        let result = pipeline(server.url(), quick().max_body(limit).transport(http.clone()))
            .call(RequestParts::get(["x"]))
            .await;
        assert_eq!(result.as_ref().ok().map(|raw| raw.body.len()), fits.then_some(length), "{length} of {limit}");
        if let Err(error) = result {
            assert_eq!((error.kind(), error.outcome()), (Kind::TooLarge, Outcome::Completed), "{length} of {limit}");
            assert!(error.body().unwrap().len() <= limit);
        }
    }
}

#[tokio::test]
async fn a_body_without_a_length_is_limited_too() {
    let (full, more) = (format!("40\r\n{}\r\n", "x".repeat(64)), "1\r\nx\r\n");
    for (chunks, well) in [(full.clone(), true), (full + more, false)] {
        let chunked = answer(200, chunks + "0\r\n\r\n").header("transfer-encoding", "chunked");
        let server = Server::start([chunked]).await;
        let result = pipeline(server.url(), quick().max_body(64)).call(RequestParts::get(["x"])).await;
        assert_eq!(
            result.map_err(|error| error.kind()).map(|raw| raw.body.len()),
            if well { Ok(64) } else { Err(Kind::TooLarge) }
        );
    }
}

#[tokio::test]
async fn by_default_it_is_16_mebibytes() {
    let http = shared_http();
    for (length, fits) in [(16 << 20, true), ((16 << 20) + 1, false)] {
        let server = Server::start([answer(200, "x".repeat(length))]).await;
        let options = Options::new().transport(http.clone());
        assert_eq!(pipeline(server.url(), options).call(RequestParts::get(["x"])).await.is_ok(), fits, "{length}");
    }
}

struct Rename;

impl Endpoint for Rename {
    type Output = ();
    const OPERATION: &'static Operation = &Operation::new("test.rename", "/x", Safety::Once, "");

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::post(["x"]))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        response.accepted()
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        let known = matches!(refusal.status, StatusCode::CONFLICT | StatusCode::NOT_FOUND);
        known.then(|| "somebody has this name".into())
    }
}

#[tokio::test(start_paused = true)]
async fn it_stands_in_the_line_and_in_the_report() {
    for (status, hinted) in [(409, true), (403, false), (503, false)] {
        let scripted = Scripted::new(move |_, _| Step::Status(status, ""));
        let error = over(&scripted).call(Rename).await.unwrap_err();
        let (line, report) = (error.to_string(), error.report());
        assert_eq!(line.ends_with("(somebody has this name)"), hinted, "{line}");
        assert_eq!(report.contains("hint: somebody has this name"), hinted, "{report}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_stands_beside_what_the_client_says_of_a_server_that_finds_nothing() {
    let scripted = Scripted::new(|_, _| Step::Status(404, ""));
    let options = care_client_core::Options::new().transport(scripted);
    let builder =
        Pipeline::builder("http://localhost", "test").options(options).not_found_hint("the root may be wrong");
    let line = builder.build().unwrap().call(Rename).await.unwrap_err().to_string();
    assert!(line.ends_with("(somebody has this name; the root may be wrong)"), "{line}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_got_no_answer_has_none() {
    let scripted = Scripted::new(|_, _| Step::Broken);
    let line = over(&scripted).call(Rename).await.unwrap_err().to_string();
    assert!(!line.contains("somebody"), "{line}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_of_another_service_makes_the_text_doubt_the_address() {
    const NGINX: &str = "<html><head><title>404 Not Found</title></head><body><hr>nginx/1.22.1</body></html>";
    let address = "check that http://localhost is the service's address and port";
    // What answers, and what the text says before any call has succeeded, and after one has.
    let cases: [(u16, &str, &str, Option<&str>); 8] = [
        (404, NGINX, address, Some("a proxy or gateway")),
        (502, NGINX, address, Some("a proxy or gateway")),
        (403, "<!DOCTYPE html><p>Please sign in</p>", address, Some("a proxy or gateway")),
        (500, "Internal Server Error", address, None),
        (500, r#"{"error":"boom"}"#, address, None),
        (400, "Client sent an HTTP request to an HTTPS server.", address, None),
        (405, "Method Not Allowed", address, None),
        (200, "<html>welcome</html>", "check that the base URL is the service's address and port", None),
    ];
    for (status, body, first, later) in cases {
        let scripted = Scripted::new(move |_, _| Step::Status(status, body));
        let line = over(&scripted).call(Add).await.unwrap_err().to_string();
        assert!(line.contains(first), "{status} {body}: {line}");

        let scripted = Scripted::new(
            move |number, _| if number == 1 { Step::Status(200, DONE) } else { Step::Status(status, body) },
        );
        let pipeline = over(&scripted);
        pipeline.call(Add).await.unwrap();
        let line = pipeline.call(Add).await.unwrap_err().to_string();
        assert!(!line.contains(address), "{status} {body}: {line}");
        assert!(later.is_none_or(|later| line.contains(later)), "{status} {body}: {line}");
    }
    // The service's own refusals raise no doubt.
    for (status, body) in [(400, r#"{"message":"no name"}"#), (401, "no"), (404, "{}"), (422, ""), (409, "<fault/>")] {
        let scripted = Scripted::new(move |_, _| Step::Status(status, body));
        let line = over(&scripted).call(Add).await.unwrap_err().to_string();
        assert!(!line.contains("address"), "{status} {body}: {line}");
    }
}
