//! CareMessenger's operations, one row each, and the contract that holds for all of them.

use crate::support::mock_server::{PASSWORD, TOKEN, USER, bare_with, fixture};
use care_testkit::contract::{Answer, Contract, Operation};
use caremessenger_client::{
    ApiFault, CareMessenger, CustomerId, ListAssistanceProviders, NewAssistanceProvider, SiteId,
};
use serde_json::json;

/// What the server says with each error. No document has any.
const SAID: &str = "It can't be done.";

/// What each row shares: see [`operations`].
pub(crate) fn contract() -> Contract<CareMessenger> {
    Contract::new(|server, options| bare_with(server, options).token(TOKEN).build().unwrap(), operations())
        .header("accept", "application/json")
        .header("user-agent", concat!("caremessenger-client/", env!("CARGO_PKG_VERSION")))
        .error_answers(|status| Answer::json(&json!({"detail": SAID})).status(status))
        .faults(|error, _| {
            let detail = error.fault::<ApiFault>().and_then(|fault| fault.detail).unwrap();
            assert_eq!(detail.as_str(), SAID, "{error}");
            assert!(!error.to_string().contains(SAID), "{error}");
        })
        .statuses([400, 401, 403, 404, 405, 409, 429, 500])
        // Strict JSON, the names of a request, nothing for push, paths; a create is sent once; errors and redirects are
        // ours.
        .defects([
            "CARE-01", "CARE-02", "CARE-03", "CARE-04", "CARE-07", "CARE-08", "CARE-20", "CARE-24", "CARE-26",
            "CARE-34", "CARE-36", "CARE-37", "CARE-38",
        ])
}

fn operations() -> Vec<Operation<CareMessenger>> {
    vec![
        with_token(Operation::once("caremessenger.assistance_providers.create").sends("POST /v2/assistance-provider"))
            .case("create for a site")
            .json(fixture("create-site-request"))
            .answers(Answer::json(&fixture("created")))
            .call(|care: CareMessenger| care.assistance_providers().create(for_site())),
        with_token(Operation::once("caremessenger.assistance_providers.create").sends("POST /v2/assistance-provider"))
            .case("create for an organisation")
            .json(fixture("create-customer-request"))
            .answers(Answer::json(&fixture("created")))
            .call(|care: CareMessenger| care.assistance_providers().create(for_customer())),
        with_token(Operation::read("caremessenger.assistance_providers.list").sends("GET /v2/assistance-provider"))
            .answers(Answer::json(&fixture("ours/list")))
            .call(|care: CareMessenger| care.assistance_providers().list(ListAssistanceProviders::new())),
        with_token(Operation::read("caremessenger.assistance_providers.get").sends("GET /v2/assistance-provider/10"))
            .answers(Answer::json(&fixture("created")))
            .call(|care: CareMessenger| care.assistance_providers().get(10)),
        Operation::idempotent("caremessenger.sign_in")
            .sends("POST /api-token-auth/")
            .json(fixture("sign-in-request"))
            .answers(Answer::json(&fixture("sign-in")))
            .call(|care: CareMessenger| care.sign_in(USER, PASSWORD)),
    ]
}

fn with_token(operation: Operation<CareMessenger>) -> Operation<CareMessenger> {
    operation.header("authorization", format!("Bearer {TOKEN}")).needs("credentials()")
}

/// The documented provider of an organisation.
pub(crate) fn for_customer() -> NewAssistanceProvider {
    NewAssistanceProvider::for_customer(CustomerId(2), "Example Remote Monitoring Centre", "Example Support")
        .email("Example Support", "support@example.com")
        .webhook("Example Support Assistance Requests", "https://example.com/webhooks/assistance-requests")
}

/// The documented provider of a site.
pub(crate) fn for_site() -> NewAssistanceProvider {
    NewAssistanceProvider::for_site(SiteId(5), "Acacia Avenue Site Assistance Provider", "Duty Manager")
        .email("Acacia Duty Manager", "manager@example.com")
}
