//! All operations, so that what holds for each is tested for each.

use crate::support::mock_server::{PASSWORD, USER, fixture, ok};
use care_testkit::documented::Meaning;
use caremessenger_client::{
    BoxFuture, CareMessenger, CustomerId, Error, ListAssistanceProviders, NewAssistanceProvider, Safety, SiteId,
};
use wiremock::{
    Mock, MockBuilder, ResponseTemplate,
    matchers::{method, path},
};

pub(crate) struct Operation {
    pub(crate) what: &'static str,
    pub(crate) name: &'static str,
    pub(crate) safety: Safety,
    pub(crate) verb: &'static str,
    pub(crate) path: &'static str,
    /// The fixture of the body.
    pub(crate) body: Option<&'static str>,
    /// Whether it is sent with a token.
    pub(crate) has_token: bool,
    /// The fixture of a good answer, documented or ours.
    pub(crate) answer: &'static str,
    /// It returns the number of attempts.
    pub(crate) call: fn(CareMessenger) -> BoxFuture<'static, Result<u32, Error>>,
}

impl Operation {
    /// What the usual errors mean for it.
    pub(crate) fn meaning(&self) -> Meaning {
        Meaning { operation: self.name, safety: self.safety, renewable: false }
    }

    pub(crate) fn mock(&self) -> MockBuilder {
        Mock::given(method(self.verb)).and(path(self.path))
    }

    pub(crate) fn good_answer(&self) -> ResponseTemplate {
        ok(&fixture(self.answer))
    }
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

const CREATE: Operation = Operation {
    what: "create for a site",
    name: "caremessenger.assistance_providers.create",
    safety: Safety::Once,
    verb: "POST",
    path: "/v2/assistance-provider",
    body: Some("create-site-request"),
    has_token: true,
    answer: "created",
    call: |care| {
        Box::pin(async move { Ok(care.assistance_providers().create(for_site()).response().await?.attempts()) })
    },
};

pub(crate) const OPERATIONS: [Operation; 5] = [
    CREATE,
    Operation {
        what: "create for an organisation",
        body: Some("create-customer-request"),
        call: |care| {
            Box::pin(async move { Ok(care.assistance_providers().create(for_customer()).response().await?.attempts()) })
        },
        ..CREATE
    },
    Operation {
        what: "list",
        name: "caremessenger.assistance_providers.list",
        safety: Safety::Read,
        verb: "GET",
        body: None,
        answer: "ours/list",
        call: |care| {
            Box::pin(async move {
                Ok(care.assistance_providers().list(ListAssistanceProviders::new()).response().await?.attempts())
            })
        },
        ..CREATE
    },
    Operation {
        what: "get",
        name: "caremessenger.assistance_providers.get",
        safety: Safety::Read,
        verb: "GET",
        path: "/v2/assistance-provider/10",
        body: None,
        call: |care| Box::pin(async move { Ok(care.assistance_providers().get(10).response().await?.attempts()) }),
        ..CREATE
    },
    Operation {
        what: "sign in",
        name: "caremessenger.sign_in",
        safety: Safety::Idempotent,
        verb: "POST",
        path: "/api-token-auth/",
        body: Some("sign-in-request"),
        has_token: false,
        answer: "sign-in",
        call: |care| Box::pin(async move { Ok(care.sign_in(USER, PASSWORD).response().await?.attempts()) }),
    },
];
