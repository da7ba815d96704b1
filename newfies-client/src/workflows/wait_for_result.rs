use super::Refusal;
use crate::{Alarm, AlarmId, AlarmResult, AlarmStatus, Get, Newfies};
use care_client_core::{BoxFuture, Endpoint, Error, Response};
use chrono::{DateTime, TimeDelta, Utc};
use http::header::DATE;
use std::{future::IntoFuture, time::Duration};
use tokio::time::{MissedTickBehavior, interval, timeout};

const DEFAULT_INTERVAL: Duration = Duration::from_secs(15);
const SHORTEST_INTERVAL: Duration = Duration::from_secs(5);
/// How far back the server looks for alarms that should have gone off.
const LOOKS_BACK: TimeDelta = TimeDelta::minutes(60);

/// Reads an alarm until nothing more will come of it. Made by [`Newfies::wait_for_result`]; does nothing before it is awaited.
///
/// **It can wait for ever**: what a server has taken up and then lost, as when it was stopped in the middle of a call, or a template
/// or profile was missing, is in process for good, and failures that may pass are waited out. Set a timeout. Polls of many waiting tasks don't get in the way of other calls.
///
/// | setting | default |
/// |---|---|
/// | [`with_interval`](Self::with_interval) | 15 s |
/// | [`with_timeout`](Self::with_timeout) | none: it waits as long as it takes, or for ever |
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use care_emulators::newfies::{Emulator, Generation};
/// # let emulator = Emulator::builder().generation(Generation::G1).start().await?;
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// # let start = chrono::Utc::now() + chrono::TimeDelta::hours(1);
/// # let user = newfies_client::NewCalendarUser::new("jo", "x");
/// # let reminder = newfies_client::Reminder::new(user, "c", "t", start, start + chrono::TimeDelta::hours(1))
/// #     .setting(newfies_client::NewCalendarSetting::new("s", 1, 1, 1).callerid("+12025550100"))
/// #     .notice(newfies_client::Notice::call("+12025550101"));
/// # let alarm = newfies.schedule_reminder(reminder).await?.alarms[0];
/// # emulator.controller().ring(alarm.get())?;
/// # emulator.controller().confirm(alarm.get())?;
/// use newfies_client::{AlarmEnd, AlarmResult};
///
/// let finished = newfies.wait_for_result(alarm).with_timeout(std::time::Duration::from_secs(2 * 3600)).await?;
/// match (finished.end, finished.result()) {
///     (AlarmEnd::Succeeded, AlarmResult::Confirmed) => println!("they will come"),
///     (AlarmEnd::Succeeded, AlarmResult::Cancelled) => println!("they won't come"),
///     (AlarmEnd::Succeeded, other) => println!("they heard it, and pressed: {other}"),
///     (AlarmEnd::Failed, _) => println!("nobody answered"),
///     _ => println!("it never went off"),
/// }
/// # assert_eq!(finished.result(), AlarmResult::Confirmed);
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// [`Kind::Timeout`](crate::Kind::Timeout) after the timeout, with the failure of the last look as
/// [cause](crate::Error::cause) if it failed. With [`Refusal::NaiveTimes`] as source if the alarm waits and nobody knows when it
/// should go off. Otherwise those of [`get`](crate::Alarms::get).
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct WaitForResult {
    newfies: Newfies,
    alarm: AlarmId,
    interval: Duration,
    timeout: Option<Duration>,
}

/// An alarm of which nothing more will come.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finished {
    /// As it was last seen.
    pub alarm: Alarm,
    /// How it ended.
    pub end: AlarmEnd,
}

/// How an alarm ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AlarmEnd {
    /// A call was answered; an SMS or a mail was handed over, which doesn't say that it arrived.
    Succeeded,
    /// All attempts failed.
    Failed,
    /// It waits since more than an hour after its time: the server doesn't look at it any more.
    Missed,
}

impl Finished {
    /// What the called person pressed.
    #[must_use]
    pub fn result(&self) -> AlarmResult {
        self.alarm.result.unwrap_or(AlarmResult::NoResult)
    }
}

impl WaitForResult {
    pub(super) fn new(newfies: Newfies, alarm: AlarmId) -> Self {
        Self { newfies, alarm, interval: DEFAULT_INTERVAL, timeout: None }
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

    async fn run(self) -> Result<Finished, Error> {
        let Some(limit) = self.timeout else { return self.wait(&mut None).await };
        let mut failure = None;
        let waited = timeout(limit, self.wait(&mut failure)).await;
        waited.unwrap_or_else(|_| {
            let late = Error::timeout("the alarm wasn't seen to end");
            let late = late.in_operation(<Get<Alarm> as Endpoint>::OPERATION);
            Err(match failure {
                Some(failure) => late.with_source(failure),
                None => late,
            })
        })
    }

    /// `failure` is why the last look failed, if it did.
    async fn wait(&self, failure: &mut Option<Error>) -> Result<Finished, Error> {
        let gate = self.newfies.pipeline.poll_gate();
        let mut ticks = interval(self.interval);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let look = Get::<Alarm>::new(self.alarm, self.newfies.zone.clone());
            match gate.pass(self.newfies.call(look).response()).await {
                Ok(seen) => {
                    if let Some(end) = end_of(&seen)? {
                        return Ok(Finished { alarm: seen.value, end });
                    }
                    *failure = None;
                }
                Err(error) if error.is_transient() => *failure = Some(error),
                Err(error) => return Err(error),
            }
        }
    }
}

/// How the alarm has ended, if it has.
fn end_of(seen: &Response<Alarm>) -> Result<Option<AlarmEnd>, Error> {
    let alarm = &seen.value;
    Ok(match alarm.status {
        AlarmStatus::Success => Some(AlarmEnd::Succeeded),
        AlarmStatus::Failure => Some(AlarmEnd::Failed),
        AlarmStatus::Pending => {
            let naive = || Refusal::NaiveTimes.of_operation::<Get<Alarm>>();
            let at = alarm.date_start_notice.map(|at| at.instant().ok_or_else(naive)).transpose()?;
            at.filter(|at| server_time(seen) > *at + LOOKS_BACK).map(|_| AlarmEnd::Missed)
        }
        _ => None,
    })
}

/// What time it is for the server, which decides whether an alarm still goes off; ours if it doesn't tell.
fn server_time(seen: &Response<Alarm>) -> DateTime<Utc> {
    let said = seen.headers().get(DATE).and_then(|date| date.to_str().ok());
    said.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map_or_else(Utc::now, |date| date.to_utc())
}

impl IntoFuture for WaitForResult {
    type Output = Result<Finished, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
