//! The settings of an emulator, one by one.

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

    /// What stands before the token in the header `Authorization`. `Bearer` is documented; `JWT` is what older servers of the kind wanted.
    pub fn auth_scheme(mut self, scheme: impl Into<String>) -> Self {
        self.settings.scheme = scheme.into();
        self
    }

    /// What tokens look like.
    pub fn token_form(mut self, form: TokenForm) -> Self {
        self.settings.token_form = form;
        self
    }

    /// How long tokens are valid, by the emulator's clock. The documented sample is valid for 180 days.
    pub fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.settings.token_lifetime = lifetime;
        self
    }

    /// The status for a wrong user name or password. None is documented.
    pub fn sign_in_refusal(mut self, status: StatusCode) -> Self {
        self.settings.sign_in_refusal = status;
        self
    }

    /// Gives null for the pictures of the account.
    pub fn without_avatars(mut self) -> Self {
        self.settings.avatars = false;
        self
    }

    /// The status of a create that was done. None is documented.
    pub fn create_status(mut self, status: StatusCode) -> Self {
        self.settings.create_status = status;
        self
    }

    /// The identifier of the first provider. Each one that follows has the next number.
    pub fn provider_id(mut self, first: u64) -> Self {
        self.settings.first_provider = first;
        self
    }

    /// When webhooks stand in answers.
    pub fn webhook_echo(mut self, echo: WebhookEcho) -> Self {
        self.settings.webhook_echo = echo;
        self
    }

    /// Shows webhooks without their `id`.
    pub fn webhooks_without_id(mut self) -> Self {
        self.settings.webhook_ids = false;
        self
    }

    /// How coordinates stand in answers.
    pub fn coordinates(mut self, form: CoordinateForm) -> Self {
        self.settings.coordinates = form;
        self
    }

    /// Writes times in answers with an offset of this many hours in place of `Z`, at most 23 to either side.
    pub fn utc_offset(mut self, hours: i32) -> Self {
        self.settings.offset = offset(hours);
        self
    }

    /// What the answer with a list is.
    pub fn list_shape(mut self, shape: ListShape) -> Self {
        self.settings.list_shape = shape;
        self
    }

    /// By which parameters lists are paged.
    pub fn paging(mut self, paging: Paging) -> Self {
        self.settings.paging = paging;
        self
    }

    /// How many items a page has at most; at least one.
    pub fn page_size(mut self, items: usize) -> Self {
        self.settings.page_size = items.max(1);
        self
    }

    /// Lets the last page of a list lead to itself as the next one.
    pub fn endless_lists(mut self) -> Self {
        self.settings.endless_lists = true;
        self
    }

    /// What the addresses in answers begin with, before the path's prefix: scheme and host.
    ///
    /// They don't lead to the emulator, as the vendor's, which have plain `http` and a private address, don't lead to its API.
    pub fn link_origin(mut self, origin: impl Into<String>) -> Self {
        self.settings.links = origin.into();
        self
    }

    /// Answers a path with a slash too many or too few with 301 to the right one, which loses a POST. Else there is no such path (404).
    pub fn slash_redirects(mut self) -> Self {
        self.settings.slash_redirects = true;
        self
    }

    /// Takes providers for residents, which the vendor's page calls not yet implemented. Else they get 400.
    pub fn takes_residents(mut self) -> Self {
        self.settings.residents = true;
        self
    }

    /// How providers can be updated. No document says.
    pub fn updates(mut self, updates: Updates) -> Self {
        self.settings.updates = updates;
        self
    }

    /// Lets providers be deleted by `DELETE`, with 204. No document says that they can be; else that gets 405.
    pub fn deletes(mut self) -> Self {
        self.settings.deletes = true;
        self
    }

    /// Lets a `PUT` without a list of notifiers remove those that there are. Else they stay.
    pub fn absent_list_clears(mut self) -> Self {
        self.settings.absent_list_clears = true;
        self
    }

    /// Lets an update with an empty list of notifiers keep those that there are. Else they are removed.
    pub fn empty_list_keeps(mut self) -> Self {
        self.settings.empty_list_keeps = true;
        self
    }

    /// When deliveries to webhooks are repeated.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.settings.schedule = schedule;
        self
    }

    /// What is posted to webhooks. No document shows a body.
    pub fn payload(mut self, of: impl Fn(&AssistanceRequest) -> Payload + Send + Sync + 'static) -> Self {
        self.settings.payload = Some(Arc::new(of));
        self
    }
}
