//! Creating, changing and deleting objects, with what repeating each of them would do.

use crate::{
    endpoints::{hint, object, path, same_object, shows_absence},
    params::Params,
    resource::{Creatable, Deletable, Updatable},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use std::{borrow::Cow, marker::PhantomData};

/// A new object, as it is given to the `create(..)` of a handle. Its setters are the parameters of the operation.
///
/// Its safety is [`Safety::Once`](crate::Safety::Once): a repeat would create a second one.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "give it to the create(..) of a handle"]
pub struct New<R> {
    pub(crate) params: Params,
    kind: PhantomData<fn() -> R>,
}

/// What to change of an object, as it is given to the `update(..)` of a handle. What isn't set stays as it is.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "give it to the update(..) of a handle"]
pub struct Patch<R> {
    pub(crate) params: Params,
    kind: PhantomData<fn() -> R>,
}

/// Changes an object.
///
/// Its safety is [`Safety::Idempotent`](crate::Safety::Idempotent): a repeat leaves the same object.
#[derive(Debug, Clone, PartialEq)]
pub struct Update<R: Updatable> {
    id: R::Id,
    patch: Patch<R>,
}

/// Deletes an object. The output is the deleted object, if the service answers with it.
///
/// Its safety is [`Safety::Idempotent`](crate::Safety::Idempotent): after an attempt of unknown outcome, a 404 proves
/// that the object is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Delete<R: Deletable> {
    id: R::Id,
    pub(crate) params: Params,
}

impl<R> New<R> {
    /// A new object without any parameter.
    pub(crate) fn empty() -> Self {
        Self { params: Params::default(), kind: PhantomData }
    }
}

impl<R> Patch<R> {
    /// A change of nothing yet.
    pub fn new() -> Self {
        Self { params: Params::default(), kind: PhantomData }
    }
}

impl<R> Default for Patch<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R> Clone for New<R> {
    fn clone(&self) -> Self {
        Self { params: self.params.clone(), kind: PhantomData }
    }
}

impl<R> Clone for Patch<R> {
    fn clone(&self) -> Self {
        Self { params: self.params.clone(), kind: PhantomData }
    }
}

impl<R: Updatable> Update<R> {
    pub(crate) fn new(id: R::Id, patch: Patch<R>) -> Self {
        Self { id, patch }
    }
}

impl<R: Deletable> Delete<R> {
    pub(crate) fn new(id: R::Id) -> Self {
        Self { id, params: Params::default() }
    }
}

impl<R: Creatable> Endpoint for New<R> {
    type Output = R;

    const OPERATION: &'static Operation = &R::CREATE;

    fn parts(&self) -> Result<RequestParts, Error> {
        if let Some(key) = R::REQUIRED.iter().find(|key| !self.params.has(key)) {
            return Err(Error::request(format!("`{key}` is missing: the service requires it")));
        }
        let parts = RequestParts::post(R::PATH.split('/'));
        if R::FORM { self.params.apply_as_form(parts) } else { self.params.apply(parts) }
    }

    fn decode(&self, response: &RawResponse) -> Result<R, DecodeError> {
        object(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        if matches!(refusal.status.as_u16(), 404 | 409) { None } else { hint::<R>(refusal, None) }
    }
}

impl<R: Updatable> Endpoint for Update<R> {
    type Output = R;

    const OPERATION: &'static Operation = &R::UPDATE;

    fn parts(&self) -> Result<RequestParts, Error> {
        self.patch.params.check()?;
        if self.patch.params.is_empty() {
            return Err(Error::request("nothing to change: set at least one field of the patch"));
        }
        let parts = RequestParts::put(path::<R>(&self.id, None)?);
        if R::FORM { self.patch.params.apply_as_form(parts) } else { self.patch.params.apply(parts) }
    }

    fn decode(&self, response: &RawResponse) -> Result<R, DecodeError> {
        same_object(response, &self.id)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<R>(refusal, None)
    }
}

impl<R: Deletable> Endpoint for Delete<R> {
    type Output = Option<R>;

    const OPERATION: &'static Operation = &R::DELETE;

    fn parts(&self) -> Result<RequestParts, Error> {
        self.params.apply(RequestParts::delete(path::<R>(&self.id, None)?))
    }

    /// The service answers with the deleted object, where other services answer with an empty body (defect `ENG-02`).
    fn decode(&self, response: &RawResponse) -> Result<Option<R>, DecodeError> {
        if response.body.trim_ascii().is_empty() {
            return Ok(None);
        }
        same_object(response, &self.id).map(Some)
    }

    fn settle(&self, refusal: &RawResponse) -> Option<Option<R>> {
        shows_absence(refusal).then_some(None)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<R>(refusal, None)
    }
}
