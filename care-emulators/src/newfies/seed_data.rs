//! The data that an emulator starts with.

use crate::{
    fault::Target,
    newfies::{
        recurrence::Frequency,
        rows::{
            Gateway, SmsGateway, Survey,
            alarm::{Alarm, AlarmRequest},
            calendar::{Calendar, CalendarSetting, CalendarUserProfile},
            event::{Event, Rule},
            user::{NewUser, User},
        },
        settings::Settings,
        world::{State, World},
    },
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use http::Method;
use std::sync::Arc;

/// The default user name.
pub const USERNAME: &str = "manager";

/// The default password. It is not a secret: only emulators accept it.
pub const PASSWORD: &str = "emulator-password";

/// The default token. It is not a secret: only emulators accept it.
pub const TOKEN: &str = "e0000000000000000000000000000000000007ee";

/// The gateway for calls that every emulator starts with. The default manager may use it.
pub const GATEWAY_ID: u64 = 1;

/// The gateway for text messages that every emulator starts with.
pub const SMS_GATEWAY_ID: u64 = 1;

/// The sealed survey that every emulator starts with. It belongs to the default manager.
pub const SURVEY_ID: u64 = 1;

/// The rules of every installation. None has the id 3.
fn add_rules(state: &mut State) {
    let rules = [
        (1, "Monthly", Frequency::Monthly, ""),
        (2, "Weekly (Monday-Friday) R-10", Frequency::Weekly, "count:10;byweekday:0,1,2,3,4"),
        (4, "Weekly (Monday-Friday)", Frequency::Weekly, "byweekday:0,1,2,3,4"),
        (5, "Yearly", Frequency::Yearly, ""),
        (6, "Daily", Frequency::Daily, ""),
    ];
    for (id, name, frequency, params) in rules {
        let params = Some(params.to_owned());
        state.rules.put(id, Rule { id, name: name.to_owned(), description: name.to_owned(), frequency, params });
    }
    state.rules.count_from(6);
}

/// The initial state: the manager, the gateways and the sealed survey.
pub(super) fn begin(settings: &Settings, now: DateTime<Utc>) -> State {
    let mut state = State { dispatched: now, ..State::default() };
    add_rules(&mut state);
    state.gateways.put(GATEWAY_ID, Gateway { id: GATEWAY_ID, name: "Emulated gateway".to_owned(), created_date: now });
    state.sms_gateways.put(SMS_GATEWAY_ID, SmsGateway { id: SMS_GATEWAY_ID, name: "Emulated SMS gateway".to_owned() });
    let manager = NewUser::new(&settings.username, &settings.password).every_permission();
    let user = state.add_user(if settings.superuser { manager.superuser() } else { manager });
    state.tokens.insert(settings.token.clone(), user);
    let survey = Survey { id: SURVEY_ID, name: "Emulated survey".to_owned(), user, created_date: now };
    state.survey_templates.put(SURVEY_ID, survey.clone());
    state.sealed_surveys.put(SURVEY_ID, survey);
    state
}

/// The time of the first documented example: 16 December 2013, 11:19:29.994.
pub(super) fn documented_start() -> DateTime<Utc> {
    documented(16, (11, 19, 29, 994_000))
}

/// A time on a day of December 2013.
fn documented(day: u32, (hour, minute, second, micro): (u32, u32, u32, u32)) -> DateTime<Utc> {
    let date = NaiveDate::from_ymd_opt(2013, 12, day).unwrap_or_default();
    date.and_hms_micro_opt(hour, minute, second, micro).unwrap_or_default().and_utc()
}

/// Adds the data of the documented examples, and continues ids where theirs do.
pub(super) fn add_documented(state: &mut State, now: DateTime<Utc>) {
    let (user, calendar, profile, setting) = (5, 3, 3, 2);
    let manager = state.users.iter().next().map(|user| user.id).unwrap_or_default();
    state.users.put(user, User { username: "documented".to_owned(), ..User::new(user) });
    let setting = CalendarSetting {
        id: setting,
        user: manager,
        label: "documented".to_owned(),
        callerid: None,
        caller_name: String::new(),
        call_timeout: 60,
        survey: SURVEY_ID,
        aleg_gateway: GATEWAY_ID,
        sms_gateway: Some(SMS_GATEWAY_ID),
        voicemail: false,
        amd_behavior: Some(1),
        voicemail_audiofile: None,
        created_date: now,
        updated_date: now,
    };
    state.profiles.put(profile, CalendarUserProfile::new(profile, user, manager, setting.id, now));
    state.settings.put(setting.id, setting);
    let owned = Calendar {
        id: calendar,
        name: "documented".to_owned(),
        user: Some(user),
        max_concurrent: Some(0),
        created_date: now,
    };
    state.calendars.put(calendar, owned);
    let start = documented(17, (16, 26, 7, 0));
    let event = Event {
        title: "EventTitle".to_owned(),
        description: Some(String::new()),
        start: start - TimeDelta::days(1),
        end: start - TimeDelta::days(1) + TimeDelta::hours(1),
        creator: user,
        calendar,
        rule: Some(6),
        status: Some(2),
        ..Event::new(5, now)
    };
    let child = Event {
        id: 11,
        start,
        end: start + TimeDelta::hours(1),
        parent_event: Some(5),
        occ_count: Some(1),
        ..event.clone()
    };
    state.events.put(5, event);
    state.events.put(11, child);
    let tries = [
        (21, 40, 15_722, 5, 13, documented(16, (17, 20, 27, 849_068))),
        (23, 48, 15_731, 4, 0, documented(18, (17, 19, 23, 368_534))),
        (23, 49, 15_732, 5, 13, documented(18, (17, 20, 5, 62_474))),
    ];
    for (alarm, id, call, status, duration, date) in tries {
        state.alarms.put(alarm, Alarm { status: 5, ..Alarm::new(alarm, 11, now) });
        let request = AlarmRequest {
            date,
            status: Some(status),
            duration: Some(duration),
            callrequest: Some(call),
            ..AlarmRequest::new(id, Some(alarm), date)
        };
        state.alarm_requests.put(id, request);
    }
    state.users.count_from(5);
    state.profiles.count_from(3);
    state.settings.count_from(2);
    state.calendars.count_from(3);
    state.events.count_from(2);
    state.alarms.count_from(23);
    state.alarm_requests.count_from(49);
    state.call_requests.count_from(15_732);
}

/// Moves the clock to the documented times when the documented requests arrive.
pub(super) fn plan_documented(world: &Arc<World>) {
    let times = [
        (Method::POST, "/calendar-setting/", documented_start()),
        (Method::POST, "/calendar-user/", documented(16, (11, 20, 33, 456_000))),
        (Method::PATCH, "/calendar-user-profile/6/", documented(16, (11, 23, 44, 342_000))),
        (Method::POST, "/calendar/", documented(16, (11, 25, 1, 378_000))),
        (Method::POST, "/event/", documented(16, (11, 26, 56, 56_000))),
        (Method::GET, "/get_list_child/", documented(19, (16, 37, 22, 0))),
        (Method::GET, "/get_nested_alarm_request/", documented(19, (16, 41, 22, 0))),
    ];
    for (method, path, time) in times {
        let move_clock = move |world: &Arc<World>| world.clock.move_to(time);
        world.hooks.before.add(Target::new(method.as_str(), path), Box::new(move_clock));
    }
}
