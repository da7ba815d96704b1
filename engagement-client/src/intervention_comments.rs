//! Comments on interventions, which only agents see.

use crate::{
    endpoints::{List, New},
    handle::{handle, operations},
    ids::{IdentityId, InterventionCommentId, InterventionId, SourceId, ThreadId, UserId},
    params::setters,
    resource::{Creatable, operation, resource},
};
use care_client_core::{Call, Operation, Personal, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A comment on an intervention, which only agents see.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "InterventionComment",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InterventionComment {
    /// Its id.
    pub id: InterventionCommentId,
    /// The text. Personal data.
    pub body: Option<Personal<String>>,
    /// The intervention.
    pub intervention_id: Option<InterventionId>,
    /// The conversation.
    pub thread_id: Option<ThreadId>,
    /// The author.
    pub user_id: Option<UserId>,
    /// The customer. The specification misspells the key; answers have this one.
    #[serde(alias = "videntity_id")]
    pub identity_id: Option<IdentityId>,
    /// The source. In no document; seen in answers.
    pub source_id: Option<SourceId>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! {
    InterventionComment(InterventionCommentId) at "intervention_comments", called "the comment",
    named "intervention_comments" { list, get, delete }
}

/// A list of intervention comments, with its filters.
pub type ListInterventionComments = List<InterventionComment>;

impl Creatable for InterventionComment {
    const CREATE: Operation = operation!("intervention_comments", "create", Once, "intervention_comments");
    const FORM: bool = true;
}

/// A new comment. Made by [`NewInterventionComment::on`].
pub type NewInterventionComment = New<InterventionComment>;

impl New<InterventionComment> {
    /// A comment by this user on an intervention.
    pub fn on(intervention: impl Into<InterventionId>, author: impl Into<UserId>, body: impl Into<String>) -> Self {
        let mut new = Self::empty();
        let body = body.into();
        if body.trim().is_empty() {
            new.params.reject("the comment is empty: write something");
        }
        new.params.set("body", body);
        new.params.id("intervention_id", &intervention.into());
        new.params.id("user_id", &author.into());
        new
    }
}

setters! {
    impl List<InterventionComment> {
        /// Lists only comments on this intervention.
        id intervention("intervention_id"): InterventionId;
        /// Lists only comments in this conversation.
        id thread("thread_id"): ThreadId;
        /// Lists only comments of this user.
        id user("user_id"): UserId;
        /// Lists only comments about this customer.
        id identity("identity_id"): IdentityId;
    }
}

handle! {
    /// The operations on comments, which only agents see.
    /// Returned by [`Engagement::intervention_comments`](crate::Engagement::intervention_comments).
    InterventionComments
}

operations! {
    InterventionComments of InterventionComment(InterventionCommentId) at "intervention_comments",
    called "comment", "comments";
    /// Newest first.
    list,
    get,
    delete
}

impl InterventionComments<'_> {
    /// Creates a comment: `POST /intervention_comments`. It is sent in the body of the request, so that it stands
    /// in no log of addresses.
    ///
    /// # Errors
    ///
    /// 404 if there is no such intervention, 422 if a parameter is refused.
    pub fn create(self, new: NewInterventionComment) -> Call<New<InterventionComment>> {
        self.pipeline.call(new)
    }
}
