//! Topologies: the steps by which tasks are routed to agents.

use crate::{
    endpoints::{Act, Collection, Delete, Get, ListAll, New, Patch, Update},
    handle::handle,
    ids::TopologyId,
    params::setters,
    resource::{Creatable, Updatable, action, operation, resource},
};
use care_client_core::{Call, Operation, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A topology: the steps by which tasks are routed to agents.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Topology",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Topology {
    /// Its id.
    pub id: TopologyId,
    /// Its name.
    pub name: Option<String>,
    /// Its steps.
    pub config: Option<Map<String, Value>>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! { Topology(TopologyId) at "topologies", called "the topology", named "topologies" { get, delete } }

impl Collection for Topology {
    const ALL: Operation = operation!("topologies", "list", Read, "topologies");
    const PATH: &'static [&'static str] = &["topologies"];
}

impl Creatable for Topology {
    const CREATE: Operation = operation!("topologies", "create", Once, "topologies");
    const FORM: bool = true;
}

impl Updatable for Topology {
    const UPDATE: Operation = operation!("topologies", "update", Idempotent, "topologies", "/{id}");
    const FORM: bool = true;
}

action! {
    /// Makes a topology the active one. Safety: [`Idempotent`](crate::Safety::Idempotent).
    ActivateTopology on Topology: PUT "topologies" / "activate", named "topologies" "activate", Idempotent
}

/// A new topology. Made by [`NewTopology::named`].
pub type NewTopology = New<Topology>;
/// A change of a topology.
pub type TopologyPatch = Patch<Topology>;

impl New<Topology> {
    /// A topology with this name and these steps.
    pub fn named(name: impl Into<String>, config: &Value) -> Self {
        let mut new = Self::empty();
        new.params.set("name", name.into());
        new.params.set("json_config", config.to_string());
        new
    }
}

setters! {
    impl Patch<Topology> {
        /// Sets its name.
        text name("name");
    }
}

impl Patch<Topology> {
    /// Sets its steps. Only inactive topologies can be changed.
    pub fn config(mut self, config: &Value) -> Self {
        self.params.set("json_config", config.to_string());
        self
    }
}

handle! {
    /// The operations on topologies. They need the permission `manage_topologies`.
    /// Returned by [`Engagement::topologies`](crate::Engagement::topologies).
    Topologies
}

impl Topologies<'_> {
    /// Lists all topologies, by name: `GET /topologies`. The service doesn't page this list.
    pub fn list(self) -> Call<ListAll<Topology>> {
        self.pipeline.call(ListAll::new())
    }

    /// Gets one topology: `GET /topologies/{topologyId}`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is invalid. 404 if there is none with this id.
    pub fn get(self, id: impl Into<TopologyId>) -> Call<Get<Topology>> {
        self.pipeline.call(Get::new(id.into()))
    }

    /// Creates a topology: `POST /topologies`.
    ///
    /// # Errors
    ///
    /// 422 if a parameter is refused: [`ApiFault`](crate::ApiFault) names it.
    pub fn create(self, new: NewTopology) -> Call<New<Topology>> {
        self.pipeline.call(new)
    }

    /// Changes a topology: `PUT /topologies/{topologyId}`. Only inactive ones can be changed.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get); [`Kind::Request`](crate::Kind::Request) if nothing is set. 422 if a parameter
    /// is refused.
    pub fn update(self, id: impl Into<TopologyId>, patch: TopologyPatch) -> Call<Update<Topology>> {
        self.pipeline.call(Update::new(id.into(), patch))
    }

    /// Deletes a topology: `DELETE /topologies/{topologyId}`.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    pub fn delete(self, id: impl Into<TopologyId>) -> Call<Delete<Topology>> {
        self.pipeline.call(Delete::new(id.into()))
    }

    /// Makes a topology the active one: `PUT /topologies/{topologyId}/activate`.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    pub fn activate(self, id: impl Into<TopologyId>) -> Call<Act<ActivateTopology>> {
        self.pipeline.call(Act::new(id.into()))
    }
}
