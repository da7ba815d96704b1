//! `calendar` and `calendar-setting`.

use crate::newfies::{
    form::{Field, Form},
    request_context::RequestContext,
    resources::{
        Editable, Resource,
        calendar_user::CalendarUsers,
        static_resources::{Gateways, SealedSurveys, SmsGateways},
    },
    rows::calendar::{Calendar, CalendarSetting},
    table::Table,
    timestamp::api_format,
    world::State,
};
use chrono::{DateTime, Utc};
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

pub(in crate::newfies) struct CalendarSettings;

impl Resource for CalendarSettings {
    type Row = CalendarSetting;

    const PATH: &'static str = "calendar-setting";
    const MODEL: Option<&'static str> = Some("calendarsetting");

    fn table(state: &State) -> &Table<CalendarSetting> {
        &state.settings
    }

    fn id(row: &CalendarSetting) -> u64 {
        row.id
    }

    fn sees(context: &RequestContext<'_>, row: &CalendarSetting) -> bool {
        context.caller.is_superuser || row.user == context.caller.id
    }

    fn show(context: &RequestContext<'_>, row: &CalendarSetting) -> Value {
        let links = context.links;
        json!({
            "user": context.username(row.user),
            "sms_gateway": links.to_some(SmsGateways::PATH, row.sms_gateway),
            "url": links.to(Self::PATH, row.id),
            "label": row.label,
            "callerid": row.callerid,
            "caller_name": row.caller_name,
            "call_timeout": row.call_timeout,
            "survey": links.to(SealedSurveys::PATH, row.survey),
            "aleg_gateway": links.to(Gateways::PATH, row.aleg_gateway),
            "voicemail": row.voicemail,
            "amd_behavior": row.amd_behavior,
            "voicemail_audiofile": links.to_some("audio-files", row.voicemail_audiofile),
            "created_date": api_format(row.created_date),
            "updated_date": api_format(row.updated_date),
        })
    }

    /// The serializer reads the gateways of the caller's user profile.
    fn breaks(context: &RequestContext<'_>) -> bool {
        !context.caller.has_profile
    }
}

impl Editable for CalendarSettings {
    const SETS_OWNER: bool = true;

    fn set_id(row: &mut CalendarSetting, id: u64) {
        row.id = id;
    }

    fn table_mut(state: &mut State) -> &mut Table<CalendarSetting> {
        &mut state.settings
    }

    fn with_defaults(context: &RequestContext<'_>, id: u64) -> CalendarSetting {
        CalendarSetting {
            id,
            user: context.caller.id,
            label: String::new(),
            callerid: None,
            caller_name: String::new(),
            call_timeout: 60,
            survey: 0,
            aleg_gateway: 0,
            sms_gateway: None,
            voicemail: false,
            amd_behavior: Some(1),
            voicemail_audiofile: None,
            created_date: context.now,
            updated_date: context.now,
        }
    }

    fn keep(row: &mut CalendarSetting, old: &CalendarSetting) {
        row.created_date = old.created_date;
        row.callerid.clone_from(&old.callerid);
        row.caller_name.clone_from(&old.caller_name);
    }

    fn write(row: &mut CalendarSetting, form: &mut Form<'_>, context: &RequestContext<'_>) {
        let (state, caller) = (context.state, context.caller.id);
        let caller_id: fn(_) -> _ =
            if context.settings.generation.needs_caller_id() { Field::needed } else { Field::optional };
        form.text(Field::needed("label"), 80, &mut row.label);
        form.text_or_null(caller_id("callerid"), 80, &mut row.callerid);
        form.text(Field::optional("caller_name"), 80, &mut row.caller_name);
        form.integer("call_timeout", &mut row.call_timeout);
        let is_own = |id| state.sealed_surveys.get(id).is_some_and(|survey| survey.user == caller);
        form.link("survey", SealedSurveys::PATH, is_own, &mut row.survey);
        let gateways = state.users.get(caller).and_then(|user| user.gateways.as_ref());
        let may_use = |id| gateways.is_some_and(|own| own.contains(&id)) && state.gateways.has(id);
        form.link("aleg_gateway", Gateways::PATH, may_use, &mut row.aleg_gateway);
        // Missing from a create it is an error; sent as null it is none.
        let needed = Field { is_required: false, ..Field::needed("sms_gateway") };
        form.link_or_null(needed, SmsGateways::PATH, |id| state.sms_gateways.has(id), &mut row.sms_gateway);
        form.boolean("voicemail", &mut row.voicemail);
        form.choice_or_null(Field::optional("amd_behavior"), 1..=3, &mut row.amd_behavior);
        // Uploading audio files isn't emulated.
        form.link_or_null(
            Field::optional("voicemail_audiofile"),
            "audio-files",
            |_| false,
            &mut row.voicemail_audiofile,
        );
    }

    fn set_owner(row: &mut CalendarSetting, caller: u64, now: DateTime<Utc>) {
        (row.user, row.updated_date) = (caller, now);
    }

    fn remove(state: &mut State, key: u64) {
        state.remove_setting(key);
    }
}
