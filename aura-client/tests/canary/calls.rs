use aura_client::*;
use care_testkit::{RecordingObserver, canary::Printed};
use serde_json::json;
use std::{sync::Arc, time::Duration};

pub(crate) const LATITUDE: f64 = -26.707_107;

pub(crate) fn here() -> Fix {
    Fix::new(LATITUDE, 28.707_107).accuracy(12.707_107)
}

pub(crate) fn person() -> NewCustomer {
    let person = NewCustomer::new("Canary-name", "Canary-surname", "+12025550177").email("canary@example.com");
    person.gender("canary-gender").vehicle_make("Boxcart").vehicle_license_plate("CANARY 1")
}

pub(crate) fn new_callout() -> NewCallout {
    NewCallout::new(person(), here())
}

pub(crate) fn builder(url: String, spy: &RecordingObserver, store: &Arc<MemoryTokenStore>) -> AuraBuilder {
    let quick = RetryPolicy::new().first_delay(Duration::from_micros(1));
    let options = Options::new().observer(spy.clone()).retry(quick);
    let secrets = Aura::builder().server_credentials("canary-client-id", "canary-client-secret");
    let fast = Duration::from_millis(1)..Duration::from_millis(5);
    secrets.user_token("canary-token").token_store(Arc::clone(store)).base_url(url).options(options).poll_interval(fast)
}

/// Every operation once, with its failure if it fails.
pub(crate) async fn every_call(aura: &Aura, printed: &mut Printed) {
    let user = NewUser::new("canary@example.com", "canary-password");
    let calls = aura.callouts();
    printed.debug(&(
        calls.create(new_callout()),
        calls.comment(570, "canary comment"),
        aura.users().register(user.clone()),
    ));
    printed
        .debug(&(calls.update_location(570, here()).parts().unwrap(), calls.comment(570, "canary").parts().unwrap()));
    let raw = RequestParts::post(["canary"]).query("key", "canary").json(&json!({"key": "canary"})).unwrap();
    printed.debug(&raw);
    for end in [
        calls.create(new_callout()).response().await.map(|value| printed.debug(&value)),
        calls.get(GetCallout::new(570).include_events()).await.map(|value| printed.debug(&value)),
        calls.update_location(570, here()).await,
        calls.dismiss(570).await,
        calls.comment(570, "canary comment").await.map(|value| printed.debug(&value)),
        aura.classifications().list().await.map(|value| printed.debug(&value)),
        aura.users().register(user).await.map(|value| printed.debug(&value)),
        aura.users().token("canary@example.com", "canary-password").await.map(|value| printed.debug(&value)),
        aura.raw(raw).await.map(|value| printed.debug(&value)),
        aura.with_user("canary-unknown@example.com").await.map(|value| printed.debug(&value)),
        aura.with_user_token("canary\nbroken").callouts().get(570).await.map(drop),
        calls.create(new_callout().location(Fix::new(991.707_107, 0.0))).await.map(drop),
        calls.create(NewCallout::demo(9).customer(person())).await.map(drop),
    ] {
        if let Err(error) = end {
            printed.error(&error);
        }
    }
}
