mod failure;
mod rate_limit;
mod redact;
mod retry_policy;
mod sensitive_values;

pub use rate_limit::RateLimit;
pub(crate) use retry_policy::RetryBudget;
pub use retry_policy::RetryPolicy;

use crate::{
    auth::{CachedToken, Credentials},
    call::CallSettings,
    error::{Error, Kind, Outcome, Repeat, StopReason},
    observe::{AttemptEvent, RepeatEvent, trace},
    operation::{Operation, Safety},
    pipeline::Pipeline,
    request::RequestParts,
    response::{Exchange, RawResponse},
    transport::TransportError,
};
use bytes::Bytes;
use failure::Failure;
use http::{HeaderMap, Request, StatusCode, Uri};
use retry_policy::Delays;
use sensitive_values::SensitiveValues;
use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};
use tokio::time::{Instant, sleep, timeout_at};

/// Runs one call: the deadline around the repeats, these around the credentials, these around each attempt.
///
/// It is not generic, so that it is compiled once, whatever number of operations there is.
pub(crate) async fn run(
    pipeline: &Pipeline,
    operation: &'static Operation,
    parts: &RequestParts,
    settings: &CallSettings,
) -> Result<Exchange, Error> {
    let mut run = Run::new(pipeline, operation, parts, settings);
    let mut last: Option<Box<Failure>> = None;
    loop {
        let (answer, held) = match (run.attempt().await, last.take()) {
            (Ok(done), _) => done,
            // Nothing of this attempt was sent. If time ran out, the attempt before it says why the call failed.
            (Err(error), Some(last)) if error.kind() == Kind::Timeout => {
                return Err(run.stamped(last.into_error(StopReason::Deadline, None), StopReason::Deadline));
            }
            (Err(error), _) => {
                let stop = error.cause().map_or(StopReason::Final, Error::stop_reason);
                return Err(run.stamped(error, stop));
            }
        };
        let failure = match run.judged(answer) {
            Ok(exchange) => return Ok(exchange),
            Err(failure) => failure,
        };
        run.worst = run.worst.max(failure.classification.outcome);
        match run.next_step(&failure, held).await {
            Ok(delay) => run.wait(&failure, delay).await,
            Err((reason, renewal)) => return Err(run.stamped(failure.into_error(reason, renewal), reason)),
        }
        last = Some(failure);
    }
}

type Answer = Result<RawResponse, TransportError>;

struct Run<'a> {
    pipeline: &'a Pipeline,
    operation: &'static Operation,
    parts: &'a RequestParts,
    settings: &'a CallSettings,
    safety: Safety,
    started: Instant,
    deadline: Instant,
    attempts: u32,
    worst: Outcome,
    renewed: bool,
    /// Drawn from after a failure only, so they stand on the heap as failures do.
    delays: Option<Box<Delays>>,
}

impl<'a> Run<'a> {
    fn new(
        pipeline: &'a Pipeline,
        operation: &'static Operation,
        parts: &'a RequestParts,
        settings: &'a CallSettings,
    ) -> Self {
        let started = Instant::now();
        let total = settings.timeout.unwrap_or(pipeline.engine.timeout);
        // A deadline that no clock can hold is none: a century serves as well.
        let deadline = started.checked_add(total).unwrap_or_else(|| started + Duration::from_secs(u32::MAX.into()));
        let safety = settings.safety.unwrap_or(operation.safety());
        Self {
            pipeline,
            operation,
            parts,
            settings,
            safety,
            started,
            deadline,
            attempts: 0,
            worst: Outcome::NotSent,
            renewed: false,
            delays: None,
        }
    }

    /// Sends one attempt. An error means that it was not sent.
    async fn attempt(&mut self) -> Result<(Answer, Option<Arc<CachedToken>>), Error> {
        let engine = &self.pipeline.engine;
        let late = || Error::new(Kind::Timeout, Outcome::NotSent, "the call's deadline passed before it could be sent");
        if Instant::now() >= self.deadline {
            return Err(late());
        }
        let credentials = &self.pipeline.credentials;
        // Before the credentials, for to have these may take a request of its own.
        let uri = engine.origin.uri(self.parts, credentials.query_pair())?;
        let mut headers = self.parts.all_headers(&engine.user_agent, &self.settings.headers);
        let applied = credentials.apply(&mut headers, engine.observer.as_ref());
        let held = timeout_at(self.deadline, applied).await.map_err(|_| late())??;
        if let Some(rate) = &engine.rate_limit {
            rate.pass(self.latest_start()).await.map_err(RateLimit::held_back)?;
        }
        let limit = engine.attempt_timeout.min(self.deadline.saturating_duration_since(Instant::now()));
        if limit.is_zero() {
            return Err(late());
        }
        self.attempts += 1;
        self.announce();
        let answer = engine.transport.send(self.request(uri, headers), limit, engine.max_body).await;
        if let Some(raw) = answer.as_ref().map_or_else(TransportError::part, Some)
            && raw.status != StatusCode::NOT_FOUND
            && !engine.answered.load(Relaxed)
        {
            engine.answered.store(true, Relaxed);
        }
        Ok((answer, held))
    }

