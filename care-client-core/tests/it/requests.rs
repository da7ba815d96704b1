//! Calls are owned values that go wherever futures go; what no crate has an operation for goes as it is; queries have
//! what pipeline and call add.

use crate::support::*;
use care_client_core::{
    Call, Credentials, Endpoint, Error, Http, Kind, Observe, Operation, Options, Outcome, Pipeline, PollGate,
    RequestParts, Response, Safety, Secret, StopReason, Token, TokenCache, TokenSource, TokenStore, Transport,
};
use futures_util::future::join_all;
use http::{HeaderValue, Method, header::CONTENT_TYPE};
use std::{sync::Arc, time::Duration};

const fn anywhere<T: Send + Sync + 'static>() {}
const fn sent<T: Send + 'static>(value: T) -> T {
    value
}

const _: () = {
    anywhere::<Call<Look>>();
    anywhere::<Call<RequestParts>>();
    anywhere::<Pipeline>();
    anywhere::<Options>();
    anywhere::<Error>();
    anywhere::<Http>();
    anywhere::<PollGate>();
    anywhere::<Credentials>();
    anywhere::<TokenCache>();
    anywhere::<(Token, Secret, Response<u64>)>();
    anywhere::<(Arc<dyn Transport>, Arc<dyn Observe>, Arc<dyn TokenSource>, Arc<dyn TokenStore>)>();
    assert!(size_of::<Error>() == size_of::<usize>());
    assert!(size_of::<Result<(), Error>>() == size_of::<usize>());
};

fn world() -> Pipeline {
    over(&Scripted::always(200, DONE))
}

#[tokio::test(start_paused = true)]
async fn calls_are_awaited_joined_selected_and_timed_as_they_are() {
    let pipeline = world();
    assert_eq!(pipeline.call(Look).await.unwrap(), 7);
    let (one, two) = tokio::join!(pipeline.call(Look), pipeline.call(Add));
    assert_eq!((one.unwrap(), two.unwrap()), (7, 7));
    let selected = tokio::select! {
        result = pipeline.call(Look) => result.unwrap(),
        () = tokio::time::sleep(Duration::from_secs(9)) => 0,
    };
    assert_eq!(selected, 7);
    assert_eq!(tokio::time::timeout(Duration::from_secs(9), pipeline.call(Look)).await.unwrap().unwrap(), 7);
}

#[tokio::test(start_paused = true)]
async fn calls_are_spawned_and_collected_as_futures_and_outlive_their_pipeline() {
    let pipeline = world();
    let spawned = tokio::spawn(pipeline.call(Look).into_future());
    let response = tokio::spawn(pipeline.call(Look).response());
    let all = join_all((0..3).map(|_| pipeline.call(Look).into_future()));
    let boxed = sent(pipeline.call(Look).into_future());
    drop(pipeline);
    assert_eq!(spawned.await.unwrap().unwrap(), 7);
    assert_eq!(response.await.unwrap().unwrap().value, 7);
    assert_eq!(all.await.into_iter().map(Result::unwrap).sum::<u64>(), 21);
    assert_eq!(boxed.await.unwrap(), 7);
}

#[tokio::test(start_paused = true)]
async fn a_call_sends_nothing_before_it_is_awaited() {
    let scripted = Scripted::always(200, DONE);
    let call = over(&scripted).call(Look);
    let future = call.with_timeout(Duration::from_secs(1)).into_future();
    tokio::time::sleep(Duration::from_secs(9)).await;
    assert_eq!(scripted.count(), 0);
    // And its deadline begins when it is sent.
    assert_eq!(future.await.unwrap(), 7);
}

fn generic<E: Endpoint>(
    pipeline: &Pipeline,
    endpoint: E,
) -> impl Future<Output = Result<E::Output, Error>> + Send + use<E> {
    pipeline.call(endpoint).into_future()
}

#[tokio::test(start_paused = true)]
async fn code_can_be_generic_over_endpoints() {
    assert_eq!(generic(&world(), Look).await.unwrap(), 7);
    assert_eq!(generic(&world(), RequestParts::get(["x"])).await.unwrap().body, DONE);
}

#[tokio::test(start_paused = true)]
async fn clones_of_a_transport_share_one_gate() {
    let http = shared_http();
    let pipeline = |http: &Http| pipeline("http://localhost", Options::new().transport(http.clone()));
    let (one, two) = (pipeline(&http), pipeline(&http));
    let inside = join_all((0..16).map(|_| one.poll_gate().enter())).await;
    assert_eq!((one.poll_gate().free(), two.poll_gate().free()), (0, 0));
    let mut next = std::pin::pin!(two.poll_gate().enter());
    assert!(tokio::time::timeout(Duration::from_millis(1), &mut next).await.is_err());
    drop(inside);
    drop(next.await);
    assert_eq!(pipeline(&shared_http()).poll_gate().free(), 16);
}

