//! `alarm-request`.

use crate::newfies::{
    form::{Field, Form},
    request_context::Scene,
    resources::{Editable, Resource},
    rows::alarm_request::AlarmRequest,
    state::State,
    table::Table,
    timestamp::wire,
};
use serde_json::{Value, json};

pub(in crate::newfies) struct AlarmRequests;

/// The calendar user who has made an alarm's event.
fn creator(scene: &Scene<'_>, alarm: u64) -> Option<u64> {
    let event = scene.state.alarms.get(alarm)?.event;
    scene.state.events.get(event).map(|event| event.creator)
}

impl Resource for AlarmRequests {
    type Row = AlarmRequest;

    const PATH: &'static str = "alarm-request";
    const MODEL: Option<&'static str> = Some("alarmrequest");

    fn table(state: &State) -> &Table<AlarmRequest> {
        &state.alarm_requests
    }

    fn id(row: &AlarmRequest) -> u64 {
        row.id
    }

    fn sees(scene: &Scene<'_>, row: &AlarmRequest) -> bool {
        let creator = row.alarm.and_then(|alarm| creator(scene, alarm));
        scene.caller.is_superuser || creator.is_some_and(|creator| scene.manages(creator))
    }

    fn show(scene: &Scene<'_>, row: &AlarmRequest) -> Value {
        let links = scene.links;
        json!({
            "url": links.to(Self::PATH, row.id),
            "alarm": links.to_some("alarm", row.alarm),
            "date": wire(row.date),
            "status": row.status,
            "callstatus": row.callstatus,
            "duration": row.duration,
            "callrequest": links.to_some("callrequest", row.callrequest),
            "created_date": wire(row.created_date),
        })
    }
}

impl Editable for AlarmRequests {
    const IS_STAMPED: bool = false;

    fn set_id(row: &mut AlarmRequest, id: u64) {
        row.id = id;
    }

    fn table_mut(state: &mut State) -> &mut Table<AlarmRequest> {
        &mut state.alarm_requests
    }

    fn fresh(scene: &Scene<'_>, id: u64) -> AlarmRequest {
        AlarmRequest::new(id, None, scene.now)
    }

    fn keep(row: &mut AlarmRequest, old: &AlarmRequest) {
        row.created_date = old.created_date;
    }

    fn write(row: &mut AlarmRequest, form: &mut Form<'_>, scene: &Scene<'_>) {
        let is_managed = |id| creator(scene, id).is_some_and(|creator| scene.manages(creator));
        form.link_or_null(Field::optional("alarm"), "alarm", is_managed, &mut row.alarm);
        form.time(Field::needed("date"), &mut row.date);
        form.choice_or_null(Field::optional("status"), 1..=5, &mut row.status);
        form.integer_or_null(Field::optional("callstatus"), &mut row.callstatus);
        form.integer_or_null(Field::optional("duration"), &mut row.duration);
        // Only calls of campaigns are accepted, of which there are none here.
        form.link_or_null(Field::optional("callrequest"), "callrequest", |_| false, &mut row.callrequest);
    }

    fn remove(state: &mut State, key: u64) {
        state.alarm_requests.remove(key);
    }
}
