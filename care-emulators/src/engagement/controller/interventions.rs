//! What other agents do with interventions.

use crate::engagement::{
    control_error::ControlError, controller::Controller, directory::AGENT_ID, intervention::Intervention,
    store::PendingAction,
};
use chrono::{DateTime, SubsecRound, Utc};
use serde_json::Value;

/// An action that takes only the id of an intervention.
pub(in crate::engagement) type Action = fn(&Controller, &str) -> Result<(), ControlError>;

/// The actions of the control endpoints, by the last segment of their path.
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
    ("remove", Controller::remove),
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

    /// Makes an agent reply to the customer: the reply count and the reply times change.
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

    /// Makes an agent comment, invisibly to the customer.
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

    /// Makes another agent close it, at once.
    ///
    /// # Errors
    ///
    /// The intervention is unknown or closed, is being closed or cancelled, or has no agent reply.
    pub fn close(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.close(id, self.world.now()).map(|_| ())
    }

    /// Makes another agent cancel it, at once: it is removed.
    ///
    /// # Errors
    ///
    /// The intervention is unknown or closed, is being closed or cancelled, or has agent replies.
    pub fn cancel(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.cancel(id).map(|_| ())
    }

    /// Makes another agent begin to close it. Until that is [finished](Self::finish) or [abandoned](Self::abandon), the
    /// API responds with 409 to a close or a cancel.
    ///
    /// # Errors
    ///
    /// The same as [`close`](Self::close).
    pub fn begin_close(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.start(id, PendingAction::Close)
    }

    /// Makes another agent begin to cancel it. Until that is [finished](Self::finish) or [abandoned](Self::abandon),
    /// the API responds with 409 to a close or a cancel.
    ///
    /// # Errors
    ///
    /// The same as [`cancel`](Self::cancel).
    pub fn begin_cancel(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.start(id, PendingAction::Cancel)
    }

    /// Finishes the close or cancel that another agent has begun.
    ///
    /// # Errors
    ///
    /// The intervention is unknown, no close or cancel is pending, or an agent has replied since a cancel was begun. In
    /// the last case the cancel stays pending.
    pub fn finish(&self, id: &str) -> Result<(), ControlError> {
        let now = self.world.now();
        self.world.state().store.finish(id, now)
    }

    /// Abandons the close or cancel that another agent has begun.
    ///
    /// # Errors
    ///
    /// The intervention is unknown, or no close or cancel is pending.
    pub fn abandon(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.stop(id).map(|_| ())
    }

    /// Defers it until a time, to the second.
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

    /// Reopens it for the agent [`AGENT_ID`].
    ///
    /// # Errors
    ///
    /// The intervention is unknown, or open.
    pub fn reopen(&self, id: &str) -> Result<(), ControlError> {
        self.change(id, |intervention, _| intervention.reopen(AGENT_ID))
    }

    /// Reassigns it to another agent.
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

    /// Replaces its categories.
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

    /// Sets a custom field to any value.
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

    /// Moves only the time of its last update, as a change that the API doesn't show.
    ///
    /// # Errors
    ///
    /// The intervention is unknown.
    pub fn touch(&self, id: &str) -> Result<(), ControlError> {
        let now = self.world.now();
        self.world.state().store.touch(id, now)
    }

    /// Removes it, whatever its state. No documented operation does that.
    ///
    /// # Errors
    ///
    /// The intervention is unknown.
    #[doc(alias = "delete")]
    pub fn remove(&self, id: &str) -> Result<(), ControlError> {
        self.world.state().store.remove(id).map(|_| ())
    }
}
