//! `calendar`.

use crate::newfies::{
    form::{Field, Form},
    request_context::RequestContext,
    resources::{Editable, Resource, calendar_user::CalendarUsers},
    rows::calendar::Calendar,
    state::State,
    table::Table,
    timestamp::api_format,
};
use serde_json::{Value, json};

pub(in crate::newfies) struct Calendars;

impl Resource for Calendars {
    type Row = Calendar;

    const PATH: &'static str = "calendar";
    const MODEL: Option<&'static str> = Some("calendar");

    fn table(state: &State) -> &Table<Calendar> {
        &state.calendars
    }

    fn id(row: &Calendar) -> u64 {
        row.id
    }

    fn sees(context: &RequestContext<'_>, row: &Calendar) -> bool {
        context.caller.is_superuser || row.user.is_some_and(|user| context.manages(user))
    }

    fn show(context: &RequestContext<'_>, row: &Calendar) -> Value {
        json!({
            "url": context.links.to(Self::PATH, row.id),
            "name": row.name,
            "user": context.links.to_some(CalendarUsers::PATH, row.user),
            "max_concurrent": row.max_concurrent,
            "created_date": api_format(row.created_date),
        })
    }
}

impl Editable for Calendars {
    const SETS_OWNER: bool = false;

    fn set_id(row: &mut Calendar, id: u64) {
        row.id = id;
    }

    fn table_mut(state: &mut State) -> &mut Table<Calendar> {
        &mut state.calendars
    }

    fn with_defaults(context: &RequestContext<'_>, id: u64) -> Calendar {
        Calendar { id, name: String::new(), user: None, max_concurrent: Some(0), created_date: context.now }
    }

    fn keep(row: &mut Calendar, old: &Calendar) {
        row.created_date = old.created_date;
    }

    fn write(row: &mut Calendar, form: &mut Form<'_>, context: &RequestContext<'_>) {
        form.text(Field::needed("name"), 200, &mut row.name);
        form.link_or_null(Field::optional("user"), CalendarUsers::PATH, |id| context.manages(id), &mut row.user);
        form.integer_or_null(Field::optional("max_concurrent"), &mut row.max_concurrent);
    }

    fn remove(state: &mut State, key: u64) {
        state.remove_calendar(key);
    }
}
