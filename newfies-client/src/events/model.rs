use crate::{
    calendar_users::CalendarUser,
    calendars::Calendar,
    codes::EventStatus,
    endpoints::own_links,
    ids::EventId,
    payload::{Body, clears, fields, patch, payload},
    resource::{resource, row},
    rules::Rule,
    time::ServerTime,
};
use care_client_core::{
    Link, Personal,
    wire::{link, number},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Something planned, with a start and an end.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Create a new Event",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Event {
    /// Its link.
    pub url: Link<Event>,
    /// Its title.
    pub title: Personal<String>,
    /// A description.
    pub description: Option<Personal<String>>,
    /// When it starts.
    pub start: ServerTime,
    /// When it ends.
    pub end: ServerTime,
    /// The calendar user who created it.
    #[serde(default, with = "link::option")]
    pub creator: Option<Link<CalendarUser>>,
    /// When it was created. The child created last is the last of its series.
    pub created_on: Option<ServerTime>,
    /// The end of the recurrence. The server stores it and doesn't stop there.
    pub end_recurring_period: Option<ServerTime>,
    /// The rule by which it recurs.
    #[serde(default, with = "link::option")]
    pub rule: Option<Link<Rule>>,
    /// Its calendar.
    #[serde(default, with = "link::option")]
    pub calendar: Option<Link<Calendar>>,
    /// A number that the server stores and doesn't count.
    #[serde(default, with = "number::option")]
    pub notify_count: Option<i64>,
    /// Its status.
    pub status: Option<EventStatus>,
    /// Values for the placeholders in texts of calls and SMS.
    pub data: Option<Personal<Value>>,
    /// The root of its series, if it is a child; not the occurrence before it.
    #[serde(default, with = "link::option")]
    pub parent_event: Option<Link<Event>>,
    /// Its number in the series, from 0.
    #[serde(default, with = "number::option")]
    pub occ_count: Option<i64>,
}

row!(Event { times: [start, end], optional: [created_on, end_recurring_period] });
resource!(linked Event(EventId) at "event", named "events" {
    rights: Grantable,
    rows: Event by |row| row.url.id(),
    writes: NewEvent, NewEvent, EventPatch with FIELDS,
    // NEWF-56
    keeps: {
        null: [description, data],
        blank: []
    },
    nested: {
        ALARMS: Read "alarms" at "get_list_alarm",
        CHILDREN: Read "children" at "get_list_child",
        SET_LAST_CHILD_STATUS: Idempotent "set_last_child_status" at "update_last_child_status",
    },
    hint: own_links,
});

impl Event {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> EventId {
        self.url.id()
    }
}

/// A child in the list of an event's children: it has fewer fields than the event.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Get list of child from an event",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChildEvent {
    /// Its link.
    pub url: Link<Event>,
    /// When it starts.
    pub start: ServerTime,
    /// When it ends.
    pub end: ServerTime,
    /// A description.
    pub description: Option<Personal<String>>,
    /// Its title.
    pub title: Personal<String>,
}

row!(ChildEvent { times: [start, end], optional: [] });

impl ChildEvent {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> EventId {
        self.url.id()
    }
}

/// An event to create, or to replace another with: `newfies.events().create(NewEvent::new(..))`.
///
/// It always has a start and an end: the server would default to now and to an hour from now, whatever the other one is
/// (defect [`NEWF-28`](crate::defects)).
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    body: Body,
}

/// Changes to an event. Fields that aren't set stay as they are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EventPatch {
    body: Body,
}

impl NewEvent {
    /// An event with this title (at most 255 characters) of this user, in this calendar, from start to end.
    ///
    /// ```
    /// use chrono::{TimeDelta, Utc};
    /// use newfies_client::{CalendarId, CalendarUserId, NewEvent};
    ///
    /// let start = Utc::now() + TimeDelta::days(7);
    /// let (doctor, calendar) = (CalendarUserId::from(6), CalendarId::from(4));
    /// let visit = NewEvent::new("Visit", doctor, calendar, start, start + TimeDelta::hours(1));
    /// ```
    pub fn new(
        title: impl Into<String>,
        creator: impl Into<Link<CalendarUser>>,
        calendar: impl Into<Link<Calendar>>,
        start: impl Into<ServerTime>,
        end: impl Into<ServerTime>,
    ) -> Self {
        Self { body: Body::default() }.title(title).start(start).end(end).creator(creator).calendar(calendar)
    }
}

