//! Waits until a support request is in one of some states.

use crate::{
    ids::RequestKey,
    requests::{
        get::GetRequest,
        model::{State, SupportRequest},
    },
    workflows::failure::WorkflowFailure,
};
use care_client_core::{
    Endpoint, Error, Pipeline,
    workflow::{Polling, impl_into_future, poll_until},
};
use std::{ops::ControlFlow, time::Duration};

const DEFAULT_INTERVAL: Duration = Duration::from_secs(15);
const MIN_INTERVAL: Duration = Duration::from_secs(5);

/// Reads a support request until it is in one of some states, and returns it. Made by
/// [`Requests::wait_for_state`](crate::Requests::wait_for_state).
///
/// The wait ends early when the request reaches another terminal state, which nothing leaves. Transient failures don't
/// end it.
///
/// | setting | default |
/// |---|---|
/// | [`with_interval`](Self::with_interval) | 15 s |
/// | [`with_timeout`](Self::with_timeout) | none: it waits as long as it takes |
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().base_url(emulator.url())
/// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
/// # let new = care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked");
/// # let id = emulator.controller().raise(new)?;
/// # let id = id.as_str();
/// use leap_client::{RequestKey, State};
/// use std::time::Duration;
///
/// let requests = leap.requests();
/// # emulator.controller().change_state(id, care_emulators::leap::State::Successful, "Kim Example", "")?;
/// let wait = requests.wait_for_state(RequestKey::id(id), [State::Successful, State::Cancelled]);
/// let request = wait.with_timeout(Duration::from_secs(3600)).await?;
/// assert_eq!(request.state, State::Successful);
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// With [`WorkflowFailure::TerminalState`] as source if the request ended in another state;
/// [`Kind::Timeout`](crate::Kind::Timeout) after the timeout, with the failure of the last read, if it failed, as
/// [cause](crate::Error::cause); otherwise those of [`get`](crate::Requests::get).
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
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

    /// Sets the time from the beginning of one read to that of the next, 5 s or more. Default: 15 s.
    pub fn with_interval(mut self, interval: Duration) -> Self {
        self.interval = interval.max(MIN_INTERVAL);
        self
    }

    /// Sets how long to wait. Default: forever.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    async fn run(self) -> Result<SupportRequest, Error> {
        if self.states.is_empty() {
            return Err(
                Error::request("there is no state to wait for: name at least one").in_operation(GetRequest::OPERATION)
            );
        }
        let look = || async {
            let request = self.pipeline.call(GetRequest::new(self.key.clone())).await?;
            if self.states.contains(&request.state) {
                return Ok(ControlFlow::Break(request));
            }
            if request.state.is_terminal() {
                return Err(Error::request("the request ended in another state than the ones waited for")
                    .with_source(WorkflowFailure::TerminalState { current: request.state })
                    .in_operation(GetRequest::OPERATION)
                    .after_reads());
            }
            Ok(ControlFlow::Continue(()))
        };
        let waited = poll_until(Polling::every(self.interval).timeout(self.timeout), look).await;
        waited.map_err(|error| {
            error.into_error("the request did not reach any of the wanted states in time", GetRequest::OPERATION)
        })
    }
}

impl_into_future!(WaitForState => SupportRequest);
