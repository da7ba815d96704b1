//! Users of every kind.

use std::collections::BTreeSet;

use super::debug_fields;

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
    pub(in super::super) opens: Option<String>,
}

debug_fields!(User { id, is_staff, is_superuser, is_active, permissions, gateways });

impl User {
    /// One without any right.
    pub(in super::super) fn new(id: u64) -> Self {
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
            opens: None,
        }
    }

    /// Whether `calendar-user` reaches them.
    pub(in super::super) fn is_plain(&self) -> bool {
        !self.is_staff && !self.is_superuser
    }
}
