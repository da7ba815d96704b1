//! What can be changed of a source.

use crate::{
    endpoints::Patch,
    ids::{CategoryId, ChannelId, TimeSheetId},
    params::setters,
    sources::{SlaStrategy, Source},
};
use care_client_core::Secret;

/// A change of a source.
pub type SourcePatch = Patch<Source>;

setters! {
    impl Patch<Source> {
        /// Sets its name.
        text name("name");
        /// Sets whether it is active.
        flag active("active");
        /// Sets the channel whose agents work on it.
        id channel("channel_id"): ChannelId;
        /// Sets its colour, 0 to 9.
        value color("color"): u8;
        /// Sets its business hours; one at most, none clears them.
        ids time_sheets("time_sheet_ids[]"): TimeSheetId;
        /// Sets seconds within which a message should be answered.
        value sla_response("sla_response"): i64;
        /// Sets the share of answers that must be in time, in percent.
        value sla_threshold("sla_threshold"): i64;
        /// Sets whether the categories below are left out, or alone count: `ignored_categories` or
        /// `selected_categories`.
        text sla_filtering_categories_strategy("sla_filtering_categories_strategy");
        /// Sets what an overdue message counts as.
        value sla_expired_strategy("sla_expired_strategy"): SlaStrategy;
        /// Sets which attachments are let through: `strict`, `relaxed` or `permissive`.
        text attachments_security_level("attachments_security_level");
        /// Sets how much the priority of messages in open interventions rises.
        value intervention_messages_boost("intervention_messages_boost"): i64;
        /// Sets how much the priority of transferred tasks rises.
        value transferred_tasks_boost("transferred_tasks_boost"): i64;
        /// Sets whether it is left out of statistics.
        flag hidden_from_stats("hidden_from_stats");
        /// Sets the language of messages otherwise.
        text default_content_language("default_content_language");
        /// Sets whether the language of messages is detected.
        flag auto_detect_content_language("auto_detect_content_language");
        /// Sets whether messages are archived.
        flag content_archiving("content_archiving");
        /// Sets after how many seconds messages are archived.
        value content_archiving_period("content_archiving_period"): i64;
        /// Sets the name of the sender.
        text from_name("from_name");
        /// Sets the priority of its tasks.
        value default_task_priority("default_task_priority"): i64;
        /// Sets whether it is for Android. Engage Messaging only.
        flag enable_android("enable_android");
        /// Sets whether it is for iOS. Engage Messaging only.
        flag enable_ios("enable_ios");
        /// Sets whether it is for the web. Engage Messaging only.
        flag enable_web("enable_web");
        /// Sets the categories of that rule; none clears them.
        ids sla_filtering_categories("sla_filtering_category_ids[]"): CategoryId;
        /// Sets the categories that its messages get; none clears them.
        ids default_categories("default_category_ids[]"): CategoryId;
        /// Sets the categories that conversations begun by agents get; none clears them.
        ids user_thread_default_categories("user_thread_default_category_ids[]"): CategoryId;
        /// Sets the languages that messages can have.
        texts content_languages("content_languages[]");
    }
}

