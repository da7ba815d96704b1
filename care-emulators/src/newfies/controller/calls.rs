//! What happens with alarms and on the telephone.

use crate::newfies::{control_error::ControlError, controller::Controller, dispatcher::calls::HangUp, state::State};
use chrono::{DateTime, Utc};

/// An action that needs nothing but an alarm, as the control endpoints name it.
pub(in crate::newfies) type Action = fn(&Controller, u64) -> Result<(), ControlError>;

/// The actions that the control endpoints know, by the last segment of their path.
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

/// How long a call is that somebody answers, in seconds.
const TALK_SECONDS: i32 = 12;

impl Controller {
    /// Does something with an alarm that is there.
    fn with_alarm<T>(
        &self,
        alarm: u64,
        act: impl FnOnce(&mut State, DateTime<Utc>) -> Result<T, ControlError>,
    ) -> Result<T, ControlError> {
        let (now, mut state) = self.world.state_now();
        if !state.alarms.has(alarm) {
            return Err(ControlError::UnknownRow { resource: "alarm", id: alarm });
        }
        act(&mut state, now)
    }

    /// Lets an alarm go off now, whatever its date and status, and dials its call.
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
            let request = state.on_the_line(alarm).ok_or(ControlError::NoCall { alarm })?;
            if let Some(alarm) = state.alarms.get_mut(alarm).filter(|_| result.is_some()) {
                alarm.result = result;
            }
            state.hang_up(request, end, now);
            Ok(())
        })
    }

    /// Lets somebody answer the call, hear it to its end, and press nothing.
    ///
    /// # Errors
    ///
    /// The alarm is unknown, or none of its calls is on the line.
    pub fn answer(&self, alarm: u64) -> Result<(), ControlError> {
        self.answer_for(alarm, TALK_SECONDS)
    }

    /// Lets somebody answer the call and hear it for some seconds.
    ///
    /// # Errors
    ///
    /// The same as of [`answer`](Self::answer).
    pub fn answer_for(&self, alarm: u64, seconds: i32) -> Result<(), ControlError> {
        self.end_call(alarm, None, HangUp::normal(seconds))
    }

    /// Lets an answering machine answer the call. That is a failure only where the calendar setting looks for machines and plays its message to humans only.
    ///
    /// # Errors
    ///
    /// The same as of [`answer`](Self::answer).
    pub fn machine(&self, alarm: u64) -> Result<(), ControlError> {
        self.end_call(alarm, None, HangUp { machine: true, ..HangUp::normal(TALK_SECONDS) })
    }

    /// Lets the call meet a busy line.
    ///
    /// # Errors
    ///
    /// The same as of [`answer`](Self::answer).
    pub fn busy(&self, alarm: u64) -> Result<(), ControlError> {
        self.end_call(alarm, None, HangUp::failed("USER_BUSY"))
    }

    /// Lets nobody answer the call.
    ///
    /// # Errors
    ///
    /// The same as of [`answer`](Self::answer).
    pub fn no_answer(&self, alarm: u64) -> Result<(), ControlError> {
        self.end_call(alarm, None, HangUp::failed("NO_ANSWER"))
    }

    /// Lets the gateway fail.
    ///
    /// # Errors
    ///
    /// The same as of [`answer`](Self::answer).
    pub fn fail(&self, alarm: u64) -> Result<(), ControlError> {
        self.end_call(alarm, None, HangUp::failed("NORMAL_TEMPORARY_FAILURE"))
    }

    /// Lets somebody answer the call and press digits, which become the alarm's result, whatever they mean.
    ///
    /// # Errors
    ///
    /// The alarm is unknown, none of its calls is on the line, or `digits` are none.
    pub fn press(&self, alarm: u64, digits: &str) -> Result<(), ControlError> {
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.len() <= 18;
        let result = digits.parse().ok().filter(|_| are_digits).ok_or(ControlError::InvalidDigits)?;
        self.end_call(alarm, Some(result), HangUp::normal(TALK_SECONDS))
    }

    /// Lets somebody answer the call and press 1.
    ///
    /// # Errors
    ///
    /// The same as of [`answer`](Self::answer).
    pub fn confirm(&self, alarm: u64) -> Result<(), ControlError> {
        self.press(alarm, "1")
    }

    /// Lets somebody answer the call and press 2.
    ///
    /// # Errors
    ///
    /// The same as of [`answer`](Self::answer).
    pub fn cancel(&self, alarm: u64) -> Result<(), ControlError> {
        self.press(alarm, "2")
    }

    /// Lets somebody answer the call and press 3.
    ///
    /// # Errors
    ///
    /// The same as of [`answer`](Self::answer).
    pub fn reschedule(&self, alarm: u64) -> Result<(), ControlError> {
        self.press(alarm, "3")
    }
}
