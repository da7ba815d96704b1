//! The settings that mail sources alone have.

use care_client_core::{Personal, wire::number};
use serde::{Deserialize, Serialize};

/// The settings of a mail source; all `None` for others. Passwords and tokens can be written, and never read.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Source",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmailSettings {
    /// The mail address.
    pub imap_smtp_email: Option<Personal<String>>,
    /// The server that mail is read from.
    pub imap_address: Option<String>,
    /// Its port.
    #[serde(default, with = "number::option")]
    pub imap_port: Option<i64>,
    /// The user there.
    pub imap_username: Option<Personal<String>>,
    /// The mailboxes that are read.
    pub imap_mailboxes_to_import: Option<Vec<String>>,
    /// The mailbox that sent mail is kept in.
    pub imap_mailbox_used_for_sent_mail: Option<String>,
    /// Whether it is asked by TLS.
    pub imap_use_ssl_tls: Option<bool>,
    /// Whether it is asked by STARTTLS.
    pub imap_use_start_tls: Option<bool>,
    /// How the user is authenticated: `basic` or `microsoft_identity_platform`.
    pub imap_authentication_type: Option<String>,
    /// How its certificate is checked: `NONE`, `PEER`, `CLIENT_ONCE` or `FAIL_IF_NO_PEER_CERT`.
    pub imap_ssl_verify_mode: Option<String>,
    /// The server that mail is sent by.
    pub smtp_address: Option<String>,
    /// Its port.
    #[serde(default, with = "number::option")]
    pub smtp_port: Option<i64>,
    /// The user there.
    pub smtp_username: Option<Personal<String>>,
    /// Whether it is asked by TLS.
    pub smtp_use_ssl_tls: Option<bool>,
    /// Whether it is asked by STARTTLS.
    pub smtp_use_start_tls: Option<bool>,
    /// How the user is authenticated: `basic` or `microsoft_identity_platform`.
    pub smtp_authentication_type: Option<String>,
    /// How its certificate is checked.
    pub smtp_ssl_verify_mode: Option<String>,
    /// The name that is said to it.
    pub smtp_helo_domain: Option<String>,
    /// Whether conversations are put together by heuristics.
    pub threading_heuristics: Option<bool>,
    /// Whether conversations are put together by common ancestors.
    pub common_ancestors_threading: Option<bool>,
    /// How strictly spam is told: `disabled`, `relaxed` or `strict`.
    pub spam_assassin_level: Option<String>,
    /// The addresses whose mail is never spam.
    pub whitelisted_emails: Option<Personal<String>>,
    /// The addresses that get no copy.
    pub cc_blacklist: Option<Vec<Personal<String>>>,
    /// Whether quotations are cut off.
    pub email_parser: Option<bool>,
    /// For how many seconds a mail joins a conversation.
    #[serde(default, with = "number::option")]
    pub time_for_thread_inclusion: Option<i64>,
    /// Whether that limit is on.
    pub time_for_thread_inclusion_enabled: Option<bool>,
    /// Whether mail is sent by Postmark.
    pub postmark_enabled: Option<bool>,
}
