//! Looking again and again until a condition is met.

use crate::{error::Error, operation::Operation};
use std::{borrow::Cow, future::Future, ops::ControlFlow, time::Duration};
use tokio::time::{Interval, MissedTickBehavior, interval, sleep, timeout};

/// When to look, and when to stop: for [`poll_until`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Polling {
    rhythm: Rhythm,
    timeout: Option<Duration>,
    ignores_failures: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rhythm {
    /// A look begins this long after the one before it began.
    Every(Duration),
    /// So many looks, with a pause between the end of one and the beginning of the next.
    Times(u32, Duration),
}

impl Polling {
    /// Looks at once, and then once in each `interval`, measured from the beginning of one look to that of the next,
    /// until the condition is met. A look that takes longer delays the ones after it. Panics if `interval` is zero.
    #[must_use]
    pub const fn every(interval: Duration) -> Self {
        Self { rhythm: Rhythm::Every(interval), timeout: None, ignores_failures: false }
    }

    /// Looks at once, and again after each `pause`, `looks` times in all. For reading back: what is still under way
    /// may show a moment later.
    #[must_use]
    pub const fn times(looks: u32, pause: Duration) -> Self {
        Self { rhythm: Rhythm::Times(looks, pause), timeout: None, ignores_failures: false }
    }

    /// Sets how long to poll; a look that is under way then is dropped. Default: `None`, no limit.
    #[must_use]
    pub const fn timeout(mut self, limit: Option<Duration>) -> Self {
        self.timeout = limit;
        self
    }

    /// Takes each failure of a look for a look that showed nothing. By default only
    /// [transient](Error::is_transient) ones are and, after a look that showed something, [foreign](Error::is_foreign)
    /// ones; others end the polling.
    #[must_use]
    pub const fn ignore_failures(mut self) -> Self {
        self.ignores_failures = true;
        self
    }
}

/// Why [`poll_until`] ended before the condition was met.
#[derive(Debug)]
#[non_exhaustive]
pub enum PollError<S> {
    /// A look failed, and another one would fail in the same way.
    Failed(Error),
    /// The looks or the time were used up.
    Exhausted {
        /// What the last look that did not fail showed.
        seen: Option<S>,
        /// Why the last look failed, if it did.
        failure: Option<Error>,
    },
}

impl<S> PollError<S> {
    /// Makes the error of a workflow that only looks: of a look that failed, its own; otherwise one of kind
    /// [`Timeout`](crate::Kind::Timeout) that says `message`, names the operation that looked, and has the failure of
    /// the last look as its [cause](Error::cause).
    pub fn into_error(self, message: impl Into<Cow<'static, str>>, operation: &'static Operation) -> Error {
        match self {
            Self::Failed(error) => error.after_reads(),
            Self::Exhausted { failure, .. } => {
                let late = Error::timeout(message).in_operation(operation).after_reads();
                match failure {
                    Some(failure) => late.with_source(failure),
                    None => late,
                }
            }
        }
    }
}

/// Looks until a look breaks with what is waited for.
///
/// A look says `Break(found)` when the condition is met, `Continue(seen)` when it isn't, and an error when it could
/// not look. Transient errors count as "not yet", and so do foreign ones after a look that showed something.
///
/// # Errors
///
/// [`PollError::Failed`] with the error of a look that isn't transient; [`PollError::Exhausted`] when the looks or
/// the time of the schedule are used up.
pub async fn poll_until<T, S, F>(schedule: Polling, look: impl FnMut() -> F) -> Result<T, PollError<S>>
where
    F: Future<Output = Result<ControlFlow<T, S>, Error>>,
{
    let (mut seen, mut failure) = (None, None);
    let polled = polled(schedule, look, &mut seen, &mut failure);
    let ended = match schedule.timeout {
        None => polled.await,
        Some(limit) => timeout(limit, polled).await.unwrap_or(Ok(None)),
    };
    match ended {
        Ok(Some(found)) => Ok(found),
        Ok(None) => Err(PollError::Exhausted { seen, failure }),
        Err(error) => Err(PollError::Failed(error)),
    }
}

