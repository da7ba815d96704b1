#![doc = include_str!("../README.md")]
//!
//! # Where to start
//!
//! - [`Engagement::builder`] builds a client, and its methods give a handle for each kind of objects, such as
//!   [`Engagement::interventions`], [`Engagement::threads`] and [`Engagement::contents`].
//! - Operations return a [`Call`]: `.await` sends it; [`Call::items`] and [`Call::pages`] read whole lists.
//! - Workflows are awaited in the same way: [`CloseConfirmed`], [`CancelConfirmed`], [`CloseOrCancel`],
//!   [`ChangeCategories`], [`UpdatedSince`].
//! - Failures are an [`Error`] with a [`Kind`], an [`Outcome`] and perhaps an [`ApiFault`]; those of workflows also
//!   have a [`WorkflowFailure`].
//! - [`defects`] lists the errors and gaps of the vendor's documents.
//!
//! # When a 2xx is believed
//!
//! Something in between can answer in place of the service. An answer that isn't the service's is an error of
//! [`Kind::Decode`] with [`Outcome::Unknown`], and [`Error::is_foreign`] says so:
//!
//! | operation | what its answer must be |
//! |---|---|
//! | `get`, `update` and the other verbs on one object | JSON of the object that was asked for |
//! | `create` | JSON with an id |
//! | `list` | JSON with records |
//! | `delete`, `cancel` | nothing, or JSON of the object |

mod address;
mod agent_statuses;
mod attachments;
mod bots;
mod builder;
mod categories;
mod channels;
mod client;
mod communities;
mod contents;
mod custom_fields;
pub mod defects;
mod endpoints;
mod events;
mod fault;
mod folders;
mod handle;
mod handles;
mod identities;
mod identity_groups;
mod ids;
mod intervention_comments;
mod interventions;
mod locales;
mod params;
mod presence_statuses;
mod reply_assistant;
mod resource;
mod roles;
mod settings;
mod sources;
mod surveys;
mod tags;
mod tasks;
mod teams;
mod threads;
mod time_sheets;
mod topologies;
mod user_capacities;
mod users;
mod webhooks;
mod wire;
mod workflows;

