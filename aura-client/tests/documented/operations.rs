//! All operations, so that what holds for each is tested for each.

use crate::support::fixture;
use aura_client::{Aura, BoxFuture, Error, Fix, NewCallout, NewCustomer, NewUser, Safety};
use care_testkit::documented::Meaning;
use serde_json::Value;

pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) safety: Safety,
    pub(crate) verb: &'static str,
    pub(crate) path: &'static str,
    /// Whether it takes the server's token, which is fetched first.
    pub(crate) by_server: bool,
    /// The fixture of a good answer.
    pub(crate) answer: &'static str,
    pub(crate) call: fn(Aura) -> BoxFuture<'static, Result<u32, Error>>,
}

impl Operation {
    /// What the usual errors mean for it.
    pub(crate) fn meaning(&self) -> Meaning {
        Meaning { operation: self.name, safety: self.safety, renewable: self.by_server }
    }
}

/// `call` returns the number of attempts.
pub(crate) const OPERATIONS: [Operation; 8] = [
    Operation {
        name: "aura.users.register",
        safety: Safety::Once,
        verb: "POST",
        path: "/panic-api/oauth/user",
        by_server: true,
        answer: "ours/register-response",
        call: |aura| Box::pin(async move { Ok(aura.users().register(new_user()).response().await?.attempts()) }),
    },
    Operation {
        name: "aura.users.token",
        safety: Safety::Idempotent,
        verb: "POST",
        path: "/panic-api/oauth/token",
        by_server: false,
        answer: "ours/token-response",
        call: |aura| {
            Box::pin(
                async move { Ok(aura.users().token("guid_1234@example.com", "hush").response().await?.attempts()) },
            )
        },
    },
    Operation {
        name: "aura.classifications.list",
        safety: Safety::Read,
        verb: "GET",
        path: "/panic-api/callout-classifications",
        by_server: false,
        answer: "ours/classifications",
        call: |aura| Box::pin(async move { Ok(aura.classifications().list().response().await?.attempts()) }),
    },
    Operation {
        name: "aura.callouts.create",
        safety: Safety::Once,
        verb: "POST",
        path: "/panic-api/callouts",
        by_server: false,
        answer: "ours/create-response-wrapped",
        call: |aura| Box::pin(async move { Ok(aura.callouts().create(new_callout()).response().await?.attempts()) }),
    },
    Operation {
        name: "aura.callouts.get",
        safety: Safety::Read,
        verb: "GET",
        path: "/panic-api/callouts/570",
        by_server: false,
        answer: "created",
        call: |aura| Box::pin(async move { Ok(aura.callouts().get(570).response().await?.attempts()) }),
    },
    Operation {
        name: "aura.callouts.update_location",
        safety: Safety::Idempotent,
        verb: "POST",
        path: "/panic-api/callouts/570/location",
        by_server: false,
        answer: "created",
        call: |aura| {
            Box::pin(async move { Ok(aura.callouts().update_location(570, here()).response().await?.attempts()) })
        },
    },
    Operation {
        name: "aura.callouts.dismiss",
        safety: Safety::Idempotent,
        verb: "POST",
        path: "/panic-api/callouts/570/dismiss",
        by_server: false,
        answer: "created",
        call: |aura| Box::pin(async move { Ok(aura.callouts().dismiss(570).response().await?.attempts()) }),
    },
    Operation {
        name: "aura.callouts.comment",
        safety: Safety::Once,
        verb: "POST",
        path: "/panic-api/callout/570/comments",
        by_server: false,
        answer: "created",
        call: |aura| Box::pin(async move { Ok(aura.callouts().comment(570, "Hello").response().await?.attempts()) }),
    },
];

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

/// What AURA is made to say with this status: ours.
pub(crate) fn error_body(status: u16) -> Value {
    fixture(&format!("ours/error-{status}"))
}