/// What was found; `None` when the looks are used up.
async fn polled<T, S, F>(
    schedule: Polling,
    mut look: impl FnMut() -> F,
    seen: &mut Option<S>,
    failure: &mut Option<Error>,
) -> Result<Option<T>, Error>
where
    F: Future<Output = Result<ControlFlow<T, S>, Error>>,
{
    let mut ticks = Ticks::new(schedule.rhythm);
    while ticks.next().await {
        match look().await {
            Ok(ControlFlow::Break(found)) => return Ok(Some(found)),
            Ok(ControlFlow::Continue(shown)) => (*seen, *failure) = (Some(shown), None),
            // Once the service itself has answered, a page of HTML is a gateway's, and may pass.
            Err(error)
                if schedule.ignores_failures || error.is_transient() || (error.is_foreign() && seen.is_some()) =>
            {
                *failure = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// The moments to look at.
enum Ticks {
    Interval(Interval),
    Times { left: u32, pause: Duration, is_first: bool },
}

impl Ticks {
    fn new(rhythm: Rhythm) -> Self {
        match rhythm {
            Rhythm::Every(period) => {
                let mut ticks = interval(period);
                ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
                Self::Interval(ticks)
            }
            Rhythm::Times(left, pause) => Self::Times { left, pause, is_first: true },
        }
    }

    /// Waits for the next one; `false` if there is none.
    async fn next(&mut self) -> bool {
        match self {
            Self::Interval(ticks) => {
                ticks.tick().await;
                true
            }
            Self::Times { left: 0, .. } => false,
            Self::Times { left, pause, is_first } => {
                *left -= 1;
                if !std::mem::replace(is_first, false) {
                    sleep(*pause).await;
                }
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        error::{Kind, Outcome},
        operation::Safety,
    };
    use std::cell::RefCell;
    use tokio::time::Instant;

    const LOOK: Operation = Operation::new("test.look", "/", Safety::Read, "");
    const SECOND: Duration = Duration::from_secs(1);

    type Look = Result<ControlFlow<u32, u32>, Error>;

    /// Polls with looks that each take half a second and end as told, the last one again and again. With it, when
    /// they began.
    async fn run(schedule: Polling, looks: Vec<fn() -> Look>) -> (Result<u32, PollError<u32>>, Vec<Duration>) {
        let (start, times) = (Instant::now(), RefCell::new(Vec::new()));
        let result = poll_until(schedule, || async {
            let number = times.borrow().len();
            times.borrow_mut().push(start.elapsed());
            sleep(SECOND / 2).await;
            looks[number.min(looks.len() - 1)]()
        });
        (result.await, times.into_inner())
    }

    fn found() -> Look {
        Ok(ControlFlow::Break(7))
    }

    fn not_yet() -> Look {
        Ok(ControlFlow::Continue(1))
    }

    fn transient() -> Look {
        Err(Error::new(Kind::Connect, Outcome::NotSent, "no connection"))
    }

    fn lasting() -> Look {
        Err(Error::request("no such thing"))
    }

    #[tokio::test(start_paused = true)]
    async fn it_looks_at_once_and_in_each_interval_until_it_finds() {
        let (result, times) = run(Polling::every(2 * SECOND), vec![not_yet, transient, found]).await;
        assert_eq!((result.unwrap(), times), (7, vec![Duration::ZERO, 2 * SECOND, 4 * SECOND]));
    }

    #[tokio::test(start_paused = true)]
    async fn it_pauses_after_the_end_of_a_look_and_stops_after_so_many() {
        let (result, times) = run(Polling::times(2, 3 * SECOND), vec![not_yet]).await;
        let exhausted = matches!(result, Err(PollError::Exhausted { seen: Some(1), failure: None }));
        assert!(exhausted, "{result:?}");
        assert_eq!(times, [Duration::ZERO, SECOND * 7 / 2]);
        let (result, times) = run(Polling::times(0, SECOND), vec![found]).await;
        assert!(matches!(result, Err(PollError::Exhausted { seen: None, failure: None })), "{result:?}");
        assert!(times.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_that_lasts_ends_it_unless_failures_are_ignored() {
        let (result, times) = run(Polling::every(SECOND), vec![not_yet, lasting, found]).await;
        let error = result.unwrap_err().into_error("too late", &LOOK);
        assert_eq!((error.kind(), times.len()), (Kind::Request, 2));

        let schedule = Polling::times(3, SECOND).ignore_failures();
        assert_eq!(run(schedule, vec![lasting, lasting, found]).await.0.unwrap(), 7);
        let (result, _) = run(schedule, vec![not_yet, lasting]).await;
        let Err(PollError::Exhausted { seen: Some(1), failure: Some(failure) }) = result else { panic!("{result:?}") };
        assert_eq!(failure.kind(), Kind::Request);
    }

    #[tokio::test(start_paused = true)]
    async fn the_timeout_drops_a_look_that_is_under_way_and_keeps_the_last_failure() {
        let schedule = Polling::every(SECOND).timeout(Some(SECOND * 6 / 5));
        let (result, times) = run(schedule, vec![transient]).await;
        let error = result.unwrap_err().into_error("it was not seen", &LOOK);
        assert_eq!((error.kind(), error.operation(), times.len()), (Kind::Timeout, "test.look", 2));
        assert!(error.to_string().contains("it was not seen; nothing was changed"), "{error}");
        assert_eq!(error.cause().map(Error::kind), Some(Kind::Connect));
    }
}
