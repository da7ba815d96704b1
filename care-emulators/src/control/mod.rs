//! What every emulator has under `/_emulator/`: the faults, the journal, the clock, and a list of all acts.
//!
//! A service adds its own acts, as a table of [`Act`]s beside the routes that carry them out. A path that is in neither
//! table is answered with 404 and the list of acts. Bodies are JSON, with or without a content type; an empty body is
//! an object without members. Each request passes the [guard] first.

pub(crate) mod act;
mod faults;
mod greeting;
mod guard;
mod shared;

use self::act::{Act, PREFIX};
use crate::{bodies::ControlErrorResponse, clock::Clock, faults::Faults, journal::Journal};
use axum::{
    Router,
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Request, StatusCode, header::CONTENT_TYPE};
use http_body_util::{BodyExt, Limited};
use tower::ServiceExt;

/// The size limit of a body: 1 MiB.
const MAX_BODY: usize = 1 << 20;

/// The control of one emulator: the acts of all emulators, and the list of this one's.
#[derive(Debug, Clone)]
pub(crate) struct Control {
    service: &'static str,
    acts: Vec<Act>,
    common: Vec<Act>,
    shared: Router,
    journal: Journal,
}

impl Control {
    pub(crate) fn new(service: &'static str, acts: Vec<Act>, faults: Faults, journal: Journal, clock: Clock) -> Self {
        let shared = shared::router(faults, journal.clone(), clock);
        Self { service, acts, common: shared::acts(), shared, journal }
    }

    /// Whether this request is for the control instead of the service. A browser and curl are greeted at `/`.
    pub(crate) fn takes(&self, request: &Request<Body>) -> bool {
        request.uri().path().starts_with(PREFIX) || greeting::is_asked(request)
    }

    /// Answers a request that it [takes](Self::takes), with `router` for the acts of the service.
    pub(crate) async fn answer(&self, router: Router, request: Request<Body>) -> Response {
        if let Some(refusal) = guard::refusal(request.headers()) {
            return refusal.into_response();
        }
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let origin = guard::origin(request.headers());
        if path == "/" {
            return greeting::page(self.service, &self.curl_lines(&origin), &self.journal);
        }
        if path == PREFIX {
            return axum::Json(serde_json::json!({ "acts": self.curl_lines(&origin) })).into_response();
        }
        let router = if self.common.iter().any(|act| act.is(&method, &path)) {
            self.shared.clone()
        } else if self.acts.iter().any(|act| act.is(&method, &path)) {
            router
        } else {
            let known = self.curl_lines(&origin).join("\n");
            let message = format!("no act {method} {path}; there are:\n{known}");
            return ControlErrorResponse(StatusCode::NOT_FOUND, message).into_response();
        };
        let (mut head, body) = request.into_parts();
        let Ok(body) = Limited::new(body, MAX_BODY).collect().await else {
            let message = "the body is longer than 1 MiB, or ended early".to_owned();
            return ControlErrorResponse(StatusCode::PAYLOAD_TOO_LARGE, message).into_response();
        };
        let body = Some(body.to_bytes()).filter(|body| !body.is_empty()).unwrap_or_else(|| "{}".into());
        head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let Ok(answer) = router.oneshot(Request::from_parts(head, Body::from(body))).await;
        answer
    }

    fn curl_lines(&self, origin: &str) -> Vec<String> {
        self.acts.iter().chain(&self.common).map(|act| act.curl(origin)).collect()
    }
}
