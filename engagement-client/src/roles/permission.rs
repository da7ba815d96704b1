//! The permissions of roles.

use care_client_core::wire::open_enum;

open_enum! {
    /// What the users of a role may do, as the flags of a [`Role`] and the words of the documents name it.
    ///
    /// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Creating a role" and "Role",
    /// <https://github.com/ringcentral/engage-digital-api-docs>.
    pub enum Permission {
        /// Access help center.
        AccessHelpCenter = "access_help_center",
        /// Access previous messages.
        AccessPreviousMessages = "access_previous_messages",
        /// Pull tasks instead of being given them.
        AccessPullMode = "access_pull_mode",
        /// Mark an answer as the official one.
        AdminStampAnswer = "admin_stamp_answer",
        /// Approve content.
        ApproveContent = "approve_content",
        /// Ask an expert.
        AskAnExpert = "ask_an_expert",
        /// Assign intervention.
        AssignIntervention = "assign_intervention",
        /// Block the author of a message.
        AuthorBlockContent = "author_block_content",
        /// Close content thread.
        CloseContentThread = "close_content_thread",
        /// Create and destroy extension.
        CreateAndDestroyExtension = "create_and_destroy_extension",
        /// Create community.
        CreateCommunity = "create_community",
        /// Create content source.
        CreateContentSource = "create_content_source",
        /// Create user.
        CreateUser = "create_user",
        /// Delay export content.
        DelayExportContent = "delay_export_content",
        /// Delete content thread.
        DeleteContentThread = "delete_content_thread",
        /// Escalate to video.
        EscalateToVideo = "escalate_to_video",
        /// Act as another user: see [`Engagement::as_user`](crate::Engagement::as_user).
        ImpersonateUser = "impersonate_user",
        /// Invite user.
        InviteUser = "invite_user",
        /// Manage access tokens, and webhooks of all tokens.
        ManageApiAccessTokens = "manage_api_access_tokens",
        /// Manage app sdk applications.
        ManageAppSdkApplications = "manage_app_sdk_applications",
        /// Manage automatic exports tasks. Only in requests.
        ManageAutomaticExportsTasks = "manage_automatic_exports_tasks",
        /// Manage categories.
        ManageCategories = "manage_categories",
        /// Manage chat.
        ManageChat = "manage_chat",
        /// Manage custom fields.
        ManageCustomFields = "manage_custom_fields",
        /// Manage custom notifications.
        ManageCustomNotifications = "manage_custom_notifications",
        /// Manage emails templates.
        ManageEmailsTemplates = "manage_emails_templates",
        /// Manage folders.
        ManageFolders = "manage_folders",
        /// Manage ICE, the service's own word.
        ManageIce = "manage_ice",
        /// Manage identities.
        ManageIdentities = "manage_identities",
        /// Manage one's own notifications.
        ManageOwnNotifications = "manage_own_notifications",
        /// Manage reply assistant.
        ManageReplyAssistant = "manage_reply_assistant",
        /// Manage roles.
        ManageRoles = "manage_roles",
        /// Manage rules engine rules.
        ManageRulesEngineRules = "manage_rules_engine_rules",
        /// Manage surveys. Only in requests.
        ManageSurveys = "manage_surveys",
        /// Manage tags.
        ManageTags = "manage_tags",
        /// Manage teams.
        ManageTeams = "manage_teams",
        /// Manage topologies.
        ManageTopologies = "manage_topologies",
        /// Manage the users of the teams that one leads.
        ManageUsersOfMyTeams = "manage_users_of_my_teams",
        /// Monitor tasks.
        MonitorTasks = "monitor_tasks",
        /// Watch the tasks of one's own teams.
        MonitorTeamTasks = "monitor_team_tasks",
        /// Mute content.
        MuteContent = "mute_content",
        /// Open content thread.
        OpenContentThread = "open_content_thread",
        /// Publish content.
        PublishContent = "publish_content",
        /// Read community.
        ReadCommunity = "read_community",
        /// Read content source.
        ReadContentSource = "read_content_source",
        /// Read event.
        ReadEvent = "read_event",
        /// Read export.
        ReadExport = "read_export",
        /// Read identity.
        ReadIdentity = "read_identity",
        /// Read one's own statistics.
        ReadOwnStats = "read_own_stats",
        /// Read presence.
        ReadPresence = "read_presence",
        /// Read stats.
        ReadStats = "read_stats",
        /// Read surveys. Only in requests.
        ReadSurveys = "read_surveys",
        /// Read user.
        ReadUser = "read_user",
        /// Receive tasks.
        ReceiveTasks = "receive_tasks",
        /// Reply with assistant.
        ReplyWithAssistant = "reply_with_assistant",
        /// Search contents.
        SearchContents = "search_contents",
        /// Search event.
        SearchEvent = "search_event",
        /// Update community.
        UpdateCommunity = "update_community",
        /// Update content source.
        UpdateContentSource = "update_content_source",
        /// Update extension.
        UpdateExtension = "update_extension",
        /// Update identity.
        UpdateIdentity = "update_identity",
        /// Update intervention.
        UpdateIntervention = "update_intervention",
        /// Change the interventions that are assigned to oneself.
        UpdateOwnIntervention = "update_own_intervention",
        /// Update settings.
        UpdateSettings = "update_settings",
        /// Update time sheet.
        UpdateTimeSheet = "update_time_sheet",
        /// Update user.
        UpdateUser = "update_user",
        /// Use emoji.
        UseEmoji = "use_emoji",
        /// Anonymize identity. Only in answers.
        AnonymizeIdentity = "anonymize_identity",
        /// Export identity. Only in answers.
        ExportIdentity = "export_identity",
        /// Lock identity. Only in answers.
        LockIdentity = "lock_identity",
        /// Manage messaging. Only in answers.
        ManageMessaging = "manage_messaging",
        /// Use co-browsing. Only in answers.
        UseCobrowsing = "use_cobrowsing",
    }
}
