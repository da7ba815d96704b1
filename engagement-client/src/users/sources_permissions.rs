//! What a user may do on each source.

use crate::{
    endpoints::status_hint,
    ids::{ObjectId as _, SourceId, UserId},
    params::Params,
    resource::operation,
};
use care_client_core::{
    Call, DecodeError, Endpoint, Error, Operation, Pipeline, RawResponse, RequestParts, wire::open_enum,
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};

open_enum! {
    /// What a user may do on a source. `approval_threshold_0` to `approval_threshold_100`, by tens, are the shares of
    /// replies that need an approval; they are kept in `Other`.
    pub enum SourcePermission {
        /// Read its messages.
        Read = "read",
        /// Reply.
        Reply = "reply",
        /// Reply with HTML.
        ReplyWithHtml = "reply_with_html",
        /// Begin a conversation.
        InitiateDiscussion = "initiate_discussion",
        /// Delete messages.
        Destroy = "destroy",
        /// Replies need an approval.
        ApprovalRequired = "approval_required",
    }
}

/// What a user may do, by source.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "UserSourcesPermissions", whose keys are
/// placeholders for ids, <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserSourcesPermissions(BTreeMap<Box<str>, Vec<SourcePermission>>);

impl UserSourcesPermissions {
    /// What the user may do on this source; `None` if the service names no permission.
    #[must_use]
    pub fn on(&self, source: &SourceId) -> Option<&[SourcePermission]> {
        self.0.get(source.as_str()).map(Vec::as_slice)
    }

    /// All sources with what the user may do there.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &[SourcePermission])> + '_ {
        self.0.iter().map(|(source, permissions)| (SourceId::from(&**source), permissions.as_slice()))
    }
}

fn path(user: &UserId) -> Result<[Cow<'static, str>; 3], Error> {
    user.check("the user")?;
    Ok(["users".into(), user.as_str().to_owned().into(), "sources_permissions".into()])
}

/// Reads what a user may do on each source. Made by [`SourcesPermissions::get`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetSourcesPermissions {
    user: UserId,
}

/// Sets what a user may do on some sources. Made by [`SourcesPermissions::update`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateSourcesPermissions {
    user: UserId,
    params: Params,
}

impl Endpoint for GetSourcesPermissions {
    type Output = UserSourcesPermissions;

    const OPERATION: &'static Operation =
        &operation!("sources_permissions", "get", Read, "users/{userId}/sources_permissions");

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::get(path(&self.user)?))
    }

    fn decode(&self, response: &RawResponse) -> Result<UserSourcesPermissions, DecodeError> {
        response.json()
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        status_hint(refusal.status, "the user")
    }
}

impl Endpoint for UpdateSourcesPermissions {
    type Output = UserSourcesPermissions;

    const OPERATION: &'static Operation =
        &operation!("sources_permissions", "update", Idempotent, "users/{userId}/sources_permissions");

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.params.is_empty() {
            return Err(Error::request("nothing to change: name at least one source"));
        }
        self.params.apply(RequestParts::put(path(&self.user)?))
    }

    fn decode(&self, response: &RawResponse) -> Result<UserSourcesPermissions, DecodeError> {
        response.json()
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        status_hint(refusal.status, "the user")
    }
}

/// What a user may do on each source. Returned by
/// [`Engagement::sources_permissions`](crate::Engagement::sources_permissions).
#[derive(Debug, Clone)]
pub struct SourcesPermissions<'c> {
    pub(crate) pipeline: &'c Pipeline,
    pub(crate) user: UserId,
}

impl SourcesPermissions<'_> {
    /// Reads what the user may do on each source: `GET /users/{userId}/sources_permissions`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is invalid. 404 if there is no such user.
    pub fn get(&self) -> Call<GetSourcesPermissions> {
        self.pipeline.call(GetSourcesPermissions { user: self.user.clone() })
    }

    /// Sets what the user may do on some sources: `PUT /users/{userId}/sources_permissions`. Sources that aren't named
    /// stay as they are.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get); [`Kind::Request`](crate::Kind::Request) if no source is named.
    pub fn update<S, P>(&self, sources: impl IntoIterator<Item = (S, P)>) -> Call<UpdateSourcesPermissions>
    where
        S: Into<SourceId>,
        P: IntoIterator<Item = SourcePermission>,
    {
        let mut params = Params::default();
        for (source, permissions) in sources {
            let source = source.into();
            params.check_id("the key of a source", &source);
            let permissions: Vec<String> = permissions.into_iter().map(|word| word.to_string()).collect();
            params.set(source.as_str().to_owned(), permissions.join(","));
        }
        self.pipeline.call(UpdateSourcesPermissions { user: self.user.clone(), params })
    }
}
