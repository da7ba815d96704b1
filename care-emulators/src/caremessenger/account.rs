//! The administrator's account.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::moment;
use super::settings::Settings;

/// Its identifier.
pub(super) const ID: u64 = 1;

/// Its mail address.
pub(super) const EMAIL: &str = "administrator@example.com";

/// The account as the answer to a sign-in shows it.
pub(super) fn show(settings: &Settings, joined: DateTime<Utc>) -> Value {
    let avatar = |size: &str| settings.avatars.then(|| format!("{}/media/avatars/{ID}/{size}.png", settings.links));
    json!({
        "id": ID,
        "online": false,
        "user_type": "customeradmin",
        "username": settings.username,
        "email": EMAIL,
        "slug": settings.username.to_lowercase(),
        "first_name": "Alex",
        "last_name": "Example",
        "is_active": true,
        "date_joined": moment::write(joined, settings.offset),
        "locale": "en-GB",
        "time_zone": "Europe/London",
        "avatar": avatar("medium"),
        "avatar_original": avatar("original"),
        "avatar_thumb": avatar("thumb"),
        "avatar_large": avatar("large"),
    })
}
