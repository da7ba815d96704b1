use super::{AlarmRequest, EventLog};
use crate::{
    DOCUMENT, EventId,
    endpoints::{hint, parts, row},
    resource::Resource as _,
    time::Zone,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use http::Method;
use std::borrow::Cow;

/// Reads the attempts of all children of a root event. Made by
/// [`AlarmRequests::for_event`](super::AlarmRequests::for_event).
#[derive(Debug, Clone, PartialEq)]
pub struct GetEventLog {
    root: EventId,
    zone: Zone,
}

impl GetEventLog {
    pub(crate) fn new(root: EventId, zone: Zone) -> Self {
        Self { root, zone }
    }
}

impl Endpoint for GetEventLog {
    type Output = EventLog;

    const OPERATION: &'static Operation = &Operation::new(
        "newfies.alarm_requests.for_event",
        "/alarm-request/{eventId}/get_nested_alarm_request/",
        Safety::Read,
        DOCUMENT,
    );

    fn parts(&self) -> Result<RequestParts, Error> {
        // NEWF-07
        let path = [AlarmRequest::COLLECTION.to_owned(), self.root.to_string(), "get_nested_alarm_request".to_owned()];
        Ok(parts(Method::GET, path))
    }

    fn decode(&self, response: &RawResponse) -> Result<EventLog, DecodeError> {
        // NEWF-16: an error comes with status 200.
        let log: EventLog = row(response, &self.zone)?;
        if log.event.id() == self.root {
            Ok(log)
        } else {
            Err(DecodeError::unreadable("event-url", "another event than the one that was asked for"))
        }
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<AlarmRequest>(refusal, None)
    }
}
