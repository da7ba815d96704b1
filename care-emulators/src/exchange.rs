//! One request and its answer, with the failure that the fault plan has for it.
//!
//! Order: take the failure from the plan, read the body, record the request in the journal, fail before the commit, run
//! the router, fail after the commit. Requests for the [control](Control) skip all of that.

use crate::{
    control::Control,
    fault::{Fault, Plan, Side},
    faulty_stream::{Sabotage, silence, truncate},
    journal::{Journal, Recorded},
};
use axum::{
    Router,
    body::Body,
    response::{Html, IntoResponse, Response},
};
use futures_util::future::BoxFuture;
use http::{
    HeaderValue, Request, StatusCode,
    header::{CONNECTION, RETRY_AFTER},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::{io, time::Duration};
use tower::ServiceExt;

/// The size limit of a request body: 1 MiB.
const MAX_BODY: usize = 1 << 20;

const PAGE: &str = "<!doctype html><title>Sign in</title><p>Sign in to use this network.</p>";

/// The error that ends a connection instead of an answer.
fn hang_up() -> io::Error {
    io::Error::from(io::ErrorKind::ConnectionAborted)
}

/// What all exchanges of an emulator share.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) journal: Journal,
    pub(crate) plan: Plan,
    pub(crate) control: Control,
    /// Writes a planned error in the form of the service.
    pub(crate) problem: fn(StatusCode) -> Response,
}

impl Exchange {
    /// Answers `request` with `router`. `connection` breaks the connection, if there is one.
    ///
    /// # Errors
    ///
    /// The connection must be closed instead of an answer. Without a connection: the body can't be read.
    pub(crate) async fn serve(
        &self,
        router: Router,
        request: Request<Body>,
        connection: Option<&Sabotage>,
    ) -> io::Result<Response> {
        if self.control.takes(&request) {
            return Ok(self.control.answer(router, request).await);
        }
        let (head, body) = request.into_parts();
        let fault = self.plan.take(&head.method, head.uri.path(), connection.is_some());
        if fault == Some(Fault::CloseUnread) {
            return Err(hang_up());
        }
        let body = match Limited::new(body, MAX_BODY).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => return Ok((self.problem)(StatusCode::PAYLOAD_TOO_LARGE)),
            Err(error) => return Err(io::Error::other(error)),
        };
        self.journal.record(Recorded::new(&head, body.clone()));
        if let Some(answer) = self.before_commit(fault.as_ref(), connection).await? {
            return Ok(answer);
        }
        let Ok(answer) = router.oneshot(Request::from_parts(head, Body::from(body))).await;
        self.after_commit(fault, answer, connection).await
    }

    async fn before_commit(
        &self,
        fault: Option<&Fault>,
        connection: Option<&Sabotage>,
    ) -> io::Result<Option<Response>> {
        match fault {
            Some(Fault::Drop(Side::Before)) => Err(hang_up()),
            Some(Fault::Reset(Side::Before)) => Err(reset(connection)),
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
        connection: Option<&Sabotage>,
    ) -> io::Result<Response> {
        match fault {
            Some(Fault::Drop(Side::After)) => return Err(hang_up()),
            Some(Fault::Reset(Side::After)) => return Err(reset(connection)),
            Some(Fault::Status { side: Side::After, status, retry_after }) => answer = self.status(status, retry_after),
            Some(Fault::Delay(Side::After, by)) => tokio::time::sleep(by).await,
            Some(Fault::TruncateBody { reset }) => {
                answer = truncate(answer, connection.filter(|_| reset).cloned()).await;
            }
            Some(Fault::SilenceAfterHead) => answer = silence(answer).await,
            Some(Fault::Garbage) => {
                if let Some(connection) = connection {
                    connection.garble();
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

    /// A router that answers each request as `serve` does without a connection.
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

fn reset(connection: Option<&Sabotage>) -> io::Error {
    if let Some(connection) = connection {
        connection.reset();
    }
    hang_up()
}
