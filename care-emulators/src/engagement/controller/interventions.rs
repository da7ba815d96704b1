//! What other agents do with interventions, and what becomes of them.

use crate::engagement::{
    control_error::ControlError, controller::Controller, ids::AGENT_ID, intervention::Intervention,
    store::PendingAction,
};
use chrono::{DateTime, SubsecRound, Utc};
use serde_json::Value;

/// An action that needs nothing but an intervention, as the control endpoints name it.
pub(in crate::engagement) type Action = fn(&Controller, &str) -> Result<(), ControlError>;

/// The actions that the control endpoints know, by the last segment of their path.
pub(in crate::engagement) const ACTIONS: [(&str, Action); 11] = [
    ("reply", Controller::reply),
    ("comment", Controller::comment),
    ("close", Controller::close),
    ("cancel", Controller::cancel),
    ("begin-close", Controller::begin_close),
    ("begin-cancel", Controller::begin_cancel),
    ("finish", Controller::finish),
    ("abandon", Controller::abandon),
    ("reopen", Controller::reopen),
    ("touch", Controller::touch),
    ("vanish", Controller::vanish),
];

impl Controller {
    pub(super) fn change(
        &self,
        id: &str,
        act: impl FnOnce(&mut Intervention, DateTime<Utc>) -> Result<(), ControlError>,
    ) -> Result<(), ControlError> {
        let now = self.world.now();
        self.world.state().store.change(id, now, |intervention| act(intervention, now)).map(|_| ())
    }

    /// Lets an agent reply to the customer. Count and reply times move.
    ///
    /// # Errors
    ///
    /// The intervention is unknown or closed.
    pub fn reply(&self, id: &str) -> Result<(), ControlError> {
        let content = self.world.ids.next();
        self.change(id, |intervention, now| {
            intervention.ensure_open()?;
            intervention.replies.add(content, intervention.created_at, now);
            Ok(())
        })
    }

    /// Lets an agent make a comment that the customer doesn't see.
    ///
    /// # Errors
    ///
    /// The intervention is unknown.
    pub fn comment(&self, id: &str) -> Result<(), ControlError> {
        self.change(id, |intervention, _| {
            intervention.comments_count += 1;
            Ok(())
        })
    }

    /// Lets another agent close it at once.
    ///
    /// # Errors
    ///
    /// The intervention is unknown or closed, is being closed or cancelled, or has no agent reply.
    pub fn close(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.close(id, self.world.now()).map(|_| ())
    }

    /// Lets another agent cancel it at once: it is gone.
    ///
    /// # Errors
    ///
    /// The intervention is unknown or closed, is being closed or cancelled, or has agent replies.
    pub fn cancel(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.cancel(id).map(|_| ())
    }

    /// Lets another agent begin to close it. Until that is [finished](Self::finish) or [abandoned](Self::abandon), the API answers 409 to a
    /// close or a cancel.
    ///
    /// # Errors
    ///
    /// The same as of [`close`](Self::close).
    pub fn begin_close(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.start(id, PendingAction::Close)
    }

    /// Lets another agent begin to cancel it. Until that is [finished](Self::finish) or [abandoned](Self::abandon), the API answers 409 to a
    /// close or a cancel.
    ///
    /// # Errors
    ///
    /// The same as of [`cancel`](Self::cancel).
    pub fn begin_cancel(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.start(id, PendingAction::Cancel)
    }

    /// Finishes what another agent has begun: it is closed or gone now.
    ///
    /// # Errors
    ///
    /// The intervention is unknown, nobody is closing or cancelling it, or an agent has replied while it was being cancelled. In the last case it goes
    /// on being cancelled.
    pub fn finish(&self, id: &str) -> Result<(), ControlError> {
        let now = self.world.now();
        self.world.state().store.finish(id, now)
    }

    /// Gives up what another agent has begun: nothing is done.
    ///
    /// # Errors
    ///
    /// The intervention is unknown, or nobody is closing or cancelling it.
    pub fn abandon(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.stop(id).map(|_| ())
    }

    /// Puts it off until a time, to the second.
    ///
    /// # Errors
    ///
    /// The intervention is unknown or closed.
    pub fn defer(&self, id: &str, until: DateTime<Utc>) -> Result<(), ControlError> {
        self.change(id, |intervention, _| {
            intervention.ensure_open()?;
            intervention.deferred_at = Some(until.trunc_subsecs(0));
            Ok(())
        })
    }

    /// Opens it again for the agent [`AGENT_ID`].
    ///
    /// # Errors
    ///
    /// The intervention is unknown, or open.
    pub fn reopen(&self, id: &str) -> Result<(), ControlError> {
        self.change(id, |intervention, _| intervention.reopen(AGENT_ID))
    }

    /// Puts another agent in charge of it.
    ///
    /// # Errors
    ///
    /// The intervention or the agent is unknown.
    pub fn reassign(&self, id: &str, agent_id: &str) -> Result<(), ControlError> {
        if !self.world.state().directory.has_agent(agent_id) {
            return Err(ControlError::UnknownAgent { id: agent_id.to_owned() });
        }
        self.change(id, |intervention, _| {
            agent_id.clone_into(&mut intervention.user_id);
            Ok(())
        })
    }

    /// Gives it these categories in place of those it has.
    ///
    /// # Errors
    ///
    /// The intervention is unknown.
    pub fn categorize<S: AsRef<str>>(
        &self,
        id: &str,
        categories: impl IntoIterator<Item = S>,
    ) -> Result<(), ControlError> {
        let categories: Vec<S> = categories.into_iter().collect();
        self.change(id, |intervention, _| {
            intervention.categorize(categories.iter().map(AsRef::as_ref));
            Ok(())
        })
    }

    /// Gives it a custom field, whatever its value.
    ///
    /// # Errors
    ///
    /// The intervention is unknown.
    pub fn set_custom_field(&self, id: &str, key: &str, value: impl Into<Value>) -> Result<(), ControlError> {
        let value = value.into();
        self.change(id, |intervention, _| {
            intervention.custom_fields.insert(key.to_owned(), value);
            Ok(())
        })
    }

    /// Changes something about it that it doesn't show: only the time of its last update moves.
    ///
    /// # Errors
    ///
    /// The intervention is unknown.
    pub fn touch(&self, id: &str) -> Result<(), ControlError> {
        let now = self.world.now();
        self.world.state().store.touch(id, now)
    }

    /// Removes it whatever its state, as no documented operation can.
    ///
    /// # Errors
    ///
    /// The intervention is unknown.
    pub fn vanish(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.remove(id).map(|_| ())
    }
}
