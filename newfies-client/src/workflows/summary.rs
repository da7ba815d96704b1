//! What became of an event or a series: occurrences, alarms, attempts and results.

use crate::{
    alarm_requests::{AlarmRequest, GetEventLog, RequestLog},
    alarms::{Alarm, AlarmRow},
    client::Newfies,
    codes::{AlarmMethod, AlarmResult, AlarmStatus},
    events::ListAlarmsOfEvent,
    fault::Denial,
    ids::{AlarmId, EventId},
    time::ServerTime,
    workflows::{
        find,
        series::{self, Series},
    },
};
use care_client_core::{Error, Link, RetryPolicy};
use std::collections::HashMap;

/// What became of an event or a series: each occurrence with its alarms, their attempts and results. Returned by
/// [`Newfies::summary`].
///
/// Only a superuser can read single attempts. For anybody else [`AlarmSummary::requests`] is `None`;
/// [`AlarmSummary::attempts`] is known in any case.
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
/// #     .notice(newfies_client::Notice::call("+12025550101").retries(1, Default::default()));
/// # let scheduled = newfies.schedule_reminder(reminder).await?;
/// # let (event, alarm) = (scheduled.event, scheduled.alarms[0].get());
/// # emulator.controller().ring(alarm)?;
/// # emulator.controller().busy(alarm)?;
/// # emulator.controller().dispatch_due();
/// # emulator.controller().confirm(alarm)?;
/// use newfies_client::{AlarmResult, AlarmStatus};
///
/// let summary = newfies.summary(event).await?;
/// for occurrence in &summary.occurrences {
///     for alarm in &occurrence.alarms {
///         println!("{:?} after {} attempts: {:?}", alarm.status, alarm.attempts, alarm.result);
///     }
/// }
/// assert_eq!((summary.attempts(), summary.with_result(AlarmResult::Confirmed)), (2, 1));
/// assert_eq!((summary.with_status(AlarmStatus::Success), summary.seconds()), (1, Some(12)));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Summary {
    /// The root, then its children in the order of their creation.
    pub occurrences: Vec<Occurrence>,
}

/// One occurrence of an event.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Occurrence {
    /// The event.
    pub event: EventId,
    /// When it starts.
    pub start: ServerTime,
    /// Its alarms in the order of their creation.
    pub alarms: Vec<AlarmSummary>,
}

/// What became of an alarm.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AlarmSummary {
    /// The alarm.
    pub alarm: AlarmId,
    /// How it notifies.
    pub method: Option<AlarmMethod>,
    /// Its status.
    pub status: Option<AlarmStatus>,
    /// The key that the called person pressed.
    pub result: Option<AlarmResult>,
    /// The number of attempts. If the single attempts can't be read, it is the server's own count, which starts from
    /// that of the alarm of which this one is a copy.
    pub attempts: i64,
    /// The attempts in their order; `None` if the caller may not read them.
    pub requests: Option<Vec<RequestLog>>,
}

impl AlarmSummary {
    /// The total duration of all calls, in seconds; `None` if the caller may not read the attempts.
    #[must_use]
    pub fn seconds(&self) -> Option<i64> {
        Some(self.requests.as_ref()?.iter().filter_map(|request| request.duration).sum())
    }

    /// The time of the last attempt; `None` if there was none, or the caller may not read them.
    #[must_use]
    pub fn last_attempt(&self) -> Option<ServerTime> {
        self.requests.as_ref()?.last()?.date
    }
}

impl Summary {
    /// The alarms of all occurrences.
    pub fn alarms(&self) -> impl Iterator<Item = &AlarmSummary> {
        self.occurrences.iter().flat_map(|occurrence| &occurrence.alarms)
    }

    /// The number of alarms with this status.
    #[must_use]
    pub fn with_status(&self, status: AlarmStatus) -> usize {
        self.alarms().filter(|alarm| alarm.status == Some(status)).count()
    }

    /// The number of alarms with this result.
    #[must_use]
    pub fn with_result(&self, result: AlarmResult) -> usize {
        self.alarms().filter(|alarm| alarm.result == Some(result)).count()
    }

    /// The number of attempts in all.
    #[must_use]
    pub fn attempts(&self) -> i64 {
        self.alarms().map(|alarm| alarm.attempts).sum()
    }

    /// The total duration of all calls, in seconds; `None` if the caller may not read the attempts.
    #[must_use]
    pub fn seconds(&self) -> Option<i64> {
        self.alarms().map(AlarmSummary::seconds).sum()
    }
}

