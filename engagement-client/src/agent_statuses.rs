//! Agent statuses: whether agents take tasks, by channel.

use crate::{
    endpoints::{Collection, ListAll, status_hint},
    handle::handle,
    ids::{CategoryId, ChannelId, ObjectId as _, PresenceStatusId, SourceId, TeamId, UserId},
    params::{Params, setters},
    resource::operation,
};
use care_client_core::{Call, DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, wire::open_enum};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Whether an agent takes tasks, by channel.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "AgentStatus",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AgentStatus {
    /// The agent.
    pub agent_id: Option<UserId>,
    /// The agent's state on each channel.
    pub channels: Option<Vec<AgentStatusChannel>>,
    /// The presence status that the agent has chosen.
    pub custom_status: Option<CustomStatus>,
}

/// An agent's state on one channel.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "AgentStatusChannel",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AgentStatusChannel {
    /// The channel.
    pub id: Option<ChannelId>,
    /// Its name.
    pub name: Option<String>,
    /// Whether the agent is available; `None` if not connected.
    pub status: Option<Availability>,
    /// How busy the agent is.
    pub busyness: Option<Busyness>,
}

/// The presence status that an agent has chosen.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "AgentCustomStatus",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CustomStatus {
    /// The presence status.
    pub id: Option<PresenceStatusId>,
}

open_enum! {
    /// Whether an agent is available on a channel.
    pub enum Availability {
        /// Available: takes tasks.
        Available = "available",
        /// Away: takes no tasks.
        Away = "away",
    }
}

open_enum! {
    /// How busy an agent is on a channel.
    pub enum Busyness {
        /// Without a task.
        Unoccupied = "unoccupied",
        /// Below the soft limit.
        Ok = "ok",
        /// Above the soft limit.
        Busy = "busy",
        /// At the hard limit: takes no more.
        Full = "full",
    }
}

impl AgentStatus {
    /// Whether a new task of this channel can be given to the agent: available, and not full.
    #[must_use]
    pub fn takes_tasks_of(&self, channel: &ChannelId) -> bool {
        let channels = self.channels.iter().flatten();
        channels
            .filter(|one| one.id.as_ref() == Some(channel))
            .any(|one| one.status == Some(Availability::Available) && one.busyness != Some(Busyness::Full))
    }
}

impl Collection for AgentStatus {
    const ALL: Operation = operation!("agent_statuses", "list", Read, "status");
    const PATH: &'static [&'static str] = &["status"];
}

setters! {
    impl ListAll<AgentStatus> {
        /// Lists only agents of these sources.
        ids sources("source_ids[]"): SourceId;
        /// Lists only agents of these categories.
        ids categories("category_ids[]"): CategoryId;
        /// Lists only agents of these teams.
        ids teams("team_ids[]"): TeamId;
        /// Lists only agents who speak one of these languages.
        texts spoken_languages("spoken_languages[]");
    }
}

/// Reads an agent's status. Made by [`AgentStatuses::get`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetAgentStatus {
    agent: UserId,
}

/// Changes an agent's status. Made by [`AgentStatuses::set_channels`] and [`AgentStatuses::set_presence`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeAgentStatus {
    agent: UserId,
    params: Params,
}

fn path(agent: &UserId) -> Result<[Cow<'static, str>; 2], Error> {
    agent.check("the agent")?;
    Ok(["status".into(), agent.as_str().to_owned().into()])
}

fn answered(agent: &UserId, response: &RawResponse) -> Result<AgentStatus, DecodeError> {
    let status: AgentStatus = response.json()?;
    if status.agent_id.as_ref().is_some_and(|id| !id.as_str().eq_ignore_ascii_case(agent.as_str())) {
        return Err(DecodeError::foreign("the answer is about another agent than requested"));
    }
    Ok(status)
}

/// The service answers 404 with two words.
fn hint(refusal: &RawResponse) -> Option<Cow<'static, str>> {
    let text =
        "there is no such user, or the agent isn't connected: fault::<ApiFault>() has `not_found` or `disconnected`";
    if refusal.status == StatusCode::NOT_FOUND { Some(text.into()) } else { status_hint(refusal.status, "the agent") }
}

impl Endpoint for GetAgentStatus {
    type Output = AgentStatus;

    const OPERATION: &'static Operation = &operation!("agent_statuses", "get", Read, "status", "/{agentId}");

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::get(path(&self.agent)?))
    }

    fn decode(&self, response: &RawResponse) -> Result<AgentStatus, DecodeError> {
        answered(&self.agent, response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint(refusal)
    }
}

impl Endpoint for ChangeAgentStatus {
    type Output = AgentStatus;

    const OPERATION: &'static Operation = &operation!("agent_statuses", "change", Idempotent, "status", "/{agentId}");

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.params.is_empty() {
            return Err(Error::request("nothing to change: name every channel, or a presence status"));
        }
        self.params.apply(RequestParts::put(path(&self.agent)?))
    }

    fn decode(&self, response: &RawResponse) -> Result<AgentStatus, DecodeError> {
        answered(&self.agent, response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint(refusal)
    }
}

handle! {
    /// Whether agents take tasks. Reading needs the permission `read_presence`.
    /// Returned by [`Engagement::agent_statuses`](crate::Engagement::agent_statuses).
    AgentStatuses
}

impl AgentStatuses<'_> {
    /// Lists the status of the connected agents: `GET /status`. The service doesn't page this list.
    pub fn list(self, list: ListAll<AgentStatus>) -> Call<ListAll<AgentStatus>> {
        self.pipeline.call(list)
    }

    /// Gets an agent's status: `GET /status/{agentId}`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is invalid. 404 if there is no such user, or the agent
    /// isn't connected.
    pub fn get(self, agent: impl Into<UserId>) -> Call<GetAgentStatus> {
        self.pipeline.call(GetAgentStatus { agent: agent.into() })
    }

    /// Chooses a presence status for an agent: `PUT /status/{agentId}`.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    pub fn set_presence(
        self,
        agent: impl Into<UserId>,
        presence: impl Into<PresenceStatusId>,
    ) -> Call<ChangeAgentStatus> {
        let mut params = Params::default();
        params.id("custom_status_id", &presence.into());
        self.pipeline.call(ChangeAgentStatus { agent: agent.into(), params })
    }

    /// Sets whether an agent is available on each channel: `PUT /status/{agentId}`. The service wants **every** channel
    /// of the agent.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get); [`Kind::Request`](crate::Kind::Request) if no channel is named.
    pub fn set_channels<C: Into<ChannelId>>(
        self,
        agent: impl Into<UserId>,
        channels: impl IntoIterator<Item = (C, Availability)>,
    ) -> Call<ChangeAgentStatus> {
        let mut params = Params::default();
        for (channel, availability) in channels {
            params.entry("status", channel.into().as_str(), availability.to_string());
        }
        self.pipeline.call(ChangeAgentStatus { agent: agent.into(), params })
    }
}
