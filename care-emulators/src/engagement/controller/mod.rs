//! The controller, with which a test acts as customers, other agents and the administrator.

mod agents;
pub(super) mod interventions;

use crate::{
    engagement::{
        content::NewContent,
        control_error::ControlError,
        directory::AGENT_ID,
        intervention::{Intervention, Survey},
        world::World,
    },
    hooks::hook_methods,
    secrets::Redacted,
};
use std::sync::Arc;

/// Acts as customers, other agents and the administrator, for a test or a demonstration.
///
/// An action that isn't allowed returns a [`ControlError`] and changes nothing. Actions obey the API's rules except for
/// permissions. Clones control the same emulator.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use care_emulators::engagement::{ControlError, Emulator};
///
/// let emulator = Emulator::start().await?;
/// let controller = emulator.controller();
/// let id = controller.open_new();
/// assert_eq!(controller.close(&id), Err(ControlError::NoReplies { id: id.clone() }));
/// controller.reply(&id)?;
/// controller.close(&id)?;
/// assert!(controller.intervention(&id)?.closed);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Controller {
    world: Redacted<Arc<World>>,
}

impl Controller {
    pub(super) fn new(world: Arc<World>) -> Self {
        Self { world: Redacted(world) }
    }

    /// Adds what a customer writes, and returns its id. An intervention on that conversation waits for a reply from
    /// then on.
    ///
    /// # Errors
    ///
    /// The source is unknown.
    pub fn add_content(&self, content: NewContent) -> Result<String, ControlError> {
        let content = self.world.fill_in(content);
        let (now, mut state) = (self.world.now(), self.world.state());
        let (id, source) = (content.id.clone(), &content.conversation.source);
        if !state.directory.has_source(source) {
            return Err(ControlError::UnknownSource { id: source.clone() });
        }
        state.store.add_content(content, now);
        Ok(id)
    }

    /// Opens an intervention on a content for the agent [`AGENT_ID`], or reopens the one on its conversation, and
    /// returns its id.
    ///
    /// # Errors
    ///
    /// The content is unknown, or the intervention on its conversation is open.
    pub fn open(&self, content_id: &str) -> Result<String, ControlError> {
        let (now, id) = (self.world.now(), self.world.ids.next());
        self.world.state().store.open(id, content_id, AGENT_ID, now)
    }

    /// Opens an intervention for the agent [`AGENT_ID`] on a new content in a new conversation, and returns its id.
    #[must_use]
    pub fn open_new(&self) -> String {
        let (content, now, id) = (self.world.fill_in(NewContent::new()), self.world.now(), self.world.ids.next());
        let store = &mut self.world.state().store;
        store.add_content(content.clone(), now);
        store.begin(id.clone(), &content, AGENT_ID, now);
        id
    }

    /// The ids of all interventions, newest first.
    #[must_use]
    pub fn interventions(&self) -> Vec<String> {
        self.world.state().store.newest_first().map(|intervention| intervention.id.clone()).collect()
    }

    /// The current state of an intervention.
    ///
    /// # Errors
    ///
    /// The intervention is unknown.
    pub fn intervention(&self, id: &str) -> Result<Intervention, ControlError> {
        self.world.state().store.get(id).cloned()
    }

    hook_methods! {
        /// ```
        /// # #[tokio::main(flavor = "current_thread")]
        /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
        /// use care_emulators::engagement::Emulator;
        /// use http::Method;
        ///
        /// let emulator = Emulator::start().await?;
        /// let controller = emulator.controller();
        /// let id = controller.open_new();
        /// controller.before_next(Method::PUT, "/close", move |controller| {
        ///     // Another agent is faster than the client.
        ///     controller.reply(&id).and_then(|()| controller.close(&id)).ok();
        /// });
        /// # Ok(())
        /// # }
        /// ```
    }
}

/// Extensions of an account: translation and satisfaction surveys.
impl Controller {
    /// Sets the language that the account's translation extension has detected.
    ///
    /// # Errors
    ///
    /// The intervention is unknown.
    pub fn translate(&self, id: &str, language: &str) -> Result<(), ControlError> {
        self.change(id, |intervention, _| {
            intervention.detected_language = Some(language.to_owned());
            Ok(())
        })
    }

    /// Sends the customer a satisfaction survey, which replaces an earlier one.
    ///
    /// # Errors
    ///
    /// The intervention is unknown.
    pub fn send_survey(&self, id: &str) -> Result<(), ControlError> {
        let survey = self.world.ids.next();
        self.change(id, |intervention, now| {
            let sent = Survey { id: survey, sent_at: now, answered_at: None, response_id: None, grade: None };
            intervention.survey = Some(sent);
            Ok(())
        })
    }

    /// Makes the customer answer the survey with a grade.
    ///
    /// # Errors
    ///
    /// The intervention is unknown, or no survey was sent.
    pub fn answer_survey(&self, id: &str, grade: i64) -> Result<(), ControlError> {
        let response = self.world.ids.next();
        self.change(id, |intervention, now| {
            let missing = || ControlError::NoSurvey { id: id.to_owned() };
            let survey = intervention.survey.as_mut().ok_or_else(missing)?;
            (survey.answered_at, survey.response_id, survey.grade) = (Some(now), Some(response), Some(grade));
            Ok(())
        })
    }
}
