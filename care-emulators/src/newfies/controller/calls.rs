//! Alarms and their telephone calls.

use crate::newfies::{
    control_error::ControlError,
    controller::Controller,
    dispatcher::calls::HangUp,
    resources::{Resource, alarm::Alarms},
    world::State,
};
use chrono::{DateTime, Utc};

/// An action that takes only the id of an alarm.
pub(in crate::newfies) type Action = fn(&Controller, u64) -> Result<(), ControlError>;

/// The actions of the control endpoints, by the last segment of their path.
pub(in crate::newfies) const ACTIONS: [(&str, Action); 9] = [
    ("ring", Controller::ring),
    ("answer", Controller::answer),
    ("machine", Controller::machine),
    ("busy", Controller::busy),
    ("no-answer", Controller::no_answer),
    ("fail", Controller::fail),
    ("confirm", Controller::confirm),
    ("cancel", Controller::cancel),
    ("reschedule", Controller::reschedule),
];

/// The length of an answered call, in seconds.
const TALK_SECONDS: i32 = 12;

impl Controller {
    /// Runs `act` if the alarm exists.
    fn with_alarm<T>(
        &self,
        alarm: u64,
        act: impl FnOnce(&mut State, DateTime<Utc>) -> Result<T, ControlError>,
    ) -> Result<T, ControlError> {
        let (now, mut state) = self.world.state_now();
        if !state.alarms.has(alarm) {
            return Err(ControlError::UnknownRow { resource: Alarms::PATH, id: alarm });
        }
        act(&mut state, now)
    }

    /// Makes an alarm go off now, whatever its date and status, and dials its call.
    ///
    /// # Errors
    ///
    /// The alarm is unknown.
    pub fn ring(&self, alarm: u64) -> Result<(), ControlError> {
        self.with_alarm(alarm, |state, now| {
            state.scheduled.retain(|run| run.alarm != alarm);
            state.ring(alarm, now);
            state.dispatch_at_once(&self.world.settings, now);
            Ok(())
        })
    }

    fn end_call(&self, alarm: u64, result: Option<i64>, end: HangUp) -> Result<(), ControlError> {
        self.with_alarm(alarm, |state, now| {
            let request = state.try_in_progress(alarm).ok_or(ControlError::NoCall { alarm })?;
            if let Some(alarm) = state.alarms.get_mut(alarm).filter(|_| result.is_some()) {
                alarm.result = result;
            }
            state.hang_up(request, end, now);
            Ok(())
        })
    }

    /// Answers the call, listens to its end, and presses nothing.
    ///
    /// # Errors
    ///
    /// The alarm is unknown, or none of its calls is in progress.
    pub fn answer(&self, alarm: u64) -> Result<(), ControlError> {
        self.answer_for(alarm, TALK_SECONDS)
    }

    /// Answers the call and listens for some seconds.
    ///
    /// # Errors
    ///
    /// The same as [`answer`](Self::answer).
    pub fn answer_for(&self, alarm: u64, seconds: i32) -> Result<(), ControlError> {
        self.end_call(alarm, None, HangUp::normal(seconds))
    }

    /// Answers the call with an answering machine. It fails the call only if the calendar setting detects machines and
    /// plays its message only to humans.
    ///
    /// # Errors
    ///
    /// The same as [`answer`](Self::answer).
    pub fn machine(&self, alarm: u64) -> Result<(), ControlError> {
        self.end_call(alarm, None, HangUp { machine: true, ..HangUp::normal(TALK_SECONDS) })
    }

    /// Ends the call with a busy line.
    ///
    /// # Errors
    ///
    /// The same as [`answer`](Self::answer).
    pub fn busy(&self, alarm: u64) -> Result<(), ControlError> {
        self.end_call(alarm, None, HangUp::failed("USER_BUSY"))
    }

    /// Ends the call unanswered.
    ///
    /// # Errors
    ///
    /// The same as [`answer`](Self::answer).
    pub fn no_answer(&self, alarm: u64) -> Result<(), ControlError> {
        self.end_call(alarm, None, HangUp::failed("NO_ANSWER"))
    }

    /// Ends the call with a failure of the gateway.
    ///
    /// # Errors
    ///
    /// The same as [`answer`](Self::answer).
    pub fn fail(&self, alarm: u64) -> Result<(), ControlError> {
        self.end_call(alarm, None, HangUp::failed("NORMAL_TEMPORARY_FAILURE"))
    }

    /// Answers the call and presses digits, which become the alarm's result, whatever they mean.
    ///
    /// # Errors
    ///
    /// The alarm is unknown, none of its calls is in progress, or `digits` aren't 1 to 18 digits.
    pub fn press(&self, alarm: u64, digits: &str) -> Result<(), ControlError> {
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.len() <= 18;
        let result = digits.parse().ok().filter(|_| are_digits).ok_or(ControlError::InvalidDigits)?;
        self.end_call(alarm, Some(result), HangUp::normal(TALK_SECONDS))
    }

    /// Answers the call and presses 1.
    ///
    /// # Errors
    ///
    /// The same as [`answer`](Self::answer).
    pub fn confirm(&self, alarm: u64) -> Result<(), ControlError> {
        self.press(alarm, "1")
    }

    /// Answers the call and presses 2.
    ///
    /// # Errors
    ///
    /// The same as [`answer`](Self::answer).
    pub fn cancel(&self, alarm: u64) -> Result<(), ControlError> {
        self.press(alarm, "2")
    }

    /// Answers the call and presses 3.
    ///
    /// # Errors
    ///
    /// The same as [`answer`](Self::answer).
    pub fn reschedule(&self, alarm: u64) -> Result<(), ControlError> {
        self.press(alarm, "3")
    }
}
