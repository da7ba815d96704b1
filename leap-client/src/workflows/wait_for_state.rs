use crate::{
    ids::RequestKey,
    requests::{
        get::GetRequest,
        model::{State, SupportRequest},
    },
    workflows::refusal::Refusal,
};
use care_client_core::{BoxFuture, Endpoint, Error, Pipeline};
use std::{future::IntoFuture, time::Duration};
use tokio::time::{MissedTickBehavior, interval, timeout};

const DEFAULT_INTERVAL: Duration = Duration::from_secs(15);
const SHORTEST_INTERVAL: Duration = Duration::from_secs(5);

/// Reads a support request until it is in one of some states. Made by
/// [`Requests::wait_for_state`](crate::Requests::wait_for_state); does nothing before it is awaited.
///
/// It ends early when the request has ended in another state, which nothing leaves. Failures that may pass are waited out.
///
/// | setting | default |
/// |---|---|
/// | [`with_interval`](Self::with_interval) | 15 s |
/// | [`with_timeout`](Self::with_timeout) | none: it waits as long as it takes |
///
/// # Errors
///
/// With [`Refusal::TerminalState`] as source if the request ended in another state;
/// [`Kind::Timeout`](crate::Kind::Timeout) after the timeout, with the failure of the last look as
/// [cause](crate::Error::cause) if it failed; otherwise those of [`get`](crate::Requests::get).
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct WaitForState {
    pipeline: Pipeline,
    key: RequestKey,
    states: Vec<State>,
    interval: Duration,
    timeout: Option<Duration>,
}

impl WaitForState {
    pub(super) fn new(pipeline: Pipeline, key: RequestKey, states: Vec<State>) -> Self {
        Self { pipeline, key, states, interval: DEFAULT_INTERVAL, timeout: None }
    }

    /// Sets the time between two readings; less than 5 s counts as 5 s. Default: 15 s.
    pub fn with_interval(mut self, interval: Duration) -> Self {
        self.interval = interval.max(SHORTEST_INTERVAL);
        self
    }

    /// Sets how long to wait. Default: for ever.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    async fn run(self) -> Result<SupportRequest, Error> {
        let Some(limit) = self.timeout else { return self.wait(&mut None).await };
        let mut failure = None;
        let waited = timeout(limit, self.wait(&mut failure)).await;
        waited.unwrap_or_else(|_| {
            let late = Error::timeout("the request wasn't seen in any of the wanted states");
            let late = late.in_operation(GetRequest::OPERATION);
            Err(match failure {
                Some(failure) => late.with_source(failure),
                None => late,
            })
        })
    }

    /// `failure` is why the last look failed, if it did.
    async fn wait(&self, failure: &mut Option<Error>) -> Result<SupportRequest, Error> {
        if self.states.is_empty() {
            return Err(
                Error::request("there is no state to wait for: name at least one").in_operation(GetRequest::OPERATION)
            );
        }
        let mut ticks = interval(self.interval);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            match self.pipeline.call(GetRequest::new(self.key.clone())).await {
                Ok(request) if self.states.contains(&request.state) => return Ok(request),
                Ok(request) if request.state.is_terminal() => {
                    return Err(Error::request("the request has ended in another state than was waited for")
                        .with_source(Refusal::TerminalState { current: request.state })
                        .in_operation(GetRequest::OPERATION));
                }
                Ok(_) => *failure = None,
                Err(error) if error.is_transient() => *failure = Some(error),
                Err(error) => return Err(error),
            }
        }
    }
}

impl IntoFuture for WaitForState {
    type Output = Result<SupportRequest, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
