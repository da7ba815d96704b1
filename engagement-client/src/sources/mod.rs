//! Sources: channels that messages come from.

mod email;
mod model;
mod patch;

pub use email::EmailSettings;
pub use model::{AutoResponse, MessageTemplate, SlaStrategy, Source, SourceSignature};
pub use patch::{ResponseTrigger, SourcePatch};

use crate::{
    endpoints::{Act, List},
    handle::{handle, operations},
    ids::SourceId,
    params::setters,
    resource::{Updatable, action, operation, resource},
};
use care_client_core::{Call, Operation, Secret, wire::open_enum};

resource! { Source(SourceId) at "content_sources", called "the source", named "sources" { list, get } }

/// A list of sources, with its filters.
pub type ListSources = List<Source>;

impl Updatable for Source {
    const UPDATE: Operation = operation!("sources", "update", Idempotent, "content_sources", "/{id}");
    const FORM: bool = true;
}

action! {
    /// Sets the credentials of a mail source. Safety: [`Idempotent`](crate::Safety::Idempotent).
    UpdateEmailCredentials on Source:
        PUT "content_sources" / "email_credentials", named "sources" "update_email_credentials", Idempotent, as form
}

open_enum! {
    /// What the token's user may do on the sources of a list.
    pub enum SourceAccess {
        /// Read its messages.
        Read = "read",
        /// Begin a conversation.
        InitiateDiscussion = "initiate_discussion",
    }
}

setters! {
    impl List<Source> {
        /// Lists only sources on which the token's user may do this. Default: read.
        value permission("permission"): SourceAccess;
        /// Lists only sources that are active, or that aren't.
        flag active("active");
    }
}

impl Act<UpdateEmailCredentials> {
    /// A change of this source's credentials.
    pub fn email_credentials(source: impl Into<SourceId>) -> Self {
        Self::new(source.into())
    }

    /// Sets the user that mail is read by.
    pub fn imap(mut self, username: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.params.entry("imap", "username", username.into());
        self.params.entry("imap", "password", password.into().expose().to_owned());
        self
    }

    /// Sets the user that mail is sent by.
    pub fn smtp(mut self, username: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.params.entry("smtp", "username", username.into());
        self.params.entry("smtp", "password", password.into().expose().to_owned());
        self
    }
}

handle! {
    /// The operations on sources: channels that messages come from. Reading needs the permission
    /// `read_content_source`, changes `update_content_source`.
    /// Returned by [`Engagement::sources`](crate::Engagement::sources).
    Sources
}

operations! {
    Sources of Source(SourceId) at "content_sources", called "source", "sources";
    /// Oldest first.
    list,
    get,
    update
}

impl Sources<'_> {
    /// Sets the credentials of a mail source: `PUT /content_sources/{sourceId}/email_credentials`. Takes
    /// [`Act::email_credentials`]. They are sent in the body of the request.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get). 422 if the credentials are refused.
    pub fn update_email_credentials(
        self,
        credentials: Act<UpdateEmailCredentials>,
    ) -> Call<Act<UpdateEmailCredentials>> {
        self.pipeline.call(credentials)
    }
}
