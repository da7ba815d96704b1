//! `calendar-user-profile`.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::super::codes::{COUNTRIES, LANGUAGES};
use super::super::form::{Field, Form};
use super::super::moment::wire;
use super::super::rows::{CalendarUserProfile, User};
use super::super::scene::Scene;
use super::super::state::State;
use super::super::table::Table;
use super::{Editable, Listing, Resource};

pub(in super::super) struct Profiles;

impl Resource for Profiles {
    type Row = CalendarUserProfile;

    const PATH: &'static str = "calendar-user-profile";
    const MODEL: Option<&'static str> = Some("calendaruserprofile");

    fn table(state: &State) -> &Table<CalendarUserProfile> {
        &state.profiles
    }

    fn id(row: &CalendarUserProfile) -> u64 {
        row.id
    }

    /// Paths have the id of the calendar user, not the profile's.
    fn find(state: &State, id: u64) -> Option<u64> {
        state.profile_of(id).map(|profile| profile.id)
    }

    /// Everybody's, whoever the manager is.
    fn sees(_: &Scene<'_>, _: &CalendarUserProfile) -> bool {
        true
    }

    fn show(scene: &Scene<'_>, row: &CalendarUserProfile) -> Value {
        json!({
            "manager": scene.username(row.manager),
            "id": row.id,
            "user": row.user,
            "address": row.address,
            "city": row.city,
            "state": row.state,
            "country": row.country.as_deref().unwrap_or_default(),
            "zip_code": row.zip_code,
            "phone_no": row.phone_no,
            "fax": row.fax,
            "company_name": row.company_name,
            "company_website": row.company_website,
            "language": row.language,
            "note": row.note,
            "accountcode": row.accountcode,
            "created_date": wire(row.created_date),
            "updated_date": wire(row.updated_date),
            "calendar_setting": row.calendar_setting,
        })
    }

    fn list(scene: &Scene<'_>) -> Listing {
        let managed = scene.state.profiles.iter().filter(|profile| scene.sees(profile.user));
        let items = managed.map(|row| {
            json!({
                // The id is the profile's, so that the link leads to another user's profile or nowhere.
                "url": scene.links.by_hand(Self::PATH, row.id),
                "id": row.id,
                "accountcode": row.accountcode,
                "calendar_setting": scene.links.by_hand("calendar-setting", row.calendar_setting),
                "manager": scene.username(row.manager),
                "address": row.address,
                "city": row.city,
                "state": row.state,
                "zip_code": row.zip_code,
                "phone_no": row.phone_no,
                "fax": row.fax,
                "company_name": row.company_name,
                "company_website": row.company_website,
            })
        });
        Listing::Collapsed(items.collect(), "no calendar-user-profile found")
    }
}

impl Editable for Profiles {
    const IS_STAMPED: bool = true;

    fn set_id(row: &mut CalendarUserProfile, id: u64) {
        row.id = id;
    }

    fn table_mut(state: &mut State) -> &mut Table<CalendarUserProfile> {
        &mut state.profiles
    }

    fn fresh(scene: &Scene<'_>, id: u64) -> CalendarUserProfile {
        CalendarUserProfile::new(id, 0, scene.caller.id, 0, scene.now)
    }

    fn keep(row: &mut CalendarUserProfile, old: &CalendarUserProfile) {
        row.created_date = old.created_date;
    }

    fn write(row: &mut CalendarUserProfile, form: &mut Form<'_>, scene: &Scene<'_>) {
        let state = scene.state;
        // The query for it names a table that isn't there, whatever is looked for.
        let breaks = scene.settings.breaks_profiles();
        let may = |id| breaks || state.users.get(id).is_some_and(User::is_plain);
        form.bare_id("user", may, &mut row.user);
        if breaks {
            form.break_if_sent("user");
        }
        if state.profile_of(row.user).is_some_and(|profile| profile.id != row.id) {
            form.refuse("user", "Calendar User Profile with this User already exists.");
        }
        let fields: [(&'static str, usize, &mut Option<String>); 8] = [
            ("address", 200, &mut row.address),
            ("city", 120, &mut row.city),
            ("state", 120, &mut row.state),
            ("zip_code", 120, &mut row.zip_code),
            ("phone_no", 90, &mut row.phone_no),
            ("fax", 90, &mut row.fax),
            ("company_name", 90, &mut row.company_name),
            ("note", 250, &mut row.note),
        ];
        for (name, most, into) in fields {
            form.text_or_null(Field::optional(name), most, into);
        }
        form.code_or_null("country", COUNTRIES, &mut row.country);
        form.url_or_null("company_website", 90, &mut row.company_website);
        form.code_or_null("language", LANGUAGES, &mut row.language);
        form.positive_or_null("accountcode", &mut row.accountcode);
        form.bare_id("calendar_setting", |id| state.settings.has(id), &mut row.calendar_setting);
    }

    fn stamp(row: &mut CalendarUserProfile, caller: u64, now: DateTime<Utc>) {
        (row.manager, row.updated_date) = (caller, now);
    }

    fn remove(state: &mut State, key: u64) {
        state.profiles.remove(key);
    }
}
