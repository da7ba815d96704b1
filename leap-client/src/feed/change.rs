use crate::{
    feed::{io, settle, store::PendingAck, tracker::Ticket},
    requests::model::{SupportRequest, Update},
};
use care_client_core::{BoxFuture, Error};
use std::fmt;

/// How often a change is handed out before it counts as stuck.
const MANY: u32 = 5;

/// A support request with changes that wait to be acknowledged, as it was when it was read. Made by
/// [`Changes`](super::Changes).
///
/// Deal with it, then call [`done`](Self::done). A change that is dropped, as when its handler fails or panics, isn't
/// acknowledged, and comes again: the same as [`retry`](Self::retry).
#[derive(Debug)]
#[must_use = "a change that is dropped isn't acknowledged, and comes again: call done() when it was dealt with"]
pub struct Change {
    pub(super) request: SupportRequest,
    pub(super) updates: Vec<Update>,
    pub(super) late: bool,
    pub(super) ticket: Ticket,
    pub(super) io: io::FeedIo,
}

/// How an acknowledgement ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Settled {
    /// The server shows it acknowledged and otherwise unchanged.
    Acknowledged,
    /// Something has changed since it was read: it comes again, as a change that [is late](Change::is_late).
    ChangedSince,
    /// The request doesn't exist any more.
    Vanished,
}

impl Change {
    /// The request with its whole history.
    #[must_use]
    pub fn request(&self) -> &SupportRequest {
        &self.request
    }

    /// The updates that it is about, in the server's order: those that are not acknowledged; of a late change also those that
    /// were acknowledged unseen. It can be empty: then something else of the request has changed.
    #[must_use]
    pub fn updates(&self) -> &[Update] {
        &self.updates
    }

    /// Whether the request may be one that wasn't delivered before: it is in the state NEW, or its flag stands without that of an
    /// update. Nothing in LEAP tells for sure: a request stays NEW through its first changes, and one whose summary was edited
    /// has a flag of its own, too. Readback whether you know the [identifier](SupportRequest::identifier) before you open a ticket.
    #[must_use]
    pub fn is_new(&self) -> bool {
        let flagged = self.request.unacked_since.is_some() && self.updates.is_empty();
        self.request.state == crate::State::New || (flagged && !self.late)
    }

    /// Whether it came between the reading of an earlier change of this request and its acknowledgement. The server may show
    /// it as acknowledged already: it is delivered all the same.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.late
    }

    /// The how manieth time this change is handed out, beginning with 1. A process that starts again begins anew.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.ticket.attempt
    }

    /// Whether it was handed out five times before, or more often, without being settled: something should be done about it. It
    /// goes on coming, after waits that double up to an hour.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.ticket.attempt > MANY
    }

    /// Acknowledges the change, and verifies that nothing else was acknowledged along with it.
    ///
    /// It keeps an entry in the store, reads the request again, acknowledges it if nothing has changed, reads it once more
    /// and forgets the entry. Whatever has changed meanwhile comes as a later item. Dropped or killed at any point, nothing
    /// is lost: the entry makes this feed, or the next one over the same store, look again.
    ///
    /// # Errors
    ///
    /// Of the store, or of a call. The change comes again.
    pub fn done(self) -> BoxFuture<'static, Result<Settled, Error>> {
        Box::pin(settle::one(self))
    }

    /// Acknowledges many changes of one feed with few requests: 50 in each.
    ///
    /// All must come from the same feed.
    ///
    /// If the server doesn't know one of them (404), the others are acknowledged in halves, down to single ones. Each has its
    /// own result, in the order given. The time between the last look at a request and its acknowledgement is longer than
    /// with [`done`](Self::done), so more changes come late; none is lost.
    ///
    /// # Errors
    ///
    /// Each change has its own: as [`done`](Self::done).
    pub fn done_all(changes: Vec<Self>) -> BoxFuture<'static, Vec<Result<Settled, Error>>> {
        Box::pin(settle::all(changes))
    }

    /// Leaves the change for a later pass: after one interval for the first time, twice as long each further time, and an
    /// hour at most. If the request changes, it comes at once.
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
            Self::ChangedSince => "changed since, and comes again",
            Self::Vanished => "vanished",
        })
    }
}
