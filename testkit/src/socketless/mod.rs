//! A transport that goes to a server inside the process, so that tokio's paused clock serves and no test waits in real
//! time.

mod messages;
mod step;

pub use self::{
    messages::{Reply, Sent, reply},
    step::{Edit, Signal, Step},
};

use axum::Router;
use bytes::Bytes;
use care_client_core::{BoxFuture, RawResponse, Transport, TransportError, TransportFailure};
use http::Request;
use http_body_util::{BodyExt, Full};
use std::{
    collections::VecDeque,
    fmt,
    future::ready,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::{Instant, timeout_at};
use tower::ServiceExt;

/// A transport that hands requests to an emulator or a script in process and notes what was sent and when, with steps
/// on the way that a test plans. It waits by tokio's clock and keeps the attempt's limits. Clones are the same
/// transport.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use axum::{Router, routing::get};
/// use care_client_core::{Options, Pipeline, RequestParts};
/// use care_testkit::{SocketlessTransport, Step};
///
/// let router = Router::new().route("/v1/hello", get(async || "hello"));
/// let transport = SocketlessTransport::to(router);
/// let louder = Step::text(|body| body.make_ascii_uppercase());
/// transport.plan("GET", "/hello", [Step::Refused, louder]);
/// let options = Options::new().transport(transport.clone());
/// let pipeline = Pipeline::builder("http://localhost/v1", "tests/1.0").options(options).build()?;
/// assert_eq!(pipeline.call(RequestParts::get(["hello"])).await?.body, "HELLO");
/// assert_eq!(transport.count("GET", "/hello"), 2);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct SocketlessTransport {
    route: Route,
    plan: Arc<Mutex<Vec<Planned>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

struct Planned {
    method: &'static str,
    path_end: String,
    steps: VecDeque<Step>,
}

impl fmt::Debug for SocketlessTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SocketlessTransport").field("sent", &self.total()).finish_non_exhaustive()
    }
}

impl SocketlessTransport {
    /// A way to this router: an emulator's is its `router()`.
    #[must_use]
    pub fn to(router: Router) -> Self {
        Self::over(Route::to(router))
    }

    /// A server that answers each request at once by the script.
    #[must_use]
    pub fn script<R: Reply>(script: impl FnMut(&Sent) -> R + Send + 'static) -> Self {
        Self::over(Route::script(script))
    }

    fn over(route: Route) -> Self {
        Self { route, plan: Arc::default(), sent: Arc::default() }
    }

    /// Plans a step for each of the next requests with this method and a path that ends so. What was planned first
    /// comes first.
    pub fn plan(&self, method: &'static str, path_end: &str, steps: impl IntoIterator<Item = Step>) {
        let planned = Planned { method, path_end: path_end.to_owned(), steps: steps.into_iter().collect() };
        self.plan.lock().unwrap().push(planned);
    }

    /// All requests, in their order.
    #[must_use]
    pub fn all(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    /// The requests with this method and a path that ends so, in their order.
    #[must_use]
    pub fn sent(&self, method: &str, path_end: &str) -> Vec<Sent> {
        let mut all = self.all();
        all.retain(|sent| sent.method == method && sent.path().ends_with(path_end));
        all
    }

    /// How many requests were sent, whatever they were.
    #[must_use]
    pub fn total(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    /// How many requests with this method and a path that ends so were sent.
    #[must_use]
    pub fn count(&self, method: &str, path_end: &str) -> usize {
        self.sent(method, path_end).len()
    }

    /// The times between these requests.
    #[must_use]
    pub fn gaps(&self, method: &str, path_end: &str) -> Vec<Duration> {
        self.sent(method, path_end).windows(2).map(|pair| pair[1].at - pair[0].at).collect()
    }

    fn next_step(&self, sent: &Sent) -> Step {
        let mut plan = self.plan.lock().unwrap();
        let mut fitting =
            plan.iter_mut().filter(|planned| sent.method == planned.method && sent.path().ends_with(&planned.path_end));
        fitting.find_map(|planned| planned.steps.pop_front()).unwrap_or(Step::Pass)
    }
}

impl Transport for SocketlessTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        limit: Duration,
        max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        let sent = Sent::new(&request);
        let step = self.next_step(&sent);
        let deadline = sent.at + limit;
        self.sent.lock().unwrap().push(sent.clone());
        Box::pin(async move {
            let answer = step.take(&self.route, sent, deadline);
            let late = |_| Err(TransportError::Head(TransportFailure::timed_out()));
            let whole = timeout_at(deadline, answer).await.unwrap_or_else(late)?;
            if whole.body.len() > max_body { Err(too_large(whole, max_body)) } else { Ok(whole) }
        })
    }
}

fn too_large(mut answer: RawResponse, max_body: usize) -> TransportError {
    answer.body.truncate(max_body);
    TransportError::Body(Box::new(answer), TransportFailure::too_large())
}

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
