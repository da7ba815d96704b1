//! The administrator's account.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::moment;
use super::settings::Settings;

/// Its identifier.
pub(super) const ID: u64 = 1;

/// Its mail address.
pub(super) const EMAIL: &str = "administrator@example.com";

/// Whose it is.
const NAME: &str = "Kim Example";

/// The account as the answer to a sign-in shows it.
pub(super) fn show(settings: &Settings, joined: DateTime<Utc>) -> Value {
    let (first_name, last_name) = NAME.split_once(' ').unwrap_or((NAME, ""));
    let mut shown = json!({
        "id": ID,
        "online": false,
        "user_type": "customeradmin",
        "username": settings.username,
        "email": EMAIL,
        "slug": settings.username.to_lowercase(),
        "first_name": first_name,
        "last_name": last_name,
        "is_active": true,
        "date_joined": moment::write(joined, settings.offset),
        "locale": "en-GB",
        "time_zone": "Europe/London",
    });
    for key in ["avatar", "avatar_original", "avatar_thumb", "avatar_large"] {
        shown[key] = json!(settings.avatars.then(|| format!("{}/media/{ID}/{key}.png", settings.links)));
    }
    shown
}
