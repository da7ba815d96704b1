//! The extra actions of events and alarm requests.

use crate::newfies::{
    request_context::{RequestContext, ViewRequest, ViewResult},
    resources::{Resource, alarm::Alarms, alarm_request::AlarmRequests, event::Events, read_only::CallRequests},
    response::{ErrorResponse, Reply},
    routes::{crud::collapsed, views::resource_paths},
    rows::{
        alarm::{Alarm, AlarmRequest},
        event::Event,
    },
    timestamp::{action_format, day, time_of_day_text},
};
use http::StatusCode;
use serde_json::{Map, Value, json};

/// The event of the path.
fn event(request: &ViewRequest<'_>) -> Result<Event, ErrorResponse> {
    let context = request.context();
    let event = request.number().and_then(|id| context.state.events.get(id));
    event.filter(|event| Events::sees(&context, event)).cloned().ok_or_else(ErrorResponse::not_found)
}

pub(super) fn children(request: &ViewRequest<'_>) -> ViewResult {
    let (parent, context) = (event(request)?, request.context());
    let children = context.state.children(parent.id).into_iter().map(|child| {
        json!({
            "url": context.links.hand_built(Events::PATH, child.id),
            "start": action_format(child.start),
            "end": action_format(child.end),
            "description": child.description,
            "title": child.title,
        })
    });
    Ok(Reply::action(collapsed(children.collect(), "no child event found"), true))
}

/// A number as the string that Python makes of it.
fn number(number: Option<impl ToString>) -> Value {
    number.map_or_else(|| "None".to_owned(), |number| number.to_string()).into()
}

pub(super) fn alarms(request: &ViewRequest<'_>) -> ViewResult {
    let (event, context) = (event(request)?, request.context());
    let mut alarms: Vec<&Alarm> = context.state.alarms_of(event.id).collect();
    alarms.sort_by_key(|alarm| alarm.created_date);
    let shown = alarms.into_iter().map(|alarm| {
        let method = ["CALL", "SMS", "EMAIL"].iter().zip(1..).find(|(_, number)| *number == alarm.method);
        let method = method.map_or("None", |(name, _)| name);
        json!({
            "url": context.links.hand_built(Alarms::PATH, alarm.id),
            "title": format!("{} - method:{method} - {}: {}", alarm.id, event.title, day(event.start)),
            "phonenumber": alarm.alarm_phonenumber,
            "daily_start": time_of_day_text(alarm.daily_start),
            "daily_stop": time_of_day_text(alarm.daily_stop),
            "advance_notice": number(alarm.advance_notice),
            "maxretry": number(alarm.maxretry),
            "retry_delay": number(alarm.retry_delay),
            "num_attempt": number(alarm.num_attempt),
            "method": number(Some(alarm.method)),
            "status": number(Some(alarm.status)),
            "result": number(alarm.result),
            "created_date": action_format(alarm.created_date),
        })
    });
    Ok(Reply::action(collapsed(shown.collect(), "no child alarm found"), false))
}

/// Sets the status of the last created child to any value. The response is the same without a child.
pub(super) fn set_last_child_status(request: &mut ViewRequest<'_>) -> ViewResult {
    let (parent, sent) = (event(request)?, request.object()?);
    let status = match sent.get("status") {
        Some(Value::Null) => None,
        // As Python's int() makes a number of it.
        Some(Value::Bool(yes)) => Some(i64::from(*yes)),
        Some(Value::Number(number)) => {
            let cut = number.as_f64().map(|float| float.trunc() as i64);
            Some(number.as_i64().or(cut).ok_or(ErrorResponse::Crash)?)
        }
        Some(Value::String(text)) => Some(text.trim().parse().map_err(|_| ErrorResponse::Crash)?),
        _ => return Err(ErrorResponse::Crash),
    };
    let last = request.state.children(parent.id).last().map(|child| child.id);
    if let Some(child) = last.and_then(|last| request.state.events.get_mut(last)) {
        child.status = status;
    }
    Ok(Reply::action(json!({ "status": "event status has been updated" }), true))
}

fn try_view(context: &RequestContext<'_>, alarm_request: &AlarmRequest) -> Value {
    json!({
        "status": number(alarm_request.status),
        "url": context.links.hand_built(AlarmRequests::PATH, alarm_request.id),
        "alarm-callrequest": match alarm_request.callrequest {
            Some(call) => context.links.hand_built(CallRequests::PATH, call),
            None => context.links.hand_built(CallRequests::PATH, "None"),
        },
        "duration": number(alarm_request.duration),
        "date": action_format(alarm_request.date),
        "callstatus": number(alarm_request.callstatus),
    })
}

/// The tries of the alarms of an event's children, excluding its own alarms.
pub(super) fn nested(request: &ViewRequest<'_>) -> ViewResult {
    let context = request.context();
    let event = request.number().and_then(|id| context.state.events.get(id));
    let Some(event) = event.filter(|event| Events::sees(&context, event)) else {
        return Ok(Reply::action(json!({ "error": "event id is not valid" }), true));
    };
    let mut alarms = Map::new();
    for alarm in context.state.children(event.id).into_iter().flat_map(|child| context.state.alarms_of(child.id)) {
        let mut tries = Map::new();
        tries.insert("url".to_owned(), context.links.hand_built(Alarms::PATH, alarm.id).into());
        for row in context.state.requests_of(alarm.id) {
            tries.insert(format!("alarm-request-{}", row.id), try_view(&context, row));
        }
        alarms.insert(format!("alarm-{}", alarm.id), tries.into());
    }
    let url = Value::from(context.links.hand_built(Events::PATH, event.id));
    if request.settings.stray_event_url {
        alarms.insert("url".to_owned(), url.clone());
    }
    let mut all = Map::new();
    all.insert("event-url".to_owned(), url);
    all.insert(format!("event-{}", event.id), alarms.into());
    Ok(Reply::action(all.into(), true))
}

/// The names and links of all lists.
pub(super) fn root(request: &ViewRequest<'_>) -> ViewResult {
    let names = resource_paths().map(|path| (path.to_owned(), request.links.list(path).into()));
    Ok(Reply::ok(Value::Object(names.collect())))
}

/// What the server has and the emulator doesn't.
pub(super) fn not_emulated() -> ViewResult {
    Err(ErrorResponse::detail(StatusCode::NOT_IMPLEMENTED, "The server has this, but the emulator doesn't."))
}
