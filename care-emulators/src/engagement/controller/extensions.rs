//! Extensions of an account: translation and satisfaction surveys.

use crate::engagement::{control_error::ControlError, controller::Controller, intervention::Survey};

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
