use super::Event;
use crate::{
    DOCUMENT, EventId, EventStatus,
    endpoints::{hint, parts},
    resource::Resource as _,
    wire::{Body, refuse_error},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use http::Method;
use std::borrow::Cow;

/// Sets the status of the last child of a root event. Made by
/// [`Events::set_last_child_status`](super::Events::set_last_child_status).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetLastChildStatus {
    root: EventId,
    status: EventStatus,
}

impl SetLastChildStatus {
    pub(crate) fn new(root: EventId, status: EventStatus) -> Self {
        Self { root, status }
    }
}

impl Endpoint for SetLastChildStatus {
    type Output = ();

    const OPERATION: &'static Operation = &Operation::new(
        "newfies.events.set_last_child_status",
        "/event/{id}/update_last_child_status/",
        Safety::Idempotent,
        DOCUMENT,
    );

    fn parts(&self) -> Result<RequestParts, Error> {
        // NEWF-25
        if matches!(self.status, EventStatus::Other(_)) {
            return Err(Error::request("the server would store any number as status: give a documented one"));
        }
        let path = [Event::COLLECTION.to_owned(), self.root.to_string(), "update_last_child_status".to_owned()];
        parts(Method::PATCH, path).json(&Body::default().with("status", self.status))
    }

    /// The text of the answer is the same whether anything was changed or not: defect `NEWF-25`.
    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        refuse_error(response)?;
        response.accepted()
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<Event>(refusal, None)
    }
}
