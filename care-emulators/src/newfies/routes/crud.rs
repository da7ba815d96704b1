//! Listing, reading, creating, updating and deleting, generic over the resource.
//!
//! A `PUT` resets the fields that it omits, and creates the row that it doesn't find; a `PATCH` keeps them. Lists have
//! pages of ten, unless the resource builds its list by hand.

use crate::{
    bodies::form_pairs,
    newfies::{
        form::{Echo, Form},
        resources::{Editable, Listing, Resource},
        response::{ErrorResponse, Reply},
        routes::view_request::{ViewRequest, ViewResult},
    },
};
use http::{Method, StatusCode};
use serde_json::{Map, Value, json};

/// A collapsed list: a note for no item, the item itself for one, a list for several.
pub(super) fn collapsed(mut items: Vec<Value>, note: &str) -> Value {
    match items.len() {
        0 => json!({ "note": note }),
        1 => items.remove(0),
        _ => items.into(),
    }
}

pub(super) fn list<R: Resource>(call: &mut ViewRequest<'_>) -> ViewResult {
    let context = call.context();
    if let Listing::Collapsed(items, note) = R::list(&context) {
        return Ok(Reply::ok(collapsed(items, note)));
    }
    let table = R::table(context.state);
    let rows: Vec<&R::Row> =
        if call.settings.unordered_lists { table.in_heap_order().collect() } else { table.iter().collect() };
    let seen: Vec<&R::Row> = rows.into_iter().filter(|row| R::sees(&context, row)).collect();
    let page = Page::read(call.query, seen.len())?;
    let on_it: Vec<&R::Row> = page.of(seen.into_iter()).collect();
    if on_it.iter().any(|row| R::breaks(&context) || R::breaks_on(row)) {
        return Err(ErrorResponse::Crash);
    }
    let results = on_it.into_iter().map(|row| R::show(&context, row)).collect();
    Ok(Reply::ok(page.show(call, &call.links.list(R::PATH), results)))
}

/// The row of the path, if the caller may see it.
fn find<R: Resource>(call: &ViewRequest<'_>) -> Result<R::Row, ErrorResponse> {
    let context = call.context();
    let key = call.number().and_then(|id| R::find(context.state, id));
    let row = key.and_then(|key| R::table(context.state).get(key)).filter(|row| R::sees(&context, row));
    row.cloned().ok_or_else(ErrorResponse::not_found)
}

pub(super) fn retrieve<R: Resource>(call: &mut ViewRequest<'_>) -> ViewResult {
    let row = find::<R>(call)?;
    let context = call.context();
    if R::breaks(&context) || R::breaks_on(&row) {
        return Err(ErrorResponse::Crash);
    }
    Ok(Reply::ok(R::detail(&context, &row)))
}

/// Validates the sent fields and writes them to `row`.
fn read<R: Editable>(call: &ViewRequest<'_>, row: &mut R::Row, partial: bool) -> Result<Echo, ErrorResponse> {
    let sent = call.object()?;
    let context = call.context();
    if R::breaks(&context) {
        return Err(ErrorResponse::Crash);
    }
    let mut form = Form::new(&sent, call.settings, partial);
    R::write(row, &mut form, &context);
    form.finish()
}

/// Stores `row`.
fn store<R: Editable>(call: &mut ViewRequest<'_>, row: &mut R::Row) {
    R::set_owner(row, call.caller.id, call.now);
    R::table_mut(call.state).put(R::id(row), row.clone());
}

/// The representation of a stored row, with the fields that are repeated as sent.
fn shown<R: Editable>(call: &ViewRequest<'_>, row: &R::Row, echo: Echo) -> Value {
    let context = call.context();
    let row = R::table(context.state).get(R::id(row)).unwrap_or(row);
    let mut shown = R::show(&context, row);
    if let Some(fields) = shown.as_object_mut() {
        fields.extend(echo);
    }
    shown
}

/// Stores a new row under an id.
fn make<R: Editable>(call: &mut ViewRequest<'_>, mut row: R::Row, id: u64, echo: Echo) -> Result<Value, ErrorResponse> {
    R::set_id(&mut row, id);
    store::<R>(call, &mut row);
    if !R::after_create(call.state, call.settings, &row, call.caller.id, call.now) {
        return Err(ErrorResponse::Crash);
    }
    Ok(shown::<R>(call, &row, echo))
}

