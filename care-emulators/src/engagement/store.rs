//! All contents and interventions.

use crate::engagement::{
    content::{Content, Conversation},
    control_error::ControlError,
    intervention::Intervention,
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap};

/// What somebody has begun to do with an intervention and hasn't done yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PendingAction {
    Close,
    Cancel,
}

/// The interventions in the order of their opening.
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

    /// Adds what a customer has written. Where there is an intervention on the conversation, it waits for a reply then.
    pub(super) fn add_content(&mut self, content: Content, now: DateTime<Utc>) {
        let id = self.conversations.get(&content.conversation).cloned();
        if let Some(Ok(intervention)) = id.map(|id| self.get_mut(&id)) {
            intervention.replies.wait(now);
        }
        self.contents.insert(content.id.clone(), content);
    }

    /// Opens an intervention on a conversation that has none. `id` is new.
    pub(super) fn begin(&mut self, id: String, content: &Content, agent: &str, now: DateTime<Utc>) {
        self.changes += 1;
        let mut intervention = Intervention::open(id.clone(), content, agent, now);
        intervention.change = self.changes;
        self.conversations.insert(content.conversation.clone(), id.clone());
        self.numbers.insert(id, self.opened);
        self.interventions.insert(self.opened, intervention);
        self.opened += 1;
    }

    /// Opens an intervention on a content, or opens the one on its conversation again, and gives its id. `id` is new.
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

    /// Changes an intervention. It counts as changed only if something is different afterwards.
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

    /// Notes that something about an intervention has changed which it doesn't show.
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

    /// Whether an intervention could be closed or cancelled now, by somebody who may.
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

    /// Somebody begins to close or cancel.
    pub(super) fn start(&mut self, id: &str, what: PendingAction) -> StoreResult {
        self.ensure_allowed(id, what)?;
        self.pending.insert(id.to_owned(), what);
        Ok(())
    }

    /// What somebody has begun is done.
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

    /// Nobody closes or cancels any more. Gives what was running.
    pub(super) fn stop(&mut self, id: &str) -> StoreResult<PendingAction> {
        self.get(id)?;
        self.pending.remove(id).ok_or_else(|| ControlError::NothingRuns { id: id.to_owned() })
    }
}
