//! The operations below the path of one event.

use crate::{
    alarms::AlarmRow,
    codes::EventStatus,
    endpoints::{hint, hint_or, nested},
    events::model::{ChildEvent, Event},
    ids::EventId,
    payload::Body,
    resource::{Action, Row as _},
    time::Zone,
    wire::{Collapsed, refuse_error},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::{Method, StatusCode};
use std::borrow::Cow;

/// Lists the children of a root event. Returned by [`Events::children`](super::Events::children). One unreadable row
/// fails the whole call.
#[derive(Debug, Clone, PartialEq)]
pub struct ListChildren {
    root: EventId,
    zone: Zone,
}

/// Lists the alarms of one event. Returned by [`Events::alarms`](super::Events::alarms). One unreadable row fails the
/// whole call.
#[derive(Debug, Clone, PartialEq)]
pub struct ListAlarmsOfEvent {
    event: EventId,
    zone: Zone,
}

/// Sets the status of the last child of a root event. Returned by
/// [`Events::set_last_child_status`](super::Events::set_last_child_status).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetLastChildStatus {
    root: EventId,
    status: EventStatus,
}

impl ListChildren {
    pub(crate) fn new(root: EventId, zone: Zone) -> Self {
        Self { root, zone }
    }
}

impl ListAlarmsOfEvent {
    pub(crate) fn new(event: EventId, zone: Zone) -> Self {
        Self { event, zone }
    }
}

impl SetLastChildStatus {
    pub(crate) fn new(root: EventId, status: EventStatus) -> Self {
        Self { root, status }
    }
}

impl Endpoint for ListChildren {
    type Output = Vec<ChildEvent>;

    const OPERATION: &'static Operation = &Event::CHILDREN.operation;

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(nested::<Event>(Method::GET, self.root, &Event::CHILDREN))
    }

    fn decode(&self, response: &RawResponse) -> Result<Vec<ChildEvent>, DecodeError> {
        let mut children: Vec<ChildEvent> = Collapsed::rows(response)?;
        children.iter_mut().for_each(|child| child.place(&self.zone));
        Ok(children)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<Event>(Action::Get, refusal)
    }
}

impl Endpoint for ListAlarmsOfEvent {
    type Output = Vec<AlarmRow>;

    const OPERATION: &'static Operation = &Event::ALARMS.operation;

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(nested::<Event>(Method::GET, self.event, &Event::ALARMS))
    }

    fn decode(&self, response: &RawResponse) -> Result<Vec<AlarmRow>, DecodeError> {
        let mut alarms: Vec<AlarmRow> = Collapsed::rows(response)?;
        alarms.iter_mut().for_each(|alarm| alarm.place(&self.zone));
        Ok(alarms)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        // NEWF-48
        let is_unknown = refusal.status == StatusCode::INTERNAL_SERVER_ERROR;
        let specific = is_unknown.then_some(Cow::Borrowed("servers before 2.15 don't have this list"));
        hint_or::<Event>(Action::Get, refusal, specific)
    }
}

impl Endpoint for SetLastChildStatus {
    type Output = ();

    const OPERATION: &'static Operation = &Event::SET_LAST_CHILD_STATUS.operation;

    fn parts(&self) -> Result<RequestParts, Error> {
        // NEWF-25
        if matches!(self.status, EventStatus::Other(_)) {
            return Err(Error::request("the server would store any number as status: use a documented one"));
        }
        let parts = nested::<Event>(Method::PATCH, self.root, &Event::SET_LAST_CHILD_STATUS);
        parts.json(&Body::default().with("status", self.status))
    }

    /// The answer's text is the same whether anything changed or not (defect `NEWF-25`).
    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        refuse_error(response)?;
        response.accepted()
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<Event>(Action::Update, refusal)
    }
}
