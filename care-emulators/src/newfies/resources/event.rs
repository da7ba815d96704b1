//! `event`.

use crate::newfies::{
    form::{Field, Form},
    request_context::RequestContext,
    resources::{Editable, Resource, calendar::Calendars, calendar_user::CalendarUsers, read_only::Rules},
    rows::event::Event,
    table::Table,
    timestamp::api_format,
    world::State,
};
use serde_json::{Value, json};

pub(in crate::newfies) struct Events;

impl Resource for Events {
    type Row = Event;

    const PATH: &'static str = "event";
    const MODEL: Option<&'static str> = Some("event");

    fn table(state: &State) -> &Table<Event> {
        &state.events
    }

    fn id(row: &Event) -> u64 {
        row.id
    }

    fn sees(context: &RequestContext<'_>, row: &Event) -> bool {
        context.sees(row.creator)
    }

    fn show(context: &RequestContext<'_>, row: &Event) -> Value {
        let links = context.links;
        json!({
            "url": links.to(Self::PATH, row.id),
            "title": row.title,
            "description": row.description,
            "start": api_format(row.start),
            "end": api_format(row.end),
            "creator": links.to(CalendarUsers::PATH, row.creator),
            "created_on": api_format(row.created_on),
            "end_recurring_period": row.end_recurring_period.map(api_format),
            "rule": links.to_some(Rules::PATH, row.rule),
            "calendar": links.to(Calendars::PATH, row.calendar),
            "notify_count": row.notify_count,
            "status": row.status,
            "data": row.data,
            "parent_event": links.to_some(Self::PATH, row.parent_event),
            "occ_count": row.occ_count,
        })
    }
}

impl Editable for Events {
    const SETS_OWNER: bool = false;

    fn set_id(row: &mut Event, id: u64) {
        row.id = id;
    }

    fn table_mut(state: &mut State) -> &mut Table<Event> {
        &mut state.events
    }

    fn with_defaults(context: &RequestContext<'_>, id: u64) -> Event {
        Event::new(id, context.now)
    }

    fn keep(row: &mut Event, old: &Event) {
        row.description.clone_from(&old.description);
        row.data.clone_from(&old.data);
    }

    fn write(row: &mut Event, form: &mut Form<'_>, context: &RequestContext<'_>) {
        let state = context.state;
        form.text(Field::needed("title"), 255, &mut row.title);
        form.text_or_null(Field::optional("description"), usize::MAX, &mut row.description);
        form.time(Field::defaulted("start"), &mut row.start);
        form.time(Field::defaulted("end"), &mut row.end);
        form.link("creator", CalendarUsers::PATH, |id| context.manages(id), &mut row.creator);
        form.time(Field::defaulted("created_on"), &mut row.created_on);
        form.time_or_null(Field::optional("end_recurring_period"), &mut row.end_recurring_period);
        form.link_or_null(Field::optional("rule"), Rules::PATH, |id| state.rules.has(id), &mut row.rule);
        let calendar_user = |id| state.calendars.get(id).and_then(|calendar| calendar.user);
        let is_managed = |id| calendar_user(id).is_some_and(|user| context.manages(user));
        form.link("calendar", Calendars::PATH, is_managed, &mut row.calendar);
        form.integer_or_null(Field::optional("notify_count"), &mut row.notify_count);
        form.choice_or_null(Field::optional("status"), 1..=3, &mut row.status);
        form.json("data", &mut row.data);
        let is_managed = |id| state.events.get(id).is_some_and(|event| is_managed(event.calendar));
        form.link_or_null(Field::optional("parent_event"), Self::PATH, is_managed, &mut row.parent_event);
        form.integer_or_null(Field::optional("occ_count"), &mut row.occ_count);
    }

    fn remove(state: &mut State, key: u64) {
        state.remove_event(key);
    }
}
