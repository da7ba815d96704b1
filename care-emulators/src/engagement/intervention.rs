//! Interventions and their states.

use crate::engagement::{
    content::{Content, Conversation},
    control_error::ControlError,
    replies::Replies,
};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use std::fmt;

/// An intervention as the emulator stores it. All times are whole seconds. `Debug` omits custom fields.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Intervention {
    /// Its id.
    pub id: String,
    /// When it was first opened.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// The source of the conversation.
    pub source_id: String,
    /// The thread of the conversation.
    pub thread_id: String,
    /// The content that it was first opened on.
    pub content_id: String,
    /// The customer's identity.
    pub identity_id: String,
    /// The group of that identity, if it belongs to one.
    pub identity_group_id: Option<String>,
    /// The agent in charge.
    pub user_id: String,
    /// Its categories, each once.
    pub category_ids: Vec<String>,
    /// Whether it is closed.
    pub closed: bool,
    /// The time of the last agent reply when it was last closed. Reopening keeps it.
    pub closed_at: Option<DateTime<Utc>>,
    /// The end of its deferral. It stays set after that time.
    pub deferred_at: Option<DateTime<Utc>>,
    /// Whether it was closed and is open again.
    pub reopened: bool,
    /// The number of internal comments.
    pub comments_count: u64,
    /// The agents' replies.
    pub replies: Replies,
    /// Its custom fields, by their keys.
    pub custom_fields: Map<String, Value>,
    /// The detected language; only with the translation extension.
    pub detected_language: Option<String>,
    /// The survey that was sent; only with the survey extension.
    pub survey: Option<Survey>,
    /// The sequence number of its last change among all interventions' changes.
    pub(super) change: u64,
}

impl fmt::Debug for Intervention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intervention")
            .field("id", &self.id)
            .field("updated_at", &self.updated_at)
            .field("user_id", &self.user_id)
            .field("category_ids", &self.category_ids)
            .field("closed", &self.closed)
            .field("deferred_at", &self.deferred_at)
            .field("replies", &self.replies.count)
            .finish_non_exhaustive()
    }
}

impl Intervention {
    pub(super) fn open(id: String, content: &Content, agent: &str, now: DateTime<Utc>) -> Self {
        let Conversation { source, thread, identity } = content.conversation.clone();
        Self {
            id,
            created_at: now,
            updated_at: now,
            source_id: source,
            thread_id: thread,
            content_id: content.id.clone(),
            identity_id: identity,
            identity_group_id: content.identity_group.clone(),
            user_id: agent.to_owned(),
            category_ids: Vec::new(),
            closed: false,
            closed_at: None,
            deferred_at: None,
            reopened: false,
            comments_count: 0,
            replies: Replies::none(now),
            custom_fields: Map::new(),
            detected_language: None,
            survey: None,
            change: 0,
        }
    }

    pub(super) fn conversation(&self) -> Conversation {
        Conversation {
            source: self.source_id.clone(),
            thread: self.thread_id.clone(),
            identity: self.identity_id.clone(),
        }
    }

    /// Whether it is deferred at `now`. A close ends the deferral.
    pub(super) fn is_deferred(&self, now: DateTime<Utc>) -> bool {
        self.deferred_at.is_some_and(|until| now < until)
    }

    pub(super) fn status(&self, now: DateTime<Utc>) -> Status {
        if self.closed {
            Status::Closed
        } else if self.is_deferred(now) {
            Status::Deferred
        } else if self.reopened {
            Status::Reopened
        } else {
            Status::Opened
        }
    }

    pub(super) fn ensure_open(&self) -> Result<(), ControlError> {
        if self.closed { Err(ControlError::Closed { id: self.id.clone() }) } else { Ok(()) }
    }

    /// Fails unless it can be closed: it is open, and an agent has replied.
    pub(super) fn ensure_closable(&self) -> Result<(), ControlError> {
        self.ensure_open()?;
        if self.replies.count == 0 { Err(ControlError::NoReplies { id: self.id.clone() }) } else { Ok(()) }
    }

    /// Fails unless it can be cancelled: it is open, and no agent has replied.
    pub(super) fn ensure_cancellable(&self) -> Result<(), ControlError> {
        self.ensure_open()?;
        if self.replies.count > 0 { Err(ControlError::HasReplies { id: self.id.clone() }) } else { Ok(()) }
    }

    pub(super) fn close(&mut self) {
        self.closed = true;
        self.closed_at = self.replies.last_at;
        self.deferred_at = None;
        self.reopened = false;
    }

    /// Reopens it for `agent`.
    pub(super) fn reopen(&mut self, agent: &str) -> Result<(), ControlError> {
        if !self.closed {
            return Err(ControlError::AlreadyOpen { id: self.id.clone() });
        }
        agent.clone_into(&mut self.user_id);
        (self.closed, self.reopened) = (false, true);
        Ok(())
    }

    /// Replaces its categories, without duplicates and empty ones.
    pub(super) fn categorize<'a>(&mut self, categories: impl IntoIterator<Item = &'a str>) {
        self.category_ids.clear();
        for category in categories {
            if !category.is_empty() && !self.category_ids.iter().any(|known| known == category) {
                self.category_ids.push(category.to_owned());
            }
        }
    }
}

/// The state of an intervention, as its label shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Open, and never closed.
    Opened,
    /// Open again after a close.
    Reopened,
    /// Open, and deferred until a later time.
    Deferred,
    /// Closed.
    Closed,
}

/// A satisfaction survey that was sent to a customer; only with the survey extension.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Survey {
    /// The survey's id.
    pub id: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// The id of the answer.
    pub response_id: Option<String>,
    /// The customer's grade.
    pub grade: Option<i64>,
}
