//! Running one delivery: attempts, repeats and the time that they take.

use crate::{
    caremessenger::delivery::{
        destination::{self, Destination},
        faults::{DeliveryFaults, Fault},
        handler::Receivers,
        payload::Payload,
        schedule::{OtherStatus, Schedule, WindowStart},
        transcript::{Attempt, AttemptOutcome, DeliveryStatus, TranscriptWriter},
    },
    clock::{Clock, later},
    faulty_stream::breaking_body,
};
use axum::body::Body;
use chrono::{DateTime, Utc};
use futures_util::future;
use http::{
    HeaderValue, Request, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT},
};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// What to deliver, and how.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) url: String,
    pub(super) payload: Payload,
    pub(super) schedule: Schedule,
    pub(super) receivers: Receivers,
    pub(super) faults: DeliveryFaults,
    pub(super) clock: Clock,
}

/// The outcome of an attempt for the sender, and the receiver's status.
type AttemptResult = (AttemptOutcome, Option<StatusCode>);

impl Job {
    /// Posts until the delivery is acknowledged or the window has ended, and writes the transcript.
    pub(super) async fn run(self, log: TranscriptWriter) {
        let mut time = DeliveryTime::start(self.clock.clone(), self.schedule.skips_waits);
        let mut delays = self.schedule.delays();
        let mut window_start = None;
        let status = loop {
            let (at, began) = (time.elapsed(), time.now());
            let seen = self.attempt(&mut time, at).await;
            for &(outcome, answered) in &seen {
                log.add(Attempt { at, time: began, outcome, answered });
            }
            if let Some(status) = self.final_status(&seen) {
                break status;
            }
            let from = *window_start.get_or_insert_with(|| match self.schedule.window_start {
                WindowStart::FirstAttempt => Duration::ZERO,
                WindowStart::FirstFailure => time.elapsed(),
            });
            let delay = delays.next().unwrap_or(Duration::MAX);
            if time.elapsed().saturating_add(delay) > from.saturating_add(self.schedule.window) {
                break DeliveryStatus::Abandoned;
            }
            time.wait(delay).await;
        };
        log.set_status(status);
    }

    fn final_status(&self, seen: &[AttemptResult]) -> Option<DeliveryStatus> {
        let any = |meant: fn(&AttemptOutcome) -> bool| seen.iter().any(|(outcome, _)| meant(outcome));
        if any(|outcome| matches!(outcome, AttemptOutcome::Acknowledged(_))) {
            return Some(DeliveryStatus::Delivered);
        }
        let gives_up = self.schedule.other_status == OtherStatus::GiveUp;
        (gives_up && any(|outcome| matches!(outcome, AttemptOutcome::NotAcknowledged(_))))
            .then_some(DeliveryStatus::GivenUp)
    }

    async fn attempt(&self, time: &mut DeliveryTime, at: Duration) -> Vec<AttemptResult> {
        let fault = self.faults.take(&self.url, at);
        let (seen, again) = match &fault {
            Some(Fault::Twice) => {
                let (first, second) = future::join(self.post(false), self.post(false)).await;
                (first, Some(second))
            }
            Some(Fault::Refuse) => ((AttemptOutcome::NoConnection, None), None),
            Some(Fault::Reset) => ((AttemptOutcome::Dropped, None), None),
            Some(Fault::Instead(status)) => ((AttemptOutcome::of_status(*status), None), None),
            _ => (self.post(fault == Some(Fault::Truncate)).await, None),
        };
        let mut all: Vec<_> = [Some(seen), again].into_iter().flatten().collect();
        if all.iter().any(|(outcome, _)| *outcome == AttemptOutcome::TimedOut) {
            time.passed(self.schedule.attempt_limit);
        }
        for (outcome, answered) in &mut all {
            // Only a response can be lost or delayed.
            match fault {
                Some(Fault::LoseResponse) if answered.is_some() => *outcome = AttemptOutcome::Dropped,
                Some(Fault::Delay(by)) if answered.is_some() => {
                    let left = at.saturating_add(self.schedule.attempt_limit).saturating_sub(time.elapsed());
                    time.wait(by.min(left)).await;
                    if by >= left {
                        *outcome = AttemptOutcome::TimedOut;
                    }
                }
                _ => {}
            }
        }
        all
    }

    /// Posts once: the complete body, or half of it.
    async fn post(&self, half: bool) -> AttemptResult {
        let Some((to, request)) = Destination::parse(&self.url).map(|to| self.request(to, half)) else {
            return (AttemptOutcome::Unroutable, None);
        };
        let sent = async {
            match self.receivers.find(&self.url) {
                Some(handler) => handler.answer(request).await.ok_or(AttemptOutcome::Dropped),
                None => destination::send(&to, request).await,
            }
        };
        match timeout(self.schedule.attempt_limit, sent).await {
            // A sender that breaks off gets no response.
            Ok(Ok(status)) if half => (AttemptOutcome::Dropped, Some(status)),
            Ok(Ok(status)) => (AttemptOutcome::of_status(status), Some(status)),
            Ok(Err(outcome)) => (outcome, None),
            Err(_) => (AttemptOutcome::TimedOut, None),
        }
    }

    fn request(&self, to: Destination, half: bool) -> (Destination, Request<Body>) {
        let Payload { content_type, body } = &self.payload;
        let mut request = Request::post(to.path.clone());
        if let Some(headers) = request.headers_mut() {
            let named = [(HOST, to.authority.as_str()), (CONTENT_TYPE, content_type.as_str())];
            let named = named.into_iter().filter(|(_, value)| !value.is_empty());
            headers.extend(named.filter_map(|(name, value)| Some((name, HeaderValue::from_str(value).ok()?))));
            headers.insert(USER_AGENT, HeaderValue::from_static("care-emulators"));
            headers.insert(CONTENT_LENGTH, body.len().max(usize::from(half)).into());
        }
        let body = if half { breaking_body(body.slice(..body.len() / 2), || ()) } else { Body::from(body.clone()) };
        (to, request.body(body).unwrap_or_default())
    }
}

/// The time within a delivery.
pub(super) struct DeliveryTime {
    clock: Clock,
    began: DateTime<Utc>,
    pace: Pace,
}

enum Pace {
    /// It runs with tokio's clock, since then.
    Running(Instant),
    /// It jumps. The sum of the jumps so far.
    Jumping(Duration),
}

impl DeliveryTime {
    pub(super) fn start(clock: Clock, skips_waits: bool) -> Self {
        let pace = if skips_waits { Pace::Jumping(Duration::ZERO) } else { Pace::Running(Instant::now()) };
        Self { began: clock.now(), clock, pace }
    }

    pub(super) fn elapsed(&self) -> Duration {
        match self.pace {
            Pace::Running(since) => since.elapsed(),
            Pace::Jumping(elapsed) => elapsed,
        }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Waits for `by`.
    pub(super) async fn wait(&mut self, by: Duration) {
        match self.pace {
            Pace::Running(_) => sleep(by).await,
            Pace::Jumping(_) => self.passed(by),
        }
    }

    /// Adds `by` to the time of a delivery that skips waits.
    pub(super) fn passed(&mut self, by: Duration) {
        if let Pace::Jumping(elapsed) = &mut self.pace {
            *elapsed = elapsed.saturating_add(by);
            // Several deliveries may jump at the same time: the clock shows the latest of their times.
            self.clock.move_to(later(self.began, *elapsed));
        }
    }
}
