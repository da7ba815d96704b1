//! One request and its answer, as the fault plan wants it.

use std::io;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::{Html, IntoResponse, Response};
use futures_util::future::BoxFuture;
use http::header::{CONNECTION, RETRY_AFTER};
use http::{HeaderValue, Request, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tower::ServiceExt;

use crate::cut::{cut, silence};
use crate::fault::{Fault, Side};
use crate::journal::Journal;
use crate::plan::Plan;
use crate::recorded::Recorded;
use crate::wire::Sabotage;

/// Below this path stand an emulator's own endpoints: not journaled, never failing.
pub(crate) const CONTROL: &str = "/_emulator/";

/// The longest request body that is read: 1 MiB.
const MAX_BODY: usize = 1 << 20;

const PAGE: &str = "<!doctype html><title>Sign in</title><p>Sign in to use this network.</p>";

/// The error that ends a connection in place of an answer.
fn hang_up() -> io::Error {
    io::Error::from(io::ErrorKind::ConnectionAborted)
}

/// What every exchange of an emulator shares.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) journal: Journal,
    pub(crate) plan: Plan,
    /// How the service words an error that only the fault plan wants.
    pub(crate) problem: fn(StatusCode) -> Response,
}

impl Exchange {
    /// Serves `request` by `router`, over the connection that `wire` can break, if there is one.
    ///
    /// # Errors
    ///
    /// Ends with an error when the connection is to be closed in place of an answer; without a connection, only when the body can't be read.
    pub(crate) async fn serve(
        &self,
        router: Router,
        request: Request<Body>,
        wire: Option<&Sabotage>,
    ) -> io::Result<Response> {
        if request.uri().path().starts_with(CONTROL) {
            let Ok(answer) = router.oneshot(request).await;
            return Ok(answer);
        }
        let (head, body) = request.into_parts();
        let fault = self.plan.take(&head.method, head.uri.path(), wire.is_some());
        if fault == Some(Fault::CloseUnread) {
            return Err(hang_up());
        }
        let body = match Limited::new(body, MAX_BODY).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => return Ok((self.problem)(StatusCode::PAYLOAD_TOO_LARGE)),
            Err(error) => return Err(io::Error::other(error)),
        };
        self.journal.record(Recorded::new(&head, body.clone()));
        if let Some(answer) = self.before_commit(fault.as_ref(), wire).await? {
            return Ok(answer);
        }
        let Ok(answer) = router.oneshot(Request::from_parts(head, Body::from(body))).await;
        self.after_commit(fault, answer, wire).await
    }

    async fn before_commit(&self, fault: Option<&Fault>, wire: Option<&Sabotage>) -> io::Result<Option<Response>> {
        match fault {
            Some(Fault::Drop(Side::Before)) => Err(hang_up()),
            Some(Fault::Reset(Side::Before)) => Err(reset(wire)),
            Some(Fault::Status { side: Side::Before, status, retry_after }) => {
                Ok(Some(self.status(*status, *retry_after)))
            }
            Some(Fault::Delay(Side::Before, by)) => {
                tokio::time::sleep(*by).await;
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    async fn after_commit(
        &self,
        fault: Option<Fault>,
        mut answer: Response,
        wire: Option<&Sabotage>,
    ) -> io::Result<Response> {
        match fault {
            Some(Fault::Drop(Side::After)) => return Err(hang_up()),
            Some(Fault::Reset(Side::After)) => return Err(reset(wire)),
            Some(Fault::Status { side: Side::After, status, retry_after }) => answer = self.status(status, retry_after),
            Some(Fault::Delay(Side::After, by)) => tokio::time::sleep(by).await,
            Some(Fault::CutBody { reset }) => {
                answer = cut(answer, wire.filter(|_| reset).cloned()).await;
            }
            Some(Fault::SilenceAfterHead) => answer = silence(answer).await,
            Some(Fault::Garbage) => {
                if let Some(wire) = wire {
                    wire.garble();
                }
                answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Some(Fault::Html) => answer = Html(PAGE).into_response(),
            _ => {}
        }
        Ok(answer)
    }

    fn status(&self, status: StatusCode, retry_after: Option<Duration>) -> Response {
        let mut answer = (self.problem)(status);
        if let Some(wait) = retry_after {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            answer.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        answer
    }

    /// A router that serves each request as `serve` does without a connection.
    pub(crate) fn in_process(self, router: Router) -> Router {
        let service = tower::service_fn(move |request: Request<Body>| -> BoxFuture<'static, Result<Response, _>> {
            let (exchange, router) = (self.clone(), router.clone());
            Box::pin(async move {
                let served = exchange.serve(router, request, None).await;
                let unreadable = |_| (exchange.problem)(StatusCode::BAD_REQUEST);
                Ok::<_, std::convert::Infallible>(served.unwrap_or_else(unreadable))
            })
        });
        Router::new().fallback_service(service)
    }
}

fn reset(wire: Option<&Sabotage>) -> io::Error {
    if let Some(wire) = wire {
        wire.reset();
    }
    hang_up()
}
