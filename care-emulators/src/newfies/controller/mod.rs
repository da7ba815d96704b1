//! The controller, with which a test acts as administrators, the server's workers and called people.

pub(super) mod calls;
mod people;

use crate::{
    hooks::hook_methods,
    newfies::{
        control_error::ControlError,
        recurrence::{NewRule, Recurrence},
        resources::{
            Resource,
            alarm::Alarms,
            alarm_request::AlarmRequests,
            calendar::{CalendarSettings, Calendars},
            calendar_user_profile::Profiles,
            event::Events,
            read_only::{CallRequests, Rules},
            static_resources::{SurveyTemplates, Users},
        },
        rows::{
            Gateway, SmsGateway, Survey, Template,
            alarm::{Alarm, AlarmRequest, CallRequest, Message},
            calendar::{Calendar, CalendarSetting, CalendarUserProfile},
            event::{Event, Rule},
            user::User,
        },
        world::World,
    },
    secrets::Redacted,
};
use std::sync::Arc;

/// Acts as administrators, the server's workers and called people, for a test or a demonstration.
///
/// An action that isn't possible returns a [`ControlError`] and changes nothing. Actions need no permission. Clones
/// control the same emulator.
///
/// Events occur and alarms go off by the emulator's [clock](crate::Harness::clock), at the steps of the server's
/// workers: 60 and 6 seconds. A test advances the clock to make them happen. The call of an alarm stays in progress
/// until the controller ends it.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use care_emulators::newfies::{Emulator, NewUser};
///
/// let emulator = Emulator::start().await?;
/// let controller = emulator.controller();
/// controller.add_user(NewUser::new("desk", "secret").every_permission())?;
/// controller.revoke("desk", "add_event")?;
/// let survey = controller.add_survey("desk", "Reminder")?;
/// assert_eq!(controller.seal_survey(survey)?, 2, "the second sealed survey of this emulator");
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

    /// Makes the workers do now what they would do at their next step: started events occur, and due alarms and tries
    /// proceed.
    pub fn dispatch_due(&self) {
        let (now, mut state) = self.world.state_now();
        state.dispatch_at_once(&self.world.settings, now);
    }

    hook_methods! {
        /// ```
        /// # #[tokio::main(flavor = "current_thread")]
        /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
        /// use care_emulators::newfies::{Emulator, USERNAME};
        /// use http::Method;
        ///
        /// let emulator = Emulator::start().await?;
        /// emulator.controller().before_next(Method::POST, "/event/", |controller| {
        ///     // An administrator acts before the client's request is processed.
        ///     controller.set_superuser(USERNAME, false).ok();
        /// });
        /// # Ok(())
        /// # }
        /// ```
    }
}

/// Defines two methods of [`Controller`] for a table: all rows, and one.
macro_rules! rows {
    ($($row:ident $table:ident $resource:ident: $all:ident $all_doc:literal, $one:ident $one_doc:literal;)+) => {
        impl Controller {
            $(
                #[doc = $all_doc]
                #[must_use]
                pub fn $all(&self) -> Vec<$row> {
                    self.world.state().$table.iter().cloned().collect()
                }

                #[doc = $one_doc]
                ///
                /// # Errors
                ///
                /// No row has this id.
                pub fn $one(&self, id: u64) -> Result<$row, ControlError> {
                    let unknown = || ControlError::UnknownRow { resource: $resource::PATH, id };
                    self.world.state().$table.get(id).cloned().ok_or_else(unknown)
                }
            )+
        }
    };
}

rows! {
    User users Users: users "All users, in the order of their ids.", user "A user.";
    CalendarUserProfile profiles Profiles:
        calendar_user_profiles "All profiles of calendar users, in the order of their ids.",
        calendar_user_profile "A profile, by its own id, not the user's.";
    CalendarSetting settings CalendarSettings:
        calendar_settings "All calendar settings, in the order of their ids.", calendar_setting "A calendar setting.";
    Calendar calendars Calendars: calendars "All calendars, in the order of their ids.", calendar "A calendar.";
    Event events Events: events "All events, in the order of their ids.", event "An event.";
    Alarm alarms Alarms: alarms "All alarms, in the order of their ids.", alarm "An alarm.";
    AlarmRequest alarm_requests AlarmRequests:
        alarm_requests "All tries of alarms, in the order of their ids.", alarm_request "A try of an alarm.";
    CallRequest call_requests CallRequests:
        call_requests "All calls, in the order of their ids.", call_request "A call.";
    Rule rules Rules: rules "All rules, in the order of their ids.", rule "A rule.";
}

impl Controller {
    /// All sent text messages and mails, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.world.state().sent.clone()
    }

    /// The calendar users, which are the users with a profile, in the order of their ids.
    #[must_use]
    pub fn calendar_users(&self) -> Vec<User> {
        let state = self.world.state();
        state.users.iter().filter(|user| state.profile_of(user.id).is_some()).cloned().collect()
    }
}

/// Gateways, surveys, templates and rules: resources that the API only reads.
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