pub(super) async fn run(newfies: &Newfies, root: EventId) -> Result<Summary, Error> {
    let series = series::read(newfies, root).await?;
    let events = events(&series);
    let mut alarms = alarms_of(newfies, &events).await?;
    let mut requests = requests_of(newfies, root, &alarms).await?;
    let occurrences = events.into_iter().map(|(event, start)| {
        let mut alarms = alarms.remove(&event).unwrap_or_default();
        for alarm in &mut alarms {
            if let Some(requests) = &mut requests {
                // NEWF-54
                let own = requests.remove(&alarm.alarm).unwrap_or_default();
                alarm.attempts = i64::try_from(own.len()).unwrap_or(i64::MAX);
                alarm.requests = Some(own);
            }
        }
        Occurrence { event, start, alarms }
    });
    Ok(Summary { occurrences: occurrences.collect() })
}

fn events(series: &Series) -> Vec<(EventId, ServerTime)> {
    let children = series.children.iter().map(|child| (child.id(), child.start));
    [(series.root.id(), series.root.start)].into_iter().chain(children).collect()
}

type Alarms = HashMap<EventId, Vec<AlarmSummary>>;

/// The alarms by event: from each event's own list, or from the list of all alarms on servers without it.
async fn alarms_of(newfies: &Newfies, events: &[(EventId, ServerTime)]) -> Result<Alarms, Error> {
    let mut alarms = Alarms::new();
    for (event, _) in events {
        let list = ListAlarmsOfEvent::new(*event, newfies.zone.clone());
        // NEWF-48: a server without the list answers 500 each time.
        match newfies.call(list).with_retry(RetryPolicy::new().attempts(1)).await {
            Ok(rows) => alarms.insert(*event, rows.into_iter().map(AlarmSummary::from).collect()),
            Err(error) if is_unknown_here(&error) => return all_alarms_of(newfies, events).await,
            Err(error) => return Err(error),
        };
    }
    Ok(alarms)
}

fn is_unknown_here(error: &Error) -> bool {
    error.status().is_some_and(|status| matches!(status.as_u16(), 404 | 500))
}

async fn all_alarms_of(newfies: &Newfies, events: &[(EventId, ServerTime)]) -> Result<Alarms, Error> {
    let is_of_one = |alarm: &Alarm| events.iter().any(|(event, _)| alarm.event == Some(Link::to(*event)));
    let mut found = find::all::<Alarm>(newfies, is_of_one).await?;
    found.sort_by_key(Alarm::id);
    let mut alarms = Alarms::new();
    for alarm in found {
        if let Some(event) = alarm.event.as_ref().map(Link::id) {
            alarms.entry(event).or_default().push(alarm.into());
        }
    }
    Ok(alarms)
}

type Requests = HashMap<AlarmId, Vec<RequestLog>>;

/// The attempts by alarm; `None` if the caller may not read them.
async fn requests_of(newfies: &Newfies, root: EventId, alarms: &Alarms) -> Result<Option<Requests>, Error> {
    let log = match newfies.call(GetEventLog::new(root, newfies.zone.clone())).await {
        Ok(log) => log,
        // NEWF-37
        Err(error) if Denial::is_lack_of_rights(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut requests: Requests = log.alarms.into_iter().map(|alarm| (alarm.alarm, alarm.requests)).collect();
    // NEWF-07: the log has the attempts of the children and lacks those of the root.
    let of_root = alarms.get(&root).map_or(&[][..], Vec::as_slice);
    if of_root.iter().any(|alarm| alarm.attempts > 0) {
        let own = |row: &AlarmRequest| of_root.iter().any(|alarm| row.alarm == Some(Link::to(alarm.alarm)));
        let mut rows = find::all::<AlarmRequest>(newfies, own).await?;
        rows.sort_by_key(AlarmRequest::id);
        for row in rows {
            if let Some(alarm) = row.alarm.as_ref().map(Link::id) {
                requests.entry(alarm).or_default().push(RequestLog::of(row));
            }
        }
    }
    Ok(Some(requests))
}

impl From<AlarmRow> for AlarmSummary {
    fn from(row: AlarmRow) -> Self {
        let attempts = row.num_attempt.unwrap_or_default();
        Self { alarm: row.id(), method: row.method, status: row.status, result: row.result, attempts, requests: None }
    }
}

impl From<Alarm> for AlarmSummary {
    fn from(alarm: Alarm) -> Self {
        Self {
            alarm: alarm.id(),
            method: Some(alarm.method),
            status: Some(alarm.status),
            result: alarm.result,
            attempts: alarm.num_attempt.unwrap_or_default(),
            requests: None,
        }
    }
}
