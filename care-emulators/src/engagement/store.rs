//! The store: all contents and interventions.
//!
//! A conversation has at most one intervention: opening one on a conversation whose intervention is closed reopens it.
//! A close or a cancel can be pending, which blocks others. `updated_at` moves only with a change.

use crate::engagement::{
    content::{Content, Conversation},
    control_error::ControlError,
    intervention::Intervention,
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap};

/// A close or a cancel that an agent has begun and not finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PendingAction {
    Close,
    Cancel,
}

/// All contents, and the interventions in the order in which they were opened.
#[derive(Default)]
pub(super) struct Store {
    contents: HashMap<String, Content>,
    interventions: BTreeMap<u64, Intervention>,
    numbers: HashMap<String, u64>,
    conversations: HashMap<Conversation, String>,
    pending: HashMap<String, PendingAction>,
    opened: u64,
    changes: u64,
}

type StoreResult<T = ()> = Result<T, ControlError>;

fn unknown(id: &str) -> ControlError {
    ControlError::UnknownIntervention { id: id.to_owned() }
}

impl Store {
    pub(super) fn get(&self, id: &str) -> StoreResult<&Intervention> {
        let found = self.numbers.get(id).and_then(|number| self.interventions.get(number));
        found.ok_or_else(|| unknown(id))
    }

    fn get_mut(&mut self, id: &str) -> StoreResult<&mut Intervention> {
        let found = self.numbers.get(id).and_then(|number| self.interventions.get_mut(number));
        found.ok_or_else(|| unknown(id))
    }

    /// All interventions, newest first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = &Intervention> {
        self.interventions.values().rev()
    }

    pub(super) fn content(&self, id: &str) -> Option<&Content> {
        self.contents.get(id)
    }

    /// Adds a content. An intervention on its conversation then waits for a reply.
    pub(super) fn add_content(&mut self, content: Content, now: DateTime<Utc>) {
        let id = self.conversations.get(&content.conversation).cloned();
        if let Some(Ok(intervention)) = id.map(|id| self.get_mut(&id)) {
            intervention.replies.wait(now);
        }
        self.contents.insert(content.id.clone(), content);
    }

    /// Opens an intervention with a new `id` on a conversation that has none.
    pub(super) fn begin(&mut self, id: String, content: &Content, agent: &str, now: DateTime<Utc>) {
        self.changes += 1;
        let mut intervention = Intervention::open(id.clone(), content, agent, now);
        intervention.change = self.changes;
        self.conversations.insert(content.conversation.clone(), id.clone());
        self.numbers.insert(id, self.opened);
        self.interventions.insert(self.opened, intervention);
        self.opened += 1;
    }

    /// Opens an intervention on a content, or reopens the one on its conversation, and returns its id. `id` is the id
    /// of a new one.
    pub(super) fn open(&mut self, id: String, content: &str, agent: &str, now: DateTime<Utc>) -> StoreResult<String> {
        let missing = || ControlError::UnknownContent { id: content.to_owned() };
        let content = self.contents.get(content).cloned().ok_or_else(missing)?;
        match self.conversations.get(&content.conversation).cloned() {
            Some(known) => {
                self.change(&known, now, |intervention| intervention.reopen(agent))?;
                Ok(known)
            }
            None => {
                self.begin(id.clone(), &content, agent, now);
                Ok(id)
            }
        }
    }

    /// Changes an intervention. `updated_at` moves only if something differs afterwards.
    pub(super) fn change(
        &mut self,
        id: &str,
        now: DateTime<Utc>,
        act: impl FnOnce(&mut Intervention) -> StoreResult,
    ) -> StoreResult<&Intervention> {
        let number = self.changes + 1;
        let intervention = self.get_mut(id)?;
        let mut changed = intervention.clone();
        act(&mut changed)?;
        if changed != *intervention {
            (changed.updated_at, changed.change) = (now, number);
            *intervention = changed;
            self.changes = number;
        }
        self.get(id)
    }

    /// Moves `updated_at` without a visible change.
    pub(super) fn touch(&mut self, id: &str, now: DateTime<Utc>) -> StoreResult {
        let number = self.changes + 1;
        let intervention = self.get_mut(id)?;
        (intervention.updated_at, intervention.change) = (now, number);
        self.changes = number;
        Ok(())
    }

    pub(super) fn remove(&mut self, id: &str) -> StoreResult<Intervention> {
        let number = self.numbers.remove(id).ok_or_else(|| unknown(id))?;
        let intervention = self.interventions.remove(&number).ok_or_else(|| unknown(id))?;
        self.conversations.remove(&intervention.conversation());
        self.pending.remove(id);
        Ok(intervention)
    }

    /// Fails unless the state of an intervention allows a close or a cancel now.
    pub(super) fn ensure_allowed(&self, id: &str, what: PendingAction) -> StoreResult {
        let intervention = self.get(id)?;
        match self.pending.get(id) {
            Some(PendingAction::Close) => return Err(ControlError::BeingClosed { id: id.to_owned() }),
            Some(PendingAction::Cancel) => return Err(ControlError::BeingCancelled { id: id.to_owned() }),
            None => {}
        }
        match what {
            PendingAction::Close => intervention.ensure_closable(),
            PendingAction::Cancel => intervention.ensure_cancellable(),
        }
    }

    pub(super) fn close(&mut self, id: &str, now: DateTime<Utc>) -> StoreResult<&Intervention> {
        self.ensure_allowed(id, PendingAction::Close)?;
        self.change(id, now, |intervention| {
            intervention.close();
            Ok(())
        })
    }

    pub(super) fn cancel(&mut self, id: &str) -> StoreResult<Intervention> {
        self.ensure_allowed(id, PendingAction::Cancel)?;
        self.remove(id)
    }

    /// Begins a close or a cancel.
    pub(super) fn start(&mut self, id: &str, what: PendingAction) -> StoreResult {
        self.ensure_allowed(id, what)?;
        self.pending.insert(id.to_owned(), what);
        Ok(())
    }

    /// Finishes the pending close or cancel.
    pub(super) fn finish(&mut self, id: &str, now: DateTime<Utc>) -> StoreResult {
        let what = self.stop(id)?;
        let action_result = match what {
            PendingAction::Close => self.close(id, now).map(|_| ()),
            PendingAction::Cancel => self.cancel(id).map(|_| ()),
        };
        if action_result.is_err() {
            self.pending.insert(id.to_owned(), what);
        }
        action_result
    }

    /// Abandons the pending close or cancel, and returns which it was.
    pub(super) fn stop(&mut self, id: &str) -> StoreResult<PendingAction> {
        self.get(id)?;
        self.pending.remove(id).ok_or_else(|| ControlError::NothingPending { id: id.to_owned() })
    }
}
