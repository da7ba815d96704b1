//! `calendar`.

use crate::newfies::{
    form::{Field, Form},
    request_context::Scene,
    resources::{Editable, Resource},
    rows::calendar::Calendar,
    state::State,
    table::Table,
    timestamp::wire,
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

    fn sees(scene: &Scene<'_>, row: &Calendar) -> bool {
        scene.caller.is_superuser || row.user.is_some_and(|user| scene.manages(user))
    }

    fn show(scene: &Scene<'_>, row: &Calendar) -> Value {
        json!({
            "url": scene.links.to(Self::PATH, row.id),
            "name": row.name,
            "user": scene.links.to_some("calendar-user", row.user),
            "max_concurrent": row.max_concurrent,
            "created_date": wire(row.created_date),
        })
    }
}

impl Editable for Calendars {
    const IS_STAMPED: bool = false;

    fn set_id(row: &mut Calendar, id: u64) {
        row.id = id;
    }

    fn table_mut(state: &mut State) -> &mut Table<Calendar> {
        &mut state.calendars
    }

    fn fresh(scene: &Scene<'_>, id: u64) -> Calendar {
        Calendar { id, name: String::new(), user: None, max_concurrent: Some(0), created_date: scene.now }
    }

    fn keep(row: &mut Calendar, old: &Calendar) {
        row.created_date = old.created_date;
    }

    fn write(row: &mut Calendar, form: &mut Form<'_>, scene: &Scene<'_>) {
        form.text(Field::needed("name"), 200, &mut row.name);
        form.link_or_null(Field::optional("user"), "calendar-user", |id| scene.manages(id), &mut row.user);
        form.integer_or_null(Field::optional("max_concurrent"), &mut row.max_concurrent);
    }

    fn remove(state: &mut State, key: u64) {
        state.remove_calendar(key);
    }
}
