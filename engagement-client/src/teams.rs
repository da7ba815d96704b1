//! Teams of users.

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::{TeamId, UserId},
    params::setters,
    resource::{creatable, resource},
};
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A team of users.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Team",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: Option<String>,
    /// The users who lead it.
    pub leader_ids: Option<Vec<UserId>>,
    /// The users in it.
    pub user_ids: Option<Vec<UserId>>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! { Team(TeamId) at "teams", called "the team", named "teams" { list, get, update, delete } }

/// A list of teams, with its filters.
pub type ListTeams = List<Team>;
creatable! { Team at "teams", named "teams", needs ["name"] }

/// A new team. Made by [`NewTeam::named`].
pub type NewTeam = New<Team>;
/// A change of a team.
pub type TeamPatch = Patch<Team>;

impl New<Team> {
    /// A team with this name.
    pub fn named(name: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.set("name", name.into());
        new
    }
}

setters! {
    impl New<Team> {
        /// Sets the users who lead it; none clears them.
        ids leaders("leader_ids[]"): UserId;
        /// Sets the users in it; none clears them.
        ids users("user_ids[]"): UserId;
    }
}
setters! {
    impl Patch<Team> {
        /// Sets its name.
        text name("name");
        /// Sets the users who lead it; none clears them.
        ids leaders("leader_ids[]"): UserId;
        /// Sets the users in it; none clears them.
        ids users("user_ids[]"): UserId;
    }
}

handle! {
    /// The operations on teams. Changes need the permission `manage_teams`.
    /// Returned by [`Engagement::teams`](crate::Engagement::teams).
    Teams
}

operations! {
    Teams of Team(TeamId) at "teams", called "team", "teams";
    /// Oldest first.
    list,
    get,
    create,
    update,
    delete
}
