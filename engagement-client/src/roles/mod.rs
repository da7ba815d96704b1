//! Roles: what users may do.

mod permission;

pub use permission::Permission;

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::RoleId,
    resource::{creatable, resource},
};
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A role: what its users may do.
///
/// The service answers each permission as a flag of its own; they are read into one map, so that new ones aren't lost.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Role",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// Its label.
    pub label: Option<String>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    flags: Flags,
}

/// The other keys of the answer: those with a boolean are permissions.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
struct Flags(BTreeMap<Box<str>, bool>);

impl<'de> Deserialize<'de> for Flags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys = BTreeMap::<Box<str>, Value>::deserialize(deserializer)?;
        Ok(Self(keys.into_iter().filter_map(|(key, value)| Some((key, value.as_bool()?))).collect()))
    }
}

impl Role {
    /// Whether its users may do this. `None` if the service doesn't say.
    #[must_use]
    pub fn allows(&self, permission: &Permission) -> Option<bool> {
        self.flags.0.get(permission.as_str()).copied()
    }

    /// All permissions that the service names, with whether the role has them.
    pub fn permissions(&self) -> impl Iterator<Item = (Permission, bool)> + '_ {
        self.flags.0.iter().map(|(word, allowed)| (Permission::from(&**word), *allowed))
    }
}

resource! { Role(RoleId) at "roles", called "the role", named "roles" { list, get, update } }

/// A list of roles, with its filters.
pub type ListRoles = List<Role>;
creatable! { Role at "roles", named "roles", needs ["label"] }

/// A new role. Made by [`NewRole::labelled`].
pub type NewRole = New<Role>;
/// A change of a role.
pub type RolePatch = Patch<Role>;

impl New<Role> {
    /// A role with this label.
    pub fn labelled(label: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.set("label", label.into());
        new
    }
}

macro_rules! permissions {
    ($type:ty) => {
        impl $type {
            /// Lets its users do this. What the token's user may not do is silently left out by the service: check the
            /// answer.
            pub fn allow(mut self, permission: &Permission) -> Self {
                self.params.set(permission.as_str().to_owned(), "true");
                self
            }

            /// Forbids its users to do this.
            pub fn forbid(mut self, permission: &Permission) -> Self {
                self.params.set(permission.as_str().to_owned(), "false");
                self
            }
        }
    };
}

permissions! { New<Role> }
permissions! { Patch<Role> }

handle! {
    /// The operations on roles. Changes need the permission `manage_roles`. The service can't delete a role by this
    /// API.
    /// Returned by [`Engagement::roles`](crate::Engagement::roles).
    Roles
}

operations! {
    Roles of Role(RoleId) at "roles", called "role", "roles";
    /// Oldest first.
    list,
    get,
    create,
    update
}
