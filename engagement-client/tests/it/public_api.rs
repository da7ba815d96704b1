//! The public API in the forms that programs use.

use crate::support::client;
use care_emulators::engagement::{AGENT_ID, Emulator, NewContent};
use engagement_client::*;
use futures_util::{StreamExt, TryStreamExt, future::join_all};
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt::Debug, future::pending, time::Duration};
use tokio::time::timeout;

fn shared<T: Send + Sync + 'static>() {}
fn cloned<T: Clone + Debug + Send + Sync + 'static>() {}
fn sent<T: Debug + Send + 'static>() {}

#[test]
fn public_types_can_be_shared_between_threads() {
    cloned::<Engagement>();
    cloned::<Error>();
    cloned::<Intervention>();
    cloned::<CustomFields>();
    cloned::<InterventionId>();
    cloned::<ListInterventions>();
    cloned::<StatusFilter>();
    cloned::<Sort>();
    cloned::<InterventionPatch>();
    cloned::<FieldValue>();
    cloned::<ApiFault>();
    cloned::<InvalidField>();
    cloned::<Closed>();
    cloned::<Cancelled>();
    cloned::<CloseOutcome>();
    cloned::<Proof>();
    cloned::<Recategorized>();
    cloned::<WorkflowFailure>();
    cloned::<ChangedInterventions>();
    cloned::<Interventions<'static>>();
    shared::<Call<GetIntervention>>();
    shared::<Call<NewIntervention>>();
    shared::<Call<CategorizeIntervention>>();
    shared::<Call<ReassignIntervention>>();
    shared::<Call<CloseIntervention>>();
    shared::<Call<CancelIntervention>>();
    shared::<Call<UpdateIntervention>>();
    sent::<Call<ListInterventions>>();
    sent::<EngagementBuilder>();
    sent::<CloseConfirmed>();
    sent::<CancelConfirmed>();
    sent::<CloseOrCancel>();
    sent::<ChangeCategories>();
    sent::<UpdatedSince>();
}

#[tokio::test(start_paused = true)]
async fn operations_accept_ids_as_text_references_and_newtypes() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let (engagement, _) = client(&emulator);
    let one = engagement.interventions();
    let content = controller.add_content(NewContent::new()).unwrap();
    let made = one.create(ContentId::from(content.as_str())).await.unwrap();
    let text = made.id.to_string();
    // Values of an answer can be passed to the next call.
    one.get(&made.id).await.unwrap();
    one.get(made.id.clone()).await.unwrap();
    one.get(&text).await.unwrap();
    one.get(text.clone()).await.unwrap();
    one.get(text.as_str()).await.unwrap();
    one.categorize(&made.id, ["a"]).await.unwrap();
    one.categorize(&text, vec![String::from("a")]).await.unwrap();
    let categories =
        one.categorize(&text, [CategoryId::from("a"), CategoryId::from("b")]).await.unwrap().category_ids.unwrap();
    one.categorize(&text, &categories).await.unwrap();
    one.add_categories(&text, &categories[..1]).with_removed(["z"]).with_added(vec!["y"]).await.unwrap();
    one.reassign(&text, made.user_id.as_ref().unwrap()).await.unwrap();
    one.reassign(&text, AGENT_ID).await.unwrap();
    let list = ListInterventions::new().thread(made.thread_id.as_ref().unwrap()).user(AGENT_ID);
    let list = list.identities(made.identity_id.as_ref());
    assert_eq!(one.list(list).await.unwrap().items.len(), 1);
    assert_eq!(
        engagement.as_user(UserId::from(AGENT_ID)).unwrap().interventions().get(&text).await.unwrap().id,
        made.id
    );
    one.updated_since(made.updated_at).await.unwrap();
    one.updated_since(made.updated_at.unwrap()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn custom_fields_accept_text_numbers_booleans_and_lists() {
    // ENG-03
    let emulator = Emulator::start().await.unwrap();
    let (engagement, _) = client(&emulator);
    let id = emulator.controller().open_new();
    let patch = InterventionPatch::new()
        .custom_field("text", "a")
        .custom_field(String::from("owned"), String::from("b"))
        .custom_field("yes", true)
        .custom_field("whole", 7)
        .custom_field("counted", 7_u64)
        .custom_field("small", 6_u32)
        .custom_field("part", 0.5)
        .custom_field("array", ["a", "b"])
        .custom_field("vec", vec![String::from("c")]);
    let fields = engagement.interventions().update(id, patch).await.unwrap().custom_fields;
    assert_eq!((fields.text("text"), fields.text("owned"), fields.text("whole")), (Some("a"), Some("b"), Some("7")));
    assert_eq!((fields.text("counted"), fields.all().unwrap().len()), (Some("7"), 9));
}

#[tokio::test(start_paused = true)]
async fn what_the_api_lacks_is_done_with_other_operations() {
    // ENG-24: create reopens; updated_since replaces a search by date; an answered one is closed, never destroyed.
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let (engagement, _) = client(&emulator);
    let one = engagement.interventions();
    let content = controller.add_content(NewContent::new()).unwrap();
    let made = one.create(&content).await.unwrap();
    controller.reply(made.id.as_str()).unwrap();
    assert!(one.cancel(&made.id).await.unwrap_err().is_forbidden());
    assert!(one.close(&made.id).await.unwrap().is_closed());
    assert!(one.cancel(&made.id).await.unwrap_err().is_forbidden());
    let again = one.create(&content).await.unwrap();
    assert_eq!((again.id, again.closed), (made.id.clone(), Some(false)));
    let changed = one.updated_since(again.updated_at).await.unwrap().interventions;
    assert_eq!(changed.iter().map(|one| &one.id).collect::<Vec<_>>(), [&made.id]);
}

#[tokio::test(start_paused = true)]
async fn calls_and_workflows_work_with_join_select_timeout_and_spawn() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let (engagement, _) = client(&emulator);
    let one = engagement.interventions();
    let ids = [(); 4].map(|()| controller.open_new());
    controller.reply(&ids[0]).unwrap();
    let (a, b) = tokio::join!(one.get(&ids[0]), one.categorize(&ids[1], ["a"]));
    assert_eq!((a.unwrap().id.as_str(), b.unwrap().category_ids), (ids[0].as_str(), Some(vec!["a".into()])));
    let (closed, page) = tokio::try_join!(one.close_confirmed(&ids[0]), one.list(ListInterventions::new())).unwrap();
    assert_eq!((closed.proof, page.total), (Proof::Answered, Some(4)));
    let first = tokio::select! {
        found = one.get(&ids[2]) => found.is_ok(),
        () = pending() => false,
    };
    assert!(first);
    timeout(Duration::from_secs(1), one.add_categories(&ids[1], ["b"])).await.unwrap().unwrap();
    // They own what they need and outlive their handle and client.
    let client = engagement.clone();
    let cancel = client.interventions().cancel_confirmed(&ids[1]);
    let end = client.interventions().close_or_cancel(&ids[2]);
    let changes = client.interventions().updated_since(None).with_filter(ListInterventions::new().user(AGENT_ID));
    let get = client.as_user(AGENT_ID).unwrap().interventions().get(&ids[3]);
    drop(client);
    assert_eq!(tokio::spawn(get.into_future()).await.unwrap().unwrap().id.as_str(), ids[3]);
    assert_eq!(tokio::spawn(cancel.into_future()).await.unwrap().unwrap().proof, Proof::Answered);
    assert!(matches!(tokio::spawn(end.into_future()).await.unwrap().unwrap(), CloseOutcome::Cancelled(_)));
    assert_eq!(tokio::spawn(changes.into_future()).await.unwrap().unwrap().interventions.len(), 2);
    let all = join_all((0..3).map(|_| one.get(&ids[3]).into_future())).await;
    assert!(all.iter().all(Result::is_ok));
}

