//! What is guessed is sent as it says, deletes nothing by accident, and a wrong guess says that it is one.

use crate::support::*;
use care_emulators::caremessenger::{Updates, WebhookEcho};
use caremessenger_client::{
    CustomerId, EmptyLists, Kind, NewEmailNotifier, NewWebhookNotifier, Outcome, Safety, undocumented::UpdateProvider,
};
use serde_json::{Value, json};

async fn with_provider(updates: Updates) -> (Scene, caremessenger_client::AssistanceProvider) {
    let scene = scene_of(Emulator::builder().updates(updates).deletes().webhook_echo(WebhookEcho::Always)).await;
    let new = new("a").webhook("desk", "https://hooks.example.com/1");
    let provider = scene.care.assistance_providers().create(new).await.unwrap();
    (scene, provider)
}

fn sent(scene: &Scene, method: &str) -> Value {
    scene.transport.sent(method, "/v2/assistance-provider/10").pop().unwrap().json()
}

#[tokio::test(start_paused = true)]
async fn put_sends_all_six_attributes_and_the_ids_that_were_read() {
    // CARE-25
    let (scene, provider) = with_provider(Updates::Put).await;
    let update = UpdateProvider::put(&provider, EmptyLists::Omit).label("Night manager");
    let changed = scene.care.undocumented().update(update.clone()).await.unwrap();
    assert_eq!((changed.label.as_str(), &changed.name), ("Night manager", &provider.name));
    let (mail, hook) = (provider.email_notifiers[0].id, provider.webhook_notifiers.as_ref().unwrap()[0].id.unwrap());
    let all = json!({
        "name": "a", "label": "Night manager", "content_type": "site", "object_id": 5,
        "email_notifiers": [{"id": mail, "name": "Duty manager", "email": "duty@example.com"}],
        "webhook_notifiers": [{"id": hook, "name": "desk", "url": "https://hooks.example.com/1"}],
    });
    assert_eq!(sent(&scene, "PUT"), all);
    scene.care.undocumented().update(update.without_notifier_ids().target(CustomerId(2))).await.unwrap();
    let bare = sent(&scene, "PUT");
    assert_eq!((&bare["email_notifiers"][0]["id"], &bare["content_type"]), (&Value::Null, &json!("customer")));
}

#[tokio::test(start_paused = true)]
async fn patch_sends_what_was_set_and_empty_lists_as_it_was_told() {
    // CARE-23, CARE-25
    let (scene, provider) = with_provider(Updates::Patch).await;
    let patch = |lists| UpdateProvider::patch(provider.id, lists);
    let update = |update| scene.care.undocumented().update(update);
    update(patch(EmptyLists::Omit).name("b")).await.unwrap();
    assert_eq!(sent(&scene, "PATCH"), json!({"name": "b"}));
    update(patch(EmptyLists::Send).webhook_notifiers([])).await.unwrap();
    assert_eq!(sent(&scene, "PATCH"), json!({"webhook_notifiers": []}));
    assert!(scene.controller.provider(10).unwrap().webhooks.is_empty());
    let notifiers = [NewWebhookNotifier::new("night", "https://hooks.example.com/2")];
    update(patch(EmptyLists::Omit).webhook_notifiers(notifiers).email_notifiers([])).await.unwrap();
    let hooks = json!([{"name": "night", "url": "https://hooks.example.com/2"}]);
    assert_eq!(sent(&scene, "PATCH"), json!({"webhook_notifiers": hooks}));
    assert_eq!(scene.controller.provider(10).unwrap().emails.len(), 1, "a list that isn't sent stays");
}

#[tokio::test(start_paused = true)]
async fn what_could_delete_unseen_webhooks_and_what_changes_nothing_is_refused() {
    // CARE-11
    let (scene, mut provider) = with_provider(Updates::Both).await;
    provider.webhook_notifiers = None;
    let before = scene.transport.total();
    let patch = || UpdateProvider::patch(10, EmptyLists::Omit);
    for (update, says) in [
        (UpdateProvider::put(&provider, EmptyLists::Omit), "webhook_notifiers(..)"),
        (patch(), "changes nothing"),
        (patch().email_notifiers([]), "changes nothing"),
        (patch().name(" "), "blank"),
        (patch().label(""), "blank"),
        (patch().email_notifiers([NewEmailNotifier::new("a", "b")]), "name@example.com"),
        (patch().webhook_notifiers([NewWebhookNotifier::new("a", "b")]), "https://host/path"),
        (patch().target(caremessenger_client::ContentObject::Missing { kind: "site".into() }.target()), "target(..)"),
    ] {
        let error = scene.care.undocumented().update(update).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
        assert!(error.to_string().contains(says), "{error}");
    }
    assert_eq!(scene.transport.total(), before);
    let hooks = [NewWebhookNotifier::new("desk", "https://hooks.example.com/1")];
    let whole = UpdateProvider::put(&provider, EmptyLists::Omit).webhook_notifiers(hooks);
    scene.care.undocumented().update(whole).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_wrong_guess_is_told() {
    // CARE-25, CARE-27
    let scene = scene().await;
    scene.care.assistance_providers().create(new("a")).await.unwrap();
    let undocumented = scene.care.undocumented();
    for error in [
        undocumented.update(UpdateProvider::patch(10, EmptyLists::Omit).name("b")).await.unwrap_err(),
        undocumented.delete(10).await.unwrap_err(),
    ] {
        assert_eq!(error.status().unwrap().as_u16(), 405);
        assert!(error.outcome() == Outcome::Refused && error.to_string().contains("no document has this"), "{error}");
    }
    assert_eq!(scene.controller.providers().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_update_in_the_dark_is_sent_once() {
    // CARE-25
    let (scene, _) = with_provider(Updates::Both).await;
    scene.transport.plan("PATCH", "/10", [Step::Answer(503, "{}")]);
    let update = UpdateProvider::patch(10, EmptyLists::Omit).name("b");
    let error = scene.care.undocumented().update(update).await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts(), scene.transport.count("PATCH", "/10")), (Outcome::Unknown, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn deleting_is_never_repeated_and_a_404_proves_nothing() {
    // CARE-27
    let (scene, _) = with_provider(Updates::None).await;
    scene.transport.plan("DELETE", "/10", [Step::AnswerLost]);
    let error = scene.care.undocumented().delete(10).await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts(), scene.transport.count("DELETE", "/10")), (Outcome::Unknown, 1, 1));
    assert!(scene.care.assistance_providers().get(10).await.unwrap_err().is_not_found(), "reading tells");
    let call = scene.care.undocumented().delete(10).with_safety(Safety::Idempotent);
    assert!(call.await.unwrap_err().to_string().contains("no such provider"));
    let (scene, _) = with_provider(Updates::None).await;
    scene.care.undocumented().delete(10).await.unwrap();
    assert!(scene.controller.providers().is_empty());
}
