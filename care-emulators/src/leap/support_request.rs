//! A support request, and what becomes of it.

use std::fmt;

use chrono::{DateTime, Utc};

use super::new_request::NewRequest;
use super::state::State;
use super::update::{Update, UpdateType};

/// A support request as the emulator knows it. `Debug` shows nothing personal.
#[derive(Clone)]
#[non_exhaustive]
pub struct SupportRequest {
    /// Its identifier.
    pub id: String,
    /// The external identifier it has now.
    pub external_id: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Since when its oldest change waits for an acknowledgement, `None` when none does. Updates have flags of their own.
    pub unacked_since: Option<DateTime<Utc>>,
    /// The flag of the property that it refers to. No acknowledgement of the request clears it.
    pub property_unacked_since: Option<DateTime<Utc>>,
    /// When it was raised, to the millisecond.
    pub created: DateTime<Utc>,
    /// When it was last changed, to the millisecond.
    pub last_updated: DateTime<Utc>,
    /// The display name of the agent who has it.
    pub assignee: Option<String>,
    /// What is wrong, in a few words.
    pub summary: String,
    /// Its history, newest first.
    pub updates: Vec<Update>,
    /// The states that the customer was told about by mail, oldest first.
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

/// Who changes a request, when, and whether that waits for an acknowledgement.
#[derive(Clone, Copy)]
pub(super) struct Hand<'a> {
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

    /// Notes that something has changed.
    pub(super) fn touch(&mut self, hand: Hand<'_>) {
        self.last_updated = hand.now;
        if hand.flags {
            self.unacked_since.get_or_insert(hand.now);
        }
    }

    fn add(&mut self, hand: Hand<'_>, kind: UpdateType, state: Option<State>, comment: &str) {
        self.touch(hand);
        let (updater, comment) = (hand.name.to_owned(), comment.to_owned());
        let unacked_since = hand.flags.then_some(hand.now);
        self.updates.insert(0, Update { kind, state, time: hand.now, updater, comment, unacked_since });
    }

    pub(super) fn comment(&mut self, hand: Hand<'_>, text: &str) {
        self.add(hand, UpdateType::CommentAdded, None, text);
    }

    /// Goes to a state that it [may](State::may_become) go to, and tells the customer.
    pub(super) fn change_state(&mut self, hand: Hand<'_>, to: State, comment: &str) {
        self.state = to;
        self.add(hand, UpdateType::StateChanged, Some(to), comment);
        if self.given.email.is_some() {
            self.mails.push(to);
        }
    }

    pub(super) fn assign(&mut self, hand: Hand<'_>) {
        self.assignee = Some(hand.name.to_owned());
        self.add(hand, UpdateType::Assigned, None, "");
        if self.state == State::New {
            self.change_state(hand, State::InProgress, "");
        }
    }

    /// Clears its flag, and those of its updates if they are meant, too.
    pub(super) fn acknowledge(&mut self, updates: bool) {
        self.unacked_since = None;
        if updates {
            self.updates.iter_mut().for_each(|update| update.unacked_since = None);
        }
    }

    /// Whether something about it waits for an acknowledgement: itself, or one of its updates where they count.
    pub(super) fn is_unacked(&self, updates_count: bool) -> bool {
        self.unacked_since.is_some()
            || updates_count && self.updates.iter().any(|update| update.unacked_since.is_some())
    }
}
