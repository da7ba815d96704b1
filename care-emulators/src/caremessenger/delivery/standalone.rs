//! A delivery without an emulator.

use crate::{
    caremessenger::delivery::{
        faults::DeliveryFaults,
        handler::{Handler, Receivers},
        job::Job,
        payload::Payload,
        schedule::Schedule,
        transcript::{Transcript, TranscriptWriter},
    },
    clock::Clock,
};
use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response};
use std::fmt;
use tower::Service;

/// One delivery to a webhook, as CareMessenger makes it: a POST that only 200 and 201 acknowledge. Otherwise it is
/// repeated with exponential backoff for five minutes and then abandoned.
///
/// It uses a socket, which reaches only `http` URLs of this machine's loopback, or an in-process receiver: a
/// [`service`](Self::service) or a [`handler`](Self::handler). Its waits follow tokio's clock, so five minutes take no
/// time when a test has paused that clock. A paused clock doesn't work with sockets; there the schedule can [skip the
/// waits](Schedule::skip_waits).
///
/// The vendor's page is *Assistance Requests*, section *Webhook Notifier Attributes*,
/// <https://docs.caremessenger.co.uk/assistance.html>.
///
/// ```
/// use std::time::Duration;
///
/// use care_emulators::caremessenger::{Delivery, DeliveryFaults, DeliveryStatus, Payload};
/// use http::{Response, StatusCode};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let faults = DeliveryFaults::default();
/// faults.down_for(Duration::from_secs(240));
/// let help = Payload::new("text/plain", "Help!");
/// let transcript = Delivery::to("https://receiver.example/hooks/7", help)
///     .handler(|request| async move {
///         assert_eq!(request.body(), "Help!");
///         Response::builder().status(StatusCode::CREATED).body(()).unwrap_or_default()
///     })
///     .faults(&faults)
///     .run()
///     .await;
/// assert_eq!(transcript.status, DeliveryStatus::Delivered);
/// assert_eq!(transcript.seconds(), [0, 1, 3, 7, 15, 31, 63, 127, 255]);
/// # }
/// ```
#[derive(Clone)]
#[must_use = "nothing is sent before `run()`"]
pub struct Delivery {
    url: String,
    payload: Payload,
    schedule: Schedule,
    receivers: Receivers,
    faults: DeliveryFaults,
    clock: Option<Clock>,
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("payload", &self.payload)
            .field("schedule", &self.schedule)
            .finish_non_exhaustive()
    }
}

impl Delivery {
    /// A delivery of `payload` to `url`.
    pub fn to(url: impl Into<String>, payload: Payload) -> Self {
        Self {
            url: url.into(),
            payload,
            schedule: Schedule::default(),
            receivers: Receivers::default(),
            faults: DeliveryFaults::default(),
            clock: None,
        }
    }

    /// Delivers to an in-process service, such as an axum router. An error or a panic of the service closes the
    /// connection.
    pub fn service<S, B>(mut self, service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send,
        S::Error: Send,
        B: Send + 'static,
    {
        self.receivers = Receivers::only(Handler::service(service));
        self
    }

    /// Delivers to a function, with the complete body. The request's URI has only path and query, as a server sees it.
    pub fn handler<F, A, B>(mut self, handler: F) -> Self
    where
        F: Fn(Request<Bytes>) -> A + Clone + Send + Sync + 'static,
        A: Future<Output = Response<B>> + Send + 'static,
        B: Send + 'static,
    {
        self.receivers = Receivers::only(Handler::function(handler));
        self
    }

    /// The schedule of repeats.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.schedule = schedule;
        self
    }

    /// The planned failures.
    pub fn faults(mut self, faults: &DeliveryFaults) -> Self {
        self.faults = faults.clone();
        self
    }

    /// The clock that dates the attempts. By default the delivery has its own.
    pub fn clock(mut self, clock: &Clock) -> Self {
        self.clock = Some(clock.clone());
        self
    }

    /// Runs the delivery until it is acknowledged or the window has ended.
    pub async fn run(self) -> Transcript {
        let log = TranscriptWriter::new(None, None);
        let Self { url, payload, schedule, receivers, faults, clock } = self;
        let job = Job { url, payload, schedule, receivers, faults, clock: clock.unwrap_or_else(Clock::start) };
        job.run(log.clone()).await;
        log.read()
    }
}
