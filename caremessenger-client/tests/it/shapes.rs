//! The shapes that programs are written in.

use crate::support::{new, post, receiver, scene, secs};
use caremessenger_client::{
    ListAssistanceProviders,
    undocumented::{DeleteProvider, UpdateProvider},
    webhook::{
        DedupeKey, DedupeStore, FileJournal, JournalContent, MemoryDedupeStore, MemorySink, Notification, Pointers,
        Receiver, ReceiverBuilder, Sink,
    },
    *,
};
use futures_util::{StreamExt, TryStreamExt, future::join_all};
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt::Debug, sync::Arc};
use tokio::time::timeout;

fn shared<T: Send + Sync + 'static>() {}
fn cloned<T: Clone + Debug + Send + Sync + 'static>() {}
fn sent<T: Debug + Send + 'static>() {}
fn stored<T: Clone + Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static>() {}

#[test]
fn what_programs_keep_can_be_shared_between_threads() {
    cloned::<CareMessenger>();
    cloned::<NewAssistanceProvider>();
    cloned::<ProviderPage>();
    cloned::<Ensured>();
    cloned::<ApiFault>();
    cloned::<UpdateProvider>();
    cloned::<DeleteProvider>();
    cloned::<Receiver>();
    cloned::<FileJournal>();
    cloned::<MemorySink>();
    cloned::<MemoryDedupeStore>();
    cloned::<DedupeKey>();
    cloned::<Pointers>();
    cloned::<JournalContent>();
    stored::<AssistanceProvider>();
    stored::<Site>();
    stored::<Target>();
    stored::<User>();
    stored::<SignedIn>();
    stored::<Notification>();
    stored::<NewEmailNotifier>();
    shared::<Arc<dyn Sink>>();
    shared::<Arc<dyn DedupeStore>>();
    shared::<Call<NewAssistanceProvider>>();
    sent::<CareMessengerBuilder>();
    sent::<ReceiverBuilder>();
    sent::<Ensure>();
    sent::<ProviderItems>();
    sent::<ProviderPages>();
    sent::<Call<ListAssistanceProviders>>();
}

#[tokio::test(start_paused = true)]
async fn operations_take_ids_and_texts_in_every_form_that_programs_have_them_in() {
    let scene = scene().await;
    let providers = scene.care.assistance_providers();
    let url = url::Url::parse("https://hooks.example.com/1").unwrap();
    for new in [
        NewAssistanceProvider::for_site(SiteId(5), "a", String::from("b")).webhook("c", url),
        NewAssistanceProvider::for_site(5, String::from("a"), "b").webhook("c", "https://hooks.example.com/1"),
        NewAssistanceProvider::for_customer(2, "a", "b")
            .webhook(String::from("c"), String::from("https://hooks.example.com/1")),
    ] {
        let id = providers.create(new).await.unwrap().id;
        assert_eq!(providers.get(id).await.unwrap(), providers.get(id.get()).await.unwrap());
    }
}

#[tokio::test(start_paused = true)]
async fn calls_go_into_join_select_timeout_and_spawn_and_outlive_their_client() {
    let scene = scene().await;
    let care = scene.care.clone();
    let providers = care.assistance_providers();
    let (a, b) = tokio::join!(providers.create(new("a")), providers.list(ListAssistanceProviders::new()));
    drop((a.unwrap(), b.unwrap()));
    timeout(secs(1), providers.ensure(new("a"))).await.unwrap().unwrap();
    let (ensure, items) = (providers.ensure(new("b")), providers.items(ListAssistanceProviders::new()));
    drop(care);
    tokio::spawn(ensure.into_future()).await.unwrap().unwrap();
    let names = tokio::spawn(items.map_ok(|provider| provider.name).try_collect::<Vec<_>>());
    assert_eq!(names.await.unwrap().unwrap(), ["a", "b"]);
    let providers = scene.care.assistance_providers();
    let all = join_all((0..3).map(|_| providers.get(10).into_future())).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(providers.pages(ListAssistanceProviders::new()).with_max_pages(1).count().await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_says_what_it_would_send_and_nothing_is_sent_before_it_is_awaited() {
    let scene = scene().await;
    let providers = scene.care.assistance_providers();
    let parts = providers.create(new("a")).parts().unwrap();
    assert_eq!((parts.method().as_str(), parts.path().join("/").as_str()), ("POST", "assistance-provider"));
    drop((providers.ensure(new("a")), providers.items(ListAssistanceProviders::new()), providers.get(1)));
    assert_eq!(scene.transport.total(), 0);
}

#[tokio::test]
async fn a_receiver_takes_a_sink_behind_a_pointer() {
    let sink = MemorySink::new();
    let shared: Arc<dyn Sink> = Arc::new(sink.clone());
    let receiver = receiver(shared).dedupe_store(Arc::new(MemoryDedupeStore::new())).build().unwrap();
    tokio::spawn(async move { receiver.handle(post(crate::support::SECRET, "a")).await }).await.unwrap();
    assert_eq!(sink.notifications().len(), 1);
}
