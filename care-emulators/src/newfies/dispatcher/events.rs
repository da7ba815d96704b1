//! Events happen.

use chrono::{DateTime, Utc};

use super::super::recurrence::Recurrence;
use super::super::rows::{Alarm, Event};
use super::super::state::State;

impl State {
    /// Lets an event happen: it is completed, and has a successor with copies of its alarms if its rule has a next time.
    pub(super) fn occur(&mut self, id: u64, now: DateTime<Utc>) {
        let Some(event) = self.events.get_mut(id) else { return };
        event.status = Some(2);
        let event = event.clone();
        let rule = event.rule.and_then(|rule| self.rules.get(rule));
        let recurrence =
            rule.and_then(|rule| Recurrence::read(rule.frequency, rule.params.as_deref().unwrap_or_default()));
        if let Some(start) = recurrence.and_then(|recurrence| recurrence.next(event.start, now)) {
            self.succeed(event, start, now);
        }
    }

    fn succeed(&mut self, event: Event, start: DateTime<Utc>, now: DateTime<Utc>) {
        let alarms: Vec<Alarm> = self.alarms_of(event.id).cloned().collect();
        let child = self.events.add(|id| Event {
            id,
            start,
            // A length below zero is inherited like any other.
            end: start.checked_add_signed(event.end - event.start).unwrap_or(start),
            created_on: now,
            status: Some(1),
            // All refer to the first of the series.
            parent_event: event.parent_event.or(Some(event.id)),
            occ_count: event.occ_count.map(|count| count.saturating_add(1)),
            ..event
        });
        for alarm in alarms {
            self.alarms.add(|id| Alarm {
                id,
                event: child,
                // Whatever the alarm's distance from the event was.
                date_start_notice: start,
                status: 1,
                result: Some(0),
                created_date: now,
                ..alarm
            });
        }
    }
}
