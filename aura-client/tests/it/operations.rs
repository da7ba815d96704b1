//! AURA's operations, one row each, and the contract that holds for all of them.
//!
//! The guide documents answers only to `GET /callouts/{calloutId}`, and no error. Where it is silent the answer is one
//! of ours, from `fixtures/ours`: it proves how this crate reads such an answer, not that AURA sends it.

use crate::mock_server::{USER_TOKEN, client, fixture, ok};
use aura_client::{ApiFault, Aura, BoxFuture, Fix, GetCallout, NewCallout, NewCustomer, NewUser};
use care_testkit::contract::{Answer, Contract, Operation};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer,
    matchers::{method, path},
};

/// What each row shares: see [`operations`].
pub(crate) fn contract() -> Contract<Aura> {
    Contract::new(client, operations())
        .header("accept", "application/json")
        .header("user-agent", concat!("aura-client/", env!("CARGO_PKG_VERSION")))
        .error_answers(|status| Answer::json(&error_body(status)).status(status))
        .faults(|error, status| {
            let said = error_body(status)["message"].as_str().unwrap().to_owned();
            let fault = error.fault::<ApiFault>().map(|fault| fault.message.into_inner());
            assert_eq!(fault.as_deref(), Some(&*said), "{error}");
            assert!(error.report().contains(&said) && !error.to_string().contains(&said), "{error}");
        })
        .statuses([400, 401, 403, 404, 409, 429, 500])
        // No error is documented, and answers are documented to one operation.
        .defects(["AURA-39", "AURA-40", "AURA-41"])
}

fn operations() -> Vec<Operation<Aura>> {
    vec![
        by_server(Operation::once("aura.users.register").sends("POST /panic-api/oauth/user"))
            .json(json!({"email": "guid_1234@example.com", "password": "hush"}))
            .answers(answer("ours/register-response"))
            .ignores_answer()
            .defects(["AURA-32", "AURA-45"])
            .responds(|aura: Aura| aura.users().register(new_user()).response())
            .marked_responds(|aura: Aura| {
                aura.users().register(NewUser::new("canary@example.com", "canary-password")).response()
            }),
        Operation::idempotent("aura.users.token")
            .sends("POST /panic-api/oauth/token")
            .json(json!({"email": "guid_1234@example.com", "password": "hush"}))
            .answers(answer("ours/token-response"))
            .defects(["AURA-33"])
            .responds(|aura: Aura| aura.users().token("guid_1234@example.com", "hush").response())
            .marked_responds(|aura: Aura| aura.users().token("canary@example.com", "canary-password").response()),
        by_user(Operation::read("aura.classifications.list").sends("GET /panic-api/callout-classifications"))
            .needs("user_token() or server_credentials()")
            .answers(answer("ours/classifications"))
            .call(|aura: Aura| aura.classifications().list()),
        by_user(Operation::once("aura.callouts.create").sends("POST /panic-api/callouts"))
            .json(fixture("create-callout-request"))
            .answers(answer("ours/create-response-wrapped"))
            // Key and accuracy as documented, and no RequestType anywhere.
            .defects(["AURA-02", "AURA-14", "AURA-15", "AURA-46"])
            .call(|aura: Aura| aura.callouts().create(new_callout()))
            .marked(|aura: Aura| aura.callouts().create(marked::new_callout())),
        // The section "Demo on Production Environment" names both switches.
        by_user(Operation::once("aura.callouts.create").sends("POST /panic-api/callouts"))
            .case("create a demo")
            .json(json!({
                "customer": {"name": "Test", "surname": "Test", "mobile": "+12025550103"},
                "calloutLocation": fixture("ours/location-request"),
                "responseTypeId": 9,
                "internalTest": true,
            }))
            .answers(answer("ours/create-response-wrapped"))
            .call(|aura: Aura| {
                let person = NewCustomer::new("Test", "Test", "+12025550103");
                aura.callouts().create(NewCallout::demo(9).customer(person).location(here()))
            }),
        by_user(Operation::read("aura.callouts.get").sends("GET /panic-api/callouts/570"))
            .answers(answer("created"))
            .call(|aura: Aura| aura.callouts().get(570)),
        by_user(Operation::read("aura.callouts.get").sends("GET /panic-api/callouts/570?shouldIncludeRoute=true"))
            .case("get with the route")
            .answers(answer("created"))
            .call(|aura: Aura| aura.callouts().get(GetCallout::new(570).include_route())),
        by_user(Operation::read("aura.callouts.get").sends("GET /panic-api/callouts/570?shouldIncludeEvents=true"))
            .case("get with events")
            .answers(answer("created"))
            .call(|aura: Aura| aura.callouts().get(GetCallout::new(570).include_events())),
        by_user(
            Operation::read("aura.callouts.get")
                .sends("GET /panic-api/callouts/570?shouldIncludeRoute=true&shouldIncludeEvents=true"),
        )
        .case("get with both")
        .answers(answer("created"))
        // Each flag by its own name.
        .defects(["AURA-11"])
        .call(|aura: Aura| aura.callouts().get(GetCallout::new(570).include_events().include_route())),
        by_user(Operation::idempotent("aura.callouts.update_location").sends("POST /panic-api/callouts/570/location"))
            .json(fixture("ours/location-request"))
            .ignores_answer()
            .defects(["AURA-13", "AURA-38"])
            .call(|aura: Aura| aura.callouts().update_location(570, here()))
            .marked(|aura: Aura| aura.callouts().update_location(570, marked::here())),
        by_user(Operation::idempotent("aura.callouts.dismiss").sends("POST /panic-api/callouts/570/dismiss"))
            .json(json!({}))
            .answers(Answer::empty(204))
            .ignores_answer()
            .defects(["AURA-39"])
            .call(|aura: Aura| aura.callouts().dismiss(570)),
        by_user(Operation::once("aura.callouts.comment").sends("POST /panic-api/callout/1060/comments"))
            .json(fixture("comment-request"))
            .answers(Answer::json(&json!({"id": 105})))
            .ignores_answer()
            // The path is in the singular.
            .defects(["AURA-05", "AURA-07"])
            .call(|aura: Aura| aura.callouts().comment(1060, "This is an example message"))
            .marked(|aura: Aura| aura.callouts().comment(1060, "canary comment")),
    ]
}