pub(super) fn create<R: Editable>(call: &mut ViewRequest<'_>) -> ViewResult {
    let mut row = R::with_defaults(&call.context(), 0);
    let echo = read::<R>(call, &mut row, false)?;
    let id = R::table_mut(call.state).next_id();
    let body = make::<R>(call, row, id, echo)?;
    let location = body.get("url").and_then(Value::as_str).map(str::to_owned);
    Ok(Reply { location, ..Reply::new(StatusCode::CREATED, body) })
}

pub(super) fn replace<R: Editable>(call: &mut ViewRequest<'_>) -> ViewResult {
    match find::<R>(call) {
        Ok(old) => {
            let mut row = R::with_defaults(&call.context(), R::id(&old));
            R::keep(&mut row, &old);
            let echo = read::<R>(call, &mut row, false)?;
            store::<R>(call, &mut row);
            Ok(Reply::ok(shown::<R>(call, &row, echo)))
        }
        Err(_) => create_at::<R>(call),
    }
}

/// Creates the row that a `PUT` didn't find.
fn create_at<R: Editable>(call: &mut ViewRequest<'_>) -> ViewResult {
    if !call.may(&Method::POST, R::MODEL) {
        return Err(ErrorResponse::no_permission());
    }
    let mut row = R::with_defaults(&call.context(), 0);
    let echo = read::<R>(call, &mut row, false)?;
    let id = match call.number() {
        _ if R::SETS_OWNER => R::table_mut(call.state).next_id(),
        Some(id) if !R::table(call.state).has(id) => id,
        // The id isn't a number, or belongs to a row that the caller may not see.
        _ => return Err(ErrorResponse::Crash),
    };
    Ok(Reply::new(StatusCode::CREATED, make::<R>(call, row, id, echo)?))
}

pub(super) fn update<R: Editable>(call: &mut ViewRequest<'_>) -> ViewResult {
    let mut row = find::<R>(call)?;
    let echo = read::<R>(call, &mut row, true)?;
    store::<R>(call, &mut row);
    Ok(Reply::ok(shown::<R>(call, &row, echo)))
}

pub(super) fn destroy<R: Editable>(call: &mut ViewRequest<'_>) -> ViewResult {
    let row = find::<R>(call)?;
    R::remove(call.state, R::id(&row));
    Ok(Reply::gone())
}

/// The writable fields, for `OPTIONS`.
pub(super) fn describe<R: Editable>(call: &ViewRequest<'_>) -> Value {
    let (context, nothing) = (call.context(), Map::new());
    let mut row = R::with_defaults(&context, 0);
    let mut form = Form::new(&nothing, call.settings, true);
    R::write(&mut row, &mut form, &context);
    form.described()
}

/// The page size, which is fixed.
const PAGE: usize = 10;

/// The requested page of a list with `count` items.
pub(super) struct Page {
    count: usize,
    number: usize,
    last: usize,
}

impl Page {
    pub(super) fn read(query: &str, count: usize) -> Result<Self, ErrorResponse> {
        let last = count.div_ceil(PAGE).max(1);
        let pairs = form_pairs(query).unwrap_or_default();
        let sent = pairs.iter().rev().find(|(name, _)| name == "page").map(|(_, value)| value.as_str());
        let number = match sent {
            None => Some(1),
            Some("last") => Some(last),
            Some(text) => text.parse().ok(),
        };
        let number = number.filter(|number| (1..=last).contains(number)).ok_or_else(ErrorResponse::not_found)?;
        Ok(Self { count, number, last })
    }

    /// The items on this page.
    pub(super) fn of<T>(&self, items: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        items.skip((self.number - 1) * PAGE).take(PAGE)
    }

    pub(super) fn show(&self, call: &ViewRequest<'_>, list: &str, results: Vec<Value>) -> Value {
        let link = |number: usize| {
            let others =
                call.query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some("page"));
            let others: String = others.map(|pair| format!("{pair}&")).collect();
            format!("{list}{}?{others}page={number}", call.links.suffix)
        };
        json!({
            "count": self.count,
            "next": (self.number < self.last).then(|| link(self.number + 1)),
            "previous": (self.number > 1).then(|| link(self.number - 1)),
            "results": results,
        })
    }
}
