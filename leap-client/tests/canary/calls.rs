use care_testkit::{RecordingObserver, canary::Printed};
use chrono::{TimeDelta, Utc};
use http::Method;
use leap_client::{
    Leap, LeapBuilder, ListRequests, Options, RequestKey, RequestParts, RequestUpdate, RetryPolicy, State,
};
use std::{fmt::Debug, time::Duration};

pub(crate) fn builder(root: String, spy: &RecordingObserver) -> LeapBuilder {
    let quick = RetryPolicy::new().first_delay(Duration::from_micros(1));
    let options = Options::new().observer(spy.clone()).retry(quick);
    Leap::builder().root(root).basic_auth("canary-user", "canary-password").options(options)
}

fn raw() -> RequestParts {
    RequestParts::new(Method::POST, ["canary"]).query("key", "canary").form([("canary", "canary")])
}

fn update() -> RequestUpdate {
    RequestUpdate::new().state(State::Problem).comment("canary comment")
}

/// What is not sent yet: calls, workflows and their parts.
pub(crate) fn every_debug(leap: &Leap, printed: &mut Printed) {
    let (requests, key) = (leap.requests(), RequestKey::id("10000001"));
    let change = requests.change_state(&key, State::Problem).comment("canary comment");
    let comment = requests.comment(&key, "canary comment");
    printed.debug(&(comment.parts().unwrap(), change.parts().unwrap(), &comment, &change));
    printed.debug(&(requests.get(&key), requests.acknowledge(["10000001"]), requests.set_external_id("1", "MAX-1")));
    printed.debug(&(requests.post_update_once(&key, update()), update()));
    printed.debug(&requests.change_state_checked(&key, State::Problem).comment("canary comment"));
    printed.debug(&(requests.ensure_external_id("1", "MAX-1"), requests.wait_for_state(&key, [State::New])));
    printed.debug(&(requests.sync_window(None, None), requests.list(ListRequests::topic("Parking")), raw()));
}

fn note<T: Debug>(printed: &mut Printed, end: Result<T, leap_client::Error>) {
    match end {
        Ok(value) => printed.debug(&value),
        Err(error) => printed.error(&error),
    }
}

/// Every operation once, on the request with this name, with its failure if it fails.
pub(crate) async fn every_call(leap: &Leap, name: &str, printed: &mut Printed) {
    let (requests, key) = (leap.requests(), RequestKey::id(name));
    note(printed, requests.get(&key).response().await);
    note(printed, requests.get(RequestKey::external(name)).await);
    note(printed, requests.list(ListRequests::new()).await);
    let topic = if name == "canary" { name } else { "Parking" };
    note(printed, requests.list(ListRequests::topic(topic)).await);
    note(printed, requests.set_external_id(name, "canary-external").await);
    note(printed, requests.acknowledge([name]).await);
    note(printed, requests.acknowledge_external([name]).keep_updates().response().await);
    note(printed, requests.change_state(&key, State::Problem).comment("canary comment").response().await);
    note(printed, requests.comment(&key, "canary comment").response().await);
    note(printed, leap.raw(raw()).await);
    // What is refused before it is sent says as little.
    note(printed, requests.comment(&key, "canary\u{0}comment").await);
    note(printed, requests.change_state(&key, State::from("canary")).await);
    note(printed, requests.get(RequestKey::id("canary\n")).await);
}

/// Every workflow once.
pub(crate) async fn every_workflow(leap: &Leap, name: &str, printed: &mut Printed) {
    let (requests, key) = (leap.requests(), RequestKey::id(name));
    note(printed, requests.find_by_external_id(name).await);
    note(printed, requests.ensure_external_id(name, "canary-external").overwrite().await);
    note(printed, requests.change_state_checked(&key, State::New).comment("canary comment").await);
    note(printed, requests.sync_window(Utc::now() - TimeDelta::hours(1), None).await);
    let waiting = requests.wait_for_state(&key, [State::InProgress]).with_timeout(Duration::from_millis(20));
    note(printed, waiting.await);
    note(printed, requests.post_update_once(&key, update()).await);
}
