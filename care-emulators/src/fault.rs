//! Planned failures, and their queue: each request takes the oldest one that fits it.

use crate::lock::lock;
use http::{Method, StatusCode};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

/// The status of a planned answer: a [`StatusCode`] or its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultStatus(pub(crate) StatusCode);

impl From<StatusCode> for FaultStatus {
    fn from(status: StatusCode) -> Self {
        Self(status)
    }
}

impl From<u16> for FaultStatus {
    /// A number that is not a status (below 100 or above 999) becomes 500.
    fn from(number: u16) -> Self {
        Self(StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
    }
}

/// Whether a failure happens before or after the request changes the emulator's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
}

/// What goes wrong with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is closed after the head was read, before the body.
    CloseUnread,
    /// The connection is closed instead of an answer.
    Drop(Side),
    /// The connection is reset instead of an answer.
    Reset(Side),
    /// The answer is this status.
    Status { side: Side, status: StatusCode, retry_after: Option<Duration> },
    /// The answer is delayed by this much.
    Delay(Side, Duration),
    /// The head is the real one; the connection is closed or reset in the middle of the body.
    TruncateBody { reset: bool },
    /// The head is the real one; no byte of the body follows.
    SilenceAfterHead,
    /// The answer isn't HTTP.
    Garbage,
    /// The answer is a web page with status 200.
    Html,
}

impl Fault {
    /// Whether this failure needs a socket. The in-process router leaves such failures in the plan.
    pub(crate) fn needs_a_socket(&self) -> bool {
        match self {
            Self::CloseUnread | Self::Drop(_) | Self::Reset(_) | Self::Garbage => true,
            Self::TruncateBody { reset } => *reset,
            Self::Status { .. } | Self::Delay(..) | Self::SilenceAfterHead | Self::Html => false,
        }
    }
}

/// The requests that a failure or a hook is meant for: a method, and the end of a path.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    method: String,
    path_suffix: String,
}

impl Target {
    pub(crate) fn new(method: &str, path_suffix: &str) -> Self {
        Self { method: method.to_owned(), path_suffix: path_suffix.to_owned() }
    }

    pub(crate) fn is(&self, method: &Method, path: &str) -> bool {
        self.method == method.as_str() && path.ends_with(&self.path_suffix)
    }
}

#[derive(Debug)]
struct Planned {
    target: Option<Target>,
    left: usize,
    fault: Fault,
}

/// Planned failures in the order in which they were planned.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan(Arc<Mutex<VecDeque<Planned>>>);

impl Plan {
    pub(crate) fn add(&self, target: Option<Target>, times: usize, fault: Fault) {
        if times > 0 {
            lock(&self.0).push_back(Planned { target, left: times, fault });
        }
    }

    /// Takes the oldest failure that fits such a request.
    pub(crate) fn take(&self, method: &Method, path: &str, on_a_socket: bool) -> Option<Fault> {
        let mut queue = lock(&self.0);
        let fits = |planned: &Planned| {
            (on_a_socket || !planned.fault.needs_a_socket())
                && planned.target.as_ref().is_none_or(|target| target.is(method, path))
        };
        let at = queue.iter().position(fits)?;
        let planned = queue.get_mut(at)?;
        planned.left -= 1;
        if planned.left > 0 {
            return Some(planned.fault.clone());
        }
        queue.remove(at).map(|planned| planned.fault)
    }

    /// How many requests will still fail.
    pub(crate) fn left(&self) -> usize {
        lock(&self.0).iter().fold(0, |sum, planned| sum.saturating_add(planned.left))
    }

    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_takes_the_oldest_failure_meant_for_it() {
        let plan = Plan::default();
        plan.add(Some(Target::new("POST", "/callouts")), 2, Fault::Garbage);
        plan.add(None, 1, Fault::Html);
        assert_eq!(plan.take(&Method::GET, "/callouts", true), Some(Fault::Html));
        assert_eq!(plan.take(&Method::GET, "/callouts", true), None);
        assert_eq!(plan.take(&Method::POST, "/callouts/1/location", true), None);
        assert_eq!(plan.left(), 2);
        assert_eq!(plan.take(&Method::POST, "/panic-api/callouts", true), Some(Fault::Garbage));
        assert_eq!(plan.take(&Method::POST, "/panic-api/callouts", true), Some(Fault::Garbage));
        assert_eq!(plan.take(&Method::POST, "/panic-api/callouts", true), None);
    }

    #[test]
    fn without_a_socket_its_failures_stay_planned() {
        let plan = Plan::default();
        plan.add(None, 1, Fault::Drop(Side::Before));
        plan.add(None, 1, Fault::Html);
        assert_eq!(plan.take(&Method::GET, "/", false), Some(Fault::Html));
        assert_eq!(plan.take(&Method::GET, "/", false), None);
        assert_eq!(plan.take(&Method::GET, "/", true), Some(Fault::Drop(Side::Before)));
    }
}
