//! The resources: the path of each, who sees its rows, their representation, and how they are written.
//!
//! [`Resource`] is what listing and reading need, [`Editable`] what writing needs. The handlers in `routes::crud` are
//! generic over both and know no concrete resource. To add a resource: its row in `rows`, its table in `state`, its
//! implementation here, and its entry in `routes::views::VIEWS`. Its path stands in the implementation only.

pub(super) mod alarm;
pub(super) mod alarm_request;
pub(super) mod calendar;
pub(super) mod calendar_user;
pub(super) mod calendar_user_profile;
pub(super) mod event;
pub(super) mod read_only;
pub(super) mod static_resources;

use crate::newfies::{form::Form, request_context::RequestContext, settings::Settings, table::Table, world::State};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// The form of a list.
pub(super) enum Listing {
    /// Pages of ten.
    Pages,
    /// A note for no row, the row itself for one, a list for several.
    Collapsed(Vec<Value>, &'static str),
}

/// A resource that can be listed and read.
pub(super) trait Resource: 'static {
    type Row: Clone;

    /// Its path.
    const PATH: &'static str;
    /// The model name in its permissions; `None` if reading needs none.
    const MODEL: Option<&'static str>;

    fn table(state: &State) -> &Table<Self::Row>;
    fn id(row: &Self::Row) -> u64;

    /// Whether the caller may read a row under its path. Other callers get 404.
    fn sees(context: &RequestContext<'_>, row: &Self::Row) -> bool;

    /// The serializer's representation of a row.
    fn show(context: &RequestContext<'_>, row: &Self::Row) -> Value;

    /// The key of the row at the path with `id`.
    fn find(_: &State, id: u64) -> Option<u64> {
        Some(id)
    }

    /// The representation of a row at its own path.
    fn detail(context: &RequestContext<'_>, row: &Self::Row) -> Value {
        Self::show(context, row)
    }

    fn list(_: &RequestContext<'_>) -> Listing {
        Listing::Pages
    }

    /// Whether the view crashes for this caller, whatever the request.
    fn breaks(_: &RequestContext<'_>) -> bool {
        false
    }

    /// Whether the view crashes when it renders this row.
    fn breaks_on(_: &Self::Row) -> bool {
        false
    }
}

/// A resource that can also be written.
pub(super) trait Editable: Resource {
    /// Whether each write makes the caller the owner. Then a `PUT` that creates ignores the id of its path, too.
    const SETS_OWNER: bool;

    fn set_id(row: &mut Self::Row, id: u64);
    fn table_mut(state: &mut State) -> &mut Table<Self::Row>;

    /// A row with the defaults.
    fn with_defaults(context: &RequestContext<'_>, id: u64) -> Self::Row;

    /// Copies what a `PUT` keeps of the old row: read-only columns, and omitted fields without a default.
    fn keep(row: &mut Self::Row, old: &Self::Row);

    /// Validates the sent fields and writes them to the row.
    fn write(row: &mut Self::Row, form: &mut Form<'_>, context: &RequestContext<'_>);

    /// Sets the columns that each write changes by itself.
    fn set_owner(_: &mut Self::Row, _caller: u64, _now: DateTime<Utc>) {}

    /// Runs after a row was created. `false` if the server crashes then.
    fn after_create(_: &mut State, _: &Settings, _row: &Self::Row, _caller: u64, _: DateTime<Utc>) -> bool {
        true
    }

    /// Removes a row and all rows that refer to it.
    fn remove(state: &mut State, key: u64);
}
