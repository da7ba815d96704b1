//! Users of every kind.

use crate::{newfies::control_error::ControlError, unseen::Unseen};
use http::Method;
use std::collections::BTreeSet;

/// A user: a manager, an administrator or a calendar user. `Debug` shows neither names nor secrets.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct User {
    /// Their id.
    pub id: u64,
    /// Their user name.
    pub username: String,
    /// The column of the password: a salted hash, unless somebody has changed it by the API, which stores the text itself.
    pub password: String,
    /// Their first name.
    pub first_name: String,
    /// Their last name.
    pub last_name: String,
    /// Their address for mails.
    pub email: String,
    /// Whether they may use the pages of the administration.
    pub is_staff: bool,
    /// Whether they may do everything.
    pub is_superuser: bool,
    /// Whether they may log in at all.
    pub is_active: bool,
    /// The names of their groups.
    pub groups: Vec<String>,
    /// The names of their permissions, such as `add_event`.
    pub permissions: BTreeSet<String>,
    /// The ids of the gateways in their user profile. `None` if they have no such profile.
    pub gateways: Option<BTreeSet<u64>>,
    /// The password that opens the server, if any does: what is stored isn't the hash of a text that was stored as it is.
    pub(in crate::newfies) accepted_password: Option<String>,
}

debug_fields!(User { id, is_staff, is_superuser, is_active, permissions, gateways });

impl User {
    /// One without any right.
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

    /// Whether `calendar-user` reaches them.
    pub(in crate::newfies) fn is_plain(&self) -> bool {
        !self.is_staff && !self.is_superuser
    }

    /// Whether they may do on a model what a method means.
    pub(in crate::newfies) fn may(&self, method: &Method, model: &str) -> bool {
        let verb = match method.as_str() {
            "POST" => "add",
            "PUT" | "PATCH" => "change",
            "DELETE" => "delete",
            _ => "view",
        };
        // Those of calendar users are filed under another application's name than the views ask for.
        self.is_superuser || model != "calendaruser" && self.permissions.contains(&format!("{verb}_{model}"))
    }
}

/// A user who is to be added: a manager without permissions unless told otherwise. They have a user profile with all gateways that there are.
///
/// ```
/// use care_emulators::newfies::NewUser;
///
/// # fn main() -> Result<(), care_emulators::newfies::ControlError> {
/// let reader = NewUser::new("reader", "secret").permission("view_event")?.permission("view_alarm")?;
/// assert!(NewUser::new("reader", "secret").permission("view_rule").is_err(), "nobody has ever had that one");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "they are added by `Controller::add_user`"]
pub struct NewUser {
    pub(in crate::newfies) username: String,
    password: Unseen<String>,
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
            password: Unseen(password.into()),
            permissions: BTreeSet::new(),
            is_staff: false,
            is_superuser: false,
            is_active: true,
            has_profile: true,
        }
    }

    /// Lets them do everything.
    pub fn superuser(mut self) -> Self {
        self.is_superuser = true;
        self
    }

    /// Lets them use the pages of the administration, which hides them from `calendar-user`.
    pub fn staff(mut self) -> Self {
        self.is_staff = true;
        self
    }

    /// Locks them out.
    pub fn inactive(mut self) -> Self {
        self.is_active = false;
        self
    }

    /// Leaves their user profile out, as a superuser made on the command line has none. Calendar settings break for them.
    pub fn without_profile(mut self) -> Self {
        self.has_profile = false;
        self
    }

    /// Lets them do one thing, such as `add_event` or `view_alarm`.
    ///
    /// # Errors
    ///
    /// The server has no such permission. Some that its views ask for are among those.
    pub fn permission(mut self, name: &str) -> Result<Self, ControlError> {
        if !permission_exists(name) {
            return Err(ControlError::UnknownPermission { permission: name.to_owned() });
        }
        self.permissions.insert(name.to_owned());
        Ok(self)
    }

    /// Lets them do all that an administrator can grant.
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

/// Models that have permissions to be added, changed and deleted by their own names.
const WRITTEN: [&str; 7] =
    ["calendarsetting", "calendaruser", "calendaruserprofile", "calendar", "event", "alarm", "alarmrequest"];

/// Models that have a permission to be viewed. The views of all others ask for one that isn't in the database.
const VIEWED: [&str; 6] = ["calendarsetting", "calendar", "event", "alarm", "survey", "survey_template"];

/// Whether an administrator can grant it.
pub(in crate::newfies) fn permission_exists(permission: &str) -> bool {
    match permission.split_once('_') {
        Some(("view", model)) => VIEWED.contains(&model),
        Some(("add" | "change" | "delete", model)) => WRITTEN.contains(&model),
        _ => false,
    }
}

/// All that an administrator can grant.
fn all_permissions() -> impl Iterator<Item = String> {
    let written = WRITTEN.iter().flat_map(|model| ["add", "change", "delete"].map(|verb| format!("{verb}_{model}")));
    written.chain(VIEWED.iter().map(|model| format!("view_{model}")))
}
