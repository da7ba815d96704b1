//! Calls are owned values that go wherever futures go, and errors are as wide as a pointer.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod common;

use care_client_core::{
    Call, Credentials, Endpoint, Error, Http, Observe, Options, Pipeline, PollGate, RequestParts, Response, Secret,
    Token, TokenCache, TokenSource, TokenStore, Transport,
};
use common::*;
use futures_util::future::join_all;
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
