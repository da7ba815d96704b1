//! What the API has under each path: who sees a row, how it looks, and how it is written.

pub(super) mod alarm;
pub(super) mod alarm_request;
pub(super) mod calendar;
pub(super) mod calendar_setting;
pub(super) mod calendar_user;
pub(super) mod calendar_user_profile;
pub(super) mod event;
pub(super) mod read_only;
pub(super) mod static_resources;

use crate::newfies::{form::Form, request_context::RequestContext, settings::Settings, state::State, table::Table};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// A list: pages, or what the code makes of it by hand.
pub(super) enum Listing {
    Pages,
    /// Nothing gives a note, one row itself, and only several a list.
    Collapsed(Vec<Value>, &'static str),
}

/// Something that is listed and read.
pub(super) trait Resource: 'static {
    type Row: Clone;

    /// The first segment of its path.
    const PATH: &'static str;
    /// How its permissions end; `None` if reading needs none.
    const MODEL: Option<&'static str>;

    fn table(state: &State) -> &Table<Self::Row>;
    fn id(row: &Self::Row) -> u64;

    /// Whether the caller sees a row under its own path. All others get 404.
    fn sees(context: &RequestContext<'_>, row: &Self::Row) -> bool;

    /// A row as the serializer shows it.
    fn show(context: &RequestContext<'_>, row: &Self::Row) -> Value;

    /// The key of the row that a path with `id` means.
    fn find(_: &State, id: u64) -> Option<u64> {
        Some(id)
    }

    /// A row under its own path.
    fn detail(context: &RequestContext<'_>, row: &Self::Row) -> Value {
        Self::show(context, row)
    }

    fn list(_: &RequestContext<'_>) -> Listing {
        Listing::Pages
    }

    /// Whether the view breaks for this caller, whatever they ask for.
    fn breaks(_: &RequestContext<'_>) -> bool {
        false
    }

    /// Whether the view breaks when it shows this row.
    fn breaks_on(_: &Self::Row) -> bool {
        false
    }
}

/// Something that is written, too.
pub(super) trait Editable: Resource {
    /// Whether each write makes the caller its owner. Then a `PUT` that creates doesn't keep the id of its path either.
    const SETS_OWNER: bool;

    fn set_id(row: &mut Self::Row, id: u64);
    fn table_mut(state: &mut State) -> &mut Table<Self::Row>;

    /// A row with defaults.
    fn with_defaults(context: &RequestContext<'_>, id: u64) -> Self::Row;

    /// Takes over from the old row what no write changes.
    fn keep(row: &mut Self::Row, old: &Self::Row);

    /// Reads what was sent into the row.
    fn write(row: &mut Self::Row, form: &mut Form<'_>, context: &RequestContext<'_>);

    /// What a write changes by itself.
    fn set_owner(_: &mut Self::Row, _caller: u64, _now: DateTime<Utc>) {}

    /// What else happens when a row was made. `false` if the code breaks then.
    fn after_create(_: &mut State, _: &Settings, _row: &Self::Row, _caller: u64, _: DateTime<Utc>) -> bool {
        true
    }

    /// Removes a row and all that refers to it.
    fn remove(state: &mut State, key: u64);
}
