//! The builder's setters.

use crate::{
    caremessenger::{
        builder::EmulatorBuilder,
        delivery::{payload::Payload, schedule::Schedule},
        provider::AssistanceRequest,
        settings::{CoordinateForm, ListShape, Paging, TokenForm, Updates, WebhookEcho},
    },
    clock::offset,
};
use http::StatusCode;
use std::{sync::Arc, time::Duration};

impl EmulatorBuilder {
    /// The user name and password of the administrator's account.
    pub fn credentials(mut self, username: impl Into<String>, password: impl Into<String>) -> Self {
        (self.settings.username, self.settings.password) = (username.into(), password.into());
        self
    }

    /// The scheme in the header `Authorization`. `Bearer` is documented; older servers of this kind used `JWT`.
    pub fn auth_scheme(mut self, scheme: impl Into<String>) -> Self {
        self.settings.scheme = scheme.into();
        self
    }

    /// The form of tokens.
    pub fn token_form(mut self, form: TokenForm) -> Self {
        self.settings.token_form = form;
        self
    }

    /// The lifetime of tokens, by the emulator's clock. The documented sample is valid for 180 days.
    pub fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.settings.token_lifetime = lifetime;
        self
    }

    /// The status for a wrong user name or password, which isn't documented.
    pub fn sign_in_refusal(mut self, status: StatusCode) -> Self {
        self.settings.sign_in_refusal = status;
        self
    }

    /// Sends null for the account's avatars.
    pub fn without_avatars(mut self) -> Self {
        self.settings.avatars = false;
        self
    }

    /// The status of a successful create, which isn't documented.
    pub fn create_status(mut self, status: StatusCode) -> Self {
        self.settings.create_status = status;
        self
    }

    /// The identifier of the first provider. Later ones count up from it.
    pub fn provider_id(mut self, first: u64) -> Self {
        self.settings.first_provider = first;
        self
    }

    /// When responses include webhooks.
    pub fn webhook_echo(mut self, echo: WebhookEcho) -> Self {
        self.settings.webhook_echo = echo;
        self
    }

    /// Omits the `id` of webhooks.
    pub fn webhooks_without_id(mut self) -> Self {
        self.settings.webhook_ids = false;
        self
    }

    /// The form of coordinates in responses.
    pub fn coordinates(mut self, form: CoordinateForm) -> Self {
        self.settings.coordinates = form;
        self
    }

    /// Writes times in responses with an offset of this many hours instead of `Z`; between -23 and 23.
    pub fn utc_offset(mut self, hours: i32) -> Self {
        self.settings.offset = offset(hours);
        self
    }

    /// The shape of lists.
    pub fn list_shape(mut self, shape: ListShape) -> Self {
        self.settings.list_shape = shape;
        self
    }

    /// The paging parameters of lists.
    pub fn paging(mut self, paging: Paging) -> Self {
        self.settings.paging = paging;
        self
    }

    /// The largest number of items on a page; at least one.
    pub fn page_size(mut self, items: usize) -> Self {
        self.settings.page_size = items.max(1);
        self
    }

    /// Makes the last page of a list link to itself as the next one.
    pub fn endless_lists(mut self) -> Self {
        self.settings.endless_lists = true;
        self
    }

    /// Scheme and host of the links in responses, before the path prefix.
    ///
    /// By default they don't lead to the emulator: the vendor's links, with plain `http` and a private address, don't
    /// lead to its API either.
    pub fn link_origin(mut self, origin: impl Into<String>) -> Self {
        self.settings.links = origin.into();
        self
    }

    /// Redirects (301) a path with a missing or extra slash to the right one, which loses a POST. By default such a
    /// path gets 404.
    pub fn slash_redirects(mut self) -> Self {
        self.settings.slash_redirects = true;
        self
    }

    /// Accepts providers of residents, which the vendor's page calls not yet implemented. By default they get 400.
    pub fn takes_residents(mut self) -> Self {
        self.settings.residents = true;
        self
    }

    /// The methods that update providers, which aren't documented.
    pub fn updates(mut self, updates: Updates) -> Self {
        self.settings.updates = updates;
        self
    }

    /// Accepts `DELETE` of a provider, with 204. It isn't documented; by default it gets 405.
    pub fn deletes(mut self) -> Self {
        self.settings.deletes = true;
        self
    }

    /// Makes a `PUT` without a list of notifiers remove them. By default they stay.
    pub fn absent_list_clears(mut self) -> Self {
        self.settings.absent_list_clears = true;
        self
    }

    /// Makes an update with an empty list of notifiers keep them. By default they are removed.
    pub fn empty_list_keeps(mut self) -> Self {
        self.settings.empty_list_keeps = true;
        self
    }

    /// The schedule of deliveries to webhooks.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.settings.schedule = schedule;
        self
    }

    /// The body that is posted to webhooks, which isn't documented.
    pub fn payload(mut self, of: impl Fn(&AssistanceRequest) -> Payload + Send + Sync + 'static) -> Self {
        self.settings.payload = Some(Arc::new(of));
        self
    }
}
