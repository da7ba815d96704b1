//! What answers show.

use chrono::{DateTime, Utc};
use serde_json::{Map, Number, Value, json};

use super::assistance_request::AssistanceRequest;
use super::moment;
use super::places::{Customer, Record, Resident, Site};
use super::provider::Provider;
use super::settings::{CoordinateForm, Settings, WebhookEcho};
use super::state::State;
use super::target::Target;

/// Shows what is in store.
#[derive(Clone, Copy)]
pub(super) struct Show<'a> {
    pub(super) settings: &'a Settings,
    pub(super) state: &'a State,
}

impl Show<'_> {
    /// A provider, with the object that it hangs on in full.
    pub(super) fn provider(self, provider: &Provider) -> Value {
        let emails = provider.emails.iter();
        let emails = emails.map(|to| json!({ "id": to.id, "name": to.name, "email": to.email }));
        let mut shown = json!({
            "id": provider.id,
            "name": provider.name,
            "label": provider.label,
            "type": provider.target.kind(),
            "content_object": self.object(provider.target),
            "email_notifiers": emails.collect::<Vec<_>>(),
        });
        let echoed = match self.settings.webhook_echo {
            WebhookEcho::WhenAny => !provider.webhooks.is_empty(),
            WebhookEcho::Always => true,
            WebhookEcho::Never => false,
        };
        if echoed {
            let webhooks = provider.webhooks.iter().map(|to| {
                let mut shown =
                    Map::from_iter([("name".to_owned(), json!(to.name)), ("url".to_owned(), json!(to.url))]);
                if self.settings.webhook_ids {
                    shown.insert("id".to_owned(), json!(to.id));
                }
                shown
            });
            shown["webhook_notifiers"] = json!(webhooks.collect::<Vec<_>>());
        }
        shown
    }

    /// A customer, site or resident; null when it is gone.
    pub(super) fn object(self, target: Target) -> Value {
        let (state, id) = (self.state, target.id());
        let shown = match target {
            Target::Customer(_) => state.customers.get(&id).map(|customer| self.customer(id, customer)),
            Target::Site(_) => state.sites.get(&id).map(|site| self.site(id, site)),
            Target::Resident(_) => state.residents.get(&id).map(|resident| self.resident(id, resident)),
        };
        shown.unwrap_or_default()
    }

    /// A request for assistance.
    pub(super) fn request(self, request: &AssistanceRequest) -> Value {
        let AssistanceRequest { id, provider, resident, created, .. } = request;
        json!({ "id": id, "assistance_provider": provider, "resident": resident, "created": self.time(*created) })
    }

    fn time(self, time: DateTime<Utc>) -> String {
        moment::write(time, self.settings.offset)
    }

    fn record(self, id: u64, record: &Record) -> Value {
        json!({
            "id": id,
            "name": record.name,
            "slug": record.slug(),
            "created": self.time(record.created),
            "modified": self.time(record.modified),
            "is_active": true,
        })
    }

    fn customer(self, id: u64, customer: &Customer) -> Value {
        self.record(id, &customer.record)
    }

    fn site(self, id: u64, site: &Site) -> Value {
        let mut shown = self.record(id, &site.record);
        shown["customer"] = json!(site.customer);
        shown["lat"] = self.coordinate(site.position.map(|(lat, _)| lat));
        shown["lon"] = self.coordinate(site.position.map(|(_, lon)| lon));
        shown["calendar"] = json!(site.calendar);
        shown
    }

    fn resident(self, id: u64, resident: &Resident) -> Value {
        let mut shown = self.record(id, &resident.record);
        shown["site"] = json!(resident.site);
        shown
    }

    fn coordinate(self, degrees: Option<f64>) -> Value {
        let Some(degrees) = degrees else { return Value::Null };
        match self.settings.coordinates {
            CoordinateForm::Text => format!("{degrees:.6}").into(),
            CoordinateForm::Number => Number::from_f64(degrees).map_or(Value::Null, Value::Number),
        }
    }
}
