//! What users may be allowed to do.

use http::Method;

use super::rows::User;

/// Models that have permissions to be added, changed and deleted by their own names.
const WRITTEN: [&str; 7] =
    ["calendarsetting", "calendaruser", "calendaruserprofile", "calendar", "event", "alarm", "alarmrequest"];

/// Models that have a permission to be viewed. The views of all others ask for one that isn't in the database.
const VIEWED: [&str; 6] = ["calendarsetting", "calendar", "event", "alarm", "survey", "survey_template"];

/// Whether an administrator can grant it.
pub(super) fn exists(permission: &str) -> bool {
    match permission.split_once('_') {
        Some(("view", model)) => VIEWED.contains(&model),
        Some(("add" | "change" | "delete", model)) => WRITTEN.contains(&model),
        _ => false,
    }
}

/// All that an administrator can grant.
pub(super) fn all() -> impl Iterator<Item = String> {
    let written = WRITTEN.iter().flat_map(|model| ["add", "change", "delete"].map(|verb| format!("{verb}_{model}")));
    written.chain(VIEWED.iter().map(|model| format!("view_{model}")))
}

/// Whether a user may do on a model what a method means.
pub(super) fn allow(user: &User, method: &Method, model: &str) -> bool {
    let verb = match method.as_str() {
        "POST" => "add",
        "PUT" | "PATCH" => "change",
        "DELETE" => "delete",
        _ => "view",
    };
    // Those of calendar users are filed under another application's name than the views ask for.
    user.is_superuser || model != "calendaruser" && user.permissions.contains(&format!("{verb}_{model}"))
}
