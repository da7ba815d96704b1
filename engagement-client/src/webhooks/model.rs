//! The webhook and its events, as the service names them.

use crate::ids::{AccessTokenId, WebhookId};
use care_client_core::{
    Secret,
    wire::{open_enum, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A webhook: an address that the service posts events to. It belongs to one access token.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Webhook",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// The address.
    pub url: Option<String>,
    /// Its name. The specification lacks it in the answer.
    pub name: Option<String>,
    /// Whether it is active.
    pub active: Option<bool>,
    /// Whether it gets the events of the staging system, not those of production.
    pub staging_use: Option<bool>,
    /// The events that it gets.
    pub registered_events: Option<Vec<WebhookEvent>>,
    /// What the service sends to verify the address.
    pub verify_token: Option<Secret>,
    /// Its state, as the service sees it; the words aren't documented.
    pub webhook_status: Option<String>,
    /// The access token that it belongs to, without its value.
    pub api_access_token: Option<WebhookToken>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// The access token that a webhook belongs to, without its value.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "WebhookAccessToken",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WebhookToken {
    /// Its id.
    pub id: AccessTokenId,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

open_enum! {
    /// The events that a webhook can get.
    pub enum WebhookEvent {
        /// A message was approved.
        ContentApproved = "content.approved",
        /// An agent began a conversation.
        ContentDiscussionInitiated = "content.discussion_initiated",
        /// A message reached its source.
        ContentExported = "content.exported",
        /// A message was imported.
        ContentImported = "content.imported",
        /// An agent replied.
        ContentReplied = "content.replied",
        /// A change of a message reached its source.
        ContentUpdateExported = "content.update_exported",
        /// An identity was merged into another group.
        IdentityMerged = "identity.merged",
        /// An identity left its group.
        IdentityUnmerged = "identity.unmerged",
        /// An intervention was assigned.
        InterventionAssigned = "intervention.assigned",
        /// An intervention was canceled.
        InterventionCanceled = "intervention.canceled",
        /// An intervention was closed.
        InterventionClosed = "intervention.closed",
        /// Custom fields of an intervention changed.
        InterventionCustomFieldsUpdated = "intervention.custom_fields_updated",
        /// An intervention was deferred.
        InterventionDeferred = "intervention.deferred",
        /// An intervention was opened.
        InterventionOpened = "intervention.opened",
        /// An intervention was reactivated.
        InterventionReactivated = "intervention.reactivated",
        /// An intervention was recategorized.
        InterventionRecategorized = "intervention.recategorized",
        /// An intervention was reopened.
        InterventionReopened = "intervention.reopened",
        /// An intervention got another user.
        InterventionUserUpdated = "intervention.user_updated",
        /// An agent accepted a task.
        PushAgentAcceptTask = "push_agent.accept_task",
        /// An agent became available or away.
        PushAgentAvailabilityChange = "push_agent.availability_change",
        /// An agent became more or less busy.
        PushAgentBusynessChange = "push_agent.busyness_change",
        /// An agent connected.
        PushAgentConnected = "push_agent.connected",
        /// An agent disconnected.
        PushAgentDisconnected = "push_agent.disconnected",
        /// An agent missed a task.
        PushAgentMissedTask = "push_agent.missed_task",
        /// An agent connected again.
        PushAgentReconnected = "push_agent.reconnected",
        /// An agent asked for a task.
        PushAgentRequestTask = "push_agent.request_task",
        /// An answer to a survey was imported.
        SurveyResponseImported = "survey_response.imported",
        /// A task was assigned.
        TaskAssigned = "task.assigned",
        /// A task was completed.
        TaskCompleted = "task.completed",
        /// A task was created.
        TaskCreated = "task.created",
        /// A task was destroyed.
        TaskDestroyed = "task.destroyed",
        /// A task expired in a step of the topology.
        TaskExpiredFromStep = "task.expired_from_step",
        /// A task expired with an agent.
        TaskExpiredFromWorkbin = "task.expired_from_workbin",
        /// A task was recategorized.
        TaskRecategorized = "task.recategorized",
        /// A task goes on.
        TaskResume = "task.resume",
        /// A supervisor assigned a task.
        TaskSupervisorAssigned = "task.supervisor_assigned",
        /// A task was taken.
        TaskTaken = "task.taken",
        /// A task was transferred.
        TaskTransferred = "task.transferred",
        /// A task could be given to nobody.
        TaskUndelivered = "task.undelivered",
    }
}
