//! The operations that change rows, with what repeating each of them would do.

use crate::{
    endpoints::{collection, hint::hint, one, row, same_row, with_body},
    payload::{Field, Payload as _},
    resource::{Action, Empty, Writable},
    time::Zone,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::{Method, StatusCode};
use std::borrow::Cow;

/// Creates a row.
///
/// Its safety is [`Safety::Once`](crate::Safety::Once): a repeat would create a second row.
#[derive(Debug, Clone, PartialEq)]
pub struct Create<R: Writable> {
    new: R::New,
    zone: Zone,
}

/// Changes some fields of a row and leaves the others as they are.
///
/// Its safety is [`Safety::Idempotent`](crate::Safety::Idempotent): a repeat leaves the same row.
#[derive(Debug, Clone, PartialEq)]
pub struct Update<R: Writable> {
    id: R::Id,
    patch: R::Patch,
    zone: Zone,
}

/// Replaces a row. Fields that aren't set get the server's defaults, not their present values: to change some fields,
/// [`Update`] them. What the server would keep of the former row is sent as empty (defect
/// [`NEWF-56`](crate::defects)).
///
/// Its safety is [`Safety::Once`](crate::Safety::Once), because the server creates a row where there is none, often
/// under another id than the one named (defect [`NEWF-29`](crate::defects)). That is an error of kind
/// [`Decode`](crate::Kind::Decode) and outcome [`Completed`](crate::Outcome::Completed), with the new row in its
/// [body](crate::Error::body).
#[derive(Debug, Clone, PartialEq)]
pub struct Replace<R: Writable> {
    id: R::Id,
    replacement: R::Replacement,
    zone: Zone,
}

/// Deletes a row and everything that belongs to it.
///
/// Its safety is [`Safety::Idempotent`](crate::Safety::Idempotent). If the answer to a first attempt was lost, a 404 on
/// the second counts as success, whoever deleted the row.
#[derive(Debug, Clone, PartialEq)]
pub struct Delete<R: Writable> {
    id: R::Id,
}

impl<R: Writable> Create<R> {
    pub(crate) fn new(new: R::New, zone: Zone) -> Self {
        Self { new, zone }
    }
}

impl<R: Writable> Update<R> {
    pub(crate) fn new(id: R::Id, patch: R::Patch, zone: Zone) -> Self {
        Self { id, patch, zone }
    }
}

impl<R: Writable> Replace<R> {
    pub(crate) fn new(id: R::Id, replacement: R::Replacement, zone: Zone) -> Self {
        Self { id, replacement, zone }
    }
}

impl<R: Writable> Delete<R> {
    pub(crate) fn new(id: R::Id) -> Self {
        Self { id }
    }
}

impl<R: Writable> Endpoint for Create<R> {
    type Output = R;

    const OPERATION: &'static Operation = &R::CREATE;

    fn parts(&self) -> Result<RequestParts, Error> {
        with_body(collection::<R>(Method::POST), &self.new, &self.zone)
    }

    fn decode(&self, response: &RawResponse) -> Result<R, DecodeError> {
        row(response, &self.zone)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<R>(Action::Create, refusal)
    }
}

impl<R: Writable> Endpoint for Update<R> {
    type Output = R;

    const OPERATION: &'static Operation = &R::UPDATE;

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.patch.body().is_empty() {
            return Err(Error::request("the patch is empty: set at least one field"));
        }
        with_body(one::<R>(Method::PATCH, &self.id), &self.patch, &self.zone)
    }

    fn decode(&self, response: &RawResponse) -> Result<R, DecodeError> {
        same_row(response, &self.zone, &self.id)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<R>(Action::Update, refusal)
    }
}

impl<R: Writable> Endpoint for Replace<R> {
    type Output = R;

    const OPERATION: &'static Operation = &R::REPLACE;

    fn parts(&self) -> Result<RequestParts, Error> {
        self.replacement.check()?;
        let mut body = self.replacement.body().clone();
        // NEWF-56: of an omitted field the server keeps what the former row had.
        for (name, empty) in R::KEPT.iter().filter(|(name, _)| self.replacement.body().get(name).is_none()) {
            body.set(
                name,
                match empty {
                    Empty::Null => Field::Null,
                    Empty::Blank => String::new().into(),
                },
            );
        }
        body.place(&self.zone);
        one::<R>(Method::PUT, &self.id).json(&body)
    }

    fn decode(&self, response: &RawResponse) -> Result<R, DecodeError> {
        // NEWF-29
        if response.status == StatusCode::CREATED {
            return Err(DecodeError::unreadable(
                "",
                "there was no row with this id, so the server created a new one, perhaps under another id",
            ));
        }
        same_row(response, &self.zone, &self.id)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<R>(Action::Replace, refusal)
    }
}

impl<R: Writable> Endpoint for Delete<R> {
    type Output = ();

    const OPERATION: &'static Operation = &R::DELETE;

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(one::<R>(Method::DELETE, &self.id))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        response.accepted()
    }

    fn settle(&self, refusal: &RawResponse) -> Option<()> {
        (refusal.status == StatusCode::NOT_FOUND).then_some(())
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<R>(Action::Delete, refusal)
    }
}
