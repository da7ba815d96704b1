//! The handles of the client: one for each kind of objects.

use crate::{
    agent_statuses::AgentStatuses,
    attachments::Attachments,
    bots::Bots,
    categories::Categories,
    channels::Channels,
    client::Engagement,
    communities::Communities,
    contents::Contents,
    custom_fields::CustomFieldDefinitions,
    events::Events,
    folders::Folders,
    identities::Identities,
    identity_groups::IdentityGroups,
    ids::UserId,
    intervention_comments::InterventionComments,
    interventions::Interventions,
    locales::Locales,
    presence_statuses::PresenceStatuses,
    reply_assistant::{ReplyAssistantEntries, ReplyAssistantGroups, ReplyAssistantVersions},
    roles::Roles,
    settings::AccountSettings,
    sources::Sources,
    surveys::Surveys,
    tags::Tags,
    tasks::Tasks,
    teams::Teams,
    threads::Threads,
    time_sheets::TimeSheets,
    topologies::Topologies,
    user_capacities::UserCapacities,
    users::{SourcesPermissions, UserSignatures, Users},
    webhooks::Webhooks,
};

macro_rules! handles {
    ($($(#[$meta:meta])* $method:ident: $handle:ident;)+) => {
        impl Engagement {$(
            $(#[$meta])*
            #[must_use]
            pub fn $method(&self) -> $handle<'_> {
                $handle { pipeline: &self.pipeline }
            }
        )+}
    };
}

handles! {
    /// The operations on interventions: what agents do for a customer in one conversation.
    interventions: Interventions;
    /// The operations on threads: conversations with customers.
    threads: Threads;
    /// The operations on categories: the subjects of threads and interventions.
    categories: Categories;
    /// Whether agents take tasks.
    agent_statuses: AgentStatuses;
    /// The operations on attachments: files that are uploaded for messages.
    attachments: Attachments;
    /// What virtual agents do with a conversation.
    bots: Bots;
    /// The operations on channels: groups of sources whose tasks are given to agents.
    channels: Channels;
    /// The operations on communities: the accounts that sources and identities belong to.
    communities: Communities;
    /// The operations on contents: the messages of conversations.
    contents: Contents;
    /// The operations on the definitions of custom fields.
    custom_fields: CustomFieldDefinitions;
    /// The journal of what happened in the account.
    events: Events;
    /// The operations on folders: stored searches for threads.
    folders: Folders;
    /// The operations on identities: customers as known to one channel.
    identities: Identities;
    /// The operations on identity groups: customers across all channels.
    identity_groups: IdentityGroups;
    /// The operations on comments, which only agents see.
    intervention_comments: InterventionComments;
    /// Languages and time zones.
    locales: Locales;
    /// The operations on presence statuses: words that agents choose to say why they are away.
    presence_statuses: PresenceStatuses;
    /// The operations on the reply assistant's entries: questions.
    reply_assistant_entries: ReplyAssistantEntries;
    /// The operations on the reply assistant's groups: ordered sets of entries.
    reply_assistant_groups: ReplyAssistantGroups;
    /// The operations on the reply assistant's versions: answers.
    reply_assistant_versions: ReplyAssistantVersions;
    /// The operations on roles: what users may do.
    roles: Roles;
    /// The settings of the account.
    settings: AccountSettings;
    /// The operations on sources: channels that messages come from.
    sources: Sources;
    /// Surveys and what customers answered.
    surveys: Surveys;
    /// The operations on tags.
    tags: Tags;
    /// The operations on tasks: messages that wait for agents.
    tasks: Tasks;
    /// The operations on teams of users.
    teams: Teams;
    /// The operations on time sheets: the business hours of sources.
    time_sheets: TimeSheets;
    /// The operations on topologies: the steps by which tasks are routed.
    topologies: Topologies;
    /// The operations on capacities: how many tasks an agent takes.
    user_capacities: UserCapacities;
    /// The operations on users.
    users: Users;
    /// The operations on webhooks: addresses that the service posts events to.
    webhooks: Webhooks;
}

impl Engagement {
    /// The operations on a user's signatures.
    #[must_use]
    pub fn user_signatures(&self, user: impl Into<UserId>) -> UserSignatures<'_> {
        UserSignatures { pipeline: &self.pipeline, user: user.into() }
    }

    /// What a user may do on each source.
    #[must_use]
    pub fn sources_permissions(&self, user: impl Into<UserId>) -> SourcesPermissions<'_> {
        SourcesPermissions { pipeline: &self.pipeline, user: user.into() }
    }
}
