//! What is saved of a session. Its keys and its form are kept by later versions.

use crate::ids::{CalloutEventId, CalloutId};
use care_client_core::wire::timestamp;
use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of the state's form.
const VERSION: u32 = 1;

/// What must outlive the process so that a callout isn't lost: a few ids and flags. It has no token, and no personal
/// data unless the caller's label is personal.
///
/// Saved by [`Aura::raise`](crate::Aura::raise) and [`CalloutSession`](crate::CalloutSession) through a
/// [`SessionStore`](crate::SessionStore), and handed to [`Aura::resume`](crate::Aura::resume) after a restart.
/// `Serialize` gives a form that later versions read too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SessionState {
    version: u32,
    key: SessionKey,
    /// The caller's own label for whose callout it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<Box<str>>,
    phase: SessionPhase,
    #[serde(default)]
    dismissed: bool,
    #[serde(default)]
    last_event: Option<CalloutEventId>,
    #[serde(with = "timestamp")]
    created_at: DateTime<Utc>,
}

/// How far a session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SessionPhase {
    /// The callout is being created. If this is found after a restart, the callout may or may not exist.
    Creating,
    /// The callout exists, and must be followed until it is closed.
    Active(CalloutId),
    /// The callout was closed or abandoned, or was refused and never existed. Stores may remove it.
    Ended,
}

/// Identifies a session within a store: a random text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionKey(String);

impl SessionKey {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl SessionState {
    pub(crate) fn creating(label: Option<Box<str>>) -> Self {
        Self {
            version: VERSION,
            label,
            key: SessionKey(format!("{:032x}", fastrand::u128(..))),
            phase: SessionPhase::Creating,
            dismissed: false,
            last_event: None,
            // As exact as it is written, so that a state read back equals the one saved.
            created_at: Utc::now().trunc_subsecs(3),
        }
    }

    /// The state of a callout whose id was saved elsewhere.
    #[must_use]
    pub fn active(callout: impl Into<CalloutId>) -> Self {
        Self { phase: SessionPhase::Active(callout.into()), ..Self::creating(None) }
    }

    /// The key that stores save it under.
    #[must_use]
    pub fn key(&self) -> &SessionKey {
        &self.key
    }

    /// The caller's [`NewCallout::label`](crate::NewCallout::label), to find whose callout it is: a client that acts
    /// for the same user must [`resume`](crate::Aura::resume) it.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// How far it has come.
    #[must_use]
    pub fn phase(&self) -> SessionPhase {
        self.phase
    }

    /// The callout, while there is one to follow.
    #[must_use]
    pub fn callout_id(&self) -> Option<CalloutId> {
        match self.phase {
            SessionPhase::Active(id) => Some(id),
            SessionPhase::Creating | SessionPhase::Ended => None,
        }
    }

    /// Whether there is nothing left to follow.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.phase == SessionPhase::Ended
    }

    /// Whether the person dismissed the callout, so that an app no longer shows it. It is followed all the same.
    #[must_use]
    pub fn is_dismissed(&self) -> bool {
        self.dismissed
    }

    /// When the call for help was made, by the local clock.
    #[must_use]
    pub fn created_at(&self) -> DateTime<Utc> {
        self.created_at
    }

    /// The newest event that was reported.
    #[must_use]
    pub fn last_event(&self) -> Option<CalloutEventId> {
        self.last_event
    }

    /// The same state with nothing left to follow: saving it removes the session from the store. For one in the phase
    /// [`Creating`](SessionPhase::Creating), once the person was asked. It doesn't cancel help.
    #[must_use]
    pub fn ended(mut self) -> Self {
        self.set_phase(SessionPhase::Ended);
        self
    }

    pub(super) fn set_phase(&mut self, phase: SessionPhase) {
        self.phase = phase;
    }

    pub(super) fn set_dismissed(&mut self) {
        self.dismissed = true;
    }

    pub(super) fn reported(&mut self, event: Option<CalloutEventId>) {
        self.last_event = self.last_event.max(event);
    }
}
