use super::{Reply, Sent};
use axum::Router;
use care_client_core::{BoxFuture, RawResponse, TransportError, TransportFailure};
use http_body_util::{BodyExt, Full};
use std::{
    future::ready,
    sync::{Arc, Mutex},
};
use tokio::time::{Instant, timeout_at};
use tower::ServiceExt;

type Answer = BoxFuture<'static, Result<RawResponse, TransportError>>;

/// Who answers requests.
#[derive(Clone)]
pub(super) struct Route(Arc<dyn Fn(Sent, Instant) -> Answer + Send + Sync>);

impl Route {
    pub(super) fn to(router: Router) -> Self {
        Self(Arc::new(move |sent, deadline| Box::pin(routed(router.clone(), sent, deadline))))
    }

    pub(super) fn script<R: Reply>(script: impl FnMut(&Sent) -> R + Send + 'static) -> Self {
        let script = Mutex::new(script);
        Self(Arc::new(move |sent, _| {
            let answer = (script.lock().unwrap())(&sent).into_raw();
            Box::pin(ready(Ok(answer)))
        }))
    }

    pub(super) fn answer(&self, sent: Sent, deadline: Instant) -> Answer {
        (self.0)(sent, deadline)
    }
}

/// The router's answer. Where its body breaks off or stops, the error has what came.
async fn routed(router: Router, sent: Sent, deadline: Instant) -> Result<RawResponse, TransportError> {
    let Ok(answer) = router.oneshot(sent.into_request().map(Full::new)).await;
    let (head, mut body) = answer.into_parts();
    let mut came = Vec::new();
    let failure = loop {
        match timeout_at(deadline, body.frame()).await {
            Ok(Some(Ok(frame))) => came.extend(frame.into_data().unwrap_or_default()),
            Ok(None) => return Ok(RawResponse::new(head.status, head.headers, came)),
            Ok(Some(Err(error))) => break TransportFailure::broken(error),
            Err(_) => break TransportFailure::timed_out(),
        }
    };
    Err(TransportError::Body(Box::new(RawResponse::new(head.status, head.headers, came)), failure))
}
