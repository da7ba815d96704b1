//! The shapes that programs are written in.

use crate::support::*;
use aura_client::{
    Aura, AuraBuilder, Call, CalloutId, CalloutSession, CalloutUpdate, Comment, Error, FileSessionStore, GetCallout,
    LocationReporter, MemorySessionStore, NewCallout, ObtainUserToken, ResumeSession, SessionState, Watch,
};
use futures_util::{StreamExt, future::join_all};
use tokio::time::timeout;

fn shared<T: Send + Sync + 'static>() {}
fn cloned<T: Clone + Send + Sync + 'static>() {}
fn sent<T: Send + 'static>() {}

#[test]
fn what_programs_keep_can_be_shared_between_threads() {
    cloned::<Aura>();
    cloned::<LocationReporter>();
    cloned::<CalloutSession>();
    cloned::<Error>();
    cloned::<SessionState>();
    cloned::<MemorySessionStore>();
    cloned::<FileSessionStore>();
    cloned::<NewCallout>();
    cloned::<CalloutUpdate>();
    cloned::<GetCallout>();
    shared::<Call<NewCallout>>();
    shared::<Call<Comment>>();
    shared::<ObtainUserToken<aura_client::NewUser>>();
    sent::<Watch>();
    sent::<ResumeSession>();
    sent::<AuraBuilder>();
    sent::<aura_client::Updates>();
    shared::<Watch>();
}

#[tokio::test(start_paused = true)]
async fn operations_take_ids_numbers_and_endpoint_values() {
    let (_emulator, aura, _) = with_callout().await;
    let id = CalloutId::from(570);
    assert_eq!(aura.callouts().get(570).await.unwrap().id, id);
    assert_eq!(aura.callouts().get(570_u64).await.unwrap().id, id);
    assert_eq!(aura.callouts().get(id).await.unwrap().id, id);
    assert_eq!(aura.callouts().get(GetCallout::new(570).include_events()).await.unwrap().id, id);
    aura.callouts().dismiss(570).await.unwrap();
    aura.callouts().dismiss(id).await.unwrap();
    aura.callouts().comment(570, "a").await.unwrap();
    aura.callouts().comment(id, String::from("b")).await.unwrap();
    aura.callouts().update_location(570, here()).await.unwrap();
    assert_eq!((aura.callouts().watch(570).callout_id(), aura.callouts().watch(id).callout_id()), (id, id));
}

#[tokio::test(start_paused = true)]
async fn calls_go_into_join_select_timeout_and_spawn() {
    let (_emulator, aura, _) = with_callout().await;
    let (a, b) = tokio::join!(aura.callouts().get(570), aura.callouts().dismiss(570));
    a.unwrap();
    b.unwrap();
    let (a, b) = tokio::try_join!(aura.callouts().get(570), aura.classifications().list()).unwrap();
    assert_eq!((a.id.get(), b.test().is_some()), (570, true));
    let first = tokio::select! {
        callout = aura.callouts().get(570) => callout.unwrap().id.get(),
        () = std::future::pending() => 0,
    };
    assert_eq!(first, 570);
    timeout(secs(1), aura.callouts().get(570)).await.unwrap().unwrap();
    // A call owns what it needs: it outlives its handle and its client.
    let task = tokio::spawn(aura.clone().callouts().get(570).into_future());
    assert_eq!(task.await.unwrap().unwrap().id.get(), 570);
    let all = join_all((0..3).map(|_| aura.callouts().get(570).into_future())).await;
    assert!(all.iter().all(Result::is_ok));
    let resumed = tokio::spawn(aura.resume(SessionState::active(570)).into_future());
    assert_eq!(resumed.await.unwrap().unwrap().id().get(), 570);
}

#[tokio::test(start_paused = true)]
async fn a_watch_outlives_its_client_and_is_a_stream_like_any_other() {
    let (_emulator, aura, _) = with_callout().await;
    let watch = aura.callouts().watch(570);
    drop(aura);
    let task = tokio::spawn(async move { watch.take(1).map(|item| word(Some(item))).collect::<Vec<_>>().await });
    assert_eq!(task.await.unwrap(), ["created"]);
}

#[tokio::test(start_paused = true)]
async fn a_call_says_what_it_would_send_and_sends_nothing() {
    let (_emulator, aura, transport) = with_callout().await;
    let sent = transport.total();
    let parts = aura.callouts().comment(570, "Hello").parts().unwrap();
    assert_eq!((parts.method().as_str(), parts.path().join("/").as_str()), ("POST", "callout/570/comments"));
    assert_eq!(transport.total(), sent);
}

#[test]
fn modules_import_each_name_from_where_it_is_defined() {
    care_testkit::layers::Layers::of(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).assert_no_imports_through_the_root();
}