fn by_user(operation: Operation<Aura>) -> Operation<Aura> {
    operation.header("authorization", format!("Bearer {USER_TOKEN}")).needs("user_token()")
}

/// By the server's token, which is fetched first and is a new one each time, so that a rejected one can be renewed.
fn by_server(operation: Operation<Aura>) -> Operation<Aura> {
    fn tokens(server: &MockServer) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            for n in 1..=2 {
                let token = json!({"accessToken": format!("server-token-{n}")});
                let fetch = Mock::given(method("POST")).and(path("/panic-api/oauth/token")).respond_with(ok(&token));
                fetch.up_to_n_times(1).mount(server).await;
            }
        })
    }
    let operation = operation.header("authorization", "Bearer server-token-1");
    operation.needs("server_credentials()").renews_credentials(tokens)
}

/// A documented answer, or one of ours.
fn answer(name: &str) -> Answer {
    Answer::json(&fixture(name))
}

/// What AURA is made to say with this status: ours.
pub(crate) fn error_body(status: u16) -> Value {
    fixture(&format!("ours/error-{status}"))
}

pub(crate) fn new_user() -> NewUser {
    NewUser::new("guid_1234@example.com", "hush")
}

pub(crate) fn here() -> Fix {
    Fix::new(-26.100054, 28.051).accuracy(12.5)
}

/// The documented callout.
pub(crate) fn new_callout() -> NewCallout {
    let customer = NewCustomer::new("Test", "Test", "+12025550103")
        .email("customer@example.com")
        .gender("Neutral")
        .vehicle_make("Alfa Romeo")
        .vehicle_model("4c")
        .vehicle_colour("Red")
        .vehicle_license_plate("TEST GP");
    NewCallout::new(customer, Fix::new(-26.100054, 28.051).accuracy(50.0)).classification(2).response_type(1)
}

/// Input that a canary's mark stands in wherever it is a secret or somebody's.
pub(crate) mod marked {
    use aura_client::{Fix, NewCallout, NewCustomer};

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
}
