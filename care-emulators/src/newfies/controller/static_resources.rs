//! Gateways, surveys, templates and rules: resources that the API only reads.

use crate::newfies::{
    control_error::ControlError,
    controller::Controller,
    recurrence::{NewRule, Recurrence},
    resources::{Resource, static_resources::SurveyTemplates},
    rows::{Gateway, SmsGateway, Survey, Template, event::Rule},
};

impl Controller {
    /// Adds a gateway for calls that no user may use yet, and returns its id.
    #[must_use]
    pub fn add_gateway(&self, name: &str) -> u64 {
        let (now, mut state) = self.world.state_now();
        state.gateways.add(|id| Gateway { id, name: name.to_owned(), created_date: now })
    }

    /// Adds a gateway for text messages, which all users may use, and returns its id.
    #[must_use]
    pub fn add_sms_gateway(&self, name: &str) -> u64 {
        self.world.state().sms_gateways.add(|id| SmsGateway { id, name: name.to_owned() })
    }

    /// Adds a survey template of a user, and returns its id.
    ///
    /// # Errors
    ///
    /// The user is unknown.
    pub fn add_survey(&self, username: &str, name: &str) -> Result<u64, ControlError> {
        let (now, mut state) = self.world.state_now();
        let unknown = || ControlError::UnknownUser { username: username.to_owned() };
        let user = state.user_named(username).ok_or_else(unknown)?.id;
        Ok(state.survey_templates.add(|id| Survey { id, name: name.to_owned(), user, created_date: now }))
    }

    /// Makes a sealed copy of a survey template, and returns the id of the sealed survey.
    ///
    /// # Errors
    ///
    /// The survey template is unknown.
    pub fn seal_survey(&self, template: u64) -> Result<u64, ControlError> {
        let (now, mut state) = self.world.state_now();
        let unknown = || ControlError::UnknownRow { resource: SurveyTemplates::PATH, id: template };
        let survey = state.survey_templates.get(template).cloned().ok_or_else(unknown)?;
        Ok(state.sealed_surveys.add(|id| Survey { id, created_date: now, ..survey }))
    }

    /// Adds a mail template, and returns its id.
    #[must_use]
    pub fn add_mail_template(&self, label: &str, text: &str) -> u64 {
        let (now, mut state) = self.world.state_now();
        let template = |id| Template { id, label: label.to_owned(), text: text.to_owned(), created_date: now };
        state.mail_templates.add(template)
    }

    /// Adds a text message template, and returns its id.
    #[must_use]
    pub fn add_sms_template(&self, label: &str, text: &str) -> u64 {
        let (now, mut state) = self.world.state_now();
        let template = |id| Template { id, label: label.to_owned(), text: text.to_owned(), created_date: now };
        state.sms_templates.add(template)
    }

    /// Adds a recurrence rule, and returns its id.
    ///
    /// # Errors
    ///
    /// Its parameters are malformed or not emulated.
    pub fn add_rule(&self, rule: NewRule) -> Result<u64, ControlError> {
        let NewRule { name, frequency, params } = rule;
        Recurrence::read(frequency, params.as_deref().unwrap_or_default()).ok_or(ControlError::BadRule)?;
        let rule = |id| Rule { id, description: name.clone(), name, frequency, params };
        Ok(self.world.state().rules.add(rule))
    }
}
