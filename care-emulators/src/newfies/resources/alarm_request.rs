//! `alarm-request`.

use crate::newfies::{
    form::{Field, Form},
    request_context::RequestContext,
    resources::{Editable, Resource, alarm::Alarms, read_only::CallRequests},
    rows::alarm::AlarmRequest,
    table::Table,
    timestamp::api_format,
    world::State,
};
use serde_json::{Value, json};

pub(in crate::newfies) struct AlarmRequests;

/// The creator of an alarm's event.
fn creator(context: &RequestContext<'_>, alarm: u64) -> Option<u64> {
    let event = context.state.alarms.get(alarm)?.event;
    context.state.events.get(event).map(|event| event.creator)
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

    fn sees(context: &RequestContext<'_>, row: &AlarmRequest) -> bool {
        let creator = row.alarm.and_then(|alarm| creator(context, alarm));
        context.caller.is_superuser || creator.is_some_and(|creator| context.manages(creator))
    }

    fn show(context: &RequestContext<'_>, row: &AlarmRequest) -> Value {
        let links = context.links;
        json!({
            "url": links.to(Self::PATH, row.id),
            "alarm": links.to_some(Alarms::PATH, row.alarm),
            "date": api_format(row.date),
            "status": row.status,
            "callstatus": row.callstatus,
            "duration": row.duration,
            "callrequest": links.to_some(CallRequests::PATH, row.callrequest),
            "created_date": api_format(row.created_date),
        })
    }
}

impl Editable for AlarmRequests {
    const SETS_OWNER: bool = false;

    fn set_id(row: &mut AlarmRequest, id: u64) {
        row.id = id;
    }

    fn table_mut(state: &mut State) -> &mut Table<AlarmRequest> {
        &mut state.alarm_requests
    }

    fn with_defaults(context: &RequestContext<'_>, id: u64) -> AlarmRequest {
        AlarmRequest::new(id, None, context.now)
    }

    fn keep(row: &mut AlarmRequest, old: &AlarmRequest) {
        row.created_date = old.created_date;
    }

    fn write(row: &mut AlarmRequest, form: &mut Form<'_>, context: &RequestContext<'_>) {
        let is_managed = |id| creator(context, id).is_some_and(|creator| context.manages(creator));
        form.link_or_null(Field::optional("alarm"), Alarms::PATH, is_managed, &mut row.alarm);
        form.time(Field::needed("date"), &mut row.date);
        form.choice_or_null(Field::optional("status"), 1..=5, &mut row.status);
        form.integer_or_null(Field::optional("callstatus"), &mut row.callstatus);
        form.integer_or_null(Field::optional("duration"), &mut row.duration);
        // Only calls of campaigns are accepted, which aren't emulated.
        form.link_or_null(Field::optional("callrequest"), CallRequests::PATH, |_| false, &mut row.callrequest);
    }

    fn remove(state: &mut State, key: u64) {
        state.alarm_requests.remove(key);
    }
}
