use crate::{
    Calendar, CalendarUser, Event, EventStatus, Rule, ServerTime,
    resource::payload,
    wire::{Body, clears, setters},
};
use care_client_core::Link;
use serde_json::{Map, Value};

/// An event that is to be made or put in place of another: `newfies.events().create(NewEvent::new(..))`.
///
/// It always has a start and an end: the server would take now and in an hour, whatever the other one is (defect
/// [`NEWF-28`](crate::defects)).
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    body: Body,
}

/// What to change of an event. What isn't named stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EventPatch {
    body: Body,
}

impl NewEvent {
    /// An event with this title (255 characters at most) of this user, in this calendar, from start to end.
    ///
    /// ```
    /// use chrono::{TimeDelta, Utc};
    /// use newfies_client::{CalendarId, CalendarUserId, NewEvent};
    ///
    /// let start = Utc::now() + TimeDelta::days(7);
    /// let visit = NewEvent::new("Visit", CalendarUserId::from(6), CalendarId::from(4), start, start + TimeDelta::hours(1));
    /// ```
    pub fn new(
        title: impl Into<String>,
        creator: impl Into<Link<CalendarUser>>,
        calendar: impl Into<Link<Calendar>>,
        start: impl Into<ServerTime>,
        end: impl Into<ServerTime>,
    ) -> Self {
        let body = Body::default()
            .with("title", title.into())
            .with("start", start.into())
            .with("end", end.into())
            .with("creator", creator.into())
            .with("calendar", calendar.into());
        Self { body }
    }
}

impl EventPatch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters!([NewEvent, EventPatch] {
    /// Sets more about it.
    fn description(text: impl Into<String>) => text.into();
    /// Sets by what it happens again, counted on from its start as a point in time: what happens daily moves by an hour when the
    /// clocks change. Default: nothing, it happens once.
    fn rule(rule: impl Into<Link<Rule>>) => rule.into();
    /// Sets until when it is to happen again. **The server stores it and goes on**; only a rule with a count ends. Default: in
    /// a month.
    fn end_recurring_period(at: impl Into<ServerTime>) => at.into();
    /// Sets where it stands. Default: [`EventStatus::Pending`].
    fn status(status: EventStatus) => status;
    /// Sets the values for the texts that calls and SMS are made of: `{doc_name}` in a text is replaced by the value of
    /// `doc_name`. `sms_failure` is the text of the SMS that follows when nobody answers, in which `#alarm_phonenumber#` and
    /// `#num_attempt#` are replaced; `sms_phonenumber` is where the SMS of a survey go.
    fn data(values: Map<String, Value>) => Value::Object(values);
    /// Sets a number that the server stores and doesn't count. Default: 0.
    fn notify_count(number: i32) => number;
    /// Sets when it was made, which decides which child is the last. Default: now.
    fn created_on(at: impl Into<ServerTime>) => at.into();
    /// Makes it a child of this root. The server does so by itself.
    fn parent_event(root: impl Into<Link<Event>>) => root.into();
    /// Sets its number in the series. The server does so by itself. Default: 0.
    fn occ_count(number: i32) => number;
});

setters!([EventPatch] {
    /// Sets the title, 255 characters at most.
    fn title(title: impl Into<String>) => title.into();
    /// Sets when it starts. **Its alarms stay where they are**: move each by
    /// [`AlarmPatch::date_start_notice`](crate::AlarmPatch::date_start_notice).
    fn start(at: impl Into<ServerTime>) => at.into();
    /// Sets when it ends.
    fn end(at: impl Into<ServerTime>) => at.into();
    /// Gives it to another user whom the caller manages.
    fn creator(user: impl Into<Link<CalendarUser>>) => user.into();
    /// Puts it into another calendar.
    fn calendar(calendar: impl Into<Link<Calendar>>) => calendar.into();
});

clears!(EventPatch {
    /// Empties the description.
    clear_description => description;
    /// Lets it happen once only.
    clear_rule => rule;
    /// Empties until when it is to happen again.
    clear_end_recurring_period => end_recurring_period;
    /// Empties the values for texts.
    clear_data => data;
    /// Makes it no child any more.
    clear_parent_event => parent_event;
});

payload!(NewEvent { not_blank: ["title"], check: |new| new.body.in_order("start", "end") });
payload!(EventPatch { not_blank: ["title"], check: |patch| patch.body.in_order("start", "end") });

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::sealed::HasBody;

    #[test]
    fn an_event_ends_after_it_starts() {
        // NEWF-28
        let at = |text: &str| ServerTime::At(text.parse().unwrap());
        let event = |start, end| NewEvent::new("Visit", 6, 4, at(start), at(end)).check();
        event("2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z").unwrap();
        for end in ["2026-12-01T10:00:00Z", "2026-12-01T09:00:00Z"] {
            assert!(event("2026-12-01T10:00:00Z", end).unwrap_err().to_string().contains("before it starts"));
        }
        // One of them alone can't be judged, and neither can a naive one beside a point in time.
        EventPatch::new().end(at("2020-01-01T00:00:00Z")).check().unwrap();
    }
}
