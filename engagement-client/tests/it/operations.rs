//! The operations of interventions, one row each, and the contract that holds for all of them.
//!
//! The page of the operations shows no body and only four error statuses. The bodies here are ours: they prove how this
//! crate reads them, not that the service sends them.

use crate::mock_server::{BEARER, CATEGORY, CONTENT, ID, THREAD, TOKEN, USER, fixture};
use care_testkit::contract::{Answer, Contract, ExpectedRequest, Operation};
use engagement_client::{
    ApiFault, Engagement, EngagementBuilder, InterventionPatch, ListInterventions, Options, Sort, StatusFilter,
};
use serde_json::{Value, json};
use wiremock::MockServer;

const ONE: &str = "/1.0/interventions/64b0c3a1f2d94e0007a1b2c3";
const MESSAGE: &str = "it can't be done";

/// A client without a token.
pub(crate) fn without_token(server: &MockServer, options: Options) -> Engagement {
    Engagement::builder().base_url(server.uri()).options(options).build().unwrap()
}

/// A builder with a token.
pub(crate) fn with_token(server: &MockServer, options: Options) -> EngagementBuilder {
    Engagement::builder().base_url(server.uri()).options(options).access_token(TOKEN)
}

fn connect(server: &MockServer, options: Options) -> Engagement {
    with_token(server, options).build().unwrap()
}

/// A request with the headers that all of this crate's requests have.
pub(crate) fn expected(line: impl Into<String>) -> ExpectedRequest {
    let agent = concat!("engagement-client/", env!("CARGO_PKG_VERSION"));
    let request = ExpectedRequest::new(line).header("accept", "application/json").header("user-agent", agent);
    request.header("authorization", BEARER)
}

/// What all rows share.
pub(crate) fn contract() -> Contract<Engagement> {
    Contract::new(connect, operations())
        .header("accept", "application/json")
        .header("user-agent", concat!("engagement-client/", env!("CARGO_PKG_VERSION")))
        .header("authorization", BEARER)
        .error_answers(|status| Answer::json(&error_body(status)).status(status))
        .faults(|error, status| {
            let fault = error.fault::<ApiFault>().unwrap();
            let read = (fault.error.as_deref(), fault.message.as_deref().map(String::as_str), fault.status);
            assert_eq!(read, (Some("some_reason"), Some(MESSAGE), Some(status.into())), "{error}");
            assert!(error.report().contains(MESSAGE) && !error.to_string().contains(MESSAGE), "{error}");
        })
        .redirect_hint("base URL")
        // The token, where the page has none; parameters in the query; and no error body is documented. Whatever the
        // page lists for an operation, each status means the same, and a close and a cancel of unknown outcome are sent
        // once.
        .defects(["ENG-08", "ENG-12", "ENG-22", "ENG-23", "ENG-28"])
}

/// An error in the form of the guide.
pub(crate) fn error_body(status: u16) -> Value {
    json!({"error": "some_reason", "message": MESSAGE, "status": status})
}

fn answer(file: &str) -> Answer {
    Answer::json(&fixture(file))
}

