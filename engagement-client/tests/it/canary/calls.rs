//! Every call, workflow and answer that carries marked values.

use care_testkit::{RecordingObserver, canary::Printed, fixtures::Fixtures};
use engagement_client::{
    Engagement, EngagementBuilder, Error, FieldValue, InterventionPatch, ListInterventions, Options, RequestParts,
    RetryPolicy,
};
use serde_json::{Value, json};
use std::{fmt::Debug, time::Duration};

pub(crate) fn builder(base_url: String, observer: &RecordingObserver) -> EngagementBuilder {
    let quick = RetryPolicy::new().first_delay(Duration::from_micros(1));
    let options = Options::new().observer(observer.clone()).retry(quick);
    let builder = Engagement::builder().base_url(base_url).access_token("canary-token");
    builder.impersonate("canary-user").options(options)
}

fn raw() -> RequestParts {
    RequestParts::post(["canary"]).query("key", "canary").form([("canary", "canary")])
}

fn patch() -> InterventionPatch {
    InterventionPatch::new()
        .custom_field("order_number", "canary order")
        .custom_field("topics", ["canary", "+12025550177"])
}

fn long_patch() -> InterventionPatch {
    InterventionPatch::new().custom_field("note", "canary ".repeat(2_000))
}

/// Debug output of calls and workflows that aren't sent yet, and of their parts.
pub(crate) fn every_debug(engagement: &Engagement, printed: &mut Printed) {
    let (one, id) = (engagement.interventions(), "64b0c3a1f2d94e0007a1b2c3");
    printed.debug(&(one.update(id, patch()), one.update(id, patch()).parts().unwrap(), patch()));
    printed.debug(&(
        one.update(id, long_patch()).parts().unwrap(),
        FieldValue::from("canary"),
        FieldValue::from(["canary"]),
    ));
    printed.debug(&(one.list(ListInterventions::new()), one.list(ListInterventions::new()).parts().unwrap()));
    printed.debug(&(one.get(id), one.create(id), one.close(id), one.cancel(id), one.reassign(id, id)));
    printed.debug(&(one.categorize(id, [id]), one.clear_categories(id), one.get(id).parts().unwrap(), raw()));
    printed.debug(&(one.close_confirmed(id), one.cancel_confirmed(id), one.close_or_cancel(id)));
    printed.debug(&(one.add_categories(id, [id]), one.remove_categories(id, [id]), one.updated_since(None)));
}

fn note<T: Debug>(printed: &mut Printed, end: Result<T, Error>) {
    match end {
        Ok(value) => printed.debug(&value),
        Err(error) => printed.error(&error),
    }
}

/// Every operation once, on the intervention with this id; records the value or the error.
pub(crate) async fn every_call(engagement: &Engagement, id: &str, printed: &mut Printed) {
    let one = engagement.interventions();
    note(printed, one.get(id).response().await);
    note(printed, one.list(ListInterventions::new().thread(id).user(id).identities([id])).await);
    note(printed, one.list(ListInterventions::new().identities([id, id]).identity_group(id)).response().await);
    note(printed, one.create(id).response().await);
    note(printed, one.categorize(id, [id, "canary-category"]).response().await);
    note(printed, one.clear_categories(id).await);
    note(printed, one.reassign(id, "canary-user").response().await);
    note(printed, one.close(id).response().await);
    note(printed, one.cancel(id).response().await);
    note(printed, one.update(id, patch()).response().await);
    note(printed, one.update(id, long_patch()).await);
    note(printed, engagement.raw(raw()).await);
    // Errors before sending show no value, either.
    note(printed, one.get("canary\n").await);
    note(printed, one.categorize(id, ["canary,canary"]).await);
    note(printed, one.update(id, InterventionPatch::new().custom_field("canary[", "canary")).await);
    note(printed, one.update(id, InterventionPatch::new().custom_field("canary", [""; 0])).await);
    note(printed, engagement.as_user("canary canary").map(|_| ()));
}

/// Every workflow once.
pub(crate) async fn every_workflow(engagement: &Engagement, id: &str, printed: &mut Printed) {
    let one = engagement.interventions();
    note(printed, one.close_or_cancel(id).await);
    note(printed, one.cancel_confirmed(id).await);
    note(printed, one.add_categories(id, ["5d10aa0be4b0a20001c0de01"]).await);
    note(printed, one.remove_categories(id, ["5d10aa0be4b0a20001c0de02"]).await);
    note(printed, one.updated_since(None).await);
    note(printed, one.close_confirmed(id).await);
}

/// An intervention with marks in its custom fields, under both of their names.
pub(crate) fn marked(closed: bool) -> Value {
    let mut one = Fixtures::of(env!("CARGO_MANIFEST_DIR")).json("intervention.json");
    one["closed"] = closed.into();
    let fields =
        json!({"canary_key": "canary@example.com +12025550177", "several": ["canary", {"canary": 26.707_107}]});
    one["custom_field_values"] = fields.clone();
    one["custom_fields"] = fields;
    one["canary"] = json!({"canary": "canary"});
    one
}

/// A list with that intervention and an undecodable one.
pub(crate) fn list() -> Value {
    let mut broken = marked(false);
    broken["id"] = json!("5f0d1c7be4b0a20008c0ffee");
    broken["closed"] = json!("canary");
    json!({"count": 2, "offset": 0, "limit": 150, "records": [marked(false), broken]})
}