#[tokio::test(start_paused = true)]
async fn streams_outlive_their_client_and_work_with_combinators_and_tasks() {
    let emulator = Emulator::start().await.unwrap();
    let ids = [(); 5].map(|()| emulator.controller().open_new());
    let (engagement, _) = client(&emulator);
    let list = || engagement.interventions().list(ListInterventions::new().limit(2));
    let (items, pages, some) = (list().items(), list().pages(), list().items().take(2));
    drop(engagement);
    let found: Vec<_> = tokio::spawn(items.map_ok(|one| one.id.to_string()).try_collect()).await.unwrap().unwrap();
    assert_eq!(found, ids.iter().rev().cloned().collect::<Vec<_>>());
    let rows: usize = pages.map_ok(|page| page.rows()).try_fold(0, async |sum, rows| Ok(sum + rows)).await.unwrap();
    assert_eq!((rows, some.count().await), (5, 2));
}

#[tokio::test(start_paused = true)]
async fn a_call_shows_its_request_and_sends_nothing_until_awaited() {
    let emulator = Emulator::start().await.unwrap();
    let (engagement, transport) = client(&emulator);
    let one = engagement.interventions();
    let parts = one.close("1").parts().unwrap();
    assert_eq!((parts.method().as_str(), parts.path().join("/").as_str()), ("PUT", "interventions/1/close"));
    drop((one.close_confirmed("1"), one.cancel_confirmed("1"), one.close_or_cancel("1")));
    drop((one.add_categories("1", ["a"]), one.remove_categories("1", ["a"]), one.updated_since(None)));
    drop((one.create("1"), one.cancel("1"), one.list(ListInterventions::new()).items()));
    assert_eq!(transport.total(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_call_has_settings_of_its_own_and_returns_the_raw_answer() {
    let emulator = Emulator::start().await.unwrap();
    let (engagement, transport) = client(&emulator);
    let id = emulator.controller().open_new();
    let call = engagement.interventions().get(&id).with_timeout(Duration::from_secs(5)).with_query("more", "1");
    let answer = call.response().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.attempts(), answer.value.id.as_str()), (200, 1, id.as_str()));
    assert!(answer.body().starts_with(b"{"));
    assert_eq!(transport.all()[0].query(), "more=1");
}

fn same_in_json<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
}

#[tokio::test(start_paused = true)]
async fn public_types_survive_a_json_round_trip() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let id = controller.open_new();
    controller.reply(&id).unwrap();
    controller.translate(&id, "fr").unwrap();
    controller.send_survey(&id).unwrap();
    controller.answer_survey(&id, 4).unwrap();
    controller.set_custom_field(&id, "order", "<b>\n\"it\" & that").unwrap();
    let (engagement, _) = client(&emulator);
    let one = engagement.interventions().get(&id).await.unwrap();
    assert_eq!((one.satisfaction_grade, one.detected_language.as_deref()), (Some(4), Some("fr")));
    same_in_json(&one);
    same_in_json(&engagement.interventions().list(ListInterventions::new()).await.unwrap().items);
    let changes = engagement.interventions().updated_since(None).await.unwrap();
    same_in_json(&one.id);
    let checkpoint = changes.checkpoint.unwrap();
    assert_eq!(checkpoint.to_rfc3339().parse(), Ok(checkpoint));
}