fields! {
    [NewEvent, EventPatch]: {
        /// Sets the description.
        fn description(text: impl Into<String>) => text.into();
        /// Sets the rule by which it recurs. The server counts from the start as a point in time, so a daily event
        /// moves by an hour when the clocks change. Default: none, it happens once.
        fn rule(rule: impl Into<Link<Rule>>) => rule.into();
        /// Sets the end of the recurrence. **The server stores it and doesn't stop there**; only a rule with a count
        /// ends. Default: in a month.
        fn end_recurring_period(at: impl Into<ServerTime>) => at.into();
        /// Sets the status. Default: [`EventStatus::Pending`].
        fn status(status: EventStatus) => status;
        /// Sets the values for placeholders in texts of calls and SMS: the value of `doc_name` replaces `{doc_name}`.
        /// `sms_failure` is the text of the SMS sent when nobody answers, with the placeholders `#alarm_phonenumber#`
        /// and `#num_attempt#`; `sms_phonenumber` is the recipient of a survey's SMS.
        fn data(values: Map<String, Value>) => Value::Object(values);
        /// Sets a number that the server stores and doesn't count. Default: 0.
        fn notify_count(number: i32) => number;
        /// Sets when it was created, which decides which child is the last. Default: now.
        fn created_on(at: impl Into<ServerTime>) => at.into();
        /// Makes it a child of this root, as the server does by itself.
        fn parent_event(root: impl Into<Link<Event>>) => root.into();
        /// Sets its number in the series, as the server does by itself. Default: 0.
        fn occ_count(number: i32) => number;
    }
    [EventPatch] given [NewEvent]: {
        /// Sets the title, at most 255 characters.
        fn title(title: impl Into<String>) => title.into();
        /// Sets when it starts. **Its alarms don't move**: move each by
        /// [`AlarmPatch::date_start_notice`](crate::AlarmPatch::date_start_notice).
        fn start(at: impl Into<ServerTime>) => at.into();
        /// Sets when it ends.
        fn end(at: impl Into<ServerTime>) => at.into();
        /// Moves it to another user whom the caller manages.
        fn creator(user: impl Into<Link<CalendarUser>>) => user.into();
        /// Moves it to another calendar.
        fn calendar(calendar: impl Into<Link<Calendar>>) => calendar.into();
    }
}

clears!(EventPatch {
    /// Clears the description.
    clear_description => description;
    /// Clears the rule: it happens once.
    clear_rule => rule;
    /// Clears the end of the recurrence.
    clear_end_recurring_period => end_recurring_period;
    /// Clears the values for placeholders.
    clear_data => data;
    /// Clears the root: it is no child any more.
    clear_parent_event => parent_event;
});

payload!(NewEvent { not_blank: [title], check: |new| new.body.in_order("start", "end") });
patch!(EventPatch { not_blank: [title], check: |patch| patch.body.in_order("start", "end") });

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::Payload as _;

    #[test]
    fn an_event_must_end_after_it_starts() {
        // NEWF-28
        let at = |text: &str| ServerTime::At(text.parse().unwrap());
        let event = |start, end| NewEvent::new("Visit", 6, 4, at(start), at(end)).check();
        event("2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z").unwrap();
        for end in ["2026-12-01T10:00:00Z", "2026-12-01T09:00:00Z"] {
            assert!(
                event("2026-12-01T10:00:00Z", end).unwrap_err().to_string().contains("doesn't end after it starts")
            );
        }
        // One of them alone can't be judged.
        EventPatch::new().end(at("2020-01-01T00:00:00Z")).check().unwrap();
    }
}