// Mail sources only.
setters! {
    impl Patch<Source> {
        /// Sets the mail address.
        text imap_smtp_email("imap_smtp_email");
        /// Sets the mailbox that sent mail is kept in.
        text imap_mailbox_used_for_sent_mail("imap_mailbox_used_for_sent_mail");
        /// Sets the server that mail is read from.
        text imap_address("imap_address");
        /// Sets its port.
        value imap_port("imap_port"): u32;
        /// Sets the user there.
        text imap_username("imap_username");
        /// Sets whether it is asked by TLS.
        flag imap_use_ssl_tls("imap_use_ssl_tls");
        /// Sets whether it is asked by STARTTLS.
        flag imap_use_start_tls("imap_use_start_tls");
        /// Sets how the user is authenticated: `basic` or `microsoft_identity_platform`.
        text imap_authentication_type("imap_authentication_type");
        /// Sets how its certificate is checked: `NONE`, `PEER`, `CLIENT_ONCE` or `FAIL_IF_NO_PEER_CERT`.
        text imap_ssl_verify_mode("imap_ssl_verify_mode");
        /// Sets the server that mail is sent by.
        text smtp_address("smtp_address");
        /// Sets its port.
        value smtp_port("smtp_port"): u32;
        /// Sets the user there.
        text smtp_username("smtp_username");
        /// Sets whether it is asked by TLS.
        flag smtp_use_ssl_tls("smtp_use_ssl_tls");
        /// Sets whether it is asked by STARTTLS.
        flag smtp_use_start_tls("smtp_use_start_tls");
        /// Sets how the user is authenticated: `basic` or `microsoft_identity_platform`.
        text smtp_authentication_type("smtp_authentication_type");
        /// Sets how its certificate is checked.
        text smtp_ssl_verify_mode("smtp_ssl_verify_mode");
        /// Sets the name that is said to it.
        text smtp_helo_domain("smtp_helo_domain");
        /// Sets whether conversations are put together by heuristics.
        flag threading_heuristics("threading_heuristics");
        /// Sets whether conversations are put together by common ancestors.
        flag common_ancestors_threading("common_ancestors_threading");
        /// Sets how strictly spam is told: `disabled`, `relaxed` or `strict`.
        text spam_assassin_level("spam_assassin_level");
        /// Sets the addresses whose mail is never spam.
        text whitelisted_emails("whitelisted_emails");
        /// Sets whether quotations are cut off.
        flag email_parser("email_parser");
        /// Sets for how many seconds a mail joins a conversation.
        value time_for_thread_inclusion("time_for_thread_inclusion"): u32;
        /// Sets whether that limit is on.
        flag time_for_thread_inclusion_enabled("time_for_thread_inclusion_enabled");
        /// Sets the mailboxes that are read.
        texts imap_mailboxes_to_import("imap_mailboxes_to_import[]");
        /// Sets the addresses that get no copy; none clears them.
        texts cc_blacklist("cc_blacklist[]");
    }
}

macro_rules! secrets {
    ($($(#[$meta:meta])* $name:ident($key:literal);)+) => {
        impl Patch<Source> {$(
            $(#[$meta])*
            pub fn $name(mut self, secret: impl Into<Secret>) -> Self {
                self.params.set($key, secret.into().expose().to_owned());
                self
            }
        )+}
    };
}

secrets! {
    /// Sets the password of the user that mail is read by. Mail sources only.
    imap_password("imap_password");
    /// Sets the refresh token of the user that mail is read by. Mail sources only.
    imap_oauth_refresh_token("imap_oauth_refresh_token");
    /// Sets the password of the user that mail is sent by. Mail sources only.
    smtp_password("smtp_password");
    /// Sets the refresh token of the user that mail is sent by. Mail sources only.
    smtp_oauth_refresh_token("smtp_oauth_refresh_token");
}

/// What causes an automatic response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseTrigger {
    /// The customer's first message.
    FirstMessage,
    /// A message outside of business hours.
    OutOfOfficeHours,
}

impl ResponseTrigger {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstMessage => "first_message_from_user",
            Self::OutOfOfficeHours => "out_of_office_hours_message",
        }
    }
}

impl Patch<Source> {
    /// Adds a signature in a language.
    pub fn signature(mut self, language: impl Into<String>, name: impl Into<String>, body: impl Into<String>) -> Self {
        let fields = [("language", language.into()), ("name", name.into()), ("body", body.into())];
        self.params.element("signatures", fields);
        self
    }

    /// Adds an automatic response in a language.
    pub fn auto_response(
        mut self,
        trigger: ResponseTrigger,
        language: impl Into<String>,
        body: impl Into<String>,
    ) -> Self {
        let fields = [
            ("created_from_trigger", trigger.as_str().to_owned()),
            ("language", language.into()),
            ("body", body.into()),
        ];
        self.params.element("auto_response_triggers", fields);
        self
    }

    /// Sets whether an automatic response is on.
    pub fn auto_response_enabled(mut self, trigger: ResponseTrigger, enabled: bool) -> Self {
        self.params.entry("auto_response_trigger_enabled", trigger.as_str(), enabled.to_string());
        self
    }

    /// Sets after how many seconds an automatic response comes again.
    pub fn auto_response_grace_period(mut self, trigger: ResponseTrigger, seconds: u32) -> Self {
        self.params.entry("auto_response_trigger_grace_periods", trigger.as_str(), seconds.to_string());
        self
    }
}
