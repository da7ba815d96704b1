use super::Event;
use crate::{
    AlarmRow, DOCUMENT, EventId,
    endpoints::{hint, parts},
    resource::{Resource as _, sealed::Place as _},
    time::Zone,
    wire::Collapsed,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use http::{Method, StatusCode};
use std::borrow::Cow;

/// Lists the alarms of one event. Made by [`Events::alarms`](super::Events::alarms).
/// A row that can't be read makes the whole answer an error.
#[derive(Debug, Clone, PartialEq)]
pub struct ListAlarmsOfEvent {
    event: EventId,
    zone: Zone,
}

impl ListAlarmsOfEvent {
    pub(crate) fn new(event: EventId, zone: Zone) -> Self {
        Self { event, zone }
    }
}

impl Endpoint for ListAlarmsOfEvent {
    type Output = Vec<AlarmRow>;

    const OPERATION: &'static Operation =
        &Operation::new("newfies.events.alarms", "/event/{id}/get_list_alarm/", Safety::Read, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(parts(Method::GET, [Event::COLLECTION.to_owned(), self.event.to_string(), "get_list_alarm".to_owned()]))
    }

    fn decode(&self, response: &RawResponse) -> Result<Vec<AlarmRow>, DecodeError> {
        let mut alarms: Vec<AlarmRow> = Collapsed::rows(response)?;
        alarms.iter_mut().for_each(|alarm| alarm.place(&self.zone));
        Ok(alarms)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        // NEWF-48
        let own =
            (refusal.status == StatusCode::INTERNAL_SERVER_ERROR).then_some("servers before 2.15 don't have this list");
        hint::<Event>(refusal, own)
    }
}
