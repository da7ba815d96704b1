//! A support request, its history, and its changes.

use super::{new_request::NewRequest, state::State};
use chrono::{DateTime, Utc};
use std::fmt;

/// A support request as the emulator stores it. `Debug` redacts personal data.
#[derive(Clone)]
#[non_exhaustive]
pub struct SupportRequest {
    /// The identifier.
    pub id: String,
    /// The current external identifier.
    pub external_id: Option<String>,
    /// The current state.
    pub state: State,
    /// Since when its oldest change is unacknowledged, `None` when all are acknowledged. Updates have flags of their
    /// own.
    pub unacked_since: Option<DateTime<Utc>>,
    /// The flag of its property. Acknowledging the request doesn't clear it.
    pub property_unacked_since: Option<DateTime<Utc>>,
    /// When it was raised, to the millisecond.
    pub created: DateTime<Utc>,
    /// When it was last changed, to the millisecond.
    pub last_updated: DateTime<Utc>,
    /// The display name of the assigned agent.
    pub assignee: Option<String>,
    /// The summary.
    pub summary: String,
    /// The history, newest first.
    pub updates: Vec<Update>,
    /// The states that the customer was notified of by email, oldest first.
    pub mails: Vec<State>,
    pub(super) given: NewRequest,
}

impl fmt::Debug for SupportRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SupportRequest")
            .field("id", &self.id)
            .field("external_id", &self.external_id)
            .field("state", &self.state)
            .field("unacked_since", &self.unacked_since)
            .field("last_updated", &self.last_updated)
            .field("updates", &self.updates)
            .field("mails", &self.mails)
            .finish_non_exhaustive()
    }
}

/// The kind of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UpdateType {
    /// `COMMENT_ADDED`
    CommentAdded,
    /// `STATE_CHANGED`
    StateChanged,
    /// `ASSIGNED`
    Assigned,
}

impl UpdateType {
    /// Returns the type as it is written on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CommentAdded => "COMMENT_ADDED",
            Self::StateChanged => "STATE_CHANGED",
            Self::Assigned => "ASSIGNED",
        }
    }
}

/// An entry of a request's history. `Debug` redacts the updater and the comment.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Update {
    /// The kind of update.
    pub kind: UpdateType,
    /// The new state, with [`UpdateType::StateChanged`] only.
    pub state: Option<State>,
    /// When it was made, to the millisecond.
    pub time: DateTime<Utc>,
    /// The display name of its author.
    pub updater: String,
    /// The comment, or empty.
    pub comment: String,
    /// Since when it is unacknowledged, `None` when it is acknowledged.
    pub unacked_since: Option<DateTime<Utc>>,
}

impl fmt::Debug for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("kind", &self.kind)
            .field("state", &self.state)
            .field("time", &self.time)
            .field("unacked_since", &self.unacked_since)
            .finish_non_exhaustive()
    }
}

/// Who changes a request, when, and whether the change must be acknowledged.
#[derive(Clone, Copy)]
pub(super) struct Actor<'a> {
    pub(super) name: &'a str,
    pub(super) now: DateTime<Utc>,
    pub(super) flags: bool,
}

impl SupportRequest {
    pub(super) fn raise(id: String, given: NewRequest, now: DateTime<Utc>) -> Self {
        Self {
            id,
            external_id: None,
            state: State::New,
            unacked_since: Some(now),
            property_unacked_since: None,
            created: now,
            last_updated: now,
            assignee: given.assignee.clone(),
            summary: given.summary.clone(),
            updates: Vec::new(),
            mails: Vec::new(),
            given,
        }
    }

    /// Records that something has changed.
    pub(super) fn touch(&mut self, actor: Actor<'_>) {
        self.last_updated = actor.now;
        if actor.flags {
            self.unacked_since.get_or_insert(actor.now);
        }
    }

    fn add(&mut self, actor: Actor<'_>, kind: UpdateType, state: Option<State>, comment: &str) {
        self.touch(actor);
        let (updater, comment) = (actor.name.to_owned(), comment.to_owned());
        let unacked_since = actor.flags.then_some(actor.now);
        self.updates.insert(0, Update { kind, state, time: actor.now, updater, comment, unacked_since });
    }

    pub(super) fn comment(&mut self, actor: Actor<'_>, text: &str) {
        self.add(actor, UpdateType::CommentAdded, None, text);
    }

    /// Changes to a state that [may](State::may_become) follow, and notifies the customer.
    pub(super) fn change_state(&mut self, actor: Actor<'_>, to: State, comment: &str) {
        self.state = to;
        self.add(actor, UpdateType::StateChanged, Some(to), comment);
        if self.given.email.is_some() {
            self.mails.push(to);
        }
    }

    pub(super) fn assign(&mut self, actor: Actor<'_>) {
        self.assignee = Some(actor.name.to_owned());
        self.add(actor, UpdateType::Assigned, None, "");
        if self.state == State::New {
            self.change_state(actor, State::InProgress, "");
        }
    }

    /// Clears the request's flag and, if `updates` is set, those of its updates.
    pub(super) fn acknowledge(&mut self, updates: bool) {
        self.unacked_since = None;
        if updates {
            self.updates.iter_mut().for_each(|update| update.unacked_since = None);
        }
    }

    /// Whether the request or, if `updates_count` is set, one of its updates is unacknowledged.
    pub(super) fn is_unacked(&self, updates_count: bool) -> bool {
        self.unacked_since.is_some()
            || updates_count && self.updates.iter().any(|update| update.unacked_since.is_some())
    }
}
