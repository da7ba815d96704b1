//! A user's signatures, which are put under replies.

use crate::{
    endpoints::{object, page, same_id, shows_absence, status_hint},
    ids::{ObjectId as _, SourceId, UserId, UserSignatureId},
    params::{Params, setters},
    resource::operation,
};
use care_client_core::{Call, DecodeError, Endpoint, Error, Operation, Page, Pipeline, RawResponse, RequestParts};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A signature of a user, which is put under replies.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "UserSignature",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserSignature {
    /// Its id.
    pub id: UserSignatureId,
    /// The text.
    pub body: String,
    /// Its name.
    pub name: Option<String>,
    /// The sources that it is for; empty for all.
    pub source_ids: Option<Vec<SourceId>>,
    /// Its language.
    pub language: Option<String>,
}

/// The path of a user's signatures, or of one.
fn path(user: &UserId, signature: Option<&UserSignatureId>) -> Result<Vec<Cow<'static, str>>, Error> {
    user.check("the user")?;
    let mut path = vec!["users".into(), user.as_str().to_owned().into(), "signatures".into()];
    if let Some(signature) = signature {
        signature.check("the signature")?;
        path.push(signature.as_str().to_owned().into());
    }
    Ok(path)
}

/// Reads the signature that was asked for.
fn same_signature(response: &RawResponse, id: &UserSignatureId) -> Result<UserSignature, DecodeError> {
    let signature: UserSignature = object(response)?;
    same_id(&signature.id, id)?;
    Ok(signature)
}

macro_rules! endpoint {
    (
        $(#[$meta:meta])*
        $name:ident { $($field:ident: $ty:ty),+ } -> $output:ty, $verb:literal $safety:ident $end:literal,
        |$me:ident| $parts:expr, |$of:ident, $response:ident| $decode:expr $(, settles $settled:expr)?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($field: $ty,)+
        }

        impl Endpoint for $name {
            type Output = $output;

            const OPERATION: &'static Operation =
                &operation!("user_signatures", $verb, $safety, "users/{userId}/signatures", $end);

            fn parts(&self) -> Result<RequestParts, Error> {
                let $me = self;
                $parts
            }

            fn decode(&self, $response: &RawResponse) -> Result<$output, DecodeError> {
                let $of = self;
                $decode
            }

            fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
                status_hint(refusal.status, "the user or signature")
            }
            $(
                fn settle(&self, refusal: &RawResponse) -> Option<$output> {
                    shows_absence(refusal).then_some($settled)
                }
            )?
        }
    };
}

endpoint! {
    /// Lists the signatures of a user. Made by [`UserSignatures::list`].
    ListSignatures { user: UserId } -> Page<UserSignature>, "list" Read "",
    |me| Ok(RequestParts::get(path(&me.user, None)?)), |_me, response| page(response)
}
endpoint! {
    /// Reads one signature. Made by [`UserSignatures::get`].
    GetSignature { user: UserId, id: UserSignatureId } -> UserSignature, "get" Read "/{id}",
    |me| Ok(RequestParts::get(path(&me.user, Some(&me.id))?)), |me, response| same_signature(response, &me.id)
}
endpoint! {
    /// Creates a signature. Made by [`UserSignatures::create`].
    CreateSignature { user: UserId, new: NewSignature } -> UserSignature, "create" Once "",
    |me| me.new.params.apply_as_form(RequestParts::post(path(&me.user, None)?)), |_me, response| object(response)
}
endpoint! {
    /// Changes a signature. Made by [`UserSignatures::update`].
    UpdateSignature { user: UserId, id: UserSignatureId, patch: SignaturePatch } -> UserSignature,
    "update" Idempotent "/{id}",
    |me| {
        if me.patch.params.is_empty() {
            return Err(Error::request("nothing to change: set at least one field of the patch"));
        }
        me.patch.params.apply_as_form(RequestParts::put(path(&me.user, Some(&me.id))?))
    },
    |me, response| same_signature(response, &me.id)
}
endpoint! {
    /// Deletes a signature. Made by [`UserSignatures::delete`].
    DeleteSignature { user: UserId, id: UserSignatureId } -> Option<UserSignature>, "delete" Idempotent "/{id}",
    |me| Ok(RequestParts::delete(path(&me.user, Some(&me.id))?)),
    |_me, response| if response.body.trim_ascii().is_empty() { Ok(None) } else { response.json().map(Some) },
    settles None
}

/// A new signature.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "give it to engagement.user_signatures(user).create(..)"]
pub struct NewSignature {
    params: Params,
}

impl NewSignature {
    /// A signature with this text.
    pub fn new(body: impl Into<String>) -> Self {
        let mut params = Params::default();
        params.set("body", body.into());
        Self { params }
    }
}

/// A change of a signature. What isn't set stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "give it to engagement.user_signatures(user).update(..)"]
pub struct SignaturePatch {
    params: Params,
}

impl SignaturePatch {
    /// A change of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl NewSignature {
        /// Sets the sources that it is for; none is all.
        ids sources("source_ids[]"): SourceId;
        /// Sets its language.
        text language("language");
        /// Sets its name.
        text name("name");
    }
}
setters! {
    impl SignaturePatch {
        /// Sets the text.
        text body("body");
        /// Sets the sources that it is for; none is all.
        ids sources("source_ids[]"): SourceId;
        /// Sets its language.
        text language("language");
        /// Sets its name.
        text name("name");
    }
}

/// The operations on a user's signatures. Returned by
/// [`Engagement::user_signatures`](crate::Engagement::user_signatures).
#[derive(Debug, Clone)]
pub struct UserSignatures<'c> {
    pub(crate) pipeline: &'c Pipeline,
    pub(crate) user: UserId,
}

impl UserSignatures<'_> {
    /// Lists the user's signatures, newest first: `GET /users/{userId}/signatures`. The service doesn't page this list.
    pub fn list(&self) -> Call<ListSignatures> {
        self.pipeline.call(ListSignatures { user: self.user.clone() })
    }

    /// Gets one signature: `GET /users/{userId}/signatures/{signatureId}`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if an id is invalid. 404 if there is none with this id.
    pub fn get(&self, id: impl Into<UserSignatureId>) -> Call<GetSignature> {
        self.pipeline.call(GetSignature { user: self.user.clone(), id: id.into() })
    }

    /// Creates a signature: `POST /users/{userId}/signatures`.
    ///
    /// # Errors
    ///
    /// 422 if a parameter is refused.
    pub fn create(&self, new: NewSignature) -> Call<CreateSignature> {
        self.pipeline.call(CreateSignature { user: self.user.clone(), new })
    }

    /// Changes a signature: `PUT /users/{userId}/signatures/{signatureId}`.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get) and [`create`](Self::create); [`Kind::Request`](crate::Kind::Request) if nothing is
    /// set.
    pub fn update(&self, id: impl Into<UserSignatureId>, patch: SignaturePatch) -> Call<UpdateSignature> {
        self.pipeline.call(UpdateSignature { user: self.user.clone(), id: id.into(), patch })
    }

    /// Deletes a signature: `DELETE /users/{userId}/signatures/{signatureId}`.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    pub fn delete(&self, id: impl Into<UserSignatureId>) -> Call<DeleteSignature> {
        self.pipeline.call(DeleteSignature { user: self.user.clone(), id: id.into() })
    }
}
