//! What a user is added with.

use std::collections::BTreeSet;

use super::control_error::ControlError;
use super::permissions;
use super::rows::User;
use crate::unseen::Unseen;

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
    pub(super) username: String,
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
        if !permissions::exists(name) {
            return Err(ControlError::UnknownPermission { permission: name.to_owned() });
        }
        self.permissions.insert(name.to_owned());
        Ok(self)
    }

    /// Lets them do all that an administrator can grant.
    pub fn every_permission(mut self) -> Self {
        self.permissions.extend(permissions::all());
        self
    }

    pub(super) fn user(self, id: u64, hash: String, gateways: BTreeSet<u64>) -> User {
        User {
            username: self.username,
            password: hash,
            is_staff: self.is_staff,
            is_superuser: self.is_superuser,
            is_active: self.is_active,
            permissions: self.permissions,
            gateways: self.has_profile.then_some(gateways),
            opens: Some(self.password.0),
            ..User::new(id)
        }
    }
}
