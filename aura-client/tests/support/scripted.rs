use aura_client::{BoxFuture, RawResponse, Transport, TransportError};
use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::Instant;

/// A server inside the process, so that tests can run on tokio's paused clock: it answers at once by a script, and keeps
/// what it was sent.
#[derive(Clone)]
pub(crate) struct Scripted(Arc<Mutex<Inner>>);

/// Status and JSON body for each request.
type Script = Box<dyn FnMut(&Sent) -> (u16, Value) + Send>;

struct Inner {
    script: Script,
    sent: Vec<Sent>,
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// Scheme and host.
    pub(crate) origin: String,
    /// Method, path and query.
    pub(crate) line: String,
    /// The JSON body; null where there is none.
    pub(crate) body: Value,
    /// When it came.
    pub(crate) at: Instant,
}

impl Scripted {
    pub(crate) fn new(script: impl FnMut(&Sent) -> (u16, Value) + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Inner { script: Box::new(script), sent: Vec::new() })))
    }

    /// What was sent so far, in its order.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.0.lock().unwrap().sent.clone()
    }
}

impl Transport for Scripted {
    fn send(
        &self,
        request: Request<Bytes>,
        _limit: Duration,
        _max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        Box::pin(async move {
            let uri = request.uri();
            let target = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
            let host = uri.authority().map(ToString::to_string).unwrap_or_default();
            let sent = Sent {
                origin: format!("{}://{host}", uri.scheme_str().unwrap_or_default()),
                line: format!("{} {target}", request.method()),
                body: serde_json::from_slice(request.body()).unwrap_or_default(),
                at: Instant::now(),
            };
            let mut inner = self.0.lock().unwrap();
            let (status, body) = (inner.script)(&sent);
            inner.sent.push(sent);
            Ok(RawResponse::new(StatusCode::from_u16(status).unwrap(), HeaderMap::new(), body.to_string()))
        })
    }
}
