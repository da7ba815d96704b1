//! The state of a support request, and the updates of its history.

use care_client_core::{Personal, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};

care_client_core::wire::open_enum! {
    /// The state of a support request.
    ///
    /// A request starts as new, and is in progress once it is assigned to an agent. Successful and cancelled are
    /// terminal: nothing leaves them. Other transitions are not documented (defect [`LEAP-34`](crate::defects)): the
    /// server decides, and answers 409 to those that it doesn't allow.
    ///
    /// ```
    /// use leap_client::State;
    ///
    /// let state = State::from("SUCCESSFUL");
    /// assert!(state.is_terminal());
    /// assert_eq!(State::from("ON_HOLD"), State::Other("ON_HOLD".into())); // not documented
    /// ```
    ///
    /// Source: Majitek, *Requests Web Services API*, "Support Request states" and "Types",
    /// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
    pub enum State {
        /// The request was received and is not assigned.
        New = "NEW",
        /// An agent is working on the request.
        InProgress = "IN_PROGRESS",
        /// The agent has a problem with the request.
        Problem = "PROBLEM",
        /// The request was completed. Terminal.
        Successful = "SUCCESSFUL",
        /// The request could not be completed. Terminal.
        Cancelled = "CANCELLED",
    }
}

impl State {
    /// Whether no other state can follow. A state that is not documented counts as not terminal.
    ///
    /// Source: Majitek, *Requests Web Services API*, "Types",
    /// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Successful | Self::Cancelled)
    }
}

care_client_core::wire::open_enum! {
    /// The type of an update.
    ///
    /// Source: Majitek, *Requests Web Services API*, "Types",
    /// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
    pub enum UpdateType {
        /// A comment was added.
        CommentAdded = "COMMENT_ADDED",
        /// The state was changed.
        StateChanged = "STATE_CHANGED",
        /// The request was assigned. No example of it is documented (defect [`LEAP-27`](crate::defects)).
        Assigned = "ASSIGNED",
    }
}

/// One entry of a support request's history.
///
/// It has no identifier (defect [`LEAP-40`](crate::defects)).
///
/// Source: Majitek, *Requests Web Services API*, "View full details for a support request",
/// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Update {
    /// Since when the update is unacknowledged; `None` once it is acknowledged.
    #[serde(default, with = "timestamp::option")]
    pub unacked_since: Option<DateTime<Utc>>,
    /// The type of the update: the element `type`.
    pub kind: UpdateType,
    /// The state that the request moved to.
    #[serde(default)]
    pub state: Option<State>,
    /// When it happened. Two updates can have the same time.
    #[serde(with = "timestamp")]
    pub update_time: DateTime<Utc>,
    /// The display name of the agent or customer who made it.
    #[serde(default)]
    pub updater: Option<Personal<String>>,
    /// The comment, exactly as sent. A change of state can have one, too.
    #[serde(default)]
    pub comment: Option<Personal<String>>,
}

impl Update {
    /// A hash of everything but the flag. Equal updates have equal hashes, so whoever compares must count them.
    ///
    /// It stays the same within one build of a program; the standard library may hash differently in another.
    pub(crate) fn fingerprint(&self) -> u64 {
        let Self { unacked_since: _, kind, state, update_time, updater, comment } = self;
        let mut hasher = DefaultHasher::new();
        (kind, update_time, updater, state, comment).hash(&mut hasher);
        hasher.finish()
    }
}

/// An update of a history that can't be read. It hides no other: the rest of the history is in
/// [`SupportRequest::updates`](crate::SupportRequest::updates).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UnreadableUpdate {
    /// Its place in the server's history, from 0.
    pub index: usize,
    /// Whether the update is unacknowledged.
    pub is_unacked: bool,
    /// What can't be read, and where. It contains nothing of the update's texts.
    pub reason: Box<str>,
    /// A hash of its content, by which to recognize it.
    pub(crate) fingerprint: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_states_are_terminal_and_an_unknown_one_is_not() {
        for (word, end) in [
            ("NEW", false),
            ("IN_PROGRESS", false),
            ("PROBLEM", false),
            ("SUCCESSFUL", true),
            ("CANCELLED", true),
            ("CLOSED", false),
        ] {
            assert_eq!((State::from(word).is_terminal(), State::from(word).as_str()), (end, word));
        }
    }

    #[test]
    fn a_fingerprint_covers_everything_but_the_flag() {
        let json = concat!(
            r#"{"kind":"STATE_CHANGED","state":"NEW","update_time":"2011-02-08T22:07:43Z","#,
            r#""updater":"Jo","comment":"a"}"#
        );
        let update: Update = serde_json::from_str(json).unwrap();
        let flagged = Update { unacked_since: Some(update.update_time), ..update.clone() };
        assert_eq!(flagged.fingerprint(), update.fingerprint());
        for (old, new) in [
            ("STATE_CHANGED", "ASSIGNED"),
            ("NEW", "PROBLEM"),
            (r#""NEW""#, "null"),
            ("43Z", "44Z"),
            (r#""Jo""#, "null"),
            (r#""a""#, r#""""#),
            (r#""a""#, r#""a ""#),
            (r#""Jo","comment":"a""#, r#""a","comment":"Jo""#),
        ] {
            let other: Update = serde_json::from_str(&json.replace(old, new)).unwrap();
            assert_ne!(other.fingerprint(), update.fingerprint(), "{new}");
        }
        let elsewhere: Update = serde_json::from_str(&json.replace("22:07:43Z", "23:07:43+01:00")).unwrap();
        assert_eq!(elsewhere.fingerprint(), update.fingerprint());
    }
}
