//! Planned failures of deliveries: what a test makes go wrong between CareMessenger and a webhook.
//!
//! They are separate from the emulator's [`Faults`](crate::Faults), which concern requests to the emulator.

use crate::{fault::FaultStatus, lock::lock};
use http::StatusCode;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

/// The planned failures of deliveries to webhooks.
///
/// Each verb plans one failure of the next attempt. Failures wait in one queue; an attempt takes the oldest one that
/// matches it. [`on`](Self::on) restricts a failure to some URLs, [`times`](Self::times) repeats it. An attempt that
/// finds the receivers down takes none.
///
/// Clones share the plan.
///
/// ```
/// use std::time::Duration;
///
/// use care_emulators::caremessenger::DeliveryFaults;
///
/// let faults = DeliveryFaults::default();
/// faults.down_for(Duration::from_secs(240));
/// faults.times(2).lose_answer();
/// assert_eq!(faults.left(), 2);
/// ```
#[derive(Debug, Clone)]
#[must_use = "a failure is planned by a verb such as `lose_answer()`"]
pub struct DeliveryFaults {
    plan: Arc<Mutex<Plan>>,
    url_end: String,
    times: usize,
}

impl Default for DeliveryFaults {
    /// A plan without failures.
    fn default() -> Self {
        Self { plan: Arc::default(), url_end: String::new(), times: 1 }
    }
}

#[derive(Debug, Default)]
struct Plan {
    down: bool,
    down_for: Duration,
    queue: VecDeque<Planned>,
}

#[derive(Debug)]
struct Planned {
    url_end: String,
    left: usize,
    fault: Fault,
}

impl DeliveryFaults {
    /// Restricts the failures planned on this handle to URLs that end in `url_end`; `""` matches every URL.
    pub fn on(&self, url_end: impl Into<String>) -> Self {
        Self { url_end: url_end.into(), ..self.clone() }
    }

    /// Repeats each failure planned on this handle for the next `n` matching attempts; 0 plans nothing.
    pub fn times(&self, n: usize) -> Self {
        Self { times: n, ..self.clone() }
    }

    /// The number of attempts that are still planned to fail.
    #[must_use]
    pub fn left(&self) -> usize {
        lock(&self.plan).queue.iter().fold(0, |sum, planned| sum.saturating_add(planned.left))
    }

    /// Removes all planned failures. Receivers that are down stay down.
    pub fn clear(&self) {
        lock(&self.plan).queue.clear();
    }

    /// Takes all receivers down: connections are refused.
    pub fn go_down(&self) {
        lock(&self.plan).down = true;
    }

    /// Takes all receivers up again, which also ends [`down_for`](Self::down_for).
    pub fn come_up(&self) {
        let mut plan = lock(&self.plan);
        (plan.down, plan.down_for) = (false, Duration::ZERO);
    }

    /// From now on, refuses connections for attempts that start less than `time` after the first one of their delivery.
    pub fn down_for(&self, time: Duration) {
        lock(&self.plan).down_for = time;
    }

    /// Refuses the connection.
    pub fn refuse(&self) {
        self.add(Fault::Refuse);
    }

    /// Closes the connection before the receiver gets the request.
    pub fn reset(&self) {
        self.add(Fault::Reset);
    }

    /// Closes the connection after half of the body.
    pub fn truncate_body(&self) {
        self.add(Fault::Truncate);
    }

    /// Closes the connection after the receiver has responded, before the response arrives.
    pub fn lose_answer(&self) {
        self.add(Fault::LoseResponse);
    }

    /// Delays the response. A delay beyond the limit of an attempt makes it time out.
    pub fn delay_answer(&self, by: Duration) {
        self.add(Fault::Delay(by));
    }

    /// Responds with this status in the receiver's place; the receiver gets no request.
    pub fn answer_instead(&self, status: impl Into<FaultStatus>) {
        self.add(Fault::Instead(status.into().0));
    }

    /// Sends the same POST twice, concurrently. The transcript has two attempts.
    pub fn send_twice(&self) {
        self.add(Fault::Twice);
    }

    fn add(&self, fault: Fault) {
        if self.times > 0 {
            let planned = Planned { url_end: self.url_end.clone(), left: self.times, fault };
            lock(&self.plan).queue.push_back(planned);
        }
    }

    /// The failure of an attempt at `url` that starts `at` after the first one.
    pub(super) fn take(&self, url: &str, at: Duration) -> Option<Fault> {
        let mut plan = lock(&self.plan);
        if plan.down || at < plan.down_for {
            return Some(Fault::Refuse);
        }
        let index = plan.queue.iter().position(|planned| url.ends_with(&planned.url_end))?;
        let planned = plan.queue.get_mut(index)?;
        planned.left -= 1;
        if planned.left > 0 {
            return Some(planned.fault.clone());
        }
        plan.queue.remove(index).map(|planned| planned.fault)
    }
}

/// The planned failure of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The connection is refused.
    Refuse,
    /// The connection is closed before the receiver gets the request.
    Reset,
    /// The connection is closed after half of the body.
    Truncate,
    /// The connection is closed after the receiver has responded.
    LoseResponse,
    /// The response is delayed.
    Delay(Duration),
    /// This status is the response, without the receiver.
    Instead(StatusCode),
    /// The POST is sent twice, concurrently.
    Twice,
}
