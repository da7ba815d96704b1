//! The calls of alarms: dialling, hanging up, trying again.

use crate::newfies::{
    rows::alarm::CallRequest,
    world::{ScheduledAlarm, State},
};
use chrono::{DateTime, TimeDelta, Utc};

/// The end of a call.
#[derive(Debug, Clone, Copy)]
pub(in crate::newfies) struct HangUp {
    /// The hangup cause; only normal clearing is a success.
    pub(in crate::newfies) cause: &'static str,
    /// Its length in seconds.
    pub(in crate::newfies) duration: i32,
    /// Whether an answering machine answered.
    pub(in crate::newfies) machine: bool,
}

/// The hangup cause of a success.
const NORMAL: &str = "NORMAL_CLEARING";

impl HangUp {
    pub(in crate::newfies) fn normal(duration: i32) -> Self {
        Self { cause: NORMAL, duration, machine: false }
    }

    pub(in crate::newfies) fn failed(cause: &'static str) -> Self {
        Self { cause, duration: 0, machine: false }
    }
}

impl State {
    /// Whether a call can be dialled. Without a profile of the event's creator, the worker fails.
    pub(super) fn can_dial(&self, alarm: u64) -> bool {
        let event = self.alarms.get(alarm).and_then(|alarm| self.events.get(alarm.event));
        event.and_then(|event| self.setting_of(event.creator)).is_some()
    }

    /// Dials a try.
    pub(super) fn dial(&mut self, id: u64, now: DateTime<Utc>) {
        let Some(request) = self.alarm_requests.get(id) else { return };
        let alarm_id = request.alarm.unwrap_or_default();
        let Some(alarm) = self.alarms.get(alarm_id) else { return };
        let creator = self.events.get(alarm.event).map(|event| event.creator).unwrap_or_default();
        let (Some(setting), Some(profile)) = (self.setting_of(creator), self.profile_of(creator)) else { return };
        let call = CallRequest {
            id: 0,
            user: profile.manager,
            status: 7,
            call_time: now,
            updated_date: now,
            phone_number: alarm.alarm_phonenumber.clone().unwrap_or_default(),
            callerid: setting.callerid.clone().unwrap_or_default(),
            caller_name: setting.caller_name.clone(),
            timeout: setting.call_timeout,
            aleg_gateway: setting.aleg_gateway,
            survey: setting.survey,
            alarm_request_id: id,
            hangup_cause: "",
        };
        let call = self.call_requests.add(|id| CallRequest { id, ..call });
        if let Some(request) = self.alarm_requests.get_mut(id) {
            (request.status, request.callrequest) = (Some(2), Some(call));
        }
        if let Some(alarm) = self.alarms.get_mut(alarm_id) {
            alarm.num_attempt = Some(alarm.num_attempt.unwrap_or_default().saturating_add(1));
        }
    }

    /// The try of an alarm whose call is in progress.
    pub(in crate::newfies) fn try_in_progress(&self, alarm: u64) -> Option<u64> {
        let request = self.requests_of(alarm).filter(|request| request.status == Some(2)).last()?;
        request.callrequest.map(|_| request.id)
    }

    /// Ends the call of a try, and then tries again or gives up.
    pub(in crate::newfies) fn hang_up(&mut self, id: u64, end: HangUp, now: DateTime<Utc>) {
        let Some(request) = self.alarm_requests.get(id).cloned() else { return };
        let alarm_id = request.alarm.unwrap_or_default();
        let Some(alarm) = self.alarms.get(alarm_id).cloned() else { return };
        let creator = self.events.get(alarm.event).map(|event| event.creator).unwrap_or_default();
        let setting = self.setting_of(creator);
        let only_humans = setting.is_some_and(|setting| setting.voicemail && setting.amd_behavior == Some(2));
        // A call without a survey has nothing to play.
        let is_success = end.cause == NORMAL && !(end.machine && only_humans) && alarm.survey.is_some();
        let tries_again = !is_success && alarm.maxretry.unwrap_or_default() >= alarm.num_attempt.unwrap_or_default();
        if let Some(call) = request.callrequest.and_then(|call| self.call_requests.get_mut(call)) {
            call.status = if is_success { 4 } else { 2 };
            (call.hangup_cause, call.updated_date) = (end.cause, now);
        }
        let status = match (is_success, tries_again) {
            (true, _) => 5,
            (false, true) => 4,
            (false, false) => 3,
        };
        if let Some(request) = self.alarm_requests.get_mut(id) {
            request.status = Some(status);
            if is_success {
                request.duration = Some(end.duration);
            }
        }
        if let Some(alarm) = self.alarms.get_mut(alarm_id) {
            // It passes through 4 and then waits with the status in process.
            alarm.status = if tries_again { 2 } else { status };
        }
        if tries_again {
            let delay = TimeDelta::seconds(alarm.retry_delay.unwrap_or_default().max(0).into());
            self.scheduled.push(ScheduledAlarm { at: now.checked_add_signed(delay).unwrap_or(now), alarm: alarm_id });
        } else if !is_success {
            self.send_failure(&alarm);
        }
    }
}
