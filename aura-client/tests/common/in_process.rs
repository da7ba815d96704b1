use super::Step;
use aura_client::{BoxFuture, RawResponse, Transport, TransportError, TransportFailure};
use bytes::Bytes;
use care_emulators::aura::Emulator;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header::RETRY_AFTER};
use http_body_util::{BodyExt, Full};
use serde_json::Value;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::{Instant, sleep, timeout};
use tower::ServiceExt;

type Route = dyn Fn(Request<Bytes>) -> BoxFuture<'static, RawResponse> + Send + Sync;

/// A transport that hands requests to an emulator in process and notes when they were sent, with steps on the way that a test
/// plans. Clones are the same transport.
#[derive(Clone)]
pub(crate) struct InProcess {
    route: Arc<Route>,
    plan: Arc<Mutex<Vec<Planned>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

struct Planned {
    method: &'static str,
    path_end: String,
    steps: VecDeque<Step>,
}

/// One request as it was handed over.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) at: Instant,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
}

impl InProcess {
    pub(crate) fn into(emulator: &Emulator) -> Self {
        let router = emulator.router();
        let route = move |request: Request<Bytes>| -> BoxFuture<'static, RawResponse> {
            let answer = router.clone().oneshot(request.map(Full::new));
            Box::pin(async move {
                let (head, body) = answer.await.unwrap().into_parts();
                RawResponse::new(head.status, head.headers, body.collect().await.unwrap().to_bytes())
            })
        };
        Self { route: Arc::new(route), plan: Arc::default(), sent: Arc::default() }
    }

    /// Plans a step for each of the next requests with this method and a path that ends so.
    pub(crate) fn plan(&self, method: &'static str, path_end: &str, steps: impl IntoIterator<Item = Step>) {
        let planned = Planned { method, path_end: path_end.to_owned(), steps: steps.into_iter().collect() };
        self.plan.lock().unwrap().push(planned);
    }

    /// The requests with this method and a path that ends so.
    pub(crate) fn sent(&self, method: &str, path_end: &str) -> Vec<Sent> {
        let all = self.sent.lock().unwrap();
        all.iter().filter(|sent| sent.method == method && sent.path.ends_with(path_end)).cloned().collect()
    }

    /// How many requests were sent, whatever they were.
    pub(crate) fn total(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    pub(crate) fn count(&self, method: &str, path_end: &str) -> usize {
        self.sent(method, path_end).len()
    }

    /// The times between these requests.
    pub(crate) fn gaps(&self, method: &str, path_end: &str) -> Vec<Duration> {
        self.sent(method, path_end).windows(2).map(|pair| pair[1].at - pair[0].at).collect()
    }

    fn next_step(&self, request: &Request<Bytes>) -> Step {
        let (method, path) = (request.method().as_str(), request.uri().path());
        let mut plan = self.plan.lock().unwrap();
        let mut fitting =
            plan.iter_mut().filter(|planned| planned.method == method && path.ends_with(&planned.path_end));
        fitting.find_map(|planned| planned.steps.pop_front()).unwrap_or(Step::Pass)
    }

    async fn take(&self, step: Step, request: Request<Bytes>) -> Result<RawResponse, TransportError> {
        let head = |why: &'static str| TransportError::Head(TransportFailure::broken(why));
        match step {
            Step::Pass => Ok((self.route)(request).await),
            Step::Answer(status, body) => Ok(answer(status, HeaderMap::new(), body)),
            Step::RetryAfter(status, seconds) => {
                Ok(answer(status, HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from(seconds))]), "{}"))
            }
            Step::Refused => Err(TransportError::Connect(TransportFailure::broken("connection refused"))),
            Step::Lost => Err(head("connection reset")),
            Step::AnswerLost => {
                (self.route)(request).await;
                Err(head("connection reset"))
            }
            Step::Silence => std::future::pending().await,
            Step::After(wait) => {
                let answer = (self.route)(request).await;
                sleep(wait).await;
                Ok(answer)
            }
            Step::Edited(edit) => {
                let mut answer = (self.route)(request).await;
                let mut body: Value = serde_json::from_slice(&answer.body).unwrap();
                edit(&mut body);
                answer.body = body.to_string().into();
                Ok(answer)
            }
            Step::HeldBefore(signal) => signal.hold().await,
            Step::HeldAfter(signal) => {
                (self.route)(request).await;
                signal.hold().await
            }
        }
    }
}

impl Transport for InProcess {
    fn send(
        &self,
        request: Request<Bytes>,
        limit: Duration,
        _max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        self.sent.lock().unwrap().push(Sent {
            at: Instant::now(),
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
        });
        let step = self.next_step(&request);
        Box::pin(async move {
            let late = |_| Err(TransportError::Head(TransportFailure::timed_out()));
            timeout(limit, self.take(step, request)).await.unwrap_or_else(late)
        })
    }
}

fn answer(status: u16, headers: HeaderMap, body: &'static str) -> RawResponse {
    RawResponse::new(StatusCode::from_u16(status).unwrap(), headers, body)
}
