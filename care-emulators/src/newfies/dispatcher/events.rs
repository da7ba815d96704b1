//! Events occur, and alarms go off.

use crate::newfies::{
    recurrence::Recurrence,
    rows::{
        alarm::{Alarm, AlarmRequest, Message, MessageKind},
        event::Event,
    },
    settings::Settings,
    world::{ScheduledAlarm, State},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

impl State {
    /// Completes an event. If its rule has a next time, a child event with copies of its alarms is added.
    pub(super) fn occur(&mut self, id: u64, now: DateTime<Utc>) {
        let Some(event) = self.events.get_mut(id) else { return };
        event.status = Some(2);
        let event = event.clone();
        let rule = event.rule.and_then(|rule| self.rules.get(rule));
        let recurrence =
            rule.and_then(|rule| Recurrence::read(rule.frequency, rule.params.as_deref().unwrap_or_default()));
        if let Some(start) = recurrence.and_then(|recurrence| recurrence.next(event.start, now)) {
            self.add_successor(event, start, now);
        }
    }

    fn add_successor(&mut self, event: Event, start: DateTime<Utc>, now: DateTime<Utc>) {
        let alarms: Vec<Alarm> = self.alarms_of(event.id).cloned().collect();
        let child = self.events.add(|id| Event {
            id,
            start,
            // A negative duration is inherited, too.
            end: start.checked_add_signed(event.end - event.start).unwrap_or(start),
            created_on: now,
            status: Some(1),
            // All refer to the first event of the series.
            parent_event: event.parent_event.or(Some(event.id)),
            occ_count: event.occ_count.map(|count| count.saturating_add(1)),
            ..event
        });
        for alarm in alarms {
            self.alarms.add(|id| Alarm {
                id,
                event: child,
                // Whatever the alarm's offset from its event was.
                date_start_notice: start,
                status: 1,
                result: Some(0),
                created_date: now,
                ..alarm
            });
        }
    }
}

impl State {
    /// When an alarm goes off: at its date.
    ///
    /// By the rules of the documentation: earlier by the advance notice, only between the daily start and stop, and
    /// never while its event is paused.
    pub(super) fn alarm_date(&self, settings: &Settings, alarm: &Alarm) -> Option<DateTime<Utc>> {
        if !settings.documented_alarm_rules {
            return Some(alarm.date_start_notice);
        }
        let is_paused = self.events.get(alarm.event).is_some_and(|event| event.status == Some(3));
        let notice = TimeDelta::seconds(alarm.advance_notice.unwrap_or_default().into());
        let wanted = alarm.date_start_notice.checked_sub_signed(notice).filter(|_| !is_paused)?;
        let local = settings.zone.local(wanted);
        let (start, stop, time) = (alarm.daily_start, alarm.daily_stop, local.time());
        let may = if start <= stop { start <= time && time <= stop } else { start <= time || time <= stop };
        if may {
            return Some(wanted);
        }
        let day = if time < start { local.date() } else { local.date().succ_opt()? };
        settings.zone.to_utc(day.and_time(start))
    }

    /// Schedules an alarm for its date, or for now if that has passed.
    pub(super) fn take_up(&mut self, settings: &Settings, id: u64, now: DateTime<Utc>) {
        let date = self.alarms.get(id).and_then(|alarm| self.alarm_date(settings, alarm));
        if let (Some(alarm), Some(date)) = (self.alarms.get_mut(id), date) {
            alarm.status = 2;
            self.scheduled.push(ScheduledAlarm { at: date.max(now), alarm: id });
        }
    }

    /// Makes a scheduled alarm go off.
    pub(super) fn fire(&mut self, run: ScheduledAlarm, now: DateTime<Utc>) {
        self.scheduled.retain(|known| *known != run);
        self.ring(run.alarm, now);
    }

    /// Calls, texts or mails, as the alarm's method says.
    pub(in crate::newfies) fn ring(&mut self, id: u64, now: DateTime<Utc>) {
        let Some(alarm) = self.alarms.get_mut(id) else { return };
        alarm.status = 2;
        let alarm = alarm.clone();
        let is_done = match alarm.method {
            2 => self.send_sms(&alarm),
            3 => {
                self.send_mail(&alarm);
                true
            }
            _ => {
                self.alarm_requests.add(|request| AlarmRequest::new(request, Some(id), now));
                false
            }
        };
        if let Some(alarm) = self.alarms.get_mut(id).filter(|_| is_done) {
            alarm.status = 5;
        }
    }

    /// Sends a text message, and returns whether it could. If something is missing, the task fails and the alarm stays
    /// in process.
    fn send_sms(&mut self, alarm: &Alarm) -> bool {
        let creator = self.events.get(alarm.event).map(|event| event.creator);
        let gateway = creator.and_then(|creator| self.setting_of(creator)?.sms_gateway);
        let template = alarm.sms_template.and_then(|id| self.sms_templates.get(id));
        let Some((to, template)) = alarm.alarm_phonenumber.clone().zip(template).filter(|_| gateway.is_some()) else {
            return false;
        };
        let text = template.text.clone();
        self.sent.push(Message { kind: MessageKind::Sms, alarm: alarm.id, to, text });
        true
    }

    fn send_mail(&mut self, alarm: &Alarm) {
        let template = alarm.mail_template.and_then(|id| self.mail_templates.get(id));
        if let Some((to, template)) = alarm.alarm_email.clone().zip(template) {
            let text = template.text.clone();
            self.sent.push(Message { kind: MessageKind::Mail, alarm: alarm.id, to, text });
        }
    }

    /// Sends a text message after the last failed try. Its sender is the owner of the alarm's survey, so an alarm
    /// without a survey sends none.
    pub(super) fn send_failure(&mut self, alarm: &Alarm) {
        let to = alarm.phonenumber_sms_failure.clone().filter(|to| !to.is_empty());
        let Some((to, _)) = to.zip(alarm.survey) else { return };
        let data = self.events.get(alarm.event).map(|event| &event.data);
        let text = data.and_then(|data| data.get("sms_failure")).and_then(Value::as_str);
        let text = text.unwrap_or("#alarm_phonenumber# wasn't reached in #num_attempt# attempts");
        let text = text
            .replace("#alarm_phonenumber#", alarm.alarm_phonenumber.as_deref().unwrap_or_default())
            .replace("#num_attempt#", &alarm.num_attempt.unwrap_or_default().to_string());
        self.sent.push(Message { kind: MessageKind::Sms, alarm: alarm.id, to, text });
    }
}