#[tokio::test]
async fn it_is_sent_and_answered_as_it_is() {
    let server = Server::start([answer(201, "<made/>").header("x-request-id", "r-7")]).await;
    let credentials = Credentials::bearer(&Secret::new("token")).unwrap();
    let pipeline = pipeline_with(server.url(), quick(), credentials);
    let parts = RequestParts::new(Method::PUT, ["things", "a b"])
        .query("q", "1&2")
        .header(http::HeaderName::from_static("x-note"), HeaderValue::from_static("hello"))
        .body(HeaderValue::from_static("text/plain"), "the body");
    let call = pipeline.call(parts.clone());
    assert_eq!(call.parts().unwrap(), parts, "to look without sending");
    assert_eq!(server.requests(), 0);
    let raw = call.await.unwrap();
    assert_eq!((raw.status.as_u16(), raw.body.as_ref(), raw.request_id()), (201, b"<made/>".as_slice(), Some("r-7")));
    let heard = &server.heard()[0];
    assert!(heard.starts_with("PUT /things/a%20b?q=1%262 HTTP/1.1\r\n"), "{heard}");
    for line in ["authorization: Bearer token", "x-note: hello", "content-type: text/plain", "user-agent: tests/1.0"] {
        assert!(heard.contains(&format!("\r\n{line}\r\n")), "{line} in {heard}");
    }
    assert!(heard.ends_with("\r\n\r\nthe body"), "{heard}");
    assert!(!heard.contains("accept-encoding"), "{heard}");
}

#[tokio::test(start_paused = true)]
async fn it_counts_as_once_unless_the_call_says_otherwise() {
    let scripted = Scripted::new(|_, _| Step::Broken);
    let error = over(&scripted).call(RequestParts::get(["things"])).await.unwrap_err();
    assert_eq!((error.operation(), error.stop_reason()), ("raw", StopReason::Once));
    assert_eq!((error.outcome(), scripted.count()), (Outcome::Unknown, 1));
    let read = over(&scripted).call(RequestParts::get(["things"])).with_safety(Safety::Read);
    assert_eq!(read.await.unwrap_err().attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn its_errors_are_those_of_every_operation() {
    let error = over(&Scripted::always(404, "")).call(RequestParts::get(["things"])).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome(), error.is_not_found()), (Kind::Api, Outcome::Refused, true));
}

#[tokio::test(start_paused = true)]
async fn a_header_of_the_call_goes_instead_of_the_requests_own() {
    let scripted = Scripted::always(200, "");
    let json = HeaderValue::from_static("application/json");
    let parts = RequestParts::post(["things"]).body(HeaderValue::from_static("text/plain"), "{}");
    over(&scripted).call(parts).with_header(CONTENT_TYPE, json).await.unwrap();
    assert_eq!(scripted.headers("content-type"), ["application/json"]);
}

const NAMED: Operation = Operation::new("test.raw", "/anything", Safety::Idempotent, "https://docs.example.com");

#[tokio::test(start_paused = true)]
async fn a_service_crate_gives_it_the_services_name_and_safety() {
    let scripted = Scripted::new(|_, _| Step::Broken);
    let named = || over(&scripted).call(RequestParts::get(["things"])).as_operation(&NAMED);
    let error = named().await.unwrap_err();
    assert_eq!((error.operation(), error.attempts()), ("test.raw", 3));
    // The caller still has the last word.
    assert_eq!(named().with_safety(Safety::Once).await.unwrap_err().attempts(), 1);
    let unsent = over(&scripted).call(RequestParts::get([".."])).as_operation(&NAMED).await.unwrap_err();
    assert_eq!((unsent.operation(), unsent.kind()), ("test.raw", Kind::Request));
}

/// The query of each attempt.
fn queries(scripted: &Scripted) -> Vec<String> {
    scripted.sent(|sent| sent.request.uri().query().unwrap_or_default().to_owned())
}

#[tokio::test(start_paused = true)]
async fn a_pipelines_pair_stands_in_each_query_and_in_each_attempt() {
    let scripted = Scripted::new(|number, _| Step::Status(if number == 1 { 503 } else { 200 }, DONE));
    let plain = over(&scripted);
    let other = plain.with_query("as", "jo ex&ample");
    other.call(Look).await.unwrap();
    other.call(Add).await.unwrap();
    other.call(RequestParts::get(["things"]).query("page", "2")).await.unwrap();
    plain.call(Look).await.unwrap();
    assert_eq!(
        queries(&scripted),
        ["as=jo+ex%26ample"; 3].into_iter().chain(["page=2&as=jo+ex%26ample", ""]).collect::<Vec<_>>()
    );
}

#[tokio::test(start_paused = true)]
async fn the_last_one_who_sets_a_key_wins() {
    let scripted = Scripted::always(200, DONE);
    let pipeline = over(&scripted).with_query("as", "a").with_query("in", "b").with_query("as", "c");
    let parts = RequestParts::get(["things"]).query("in", "x").query("in", "y").query("page", "2");
    pipeline.call(parts.clone()).await.unwrap();
    pipeline.call(parts).with_query("as", "d").with_query("as", "e").await.unwrap();
    assert_eq!(queries(&scripted), ["page=2&in=b&as=c", "page=2&in=b&as=e"]);
}

#[test]
fn what_would_be_sent_tells_of_it() {
    let call = over(&Scripted::always(200, DONE)).with_query("as", "a").call(Look).with_query("page", "2");
    let parts = call.parts().unwrap();
    assert_eq!(parts.query_pairs(), [("as".into(), "a".into()), ("page".into(), "2".into())]);
}

#[tokio::test(start_paused = true)]
async fn what_it_says_of_a_person_is_not_quoted_in_errors() {
    let scripted = Scripted::always(403, r#"{"message": "no canary-person here"}"#);
    let error = over(&scripted).with_query("as", "canary-person").call(Look).await.unwrap_err();
    assert!(error.report().contains("no [sent] here"), "{}", error.report());
    let error = over(&scripted).call(Look).with_query("as", "canary-person").await.unwrap_err();
    assert!(error.report().contains("no [sent] here"), "{}", error.report());
}
