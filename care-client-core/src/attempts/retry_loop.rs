//! The loop that repeats a call's attempts. It knows no network: what sends an attempt, the policy, the budget and the
//! deadlines come in as arguments, and its clock is tokio's, so that tests run it over a script in paused time.

use super::{
    failure::Failure,
    retry_policy::{Delays, RetryBudget, RetryPolicy},
};
use crate::{
    error::{Ending, Error, Kind, Outcome, Repeat, StopReason},
    operation::{Operation, Safety},
    response::RawResponse,
};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Sends the attempts of one call.
pub(super) trait Attempts {
    /// Sends one attempt, whose number begins with 1. The outer error means that nothing of it was sent.
    async fn send(&mut self, number: u32) -> Result<Result<RawResponse, Box<Failure>>, Error>;

    /// Replaces the token that was refused. `Err` says why it can't be, with the failure of the renewal if it was that.
    async fn renew(&mut self) -> Result<(), (StopReason, Option<Error>)>;

    /// Reports that the attempt of this number failed and that another one follows.
    fn repeating(&self, number: u32, failure: &Failure, delay: Duration);
}

/// What decides whether and when an attempt is repeated.
pub(super) struct Rules<'a> {
    pub(super) operation: &'static Operation,
    pub(super) safety: Safety,
    pub(super) policy: RetryPolicy,
    pub(super) budget: &'a RetryBudget,
    pub(super) started: Instant,
    /// When the last attempt may begin.
    pub(super) latest_start: Instant,
}

/// Sends attempts until one succeeds or none may follow. The error isn't finished yet: that is the caller's part,
/// with the ending.
pub(super) async fn retry_loop(
    attempts: &mut impl Attempts,
    rules: &Rules<'_>,
) -> (Result<RawResponse, Error>, Ending) {
    let (mut sent, mut worst, mut is_renewed) = (0, Outcome::NotSent, false);
    // Failures and delays are on the heap: they are rare, and would make the future of every call larger.
    let mut last: Option<Box<Failure>> = None;
    let mut delays: Option<Box<Delays>> = None;
    let (result, stop) = loop {
        let failure = match (attempts.send(sent + 1).await, last.take()) {
            (Ok(Ok(response)), _) => {
                sent += 1;
                rules.budget.deposit();
                break (Ok(response), StopReason::Final);
            }
            (Ok(Err(failure)), _) => failure,
            // Nothing of this attempt was sent. If time ran out, the attempt before it says why the call failed.
            (Err(error), Some(last)) if error.kind() == Kind::Timeout => {
                break (Err(last.into_error(StopReason::Deadline, None)), StopReason::Deadline);
            }
            (Err(error), _) => {
                let stop = error.cause().map_or(StopReason::Final, Error::stop_reason);
                break (Err(error), stop);
            }
        };
        sent += 1;
        worst = worst.max(failure.classification.outcome);
        let next = if failure.classification.repeat == Repeat::Renewed {
            if is_renewed {
                Err((StopReason::Final, None))
            } else {
                is_renewed = true;
                // On the heap for the same reason as a failure.
                Box::pin(attempts.renew()).await.map(|()| Duration::ZERO)
            }
        } else {
            rules.delay(&failure, sent, &mut delays).map_err(|stop| (stop, None))
        };
        match next {
            Ok(delay) => {
                attempts.repeating(sent, &failure, delay);
                sleep(delay).await;
            }
            Err((stop, renewal)) => break (Err(failure.into_error(stop, renewal)), stop),
        }
        last = Some(failure);
    };
    let Rules { operation, safety, started, .. } = *rules;
    (result, Ending { operation, safety, worst, attempts: sent, elapsed: started.elapsed(), stop })
}

