//! One change of a support request, from its delivery to its acknowledgement.

use crate::{
    feed::{io::FeedIo, store::PendingAck, tracker::Delivery},
    requests::model::{State, SupportRequest, Update},
};
use std::fmt;

/// How many deliveries a change may take before it counts as stuck.
const MAX_DELIVERIES: u32 = 5;

/// A support request with unacknowledged changes, as it was when it was read. Delivered by [`Changes`](super::Changes).
///
/// Handle it, then call [`done`](Self::done). A change that is dropped, for example because its handler failed or
/// panicked, isn't acknowledged and is delivered again, as after [`retry`](Self::retry).
#[derive(Debug)]
#[must_use = "a change that is dropped isn't acknowledged and is delivered again: call done() when it is handled"]
pub struct Change {
    pub(super) request: SupportRequest,
    pub(super) updates: Vec<Update>,
    pub(super) late: bool,
    pub(super) delivery: Delivery,
    pub(super) io: FeedIo,
}

/// How an acknowledgement ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Settled {
    /// The server shows the request as acknowledged and otherwise unchanged.
    Acknowledged,
    /// The request has changed since it was read. It is delivered again, as a change that [is late](Change::is_late).
    ChangedSince,
    /// The request no longer exists.
    Vanished,
}

impl Change {
    /// The request with its whole history.
    #[must_use]
    pub fn request(&self) -> &SupportRequest {
        &self.request
    }

    /// The updates that this change is about, in the server's order: those that are unacknowledged and, for a late
    /// change, also those that were acknowledged unseen. Empty if something other than the history has changed, or an
    /// update that [can't be read](SupportRequest::unreadable_updates).
    #[must_use]
    pub fn updates(&self) -> &[Update] {
        &self.updates
    }

    /// Whether the request may never have been delivered before: its state is NEW, or it is flagged and none of its
    /// updates is.
    ///
    /// LEAP has no certain sign of a new request: a request stays NEW through its first changes, and one whose summary
    /// was edited is flagged without an update, too. Check whether you know the
    /// [identifier](SupportRequest::identifier) before you open a ticket.
    #[must_use]
    pub fn is_new(&self) -> bool {
        let flagged =
            self.request.unacked_since.is_some() && self.updates.is_empty() && !self.request.has_unreadable_news();
        self.request.state == State::New || (flagged && !self.late)
    }

    /// Whether the change came between the reading of an earlier change of this request and that change's
    /// acknowledgement. The server may already show it as acknowledged; it is delivered all the same.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.late
    }

    /// Which delivery of the change this is, from 1. The count starts again with the process.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.delivery.attempt
    }

    /// Whether the change was delivered five times or more before without being settled, so that its handler needs
    /// attention. It is delivered again all the same, with a backoff that doubles up to an hour.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.delivery.attempt > MAX_DELIVERIES
    }

    /// Defers the change: it is delivered again after one interval the first time, after twice as long each further
    /// time, and after an hour at most; at once if the request changes.
    pub fn retry(self) {
        drop(self);
    }

    pub(super) fn seen(&self) -> PendingAck {
        PendingAck::of(&self.request)
    }
}

impl fmt::Display for Settled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Acknowledged => "acknowledged",
            Self::ChangedSince => "changed since it was read: it is delivered again",
            Self::Vanished => "the request no longer exists",
        })
    }
}
