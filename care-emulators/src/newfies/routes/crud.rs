//! Listing, reading, creating, updating and deleting, generic over the resource.
//!
//! A `PUT` resets the fields that it omits, and creates the row that it doesn't find; a `PATCH` keeps them. Lists have
//! pages of ten, unless the resource builds its list by hand.

use crate::{
    bodies::form_pairs,
    newfies::{
        form::{Echo, Form},
        request_context::{ViewRequest, ViewResult},
        resources::{Editable, Listing, Resource},
        response::{ErrorResponse, Reply},
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

pub(super) fn list<R: Resource>(request: &mut ViewRequest<'_>) -> ViewResult {
    let context = request.context();
    if let Listing::Collapsed(items, note) = R::list(&context) {
        return Ok(Reply::ok(collapsed(items, note)));
    }
    let table = R::table(context.state);
    let rows: Vec<&R::Row> =
        if request.settings.unordered_lists { table.in_heap_order().collect() } else { table.iter().collect() };
    let seen: Vec<&R::Row> = rows.into_iter().filter(|row| R::sees(&context, row)).collect();
    let page = Page::read(request.query, seen.len())?;
    let on_it: Vec<&R::Row> = page.of(seen.into_iter()).collect();
    if on_it.iter().any(|row| R::breaks(&context) || R::breaks_on(row)) {
        return Err(ErrorResponse::Crash);
    }
    let results = on_it.into_iter().map(|row| R::show(&context, row)).collect();
    Ok(Reply::ok(page.show(request, &request.links.list(R::PATH), results)))
}

/// The row of the path, if the caller may see it.
fn find<R: Resource>(request: &ViewRequest<'_>) -> Result<R::Row, ErrorResponse> {
    let context = request.context();
    let key = request.number().and_then(|id| R::find(context.state, id));
    let row = key.and_then(|key| R::table(context.state).get(key)).filter(|row| R::sees(&context, row));
    row.cloned().ok_or_else(ErrorResponse::not_found)
}

pub(super) fn retrieve<R: Resource>(request: &mut ViewRequest<'_>) -> ViewResult {
    let row = find::<R>(request)?;
    let context = request.context();
    if R::breaks(&context) || R::breaks_on(&row) {
        return Err(ErrorResponse::Crash);
    }
    Ok(Reply::ok(R::detail(&context, &row)))
}

/// Validates the sent fields and writes them to `row`.
fn read<R: Editable>(request: &ViewRequest<'_>, row: &mut R::Row, partial: bool) -> Result<Echo, ErrorResponse> {
    let sent = request.object()?;
    let context = request.context();
    if R::breaks(&context) {
        return Err(ErrorResponse::Crash);
    }
    let mut form = Form::new(&sent, request.settings, partial);
    R::write(row, &mut form, &context);
    form.finish()
}

/// Stores `row`.
fn store<R: Editable>(request: &mut ViewRequest<'_>, row: &mut R::Row) {
    R::set_owner(row, request.caller.id, request.now);
    R::table_mut(request.state).put(R::id(row), row.clone());
}

/// The representation of a stored row, with the fields that are repeated as sent.
fn shown<R: Editable>(request: &ViewRequest<'_>, row: &R::Row, echo: Echo) -> Value {
    let context = request.context();
    let row = R::table(context.state).get(R::id(row)).unwrap_or(row);
    let mut shown = R::show(&context, row);
    if let Some(fields) = shown.as_object_mut() {
        fields.extend(echo);
    }
    shown
}

/// Stores a new row under an id.
fn make<R: Editable>(
    request: &mut ViewRequest<'_>,
    mut row: R::Row,
    id: u64,
    echo: Echo,
) -> Result<Value, ErrorResponse> {
    R::set_id(&mut row, id);
    store::<R>(request, &mut row);
    if !R::after_create(request.state, request.settings, &row, request.caller.id, request.now) {
        return Err(ErrorResponse::Crash);
    }
    Ok(shown::<R>(request, &row, echo))
}

pub(super) fn create<R: Editable>(request: &mut ViewRequest<'_>) -> ViewResult {
    let mut row = R::with_defaults(&request.context(), 0);
    let echo = read::<R>(request, &mut row, false)?;
    let id = R::table_mut(request.state).next_id();
    let body = make::<R>(request, row, id, echo)?;
    let location = body.get("url").and_then(Value::as_str).map(str::to_owned);
    Ok(Reply { location, ..Reply::new(StatusCode::CREATED, body) })
}

pub(super) fn replace<R: Editable>(request: &mut ViewRequest<'_>) -> ViewResult {
    match find::<R>(request) {
        Ok(old) => {
            let mut row = R::with_defaults(&request.context(), R::id(&old));
            R::keep(&mut row, &old);
            let echo = read::<R>(request, &mut row, false)?;
            store::<R>(request, &mut row);
            Ok(Reply::ok(shown::<R>(request, &row, echo)))
        }
        Err(_) => create_at::<R>(request),
    }
}

/// Creates the row that a `PUT` didn't find.
fn create_at<R: Editable>(request: &mut ViewRequest<'_>) -> ViewResult {
    if !request.may(&Method::POST, R::MODEL) {
        return Err(ErrorResponse::no_permission());
    }
    let mut row = R::with_defaults(&request.context(), 0);
    let echo = read::<R>(request, &mut row, false)?;
    let id = match request.number() {
        _ if R::SETS_OWNER => R::table_mut(request.state).next_id(),
        Some(id) if !R::table(request.state).has(id) => id,
        None => return Err(ErrorResponse::field("id", "'id' value must be an integer.")),
        // It belongs to a row that the caller may not see.
        _ => return Err(ErrorResponse::Crash),
    };
    Ok(Reply::new(StatusCode::CREATED, make::<R>(request, row, id, echo)?))
}

pub(super) fn update<R: Editable>(request: &mut ViewRequest<'_>) -> ViewResult {
    let mut row = find::<R>(request)?;
    let echo = read::<R>(request, &mut row, true)?;
    store::<R>(request, &mut row);
    Ok(Reply::ok(shown::<R>(request, &row, echo)))
}

pub(super) fn destroy<R: Editable>(request: &mut ViewRequest<'_>) -> ViewResult {
    let row = find::<R>(request)?;
    R::remove(request.state, R::id(&row));
    Ok(Reply::gone())
}

/// The writable fields, for `OPTIONS`.
pub(super) fn describe<R: Editable>(request: &ViewRequest<'_>) -> Result<Value, ErrorResponse> {
    let (context, nothing) = (request.context(), Map::new());
    if R::breaks(&context) {
        return Err(ErrorResponse::Crash);
    }
    let mut row = R::with_defaults(&context, 0);
    let mut form = Form::new(&nothing, request.settings, true);
    R::write(&mut row, &mut form, &context);
    Ok(form.described())
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

    pub(super) fn show(&self, request: &ViewRequest<'_>, list: &str, results: Vec<Value>) -> Value {
        let link = |number: usize| {
            let others =
                request.query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some("page"));
            let others: String = others.map(|pair| format!("{pair}&")).collect();
            format!("{list}{}?{others}page={number}", request.links.suffix)
        };
        json!({
            "count": self.count,
            "next": (self.number < self.last).then(|| link(self.number + 1)),
            "previous": (self.number > 1).then(|| link(self.number - 1)),
            "results": results,
        })
    }
}