fn operations() -> Vec<Operation<Engagement>> {
    vec![
        read("engagement.interventions.list", "list.json")
            .case("list with every filter")
            .sends(
                "GET /1.0/interventions?thread_id=64b0c39ef2d94e0007a1b2a0&user_id=5e8c4a02c1d2e30006aa77b1\
                 &identity_group_id=5fa1d2c8a7e3b1000812ab36&identity_id=5f99d2c8a7e3b1000912ab34&status=active\
                 &sort=updated_at&offset=150&limit=30",
            )
            // The filter by status, and `identity_group_id` without the page's slip.
            .defects(["ENG-10", "ENG-21", "ENG-25"])
            .call(|engagement: Engagement| {
                let list = ListInterventions::new().thread(THREAD).user(USER);
                let list = list.identity_group("5fa1d2c8a7e3b1000812ab36").identities(["5f99d2c8a7e3b1000912ab34"]);
                let list = list.status(StatusFilter::Active).sort(Sort::UpdatedAt).offset(150).limit(30);
                engagement.interventions().list(list)
            })
            .marked(|engagement: Engagement| {
                let list = ListInterventions::new().thread("canary").user("canary").identities(["canary"]);
                engagement.interventions().list(list)
            }),
        read("engagement.interventions.list", "list.json")
            .case("list by two identities")
            .sends("GET /1.0/interventions?identity_id%5B%5D=a&identity_id%5B%5D=b&offset=0&limit=150")
            .defects(["ENG-10"])
            .call(|engagement: Engagement| {
                engagement.interventions().list(ListInterventions::new().identities(["a", "b"]))
            })
            .marked(|engagement: Engagement| {
                let list = ListInterventions::new().identities(["canary", "canary"]).identity_group("canary");
                engagement.interventions().list(list)
            }),
        read("engagement.interventions.get", "intervention.json")
            .sends(format!("GET {ONE}"))
            .call(|engagement: Engagement| engagement.interventions().get(ID))
            .marked(|engagement: Engagement| engagement.interventions().get("canary")),
        Operation::once("engagement.interventions.create")
            .sends("POST /1.0/interventions?content_id=64b0c39ef2d94e0007a1b2a1")
            .answers(answer("intervention.json"))
            .needs("access_token()")
            .call(|engagement: Engagement| engagement.interventions().create(CONTENT))
            .marked(|engagement: Engagement| engagement.interventions().create("canary")),
        change(
            "engagement.interventions.categorize",
            "/update_categories?category_ids%5B%5D=5d10aa0be4b0a20001c0de01&category_ids%5B%5D=b",
        )
        .defects(["ENG-11"])
        .call(|engagement: Engagement| engagement.interventions().categorize(ID, [CATEGORY, "b"]))
        .marked(|engagement: Engagement| {
            engagement.interventions().categorize("canary", ["canary", "canary-category"])
        }),
        change("engagement.interventions.categorize", "/update_categories?category_ids%5B%5D=")
            .case("clear categories")
            .defects(["ENG-11"])
            .call(|engagement: Engagement| engagement.interventions().clear_categories(ID))
            .marked(|engagement: Engagement| engagement.interventions().clear_categories("canary")),
        change("engagement.interventions.reassign", "/reassign?user_id=5e8c4a02c1d2e30006aa77b1")
            .call(|engagement: Engagement| engagement.interventions().reassign(ID, USER))
            .marked(|engagement: Engagement| engagement.interventions().reassign("canary", "canary-user")),
        Operation::once("engagement.interventions.close")
            .sends(format!("PUT {ONE}/close"))
            .answers(answer("intervention.json"))
            .needs("access_token()")
            .call(|engagement: Engagement| engagement.interventions().close(ID))
            .marked(|engagement: Engagement| engagement.interventions().close("canary")),
        Operation::once("engagement.interventions.cancel")
            .sends(format!("DELETE {ONE}/cancel"))
            .answers(answer("intervention.json"))
            .needs("access_token()")
            .call(|engagement: Engagement| engagement.interventions().cancel(ID))
            .marked(|engagement: Engagement| engagement.interventions().cancel("canary")),
        change(
            "engagement.interventions.update",
            "?custom_field_values%5Border_number%5D=A-1042&custom_field_values%5Btopics%5D%5B%5D=delivery\
             &custom_field_values%5Btopics%5D%5B%5D=refund",
        )
        .defects(["ENG-03", "ENG-21"])
        .call(|engagement: Engagement| {
            let patch = InterventionPatch::new().custom_field("order_number", "A-1042");
            engagement.interventions().update(ID, patch.custom_field("topics", ["delivery", "refund"]))
        })
        .marked(|engagement: Engagement| engagement.interventions().update("canary", marked_patch())),
    ]
}

fn read(name: &'static str, file: &str) -> Operation<Engagement> {
    Operation::read(name).answers(answer(file)).needs("access_token()")
}

/// A change of one intervention by a PUT with this end of its path.
fn change(name: &'static str, end: &str) -> Operation<Engagement> {
    let operation = Operation::idempotent(name).sends(format!("PUT {ONE}{end}"));
    operation.answers(answer("intervention.json")).needs("access_token()")
}

/// A change with a mark in each value.
pub(crate) fn marked_patch() -> InterventionPatch {
    InterventionPatch::new()
        .custom_field("order_number", "canary order")
        .custom_field("topics", ["canary", "+12025550177"])
}