impl Rules<'_> {
    /// The wait before a repeat after this failure, or why there is none. The order matters: a repeat that isn't made
    /// costs nothing of the budget.
    fn delay(&self, failure: &Failure, sent: u32, delays: &mut Option<Box<Delays>>) -> Result<Duration, StopReason> {
        match failure.classification.repeat {
            Repeat::Never | Repeat::Renewed => return Err(StopReason::Final),
            Repeat::UnlessOnce if self.safety == Safety::Once => return Err(StopReason::Once),
            Repeat::Always | Repeat::UnlessOnce => {}
        }
        if sent >= self.policy.max_attempts() {
            return Err(StopReason::Attempts);
        }
        if failure.is_stale && sent == 1 {
            // Nothing is wrong with the server: the repeat goes out on a connection of its own, at once.
            return Ok(Duration::ZERO);
        }
        let delays = delays.get_or_insert_with(|| Box::new(self.policy.delays()));
        let mut drawn = delays.next().unwrap_or_default();
        if failure.asks_to_wait {
            // One more step of the backoff, and never none.
            drawn = (drawn + delays.next().unwrap_or_default()).max(self.policy.least_asked());
        }
        let delay = failure.retry_after.unwrap_or(drawn);
        if delay >= self.latest_start.saturating_duration_since(Instant::now()) {
            return Err(StopReason::Deadline);
        }
        if self.budget.withdraw() { Ok(delay) } else { Err(StopReason::Budget) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Classification;
    use http::StatusCode;
    use std::cell::RefCell;

    const LOOK: Operation = Operation::new("test.look", "/", Safety::Read, "");
    const SECOND: Duration = Duration::from_secs(1);

    /// Ends attempts as scripted, the last way again and again, and notes the waits that were reported.
    struct Script {
        ends: &'static [End],
        renewal: Result<(), StopReason>,
        waits: RefCell<Vec<Duration>>,
    }

    #[derive(Clone, Copy)]
    enum End {
        Done,
        Status(u16),
        /// A status with a wait that the server asks for, in seconds.
        Wait(u16, u64),
        /// A status with a wait that can't be read.
        Wish(u16),
        /// A connection that was used before broke.
        Stale,
        /// No connection was made.
        NoConnection,
        /// The deadline passed before it could be sent.
        Late,
        /// The credentials could not be obtained.
        NoToken,
    }

    impl Attempts for Script {
        async fn send(&mut self, number: u32) -> Result<Result<RawResponse, Box<Failure>>, Error> {
            sleep(SECOND).await;
            let at = usize::try_from(number).unwrap().min(self.ends.len()) - 1;
            let of_status = |status| Classification::of_status(StatusCode::from_u16(status).unwrap());
            Ok(Err(Box::new(match self.ends[at] {
                End::Done => return Ok(Ok(RawResponse::new(StatusCode::OK, http::HeaderMap::new(), ""))),
                End::Late => return Err(Error::new(Kind::Timeout, Outcome::NotSent, "late")),
                End::NoToken => return Err(Error::auth("no token")),
                End::Status(status) => Failure::scripted(of_status(status), None),
                End::Wait(status, wait) => Failure::scripted(of_status(status), Some(Duration::from_secs(wait))),
                End::Wish(status) => {
                    let mut failure = Failure::scripted(of_status(status), None);
                    failure.asks_to_wait = true;
                    failure
                }
                End::Stale => {
                    let broken = Classification::new(Kind::Interrupted, Outcome::Unknown, Repeat::UnlessOnce);
                    let mut failure = Failure::scripted(broken, None);
                    failure.is_stale = true;
                    failure
                }
                End::NoConnection => {
                    let nothing = Classification::new(Kind::Connect, Outcome::NotSent, Repeat::Always);
                    Failure::scripted(nothing, None)
                }
            })))
        }

        async fn renew(&mut self) -> Result<(), (StopReason, Option<Error>)> {
            self.renewal.map_err(|stop| (stop, None))
        }

        fn repeating(&self, _number: u32, _failure: &Failure, delay: Duration) {
            self.waits.borrow_mut().push(delay);
        }
    }

    async fn run(ends: &'static [End], safety: Safety) -> (Result<RawResponse, Error>, Ending, Vec<Duration>) {
        run_with(ends, safety, &RetryBudget::default(), Ok(())).await
    }

    /// Runs the loop with a deadline of 20 s.
    async fn run_with(
        ends: &'static [End],
        safety: Safety,
        budget: &RetryBudget,
        renewal: Result<(), StopReason>,
    ) -> (Result<RawResponse, Error>, Ending, Vec<Duration>) {
        let (started, policy) = (Instant::now(), RetryPolicy::new());
        let mut script = Script { ends, renewal, waits: RefCell::default() };
        let latest_start = started + 20 * SECOND;
        let rules = Rules { operation: &LOOK, safety, policy, budget, started, latest_start };
        let (result, ending) = retry_loop(&mut script, &rules).await;
        (result, ending, script.waits.into_inner())
    }

    #[tokio::test(start_paused = true)]
    async fn the_reason_to_stop_follows_from_failure_and_safety() {
        use End::{Done, Late, NoConnection, NoToken, Status, Wait};
        use Outcome::{NotSent, Refused, Unknown};
        use Safety::{Idempotent, Once, Read};
        let rows: &[(&'static [End], Safety, u32, Outcome, StopReason)] = &[
            (&[Done], Once, 1, NotSent, StopReason::Final),
            (&[Status(503), Done], Read, 2, Unknown, StopReason::Final),
            (&[Status(503), Done], Idempotent, 2, Unknown, StopReason::Final),
            (&[Status(503), Done], Once, 1, Unknown, StopReason::Once),
            (&[NoConnection, Done], Once, 2, NotSent, StopReason::Final),
            (&[Status(429), Done], Once, 2, Refused, StopReason::Final),
            (&[Status(404)], Read, 1, Refused, StopReason::Final),
            (&[Status(501)], Read, 1, Unknown, StopReason::Final),
            (&[Status(500)], Read, 3, Unknown, StopReason::Attempts),
            (&[Status(500), Status(404)], Read, 2, Unknown, StopReason::Final),
            (&[Wait(429, 1), Done], Once, 2, Refused, StopReason::Final),
            (&[Wait(429, 19), Done], Read, 1, Refused, StopReason::Deadline),
            (&[Status(503), Late], Read, 1, Unknown, StopReason::Deadline),
            (&[Late], Read, 0, NotSent, StopReason::Final),
            (&[NoToken], Read, 0, NotSent, StopReason::Final),
            (&[Status(401), Done], Once, 2, Refused, StopReason::Final),
            (&[Status(401)], Read, 2, Refused, StopReason::Final),
        ];
        for (row, (ends, safety, attempts, worst, stop)) in rows.iter().enumerate() {
            let (result, ending, waits) = run(ends, *safety).await;
            let got = (ending.attempts, ending.worst, ending.stop);
            assert_eq!(got, (*attempts, *worst, *stop), "row {row}: {result:?} {waits:?}");
            assert_eq!(result.is_ok(), matches!(ends.last(), Some(Done)) && *stop == StopReason::Final, "row {row}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_servers_wait_replaces_the_drawn_one_and_a_renewal_waits_for_nothing() {
        let (_, ending, waits) = run(&[End::Wait(503, 7), End::Done], Safety::Read).await;
        assert_eq!((waits, ending.elapsed), (vec![7 * SECOND], 9 * SECOND));
        let (_, _, waits) = run(&[End::Status(401), End::Done], Safety::Once).await;
        assert_eq!(waits, [Duration::ZERO]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wish_to_wait_that_cannot_be_read_is_never_no_wait() {
        for _ in 0..100 {
            let (_, _, waits) = run(&[End::Wish(503), End::Done], Safety::Read).await;
            assert!((Duration::from_millis(200)..=Duration::from_millis(600)).contains(&waits[0]), "{waits:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_used_connection_that_breaks_costs_nothing_once() {
        let budget = RetryBudget::default();
        while budget.withdraw() {}
        let ends = &[End::Stale, End::Done];
        let (result, ending, waits) = run_with(ends, Safety::Read, &budget, Ok(())).await;
        assert_eq!((result.is_ok(), ending.attempts, waits), (true, 2, vec![Duration::ZERO]));
        let (_, ending, _) = run_with(&[End::Stale], Safety::Read, &budget, Ok(())).await;
        assert_eq!((ending.attempts, ending.stop), (2, StopReason::Budget));
        let (_, ending, _) = run_with(ends, Safety::Once, &budget, Ok(())).await;
        assert_eq!((ending.attempts, ending.stop), (1, StopReason::Once));
    }

    #[tokio::test(start_paused = true)]
    async fn a_renewal_that_fails_gives_its_own_reason() {
        let budget = RetryBudget::default();
        for stop in [StopReason::Final, StopReason::Deadline] {
            let (result, ending, _) = run_with(&[End::Status(401), End::Done], Safety::Read, &budget, Err(stop)).await;
            assert_eq!((result.is_err(), ending.attempts, ending.stop), (true, 1, stop));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_empty_budget_stops_repeats_and_what_is_not_repeated_costs_nothing() {
        let budget = RetryBudget::default();
        for _ in 0..30 {
            let _ = run_with(&[End::Status(404)], Safety::Read, &budget, Ok(())).await;
            let _ = run_with(&[End::Status(503)], Safety::Once, &budget, Ok(())).await;
        }
        let (_result, ending, _) = run_with(&[End::Status(503)], Safety::Read, &budget, Ok(())).await;
        assert_eq!(ending.stop, StopReason::Attempts);
        while budget.withdraw() {}
        let (_result, ending, _) = run_with(&[End::Status(503)], Safety::Read, &budget, Ok(())).await;
        assert_eq!((ending.attempts, ending.stop), (1, StopReason::Budget));
    }
}
