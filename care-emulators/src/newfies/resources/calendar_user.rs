//! `calendar-user`.

use crate::newfies::{
    form::{Field, Form},
    request_context::RequestContext,
    resources::{Editable, Listing, Resource},
    rows::{calendar::CalendarUserProfile, user::User},
    settings::Settings,
    table::Table,
    world::State,
};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

pub(in crate::newfies) struct CalendarUsers;

/// The columns that all representations have.
fn columns(row: &User) -> Map<String, Value> {
    let columns = json!({
        "username": row.username,
        "password": row.password,
        "last_name": row.last_name,
        "first_name": row.first_name,
        "email": row.email,
    });
    columns.as_object().cloned().unwrap_or_default()
}

/// The hand-built representation, for one user and for each user of a list.
fn hand_built(context: &RequestContext<'_>, row: &User) -> Map<String, Value> {
    let mut calendars = context.state.calendars.iter().filter(|calendar| calendar.user == Some(row.id));
    let calendar = match (calendars.next(), calendars.next()) {
        (Some(only), None) => json!({ "name": only.name, "max_concurrent": only.max_concurrent }),
        _ => json!({}),
    };
    let mut shown = columns(row);
    shown.insert("id".to_owned(), row.id.into());
    shown.insert("calendar".to_owned(), calendar);
    shown
}

impl Resource for CalendarUsers {
    type Row = User;

    const PATH: &'static str = "calendar-user";
    const MODEL: Option<&'static str> = Some("calendaruser");

    fn table(state: &State) -> &Table<User> {
        &state.users
    }

    fn id(row: &User) -> u64 {
        row.id
    }

    /// Every user who is neither staff nor superuser, whoever manages them, and managers, too.
    fn sees(_: &RequestContext<'_>, row: &User) -> bool {
        row.is_plain()
    }

    fn show(context: &RequestContext<'_>, row: &User) -> Value {
        let mut shown = columns(row);
        if context.settings.generation.links_calendar_users() {
            shown.insert("url".to_owned(), context.links.to(Self::PATH, row.id).into());
            shown.insert("groups".to_owned(), json!([]));
        }
        shown.into()
    }

    fn detail(context: &RequestContext<'_>, row: &User) -> Value {
        hand_built(context, row).into()
    }

    /// The users whose profile names the caller as manager.
    fn list(context: &RequestContext<'_>) -> Listing {
        let managed = context.state.users.iter().filter(|user| {
            let has_profile = context.state.profile_of(user.id).is_some();
            user.is_plain() && has_profile && context.sees(user.id)
        });
        let items = managed.map(|user| {
            let mut item = hand_built(context, user);
            item.insert("url".to_owned(), context.links.hand_built(Self::PATH, user.id).into());
            item.into()
        });
        Listing::Collapsed(items.collect(), "no calendar-user found")
    }
}

impl Editable for CalendarUsers {
    const SETS_OWNER: bool = false;

    fn set_id(row: &mut User, id: u64) {
        row.id = id;
    }

    fn table_mut(state: &mut State) -> &mut Table<User> {
        &mut state.users
    }

    fn with_defaults(_: &RequestContext<'_>, id: u64) -> User {
        User::new(id)
    }

    fn keep(row: &mut User, old: &User) {
        row.clone_from(old);
    }

    fn write(row: &mut User, form: &mut Form<'_>, context: &RequestContext<'_>) {
        let before = row.password.clone();
        form.text(Field::needed("username"), 30, &mut row.username);
        form.text(Field::needed("password"), 128, &mut row.password);
        form.text(Field::optional("last_name"), 30, &mut row.last_name);
        form.text(Field::optional("first_name"), 30, &mut row.first_name);
        form.email("email", &mut row.email);
        if row.password != before {
            // Stored as it is, which isn't the hash of any password.
            row.accepted_password = None;
        }
        if !row.username.chars().all(|c| c.is_ascii_alphanumeric() || "@.+-_".contains(c)) {
            form.refuse("username", "Enter a valid username.");
        }
        if context.state.users.iter().any(|user| user.username == row.username && user.id != row.id) {
            form.refuse("username", "User with this Username already exists.");
        }
    }

    /// Hashes the password, and adds a profile with the caller's first calendar setting.
    fn after_create(state: &mut State, settings: &Settings, row: &User, caller: u64, now: DateTime<Utc>) -> bool {
        let hash = state.random.hash();
        if let Some(user) = state.users.get_mut(row.id) {
            user.accepted_password = Some(std::mem::replace(&mut user.password, hash));
        }
        match state.first_setting_of(caller) {
            Some(setting) if !settings.crashes_on_calendar_users() => {
                state.profiles.add(|id| CalendarUserProfile::new(id, row.id, caller, setting, now));
                true
            }
            _ => false,
        }
    }

    fn remove(state: &mut State, key: u64) {
        state.remove_user(key);
    }
}
