//! Webhooks: addresses that the service posts events to. Registering them; the posts themselves are received by
//! `care-webhook`.
//!
//! A webhook belongs to the access token that registers it. The specification asks for that token in the query too,
//! beside the header; this crate sends it in the header alone, as the guide has it for every request.

mod model;

pub use model::{Webhook, WebhookEvent, WebhookToken};

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::WebhookId,
    params::setters,
    resource::{Creatable, Updatable, operation, resource},
};
use care_client_core::{Operation, Secret};

resource! { Webhook(WebhookId) at "webhooks", called "the webhook", named "webhooks" { list, get, delete } }

/// A list of webhooks, with its filters.
pub type ListWebhooks = List<Webhook>;

impl Creatable for Webhook {
    const CREATE: Operation = operation!("webhooks", "create", Once, "webhooks");
    const REQUIRED: &'static [&'static str] = &["url", "registered_events[]"];
    const FORM: bool = true;
}

impl Updatable for Webhook {
    const UPDATE: Operation = operation!("webhooks", "update", Idempotent, "webhooks", "/{id}");
    const FORM: bool = true;
}

/// A new webhook. Made by [`NewWebhook::at`].
pub type NewWebhook = New<Webhook>;
/// A change of a webhook.
pub type WebhookPatch = Patch<Webhook>;

impl New<Webhook> {
    /// A webhook that posts these events to an address. The address must be unique among those of the token; use https.
    pub fn at(url: impl Into<String>, events: impl IntoIterator<Item = WebhookEvent>) -> Self {
        let mut new = Self::empty();
        new.params.set("url", url.into());
        let events: Vec<String> = events.into_iter().map(|event| event.to_string()).collect();
        if events.is_empty() {
            new.params.reject("no event: name at least one for the webhook");
        }
        new.params.list("registered_events[]", events);
        new
    }
}

macro_rules! secrets {
    ($type:ty) => {
        impl $type {
            /// Sets the token that the service sends when it verifies the address.
            pub fn verify_token(mut self, token: impl Into<Secret>) -> Self {
                self.params.set("verify_token", token.into().expose().to_owned());
                self
            }

            /// Sets the secret that the service sends with each post, in `X-Dimelo-Secret`.
            pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
                self.params.set("secret", secret.into().expose().to_owned());
                self
            }
        }
    };
}

secrets! { New<Webhook> }
secrets! { Patch<Webhook> }

setters! {
    impl New<Webhook> {
        /// Sets whether it is active. An inactive one isn't verified.
        flag active("active");
        /// Sets its name. Default: made from the address and the token's name by the service.
        text name("name");
        /// Sets whether it gets the events of the staging system, not those of production.
        flag staging_use("staging_use");
    }
}
setters! {
    impl Patch<Webhook> {
        /// Sets the address.
        text url("url");
        /// Sets whether it is active. An inactive one isn't verified.
        flag active("active");
        /// Sets its name.
        text name("name");
        /// Sets whether it gets the events of the staging system, not those of production.
        flag staging_use("staging_use");
        /// Sets the events that it gets.
        values events("registered_events[]"): WebhookEvent;
    }
}

handle! {
    /// The operations on webhooks. Those of other tokens need the permission `manage_api_access_tokens`.
    /// Returned by [`Engagement::webhooks`](crate::Engagement::webhooks).
    Webhooks
}

operations! {
    Webhooks of Webhook(WebhookId) at "webhooks", called "webhook", "webhooks";
    /// Active ones first.
    list,
    get,
    /// The service then verifies the address, and disables the webhook if that fails.
    create,
    /// A new secret makes the service verify the address again.
    update,
    delete
}
