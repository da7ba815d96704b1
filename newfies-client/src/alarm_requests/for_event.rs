use crate::{
    alarm_requests::{event_log::EventLog, model::AlarmRequest},
    endpoints::{hint, nested, row},
    ids::EventId,
    resource::Action,
    time::Zone,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::Method;
use std::borrow::Cow;

/// Reads the attempts of all children of a root event. Returned by
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

    const OPERATION: &'static Operation = &AlarmRequest::FOR_EVENT.operation;

    fn parts(&self) -> Result<RequestParts, Error> {
        // NEWF-07
        Ok(nested::<AlarmRequest>(Method::GET, self.root, &AlarmRequest::FOR_EVENT))
    }

    fn decode(&self, response: &RawResponse) -> Result<EventLog, DecodeError> {
        // NEWF-16: an error comes with status 200.
        let log: EventLog = row(response, &self.zone)?;
        if log.event.id() == self.root {
            Ok(log)
        } else {
            Err(DecodeError::unreadable("event-url", "the log of another event than the one asked for"))
        }
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<AlarmRequest>(Action::Get, refusal)
    }
}
