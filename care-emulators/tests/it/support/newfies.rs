//! Newfies: requests with credentials, and the documented walk through the appointment module.

use super::{RawRequest, RawResponse};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use care_emulators::newfies::Emulator;
use serde_json::{Value, json};

/// The path prefix.
pub(crate) const ROOT: &str = "/rest-api";

/// A header with a user name and password.
pub(crate) fn basic(username: &str, password: &str) -> String {
    format!("authorization: Basic {}", BASE64_STANDARD.encode(format!("{username}:{password}")))
}

/// A request of a user.
pub(crate) fn request_as(user: (&str, &str), method: &'static str, path: &str) -> RawRequest {
    RawRequest::new(method, format!("{ROOT}{path}")).header(basic(user.0, user.1))
}

/// A request of the default manager.
pub(crate) fn request(method: &'static str, path: &str) -> RawRequest {
    request_as(("manager", "emulator-password"), method, path)
}

impl RawRequest {
    pub(crate) fn json_body(self, body: &Value) -> Self {
        self.header("content-type: application/json").body(body.to_string())
    }
}

impl RawResponse {
    /// The JSON body, with or without a charset in the media type.
    pub(crate) fn object(&self) -> Value {
        let kind = self.header("content-type").unwrap_or_default();
        assert!(["application/json", "application/json; charset=utf-8"].contains(&kind), "{kind}");
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Sends a body, and returns status and JSON response; null if there is none.
pub(crate) async fn send(emulator: &Emulator, method: &'static str, path: &str, body: &Value) -> (u16, Value) {
    outcome(&request(method, path).json_body(body).send(emulator).await)
}

pub(crate) async fn get(emulator: &Emulator, path: &str) -> (u16, Value) {
    outcome(&request("GET", path).send(emulator).await)
}

pub(crate) fn outcome(response: &RawResponse) -> (u16, Value) {
    (response.status, serde_json::from_slice(&response.body).unwrap_or_default())
}

/// Reads a path that must exist.
pub(crate) async fn read(emulator: &Emulator, path: &str) -> Value {
    let (status, body) = get(emulator, path).await;
    assert_eq!(status, 200, "{path}: {body}");
    body
}

/// Creates a row, and returns the id in its link.
pub(crate) async fn make(emulator: &Emulator, resource: &str, body: &Value) -> u64 {
    let (status, made) = send(emulator, "POST", &format!("/{resource}/"), body).await;
    assert_eq!(status, 201, "{resource}: {made}");
    id_in(&made["url"])
}

/// The id at the end of a link.
pub(crate) fn id_in(link: &Value) -> u64 {
    link.as_str().unwrap().rsplit('/').nth(1).unwrap().parse().unwrap()
}

/// A link as a client sends it.
pub(crate) fn link(resource: &str, id: u64) -> String {
    format!("{ROOT}/{resource}/{id}/")
}

/// The required fields of a calendar setting, with the initial gateways and survey.
pub(crate) fn setting() -> Value {
    json!({
        "label": "reminders",
        "callerid": "12025550100",
        "survey": link("sealed-survey", 1),
        "aleg_gateway": link("gateway", 1),
        "sms_gateway": link("sms-gateway", 1),
    })
}

/// Creates a calendar user and a calendar, and returns their ids.
///
/// The generation must be able to create calendar users.
pub(crate) async fn calendar(emulator: &Emulator, username: &str) -> (u64, u64) {
    if read(emulator, "/calendar-setting/").await["count"] == 0 {
        make(emulator, "calendar-setting", &setting()).await;
    }
    let user = json!({ "username": username, "password": "secret" });
    let (status, made) = send(emulator, "POST", "/calendar-user/", &user).await;
    assert_eq!(status, 201, "{made}");
    let user = emulator.controller().users().into_iter().find(|user| user.username == username).unwrap().id;
    let calendar = json!({ "name": format!("of {username}"), "user": link("calendar-user", user) });
    (user, make(emulator, "calendar", &calendar).await)
}

/// The required fields of an event.
pub(crate) fn event((user, calendar): (u64, u64)) -> Value {
    json!({ "title": "Check-up", "creator": link("calendar-user", user), "calendar": link("calendar", calendar) })
}

/// `object` with changed or additional fields.
pub(crate) fn with(mut object: Value, fields: Value) -> Value {
    let Value::Object(fields) = fields else { panic!("{fields} is no object") };
    object.as_object_mut().unwrap().extend(fields);
    object
}

/// One step of the documented walk: the name of its fixtures, method, path, host, status, and allowed methods.
pub(crate) type Step = (&'static str, &'static str, &'static str, &'static str, u16, &'static str);

/// The documented walk, in order.
pub(crate) const WALK: [Step; 8] = [
    ("create-calendar-setting", "POST", "/calendar-setting/", "localhost:8000", 201, "GET, POST, HEAD, OPTIONS"),
    ("create-calendar-user", "POST", "/calendar-user/", "localhost:8000", 201, "GET, POST, HEAD, OPTIONS"),
    (
        "update-calendar-user-profile",
        "PATCH",
        "/calendar-user-profile/6/",
        "localhost:8000",
        200,
        "GET, PUT, PATCH, DELETE, HEAD, OPTIONS",
    ),
    ("create-calendar", "POST", "/calendar/", "localhost:8000", 201, "GET, POST, HEAD, OPTIONS"),
    ("create-event", "POST", "/event/", "localhost:8000", 201, "GET, POST, HEAD, OPTIONS"),
    ("list-event-children", "GET", "/event/5/get_list_child/", "localhost:8000", 200, "GET, HEAD, OPTIONS"),
    ("set-last-child-status", "PATCH", "/event/5/update_last_child_status/", "127.0.0.1:8000", 200, "PATCH, OPTIONS"),
    (
        "nested-alarm-requests",
        "GET",
        "/alarm-request/5/get_nested_alarm_request/",
        "localhost:8000",
        200,
        "GET, HEAD, OPTIONS",
    ),
];

/// A documented body, if there is one.
pub(crate) fn fixture(name: &str) -> Option<Value> {
    let path = format!("{}/../newfies-client/fixtures/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}
