//! Users, their permissions, and users to add.

use crate::{newfies::control_error::ControlError, secrets::Redacted};
use http::Method;
use std::collections::BTreeSet;

/// A user: a manager, an administrator or a calendar user. `Debug` omits names and secrets.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct User {
    /// Their id.
    pub id: u64,
    /// Their user name.
    pub username: String,
    /// The password column: a salted hash, or the plain text after a change through the API, which doesn't hash it.
    pub password: String,
    /// Their first name.
    pub first_name: String,
    /// Their last name.
    pub last_name: String,
    /// Their email address.
    pub email: String,
    /// Whether they may use the administration pages.
    pub is_staff: bool,
    /// Whether they have all permissions.
    pub is_superuser: bool,
    /// Whether they may log in.
    pub is_active: bool,
    /// The names of their groups.
    pub groups: Vec<String>,
    /// The names of their permissions, such as `add_event`.
    pub permissions: BTreeSet<String>,
    /// The ids of the gateways in their user profile. `None` if they have no such profile.
    pub gateways: Option<BTreeSet<u64>>,
    /// The password that the server accepts; `None` if no password matches the stored column.
    pub(in crate::newfies) accepted_password: Option<String>,
}

debug_fields!(User { id, is_staff, is_superuser, is_active, permissions, gateways });

impl User {
    /// A user without permissions.
    pub(in crate::newfies) fn new(id: u64) -> Self {
        Self {
            id,
            username: String::new(),
            password: String::new(),
            first_name: String::new(),
            last_name: String::new(),
            email: String::new(),
            is_staff: false,
            is_superuser: false,
            is_active: true,
            groups: Vec::new(),
            permissions: BTreeSet::new(),
            gateways: None,
            accepted_password: None,
        }
    }

    /// Whether they are visible under `calendar-user`.
    pub(in crate::newfies) fn is_plain(&self) -> bool {
        !self.is_staff && !self.is_superuser
    }

    /// Whether they have the permission for a method on a model.
    pub(in crate::newfies) fn may(&self, method: &Method, model: &str) -> bool {
        let verb = match method.as_str() {
            "POST" => "add",
            "PUT" | "PATCH" => "change",
            "DELETE" => "delete",
            _ => "view",
        };
        // The views ask for the permissions of calendar users under another application's name.
        self.is_superuser || model != "calendaruser" && self.permissions.contains(&format!("{verb}_{model}"))
    }
}

/// A user to add. By default it is a manager without permissions, whose user profile has all gateways.
///
/// ```
/// use care_emulators::newfies::NewUser;
///
/// # fn main() -> Result<(), care_emulators::newfies::ControlError> {
/// let reader = NewUser::new("reader", "secret").permission("view_event")?;
/// assert!(reader.permission("view_rule").is_err(), "the database has no such permission");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "pass it to `Controller::add_user`"]
pub struct NewUser {
    pub(in crate::newfies) username: String,
    password: Redacted<String>,
    permissions: BTreeSet<String>,
    is_staff: bool,
    is_superuser: bool,
    is_active: bool,
    has_profile: bool,
}

impl NewUser {
    /// A user with these credentials.
    pub fn new(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            username: username.into(),
            password: Redacted(password.into()),
            permissions: BTreeSet::new(),
            is_staff: false,
            is_superuser: false,
            is_active: true,
            has_profile: true,
        }
    }

    /// Makes them a superuser.
    pub fn superuser(mut self) -> Self {
        self.is_superuser = true;
        self
    }

    /// Allows them to use the administration pages, which hides them from `calendar-user`.
    pub fn staff(mut self) -> Self {
        self.is_staff = true;
        self
    }

    /// Forbids them to log in.
    pub fn inactive(mut self) -> Self {
        self.is_active = false;
        self
    }

    /// Omits their user profile, as for a superuser created on the command line. Calendar settings crash for them.
    pub fn without_profile(mut self) -> Self {
        self.has_profile = false;
        self
    }

    /// Grants a permission, such as `add_event` or `view_alarm`.
    ///
    /// # Errors
    ///
    /// The server has no such permission. Its views require some that don't exist.
    pub fn permission(mut self, name: &str) -> Result<Self, ControlError> {
        if !permission_exists(name) {
            return Err(ControlError::UnknownPermission { permission: name.to_owned() });
        }
        self.permissions.insert(name.to_owned());
        Ok(self)
    }

    /// Grants all permissions that an administrator can grant.
    pub fn every_permission(mut self) -> Self {
        self.permissions.extend(all_permissions());
        self
    }

    pub(in crate::newfies) fn user(self, id: u64, hash: String, gateways: BTreeSet<u64>) -> User {
        User {
            username: self.username,
            password: hash,
            is_staff: self.is_staff,
            is_superuser: self.is_superuser,
            is_active: self.is_active,
            permissions: self.permissions,
            gateways: self.has_profile.then_some(gateways),
            accepted_password: Some(self.password.0),
            ..User::new(id)
        }
    }
}

/// The models with the permissions `add`, `change` and `delete`.
const WRITTEN: [&str; 7] =
    ["calendarsetting", "calendaruser", "calendaruserprofile", "calendar", "event", "alarm", "alarmrequest"];

/// The models with the permission `view`. The views of all other models require one that the database doesn't have.
const VIEWED: [&str; 6] = ["calendarsetting", "calendar", "event", "alarm", "survey", "survey_template"];

/// Whether an administrator can grant a permission.
pub(in crate::newfies) fn permission_exists(permission: &str) -> bool {
    match permission.split_once('_') {
        Some(("view", model)) => VIEWED.contains(&model),
        Some(("add" | "change" | "delete", model)) => WRITTEN.contains(&model),
        _ => false,
    }
}

/// All permissions that an administrator can grant.
fn all_permissions() -> impl Iterator<Item = String> {
    let written = WRITTEN.iter().flat_map(|model| ["add", "change", "delete"].map(|verb| format!("{verb}_{model}")));
    written.chain(VIEWED.iter().map(|model| format!("view_{model}")))
}