    /// Until when an attempt is worth waiting for. What must not be done twice isn't sent with so little time left that it would
    /// end in the dark, where without the wait it would have been answered.
    fn latest_start(&self) -> Instant {
        if self.safety != Safety::Once {
            return self.deadline;
        }
        let total = self.deadline.saturating_duration_since(self.started);
        let room = self.pipeline.engine.attempt_timeout.min(total / 4);
        self.deadline.checked_sub(room).unwrap_or(self.deadline)
    }

    fn announce(&self) {
        let engine = &self.pipeline.engine;
        let event = AttemptEvent {
            operation: self.operation,
            number: self.attempts,
            method: self.parts.method(),
            origin: engine.origin.as_str(),
        };
        trace::attempt(&event);
        if let Some(observer) = &engine.observer {
            observer.attempt(&event);
        }
    }

    fn request(&self, uri: Uri, headers: HeaderMap) -> Request<Bytes> {
        let mut request = Request::new(Bytes::clone(self.parts.body_bytes()));
        *request.method_mut() = self.parts.method().clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        request
    }

    /// The wait before a repeat, or why there is none; with the renewal's own failure if it was that.
    async fn next_step(
        &mut self,
        failure: &Failure,
        held: Option<Arc<CachedToken>>,
    ) -> Result<Duration, (StopReason, Option<Error>)> {
        match failure.classification.repeat {
            Repeat::Never => return Err((StopReason::Final, None)),
            Repeat::UnlessOnce if self.safety == Safety::Once => return Err((StopReason::Once, None)),
            // On the heap for the same reason as a failure.
            Repeat::Renewed => return Box::pin(self.renew(held)).await,
            Repeat::Always | Repeat::UnlessOnce => {}
        }
        let engine = &self.pipeline.engine;
        let policy = self.settings.retry.unwrap_or(engine.retry);
        if self.attempts >= policy.max_attempts() {
            return Err((StopReason::Attempts, None));
        }
        let drawn = self.delays.get_or_insert_with(|| Box::new(policy.delays())).next().unwrap_or_default();
        let delay = failure.retry_after.unwrap_or(drawn);
        if delay >= self.latest_start().saturating_duration_since(Instant::now()) {
            return Err((StopReason::Deadline, None));
        }
        if !engine.budget.withdraw() {
            return Err((StopReason::Budget, None));
        }
        Ok(delay)
    }

    async fn renew(&mut self, held: Option<Arc<CachedToken>>) -> Result<Duration, (StopReason, Option<Error>)> {
        let (Credentials::Token(cache), Some(held), false) = (&*self.pipeline.credentials, held, self.renewed) else {
            return Err((StopReason::Final, None));
        };
        self.renewed = true;
        match timeout_at(self.deadline, cache.renew(&held, self.pipeline.engine.observer.as_ref())).await {
            Ok(Ok(Some(_))) => Ok(Duration::ZERO),
            Ok(Ok(None)) => Err((StopReason::Final, None)),
            Ok(Err(error)) => Err((StopReason::Final, Some(error))),
            Err(_) => Err((StopReason::Deadline, None)),
        }
    }

    async fn wait(&self, failure: &Failure, delay: Duration) {
        let event = RepeatEvent {
            operation: self.operation,
            number: self.attempts,
            kind: failure.classification.kind,
            status: failure.status(),
            delay,
        };
        trace::repeat(&event);
        if let Some(observer) = &self.pipeline.engine.observer {
            observer.repeat(&event);
        }
        sleep(delay).await;
    }

    /// Tells success from failure. A failure is on the heap, for it is rare and would make every call's future larger.
    fn judged(&self, answer: Answer) -> Result<Exchange, Box<Failure>> {
        let Self { pipeline, operation, parts, settings, .. } = *self;
        let sent = SensitiveValues { pipeline, operation, parts, headers: &settings.headers };
        match answer {
            Ok(raw) if raw.status.is_success() => {
                pipeline.engine.budget.deposit();
                Ok(Exchange { raw, attempts: self.attempts, elapsed: self.started.elapsed(), worst: self.worst })
            }
            Ok(raw) => Err(Box::new(Failure::of_answer(raw, &sent))),
            Err(error) => Err(Box::new(Failure::of_transport(error, &sent))),
        }
    }

    fn stamped(&self, mut error: Error, stop: StopReason) -> Error {
        error = error.in_operation(self.operation);
        let inner = error.inner_mut();
        inner.outcome = inner.outcome.max(self.worst);
        inner.safety = self.safety;
        inner.attempts = self.attempts;
        inner.elapsed = self.started.elapsed();
        inner.stop = if inner.kind == Kind::Timeout && stop == StopReason::Final { StopReason::Deadline } else { stop };
        error
    }
}
