//! The fault plan by HTTP: each verb of [`Faults`] by its name.

use crate::{bodies::ControlErrorResponse, faults::Faults};
use axum::{Json, extract::State};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

/// How long the answer to `go_down` has to leave before its connection is closed.
const FAREWELL: Duration = Duration::from_millis(500);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewFault {
    fault: String,
    method: Option<String>,
    path: Option<String>,
    times: Option<usize>,
    status: Option<u16>,
    retry_after: Option<u64>,
    seconds: Option<f64>,
}

/// The failures that need no number.
type Verb = (&'static str, fn(&Faults));
const PLAIN: [Verb; 10] = [
    ("close_unread", Faults::close_unread),
    ("drop_before_commit", Faults::drop_before_commit),
    ("drop_after_commit", Faults::drop_after_commit),
    ("reset", Faults::reset),
    ("reset_after_commit", Faults::reset_after_commit),
    ("truncate_body", Faults::truncate_body),
    ("reset_body", Faults::reset_body),
    ("silence_after_head", Faults::silence_after_head),
    ("garbage", Faults::garbage),
    ("html", Faults::html),
];

const OTHERS: &str = "status_before_commit and status_after_commit (with `status`), throttle, \
                      delay and delay_after_commit (with `seconds`), go_down (with `seconds`)";

fn shown(faults: &Faults) -> Json<Value> {
    Json(json!({ "left": faults.left(), "down": faults.is_down() }))
}

pub(super) async fn list(State(faults): State<Faults>) -> Json<Value> {
    shown(&faults)
}

pub(super) async fn clear(State(faults): State<Faults>) -> Json<Value> {
    faults.clear();
    shown(&faults)
}

pub(super) async fn plan(
    State(faults): State<Faults>,
    Json(new): Json<NewFault>,
) -> Result<Json<Value>, ControlErrorResponse> {
    let wrong = |message: &str| ControlErrorResponse(StatusCode::BAD_REQUEST, message.to_owned());
    let target = match (&new.method, &new.path) {
        (None, Some(path)) if !path.is_empty() => return Err(wrong("a `path` needs a `method`")),
        (None, _) => faults.clone(),
        (Some(method), path) => faults.on(method.to_ascii_uppercase(), path.as_deref().unwrap_or_default()),
    };
    let target = target.times(new.times.unwrap_or(1));
    let seconds = || {
        let seconds = new.seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        seconds.ok_or_else(|| wrong("`seconds` must be a number that is not negative"))
    };
    let status = || {
        let status = new.status.filter(|status| (200..1000).contains(status));
        status.ok_or_else(|| wrong("`status` must be a number from 200 to 999"))
    };
    let retry_after = new.retry_after.map(Duration::from_secs);
    match new.fault.as_str() {
        "status_before_commit" => target.status_before_commit(status()?, retry_after),
        "status_after_commit" => target.status_after_commit(status()?, retry_after),
        "throttle" => target.throttle(retry_after),
        "delay" => target.delay(seconds()?),
        "delay_after_commit" => target.delay_after_commit(seconds()?),
        "go_down" => {
            let outage = seconds()?;
            tokio::spawn(async move {
                tokio::time::sleep(FAREWELL).await;
                faults.go_down_for(outage).await;
            });
            return Ok(Json(json!({ "down_for_seconds": outage.as_secs_f64() })));
        }
        name => {
            let Some((_, verb)) = PLAIN.iter().find(|(known, _)| *known == name) else {
                let known: Vec<_> = PLAIN.iter().map(|(known, _)| *known).collect();
                return Err(wrong(&format!("no fault `{name}`; there are {}, {OTHERS}", known.join(", "))));
            };
            verb(&target);
        }
    }
    Ok(shown(&faults))
}
