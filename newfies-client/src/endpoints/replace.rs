use super::{own_of_500, parts, row, with_body, write_hint};
use crate::{resource::Writable, time::Zone};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::{Method, StatusCode};
use std::borrow::Cow;

/// Puts a row in place of another. What isn't set gets the server's default, not the value it had: to change some fields,
/// [`Update`](crate::Update) them.
///
/// It is [`Safety::Once`](crate::Safety::Once), for the server makes a row where there is none, often with another id than was
/// named (defect [`NEWF-29`](crate::defects)). That is an error of kind [`Decode`](crate::Kind::Decode), outcome
/// [`Completed`](crate::Outcome::Completed), and what was made stands in its [body](crate::Error::body).
#[derive(Debug, Clone, PartialEq)]
pub struct Replace<R: Writable> {
    id: R::Id,
    replacement: R::Replacement,
    zone: Zone,
}

impl<R: Writable> Replace<R> {
    pub(crate) fn new(id: R::Id, replacement: R::Replacement, zone: Zone) -> Self {
        Self { id, replacement, zone }
    }
}

impl<R: Writable> Endpoint for Replace<R> {
    type Output = R;

    const OPERATION: &'static Operation = &R::REPLACE;

    fn parts(&self) -> Result<RequestParts, Error> {
        let path = [R::COLLECTION.to_owned(), self.id.to_string()];
        with_body(parts(Method::PUT, path), &self.replacement, &self.zone)
    }

    fn decode(&self, response: &RawResponse) -> Result<R, DecodeError> {
        // NEWF-29
        if response.status == StatusCode::CREATED {
            return Err(DecodeError::unreadable(
                "",
                "there was none with this id, so the server made a new one, whose id may be another",
            ));
        }
        row(response, &self.zone)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        write_hint::<R>(refusal, own_of_500::<R>(refusal))
    }
}
