//! Failures on purpose: the handle by which a test plans them.

use crate::{
    fault::{Fault, FaultStatus, Plan, Side, Target},
    listener::Listener,
};
use http::StatusCode;
use std::time::Duration;

/// The fault plan of an emulator: which of the next requests fail, and how.
///
/// Each verb plans one failure of the next request. Failures wait in one queue; a request takes the oldest one that
/// fits it. [`on`](Faults::on) restricts a failure to some requests, [`times`](Faults::times) repeats it for several
/// requests. The emulator's own control endpoints never fail.
///
/// The *commit* is the change of the emulator's state, including all checks before it. A request that fails before the
/// commit has changed nothing. A request that fails after the commit was carried out (or refused, if it was invalid),
/// and only its answer is lost.
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
    listener: Listener,
    target: Option<Target>,
    times: usize,
}

impl Faults {
    pub(crate) fn new(plan: Plan, listener: Listener) -> Self {
        Self { plan, listener, target: None, times: 1 }
    }

    /// Restricts the failures planned by the returned handle to requests with this method and a path that ends with
    /// `path_suffix`. `""` fits every path.
    pub fn on(&self, method: impl AsRef<str>, path_suffix: &str) -> Self {
        Self { target: Some(Target::new(method.as_ref(), path_suffix)), ..self.clone() }
    }

    /// Repeats each failure planned by the returned handle for the next `n` requests that it fits. 0 plans nothing.
    pub fn times(&self, n: usize) -> Self {
        Self { times: n, ..self.clone() }
    }

    /// Returns how many requests will still fail.
    #[must_use]
    pub fn left(&self) -> usize {
        self.plan.left()
    }

    /// Removes all planned failures, also those restricted by [`on`](Faults::on). An emulator that is down stays down.
    pub fn clear(&self) {
        self.plan.clear();
    }

    /// Takes the emulator down. Once this returns, connections are refused, open ones are closed, and nothing more is
    /// committed on them.
    ///
    /// The port stays reserved. The in-process [`router`](crate::Harness::router) has no connections and goes on.
    pub fn go_down(&self) {
        self.listener.shut();
    }

    /// Takes the emulator up again on the same port.
    pub fn come_up(&self) {
        self.listener.open();
    }

    /// Takes the emulator down for this long. Of outages that overlap, the last to end brings it up.
    pub async fn go_down_for(&self, time: Duration) {
        self.listener.begin_outage();
        tokio::time::sleep(time).await;
        self.listener.end_outage();
    }

    /// Returns whether the emulator is down.
    #[must_use]
    pub fn is_down(&self) -> bool {
        self.listener.is_shut()
    }

    /// Closes the connection after the head of the request was read, before its body.
    pub fn close_unread(&self) {
        self.add(Fault::CloseUnread);
    }

    /// Closes the connection after the request was read, before the commit.
    pub fn drop_before_commit(&self) {
        self.add(Fault::Drop(Side::Before));
    }

    /// Closes the connection after the commit, instead of an answer.
    pub fn drop_after_commit(&self) {
        self.add(Fault::Drop(Side::After));
    }

    /// Resets the connection after the request was read, before the commit.
    pub fn reset(&self) {
        self.add(Fault::Reset(Side::Before));
    }

    /// Resets the connection after the commit, instead of an answer.
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

    /// Waits before the commit. If the client hangs up meanwhile, nothing is committed.
    pub fn delay(&self, by: Duration) {
        self.add(Fault::Delay(Side::Before, by));
    }

    /// Waits after the commit, before the head of the answer.
    pub fn delay_after_commit(&self, by: Duration) {
        self.add(Fault::Delay(Side::After, by));
    }

    /// Commits, sends the head and half of the promised body, and closes the connection.
    pub fn truncate_body(&self) {
        self.add(Fault::TruncateBody { reset: false });
    }

    /// Commits, sends the head and half of the promised body, and resets the connection.
    pub fn reset_body(&self) {
        self.add(Fault::TruncateBody { reset: true });
    }

    /// Commits, sends the head, and then nothing more. The connection stays open.
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
