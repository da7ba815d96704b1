//! Waiting for the end of an alarm: polling it until its state is final, or until the server no longer processes it.

use crate::{
    alarms::Alarm,
    client::Newfies,
    codes::{AlarmResult, AlarmStatus},
    endpoints::Get,
    ids::AlarmId,
    workflows::failure::WorkflowFailure,
};
use care_client_core::{
    Endpoint, Error, Response,
    workflow::{Polling, impl_into_future, poll_until},
};
use chrono::{DateTime, TimeDelta, Utc};
use http::header::DATE;
use std::{ops::ControlFlow, time::Duration};

const DEFAULT_INTERVAL: Duration = Duration::from_secs(15);
const SHORTEST_INTERVAL: Duration = Duration::from_secs(5);
/// How long after its time the server still processes an alarm.
const LOOKS_BACK: TimeDelta = TimeDelta::minutes(60);

/// Polls an alarm until its state is final. Returned by [`Newfies::wait_for_result`]; it does nothing until it is
/// awaited.
///
/// **Set a timeout, because it can wait forever.** An alarm that the server began to process and then lost stays in
/// process for good, for example if the server was stopped during a call, or a template or profile was missing.
/// Transient failures don't end the wait either. Polls of many waiting tasks don't delay other calls.
///
/// | setting | default |
/// |---|---|
/// | [`with_interval`](Self::with_interval) | 15 s |
/// | [`with_timeout`](Self::with_timeout) | none: it can wait forever |
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use care_emulators::newfies::{Emulator, Generation};
/// # let emulator = Emulator::builder().generation(Generation::G1).start().await?;
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// # let start = chrono::Utc::now() + chrono::TimeDelta::hours(1);
/// # let user = newfies_client::NewCalendarUser::new("jo", "x");
/// # let end = start + chrono::TimeDelta::hours(1);
/// # let reminder = newfies_client::Reminder::new(user, "c", "t", start, end)
/// #     .setting(newfies_client::NewCalendarSetting::new("s", 1, 1, 1).callerid("+12025550100"))
/// #     .notice(newfies_client::Notice::call("+12025550101"));
/// # let alarm = newfies.schedule_reminder(reminder).await?.alarms[0];
/// # emulator.controller().ring(alarm.get())?;
/// # emulator.controller().confirm(alarm.get())?;
/// use newfies_client::{AlarmEnd, AlarmResult};
///
/// let limit = std::time::Duration::from_secs(2 * 3600);
/// let finished = newfies.wait_for_result(alarm).with_timeout(limit).await?;
/// match (finished.end, finished.result()) {
///     (AlarmEnd::Succeeded, AlarmResult::Confirmed) => println!("confirmed"),
///     (AlarmEnd::Succeeded, AlarmResult::Cancelled) => println!("cancelled"),
///     (AlarmEnd::Succeeded, other) => println!("answered: {other}"),
///     (AlarmEnd::Failed, _) => println!("nobody answered"),
///     _ => println!("it never went off"),
/// }
/// # assert_eq!(finished.result(), AlarmResult::Confirmed);
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// [`Kind::Timeout`](crate::Kind::Timeout) after the timeout; its [cause](crate::Error::cause) is the failure of the
/// last poll, if that failed. An error with [`WorkflowFailure::NaiveTimes`] as source if the alarm is pending and its
/// time is naive. Otherwise those of [`get`](crate::Alarms::get).
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
#[doc(alias = "poll")]
pub struct WaitForResult {
    newfies: Newfies,
    alarm: AlarmId,
    interval: Duration,
    timeout: Option<Duration>,
}

/// An alarm whose state won't change any more.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finished {
    /// The alarm as last read.
    pub alarm: Alarm,
    /// How it ended.
    pub end: AlarmEnd,
}

/// How an alarm ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AlarmEnd {
    /// The call was answered; or the SMS or mail was handed over, which doesn't mean that it arrived.
    Succeeded,
    /// All attempts failed.
    Failed,
    /// It is still pending an hour after its time, so the server won't process it any more.
    Missed,
}

impl Finished {
    /// The key that the called person pressed.
    #[must_use]
    pub fn result(&self) -> AlarmResult {
        self.alarm.result.unwrap_or(AlarmResult::NoResult)
    }
}

impl WaitForResult {
    pub(super) fn new(newfies: Newfies, alarm: AlarmId) -> Self {
        Self { newfies, alarm, interval: DEFAULT_INTERVAL, timeout: None }
    }

    /// Sets the time between two polls; less than 5 s counts as 5 s. Default: 15 s.
    pub fn with_interval(mut self, interval: Duration) -> Self {
        self.interval = interval.max(SHORTEST_INTERVAL);
        self
    }

    /// Sets how long to wait. Default: forever.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    async fn run(self) -> Result<Finished, Error> {
        let gate = self.newfies.pipeline.poll_gate();
        let (gate, newfies) = (&gate, &self.newfies);
        let schedule = Polling::every(self.interval).timeout(self.timeout);
        let poll = || async move {
            let get = Get::<Alarm>::new(self.alarm, newfies.zone.clone());
            let seen = gate.pass(newfies.call(get).response()).await?;
            Ok(match end_of(&seen)? {
                Some(end) => ControlFlow::Break(Finished { alarm: seen.value, end }),
                None => ControlFlow::Continue(()),
            })
        };
        let finished = poll_until(schedule, poll).await;
        finished.map_err(|error| error.into_error("the alarm did not end in time", Get::<Alarm>::OPERATION))
    }
}

impl_into_future!(WaitForResult => Finished);

/// How the alarm ended, if it did.
fn end_of(seen: &Response<Alarm>) -> Result<Option<AlarmEnd>, Error> {
    let alarm = &seen.value;
    Ok(match alarm.status {
        AlarmStatus::Success => Some(AlarmEnd::Succeeded),
        AlarmStatus::Failure => Some(AlarmEnd::Failed),
        AlarmStatus::Pending => {
            let naive = || WorkflowFailure::NaiveTimes.of_operation::<Get<Alarm>>();
            let at = alarm.date_start_notice.map(|at| at.instant().ok_or_else(naive)).transpose()?;
            at.filter(|at| server_time(seen) > *at + LOOKS_BACK).map(|_| AlarmEnd::Missed)
        }
        _ => None,
    })
}

/// The server's time, which decides whether an alarm still goes off; this machine's if the answer has no date.
fn server_time(seen: &Response<Alarm>) -> DateTime<Utc> {
    let said = seen.headers().get(DATE).and_then(|date| date.to_str().ok());
    said.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map_or_else(Utc::now, |date| date.to_utc())
}
