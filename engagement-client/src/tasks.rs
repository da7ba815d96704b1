//! Tasks: messages that wait for an agent, or that an agent works on.

use crate::{
    endpoints::{Act, List},
    handle::{handle, operations},
    ids::{CategoryId, ChannelId, ContentId, InterventionId, TaskId, TeamId, ThreadId, UserId},
    params::setters,
    resource::{action, resource},
};
use care_client_core::{
    Call,
    wire::{number, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A task: a message that waits for an agent, or that an agent works on.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Task",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// The agents who hold it.
    pub agent_ids: Option<Vec<UserId>>,
    /// Its channel.
    pub channel_id: Option<ChannelId>,
    /// The message.
    pub content_id: Option<ContentId>,
    /// The conversation.
    pub thread_id: Option<ThreadId>,
    /// The intervention, once an agent has begun.
    pub intervention_id: Option<InterventionId>,
    /// Its priority: whole here, and with a fraction in webhooks.
    #[serde(default, with = "number::option")]
    pub priority: Option<f64>,
    /// The step of the topology that it is in.
    pub step: Option<String>,
    /// When an agent took it.
    #[serde(default, with = "timestamp::option")]
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it was completed.
    #[serde(default, with = "timestamp::option")]
    pub completed_at: Option<DateTime<Utc>>,
    /// When it expires.
    #[serde(default, with = "timestamp::option")]
    pub expire_at: Option<DateTime<Utc>>,
    /// When it was locked.
    #[serde(default, with = "timestamp::option")]
    pub locked_at: Option<DateTime<Utc>>,
    /// When it was transferred. The service misspells the key.
    #[serde(default, with = "timestamp::option", rename = "transfered_at")]
    pub transferred_at: Option<DateTime<Utc>>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! { Task(TaskId) at "tasks", called "the task", named "tasks" { list, get } }

/// A list of tasks, with its filters.
pub type ListTasks = List<Task>;

/// What a transfer needs besides the task.
const QUEUES: &str = "the agent isn't connected, or the queue doesn't take the task";

action! {
    /// Completes a task. Safety: [`Once`](crate::Safety::Once), since a task that came back could be completed twice.
    CompleteTask on Task: POST "tasks" / "complete", named "tasks" "complete", Once, forbidden QUEUES
}
action! {
    /// Moves a task into another queue. Safety: [`Idempotent`](crate::Safety::Idempotent).
    MoveTask on Task: POST "tasks" / "move", named "tasks" "move", Idempotent, forbidden QUEUES
}
action! {
    /// Transfers a task to agents, teams, categories or a language. Safety: [`Once`](crate::Safety::Once).
    TransferTask on Task: POST "tasks" / "transfer", named "tasks" "transfer", Once, forbidden QUEUES
}

setters! {
    impl List<Task> {
        /// Lists this queue: `global` (the service's default), `workbins`, `workbin_` with an agent's id,
        /// `history`, `undelivered`, or a queue of the topology.
        text queue("queue");
        /// Lists only the tasks of this channel.
        id channel("channel_id"): ChannelId;
        /// Lists only the tasks in this step of the topology.
        text step("step");
    }
}
setters! {
    impl Act<CompleteTask> {
        /// Names the queue that the task is in. The specification requires it, most likely by mistake, so it is
        /// sent only if set.
        text queue("queue");
    }
}
setters! {
    impl Act<TransferTask> {
        /// Transfers it to any of these agents.
        ids agents("agent_ids[]"): UserId;
        /// Gives it to the agents even if they are busy. Needs [`agents`](Self::agents); the other targets are
        /// ignored then.
        flag bypass("bypass");
        /// Transfers it to agents of these categories.
        ids categories("category_ids[]"): CategoryId;
        /// Transfers it to agents who speak this language.
        text language("language");
        /// Transfers it to agents of these teams.
        ids teams("team_ids[]"): TeamId;
        /// Tells the next agent something.
        text comment("comment");
    }
}

impl Act<TransferTask> {
    /// A transfer of this task; its targets are set by the setters.
    pub fn transfer(id: impl Into<TaskId>) -> Self {
        Self::new(id.into())
    }
}

impl Act<CompleteTask> {
    /// The completion of this task.
    pub fn complete(id: impl Into<TaskId>) -> Self {
        Self::new(id.into())
    }
}

impl<I: Into<TaskId>> From<I> for Act<CompleteTask> {
    fn from(id: I) -> Self {
        Self::new(id.into())
    }
}

handle! {
    /// The operations on tasks: messages that wait for agents. Other people's need the permission `monitor_tasks`.
    /// No operation creates one.
    /// Returned by [`Engagement::tasks`](crate::Engagement::tasks).
    Tasks
}

operations! {
    Tasks of Task(TaskId) at "tasks", called "task", "tasks";
    /// By priority and date.
    list,
    get
}

impl Tasks<'_> {
    /// Completes a task: `POST /tasks/{taskId}/complete`. Takes an id, or [`Act::complete`] with its queue.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    pub fn complete(self, task: impl Into<Act<CompleteTask>>) -> Call<Act<CompleteTask>> {
        self.pipeline.call(task.into())
    }

    /// Moves a task into another queue: `POST /tasks/{taskId}/move`.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    pub fn move_to(self, id: impl Into<TaskId>, queue: impl Into<String>) -> Call<Act<MoveTask>> {
        let mut act = Act::new(id.into());
        act.params.set("queue", queue.into());
        self.pipeline.call(act)
    }

    /// Transfers a task: `POST /tasks/{taskId}/transfer`. Takes [`Act::transfer`] with its targets.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    pub fn transfer(self, transfer: Act<TransferTask>) -> Call<Act<TransferTask>> {
        self.pipeline.call(transfer)
    }
}