pub use address::Platform;
pub use agent_statuses::{
    AgentStatus, AgentStatusChannel, AgentStatuses, Availability, Busyness, ChangeAgentStatus, CustomStatus,
    GetAgentStatus,
};
pub use attachments::{Attachment, Attachments, ContentAttachment, ListAttachments, NewAttachment};
pub use bots::{BotAnswer, Bots, CompleteBot, EngageBot, Handover, Party};
pub use builder::EngagementBuilder;
pub use categories::{Categories, Category, CategoryPatch, ListCategories, NewCategory};
pub use channels::{Channel, ChannelPatch, Channels, ListChannels};
pub use client::Engagement;
pub use communities::{Communities, Community, ListCommunities};
pub use contents::{
    CategorizeContent, Content, ContentStatus, Contents, FormattedBody, IgnoreContent, ListContents, NewContent,
    ScoreContent, StructuredMessage, SynchronizationStatus, Template, TranslationStatus,
};
pub use custom_fields::{
    CustomField, CustomFieldDefinitions, CustomFieldOwner, CustomFieldPatch, CustomFieldType, ListCustomFields,
    NewCustomField,
};
pub use endpoints::{Act, Collection, Delete, Get, List, ListAll, New, Patch, Update};
pub use events::{Event, EventDetails, Events, ListEvents};
pub use fault::{ApiFault, InvalidField};
pub use folders::{Folder, FolderPatch, Folders, ListFolders, NewFolder, Restriction};
pub use identities::{Identities, Identity, ImportIdentity, ListIdentities, SortBy};
pub use identity_groups::{IdentityGroup, IdentityGroupPatch, IdentityGroups, ListIdentityGroups, MergeIdentity};
pub use ids::*;
pub use intervention_comments::{
    InterventionComment, InterventionComments, ListInterventionComments, NewInterventionComment,
};
pub use interventions::{
    CancelIntervention, CategorizeIntervention, CloseIntervention, CustomFields, GetIntervention, Intervention,
    InterventionPatch, Interventions, ListInterventions, NewIntervention, ReassignIntervention, Sort, StatusFilter,
    UpdateIntervention,
};
pub use locales::{InterfaceLocale, Locale, Locales, Timezone};
pub use params::FieldValue;
pub use presence_statuses::{
    ListPresenceStatuses, NewPresenceStatus, PresenceStatus, PresenceStatusPatch, PresenceStatuses,
};
pub use reply_assistant::{
    ListReplyAssistantEntries, ListReplyAssistantGroups, ListReplyAssistantVersions, NewReplyAssistantEntry,
    NewReplyAssistantGroup, NewReplyAssistantVersion, ReplyAssistantEntries, ReplyAssistantEntry,
    ReplyAssistantEntryPatch, ReplyAssistantGroup, ReplyAssistantGroupPatch, ReplyAssistantGroups,
    ReplyAssistantVersion, ReplyAssistantVersionPatch, ReplyAssistantVersions, TextFormat,
};
pub use resource::{Action, Creatable, Deletable, Listed, Readable, Resource, Updatable};
pub use roles::{ListRoles, NewRole, Permission, Role, RolePatch, Roles};
pub use settings::{AccountSettings, GetSettings, Settings, SettingsPatch};
pub use sources::{
    AutoResponse, EmailSettings, ListSources, MessageTemplate, ResponseTrigger, SlaStrategy, Source, SourceAccess,
    SourcePatch, SourceSignature, Sources, UpdateEmailCredentials,
};
pub use surveys::{Survey, SurveyAnswer, SurveyChoice, SurveyQuestion, SurveyReply, SurveyResponse, Surveys};
pub use tags::{ListTags, NewTag, Tag, TagPatch, Tags};
pub use tasks::{CompleteTask, ListTasks, MoveTask, Task, Tasks, TransferTask};
pub use teams::{ListTeams, NewTeam, Team, TeamPatch, Teams};
pub use threads::{
    ArchiveThread, CategorizeThread, CloseThread, DisableTextInput, EnableTextInput, ListThreads, OpenThread, Thread,
    Threads,
};
pub use time_sheets::{Holiday, HolidayRegion, ListTimeSheets, NewTimeSheet, TimeSheet, TimeSheetPatch, TimeSheets};
pub use topologies::{ActivateTopology, NewTopology, Topologies, Topology, TopologyPatch};
pub use user_capacities::{
    ChannelCapacity, ListUserCapacities, NewUserCapacity, UserCapacities, UserCapacity, UserCapacityPatch,
};
pub use users::{
    CreateSignature, DeleteSignature, Gender, GetSignature, GetSourcesPermissions, InviteUser, ListSignatures,
    ListUsers, NewSignature, NewUser, SignaturePatch, SourcePermission, SourcesPermissions, UpdateSignature,
    UpdateSourcesPermissions, User, UserPatch, UserSignature, UserSignatures, UserSourcesPermissions, Users,
};
pub use webhooks::{ListWebhooks, NewWebhook, Webhook, WebhookEvent, WebhookPatch, WebhookToken, Webhooks};
pub use workflows::{
    CancelConfirmed, Cancelled, ChangeCategories, ChangedInterventions, CloseConfirmed, CloseOrCancel, CloseOutcome,
    Closed, Proof, Recategorized, UpdatedSince, WorkflowFailure,
};

#[doc(inline)]
pub use care_client_core::{
    AttemptEvent, BoxFuture, Call, DecodeError, Endpoint, Error, Fault, FinishEvent, Http, Items, Kind, Observe,
    OddMediaTypeEvent, Operation, Options, Outcome, Page, Paged, Pages, Personal, RateLimit, RawResponse, RepeatEvent,
    RequestParts, Response, RetryPolicy, Safety, Secret, ShiftEvent, StopReason, Transport, TransportError,
    TransportFailure, Undecodable,
};
