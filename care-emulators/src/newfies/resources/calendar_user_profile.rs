//! `calendar-user-profile`.

use crate::newfies::{
    form::{Field, Form},
    request_context::RequestContext,
    resources::{Editable, Listing, Resource, calendar::CalendarSettings},
    rows::{calendar::CalendarUserProfile, user::User},
    table::Table,
    timestamp::api_format,
    world::State,
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

pub(in crate::newfies) struct Profiles;

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

    /// Paths contain the calendar user's id, not the profile's.
    fn find(state: &State, id: u64) -> Option<u64> {
        state.profile_of(id).map(|profile| profile.id)
    }

    /// All profiles, whoever their manager is.
    fn sees(_: &RequestContext<'_>, _: &CalendarUserProfile) -> bool {
        true
    }

    fn show(context: &RequestContext<'_>, row: &CalendarUserProfile) -> Value {
        json!({
            "manager": context.username(row.manager),
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
            "created_date": api_format(row.created_date),
            "updated_date": api_format(row.updated_date),
            "calendar_setting": row.calendar_setting,
        })
    }

    fn list(context: &RequestContext<'_>) -> Listing {
        let managed = context.state.profiles.iter().filter(|profile| context.sees(profile.user));
        let items = managed.map(|row| {
            json!({
                // The id is the profile's, so the link leads to another user's profile or nowhere.
                "url": context.links.hand_built(Self::PATH, row.id),
                "id": row.id,
                "accountcode": row.accountcode,
                "calendar_setting": context.links.hand_built(CalendarSettings::PATH, row.calendar_setting),
                "manager": context.username(row.manager),
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
    const SETS_OWNER: bool = true;

    fn set_id(row: &mut CalendarUserProfile, id: u64) {
        row.id = id;
    }

    fn table_mut(state: &mut State) -> &mut Table<CalendarUserProfile> {
        &mut state.profiles
    }

    fn with_defaults(context: &RequestContext<'_>, id: u64) -> CalendarUserProfile {
        CalendarUserProfile::new(id, 0, context.caller.id, 0, context.now)
    }

    fn keep(row: &mut CalendarUserProfile, old: &CalendarUserProfile) {
        row.clone_from(old);
    }

    fn write(row: &mut CalendarUserProfile, form: &mut Form<'_>, context: &RequestContext<'_>) {
        let state = context.state;
        // Its query names a table that doesn't exist.
        let breaks = context.settings.crashes_on_profiles();
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

    fn set_owner(row: &mut CalendarUserProfile, caller: u64, now: DateTime<Utc>) {
        (row.manager, row.updated_date) = (caller, now);
    }

    fn remove(state: &mut State, key: u64) {
        state.profiles.remove(key);
    }
}

/// Countries, by ISO 3166-1 alpha-2.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO \
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO \
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM \
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Languages, by ISO 639-1.
const LANGUAGES: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el \
    en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu \
    ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na \
    nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so \
    sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";
