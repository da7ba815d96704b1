//! Failures between the sender and a receiver.

use crate::{fault_status::FaultStatus, lock::lock};
use http::StatusCode;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

/// What goes wrong on the way to webhooks.
///
/// Each verb plans one failure of the next attempt. They wait in one queue; an attempt takes the oldest that is meant for it. [`on`](Self::on) restricts a
/// failure to some URLs, [`times`](Self::times) makes it one of several in a row. Attempts that meet nobody take none.
///
/// Clones are handles on the same plan.
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
    /// Restricts the failures planned on this handle to URLs that end in `url_end`; `""` fits every URL.
    pub fn on(&self, url_end: impl Into<String>) -> Self {
        Self { url_end: url_end.into(), ..self.clone() }
    }

    /// Makes each failure planned on this handle one of the next `n` attempts that it is meant for, instead of one; 0 plans nothing.
    pub fn times(&self, n: usize) -> Self {
        Self { times: n, ..self.clone() }
    }

    /// How many attempts are still to fail.
    #[must_use]
    pub fn left(&self) -> usize {
        lock(&self.plan).queue.iter().fold(0, |sum, planned| sum.saturating_add(planned.left))
    }

    /// Forgets all planned failures. Receivers that are down stay down.
    pub fn clear(&self) {
        lock(&self.plan).queue.clear();
    }

    /// Takes all receivers down: attempts find nobody to connect to.
    pub fn go_down(&self) {
        lock(&self.plan).down = true;
    }

    /// Takes all receivers up again, also those that were to be [down for](Self::down_for) some time.
    pub fn come_up(&self) {
        let mut plan = lock(&self.plan);
        (plan.down, plan.down_for) = (false, Duration::ZERO);
    }

    /// From now on, attempts that begin less than `time` after the first one of their delivery find nobody to connect to.
    pub fn down_for(&self, time: Duration) {
        lock(&self.plan).down_for = time;
    }

    /// There is nobody to connect to.
    pub fn check_target(&self) {
        self.add(Fault::Refuse);
    }

    /// The connection ends before the receiver has the request.
    pub fn reset(&self) {
        self.add(Fault::Reset);
    }

    /// The connection ends when the receiver has half of the body.
    pub fn truncate_body(&self) {
        self.add(Fault::Cut);
    }

    /// The receiver has the request and answers, and the connection ends before the answer arrives.
    pub fn lose_answer(&self) {
        self.add(Fault::LoseAnswer);
    }

    /// The answer arrives this much later; never, when that is beyond the limit of an attempt.
    pub fn delay_answer(&self, by: Duration) {
        self.add(Fault::Delay(by));
    }

    /// Something in front of the receiver answers with this status, and the receiver learns of nothing.
    pub fn answer_instead(&self, status: impl Into<FaultStatus>) {
        self.add(Fault::Instead(status.into().0));
    }

    /// The same POST is on its way twice at once. It makes two attempts in the transcript.
    pub fn send_twice(&self) {
        self.add(Fault::Twice);
    }

    fn add(&self, fault: Fault) {
        if self.times > 0 {
            let planned = Planned { url_end: self.url_end.clone(), left: self.times, fault };
            lock(&self.plan).queue.push_back(planned);
        }
    }

    /// What goes wrong with an attempt at `url` that begins `at` after the first one.
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

/// What goes wrong with one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is nobody to connect to.
    Refuse,
    /// The connection ends before the receiver has the request.
    Reset,
    /// The connection ends when the receiver has half of the body.
    Cut,
    /// The connection ends after the receiver has answered.
    LoseAnswer,
    /// The answer comes this much later.
    Delay(Duration),
    /// Something in front of the receiver answers with this.
    Instead(StatusCode),
    /// The same POST is on its way twice at once.
    Twice,
}
