//! Objects in responses.

use crate::caremessenger::{
    account,
    directory::{Customer, Record, Resident, Site, Target},
    provider::{AssistanceRequest, Provider},
    settings::{CoordinateForm, Settings, WebhookEcho},
    state::State,
};
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde_json::{Map, Number, Value, json};

/// Renders stored objects.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) settings: &'a Settings,
    pub(super) state: &'a State,
}

impl View<'_> {
    /// A provider, with its complete target object.
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

    /// A customer, site or resident; null once it is removed.
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
        write_time(time, self.settings.offset)
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

/// The account in the response to a sign-in.
pub(super) fn account(settings: &Settings, joined: DateTime<Utc>) -> Value {
    let (first_name, last_name) = account::NAME.split_once(' ').unwrap_or((account::NAME, ""));
    let mut shown = json!({
        "id": account::ID,
        "online": false,
        "user_type": "customeradmin",
        "username": settings.username,
        "email": account::EMAIL,
        "slug": settings.username.to_lowercase(),
        "first_name": first_name,
        "last_name": last_name,
        "is_active": true,
        "date_joined": write_time(joined, settings.offset),
        "locale": "en-GB",
        "time_zone": "Europe/London",
    });
    for key in ["avatar", "avatar_original", "avatar_thumb", "avatar_large"] {
        shown[key] = json!(settings.avatars.then(|| format!("{}/media/{}/{key}.png", settings.links, account::ID)));
    }
    shown
}

/// A time in a response: with microseconds unless they are zero, and with `Z` or the offset.
pub(super) fn write_time(time: DateTime<Utc>, offset: FixedOffset) -> String {
    let form = if time.timestamp_subsec_micros() == 0 { SecondsFormat::Secs } else { SecondsFormat::Micros };
    time.with_timezone(&offset).to_rfc3339_opts(form, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_has_six_digits_or_none() {
        let utc = FixedOffset::east_opt(0).unwrap();
        let time = |micros: u32| DateTime::from_timestamp(1_500_000_000, micros * 1000).unwrap();
        assert_eq!(write_time(time(1200), utc), "2017-07-14T02:40:00.001200Z");
        assert_eq!(write_time(time(0), utc), "2017-07-14T02:40:00Z");
        assert_eq!(write_time(time(5), FixedOffset::east_opt(3600).unwrap()), "2017-07-14T03:40:00.000005+01:00");
    }
}
