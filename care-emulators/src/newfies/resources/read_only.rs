//! `rule` and `callrequest`, which are only read.

use crate::newfies::{
    request_context::RequestContext,
    resources::{Resource, static_resources::Gateways},
    rows::{alarm::CallRequest, event::Rule},
    table::Table,
    timestamp::api_format,
    world::State,
};
use serde_json::{Value, json};

pub(in crate::newfies) struct Rules;

impl Resource for Rules {
    type Row = Rule;

    const PATH: &'static str = "rule";
    const MODEL: Option<&'static str> = Some("rule");

    fn table(state: &State) -> &Table<Rule> {
        &state.rules
    }

    fn id(row: &Rule) -> u64 {
        row.id
    }

    fn sees(_: &RequestContext<'_>, _: &Rule) -> bool {
        true
    }

    fn show(context: &RequestContext<'_>, row: &Rule) -> Value {
        json!({
            "url": context.links.to(Self::PATH, row.id),
            "name": row.name,
            "description": row.description,
            "frequency": row.frequency.to_string(),
            "params": row.params,
        })
    }
}

pub(in crate::newfies) struct CallRequests;

/// The id of the content type of sealed surveys. It differs between installations.
const SURVEY_TYPE: u64 = 34;

impl Resource for CallRequests {
    type Row = CallRequest;

    const PATH: &'static str = "callrequest";
    const MODEL: Option<&'static str> = Some("callrequest");

    fn table(state: &State) -> &Table<CallRequest> {
        &state.call_requests
    }

    fn id(row: &CallRequest) -> u64 {
        row.id
    }

    fn sees(context: &RequestContext<'_>, row: &CallRequest) -> bool {
        context.caller.is_superuser || row.user == context.caller.id
    }

    fn show(context: &RequestContext<'_>, row: &CallRequest) -> Value {
        json!({
            "user": context.username(row.user),
            "url": context.links.to(Self::PATH, row.id),
            "request_uuid": format!("e0000000-0000-4000-8000-{:012}", row.id),
            "aleg_uuid": null,
            "call_time": api_format(row.call_time),
            "created_date": api_format(row.call_time),
            "updated_date": api_format(row.updated_date),
            "call_type": 1,
            "status": row.status,
            "callerid": row.callerid,
            "caller_name": row.caller_name,
            "phone_number": row.phone_number,
            "timeout": row.timeout,
            "timelimit": 3600,
            "extra_dial_string": "",
            "subscriber": null,
            "campaign": null,
            "aleg_gateway": context.links.to(Gateways::PATH, row.aleg_gateway),
            "content_type": context.links.to("content-type", SURVEY_TYPE),
            "object_id": row.survey,
            "completed": false,
            "extra_data": "",
            "num_attempt": 0,
            "last_attempt_time": null,
            "result": "",
            "hangup_cause": row.hangup_cause,
            "parent_callrequest": null,
            "alarm_request_id": row.alarm_request_id,
        })
    }
}
