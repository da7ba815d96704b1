//! Failures on purpose.

use std::time::Duration;

use http::StatusCode;

use crate::fault::{Fault, Side};
use crate::fault_status::FaultStatus;
use crate::gate::Gate;
use crate::plan::{Plan, Target};

/// The fault plan of an emulator: what goes wrong with the next requests.
///
/// Each call of a verb plans one failure of the next request. They wait in one queue; a request takes the oldest that is meant for it. [`on`](Faults::on) restricts
/// a failure to some requests, [`times`](Faults::times) makes it one of several in a row. The emulator's own control endpoints never fail.
///
/// *Commit* is the change of the emulator's state, with all checks before it: a request whose failure stands before the commit has changed
/// nothing, one whose failure stands after it has done what it asked for (or was refused, if it was wrong), and only the answer is lost.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use http::Method;
///
/// let emulator = care_emulators::aura::Emulator::start().await?;
/// let faults = emulator.faults();
/// faults.on(Method::POST, "/callouts").times(2).drop_after_commit();
/// faults.throttle(None);
/// assert_eq!(faults.left(), 3);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a failure is planned by a verb such as `drop_before_commit()`"]
pub struct Faults {
    plan: Plan,
    gate: Gate,
    target: Option<Target>,
    times: usize,
}

impl Faults {
    pub(crate) fn new(plan: Plan, gate: Gate) -> Self {
        Self { plan, gate, target: None, times: 1 }
    }

    /// Restricts the failures planned on this handle to requests with this method and a path that ends in `path_suffix`; `""` fits every path.
    pub fn on(&self, method: impl AsRef<str>, path_suffix: &str) -> Self {
        Self { target: Some(Target::new(method.as_ref(), path_suffix)), ..self.clone() }
    }

    /// Makes each failure planned on this handle one of the next `n` requests that it is meant for, instead of one; 0 plans nothing.
    pub fn times(&self, n: usize) -> Self {
        Self { times: n, ..self.clone() }
    }

    /// How many requests are still to fail.
    #[must_use]
    pub fn left(&self) -> usize {
        self.plan.left()
    }

    /// Forgets all planned failures, whatever they are meant for. An emulator that is down stays down.
    pub fn clear(&self) {
        self.plan.clear();
    }

    /// Takes the emulator down: from the return of this call on, connections are refused; open ones are closed, and nothing more is committed on them.
    ///
    /// The port stays reserved. An emulator's router in process has no connections and goes on.
    pub fn go_down(&self) {
        self.gate.shut();
    }

    /// Takes the emulator up again, on the same port.
    pub fn come_up(&self) {
        self.gate.open();
    }

    /// Whether the emulator is down.
    #[must_use]
    pub fn is_down(&self) -> bool {
        self.gate.is_shut()
    }

    /// Closes the connection when the head of the request was read and its body was not.
    pub fn close_unread(&self) {
        self.add(Fault::CloseUnread);
    }

    /// Closes the connection when the request was read, before the commit.
    pub fn drop_before_commit(&self) {
        self.add(Fault::Drop(Side::Before));
    }

    /// Closes the connection after the commit, in place of an answer.
    pub fn drop_after_commit(&self) {
        self.add(Fault::Drop(Side::After));
    }

    /// Resets the connection when the request was read, before the commit.
    pub fn reset(&self) {
        self.add(Fault::Reset(Side::Before));
    }

    /// Resets the connection after the commit, in place of an answer.
    pub fn reset_after_commit(&self) {
        self.add(Fault::Reset(Side::After));
    }

    /// Answers with `status` before the commit, with a `Retry-After` in whole seconds, rounded up, if given.
    pub fn status_before_commit(&self, status: impl Into<FaultStatus>, retry_after: Option<Duration>) {
        self.add(Fault::Status { side: Side::Before, status: status.into().0, retry_after });
    }

    /// Answers with `status` after the commit, with a `Retry-After` in whole seconds, rounded up, if given.
    pub fn status_after_commit(&self, status: impl Into<FaultStatus>, retry_after: Option<Duration>) {
        self.add(Fault::Status { side: Side::After, status: status.into().0, retry_after });
    }

    /// Answers with 429 before the commit, with a `Retry-After` in whole seconds, rounded up, if given.
    pub fn throttle(&self, retry_after: Option<Duration>) {
        self.add(Fault::Status { side: Side::Before, status: StatusCode::TOO_MANY_REQUESTS, retry_after });
    }

    /// Waits before the commit. A client that hangs up meanwhile leaves nothing committed.
    pub fn delay(&self, by: Duration) {
        self.add(Fault::Delay(Side::Before, by));
    }

    /// Waits after the commit, before the answer's head.
    pub fn delay_after_commit(&self, by: Duration) {
        self.add(Fault::Delay(Side::After, by));
    }

    /// Commits, sends the head and half of the promised body, and closes the connection.
    pub fn truncate_body(&self) {
        self.add(Fault::CutBody { reset: false });
    }

    /// Commits, sends the head and half of the promised body, and resets the connection.
    pub fn reset_body(&self) {
        self.add(Fault::CutBody { reset: true });
    }

    /// Commits, sends the head, and then nothing more; the connection stays open.
    pub fn silence_after_head(&self) {
        self.add(Fault::SilenceAfterHead);
    }

    /// Commits, sends bytes that are not HTTP, and closes the connection.
    pub fn garbage(&self) {
        self.add(Fault::Garbage);
    }

    /// Commits, and answers with status 200 and a web page, as a captive portal or a gateway does.
    pub fn html(&self) {
        self.add(Fault::Html);
    }

    fn add(&self, fault: Fault) {
        self.plan.add(self.target.clone(), self.times, fault);
    }
}
