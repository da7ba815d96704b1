//! All 48 operations against a server with state.

use crate::support::*;
use futures_util::TryStreamExt;
use newfies_client::*;

#[tokio::test]
async fn rows_are_created_read_changed_replaced_and_deleted() {
    let scene = scene_of(Emulator::builder().generation(Generation::G0)).await;
    let newfies = &scene.newfies;

    let settings = newfies.calendar_settings();
    let setting = settings.create(new_setting()).await.unwrap();
    assert_eq!((setting.label.as_str(), setting.call_timeout), ("surgery", Some(60)));
    let patched = settings.update(setting.id(), CalendarSettingPatch::new().call_timeout(30)).await.unwrap();
    assert_eq!((patched.call_timeout, &patched.callerid), (Some(30), &setting.callerid));
    let replaced = settings.replace(setting.id(), new_setting()).await.unwrap();
    assert_eq!(
        (replaced.id(), replaced.call_timeout),
        (setting.id(), Some(60)),
        "what isn't set has its default again"
    );
    assert_eq!(settings.get(setting.id()).await.unwrap().label, "surgery");
    assert_eq!(settings.list(List::new()).await.unwrap().items.len(), 1);

    let users = newfies.calendar_users();
    let user = users.create(new_user().email("dr@example.com")).await.unwrap();
    let id = user.id().unwrap();
    assert!(user.password.unwrap().expose().contains('$'), "a hash");
    assert_eq!(
        users.update(id, CalendarUserPatch::new().first_name("Jo")).await.unwrap().first_name,
        Some("Jo".into())
    );
    let read = users.get(id).await.unwrap();
    let hash = read.password.unwrap();
    let replacement = CalendarUserReplacement::new("dr-example", hash.clone()).last_name("Example");
    users.replace(id, replacement).await.unwrap();
    let read = users.get(id).await.unwrap();
    assert_eq!((read.password, read.last_name), (Some(hash), Some("Example".into())), "the hash is kept as it is");
    assert_eq!(users.list().await.unwrap()[0].id(), Some(id));

    let profiles = newfies.calendar_user_profiles();
    let profile = profiles.get(id).await.unwrap();
    assert_eq!((profile.user, profile.calendar_setting), (id, setting.id()));
    let patch = CalendarUserProfilePatch::new().city("Springfield").accountcode(7);
    assert_eq!(profiles.update(id, patch).await.unwrap().accountcode, Some(Personal(7)));
    let rows = profiles.list().await.unwrap();
    assert_eq!((rows.len(), rows[0].id, rows[0].calendar_setting), (1, profile.id, Some(Link::to(setting.id()))));
    let replaced = profiles.replace(id, NewCalendarUserProfile::new(id, setting.id())).await.unwrap();
    assert_eq!(replaced.city, None);
    profiles.delete(id).await.unwrap();
    assert!(profiles.get(id).await.unwrap_err().is_not_found());
    profiles.create(NewCalendarUserProfile::new(id, setting.id())).await.unwrap();

    let calendars = newfies.calendars();
    let calendar = calendars.create(NewCalendar::new("Surgery", id)).await.unwrap();
    assert_eq!(
        calendars.update(calendar.id(), CalendarPatch::new().max_concurrent(2)).await.unwrap().max_concurrent,
        Some(2)
    );
    calendars.replace(calendar.id(), NewCalendar::new("Ward", id)).await.unwrap();
    assert_eq!(calendars.get(calendar.id()).await.unwrap().name.as_str(), "Ward");
    assert_eq!(calendars.list(List::new()).await.unwrap().total, Some(1));

    let events = newfies.events();
    let new = || NewEvent::new("Visit", id, calendar.id(), start(), start() + chrono::TimeDelta::hours(1));
    let event = events.create(new()).await.unwrap();
    let patch = EventPatch::new().description("teeth").status(EventStatus::Paused);
    let patched = events.update(event.id(), patch).await.unwrap();
    assert_eq!((patched.status, patched.description), (Some(EventStatus::Paused), Some("teeth".into())));
    let replaced = events.replace(event.id(), new()).await.unwrap();
    assert_eq!((replaced.status, replaced.description), (Some(EventStatus::Pending), None));
    assert!(events.get(event.id()).await.unwrap().start.is_same(start().into()));
    assert_eq!(events.list(List::new()).await.unwrap().items.len(), 1);
    assert!(events.children(event.id()).await.unwrap().is_empty());
    events.set_last_child_status(event.id(), EventStatus::Paused).await.unwrap();

    let alarms = newfies.alarms();
    let new = || NewAlarm::call(event.id(), start(), PATIENT, 1).maxretry(1);
    let alarm = alarms.create(new()).await.unwrap();
    assert_eq!((alarm.method, alarm.status, alarm.maxretry), (AlarmMethod::Call, AlarmStatus::Pending, Some(1)));
    let patched = alarms.update(alarm.id(), AlarmPatch::new().phonenumber_sms_failure("+12025550102")).await.unwrap();
    assert_eq!(patched.phonenumber_sms_failure, Some("+12025550102".into()));
    assert_eq!(alarms.replace(alarm.id(), new()).await.unwrap().phonenumber_sms_failure, None);
    assert_eq!(alarms.get(alarm.id()).await.unwrap().event, Some(Link::to(event.id())));
    assert_eq!(alarms.list(List::new()).items().try_collect::<Vec<_>>().await.unwrap().len(), 1);

    let requests = newfies.alarm_requests();
    let request = requests.create(NewAlarmRequest::new(alarm.id(), start())).await.unwrap();
    assert_eq!(requests.update(request.id(), AlarmRequestPatch::new().duration(13)).await.unwrap().duration, Some(13));
    requests.replace(request.id(), NewAlarmRequest::new(alarm.id(), start())).await.unwrap();
    assert_eq!(requests.get(request.id()).await.unwrap().alarm, Some(Link::to(alarm.id())));
    assert_eq!(requests.list(List::new()).await.unwrap().items.len(), 1);
    assert!(requests.for_event(event.id()).await.unwrap().alarms.is_empty(), "the root's own aren't among them");

    let rules = newfies.rules();
    let all: Vec<Rule> = rules.list(List::new()).items().try_collect().await.unwrap();
    assert!(all.iter().any(|rule| rule.name == "Daily" && rule.frequency == Frequency::Daily));
    assert_eq!(rules.get(2).await.unwrap().parameters().count(), Some(10));

    requests.delete(request.id()).await.unwrap();
    alarms.delete(alarm.id()).await.unwrap();
    events.delete(event.id()).await.unwrap();
    calendars.delete(calendar.id()).await.unwrap();
    users.delete(id).await.unwrap();
    settings.delete(setting.id()).await.unwrap();
    assert_eq!(scene.rows(), [0, 0, 0, 0, 0]);
}

#[tokio::test]
async fn a_replacement_leaves_nothing_of_the_former_row() {
    // NEWF-56: the server would keep each of these.
    let scene = scene_of(Emulator::builder().generation(Generation::G0)).await;
    let newfies = &scene.newfies;
    let setting = newfies.calendar_settings().create(new_setting().caller_name("Dr. Example")).await.unwrap();
    let replaced = newfies.calendar_settings().replace(setting.id(), new_setting()).await.unwrap();
    assert_eq!(replaced.caller_name.0, "");

    let doctor = scene.doctor().await;
    let person = CalendarUserPatch::new().first_name("Jo").last_name("Example").email("jo@example.com");
    let hash = newfies.calendar_users().update(doctor, person).await.unwrap().password.unwrap();
    newfies.calendar_users().replace(doctor, CalendarUserReplacement::new("dr", hash)).await.unwrap();
    let read = newfies.calendar_users().get(doctor).await.unwrap();
    let shown = [read.first_name, read.last_name, read.email].map(|text| text.map(|text| text.0));
    assert!(shown.iter().all(|text| text.as_deref().unwrap_or_default().is_empty()), "{shown:?}");

    let calendar = newfies.calendars().create(NewCalendar::new("Surgery", doctor)).await.unwrap();
    let event = NewEvent::new("Visit", doctor, calendar.id(), start(), start() + chrono::TimeDelta::hours(1));
    let patient = serde_json::Map::from_iter([("name".to_owned(), "Alex".into())]);
    let former = newfies.events().create(event.clone().description("teeth").data(patient)).await.unwrap();
    let replaced = newfies.events().replace(former.id(), event).await.unwrap();
    assert!(replaced.description.is_none() && replaced.data.is_none(), "{replaced:?}");

    let call = || NewAlarm::call(former.id(), start(), PATIENT, 1);
    let alarm = newfies.alarms().create(call().phonenumber_sms_failure("+12025550102")).await.unwrap();
    let replaced = newfies.alarms().replace(alarm.id(), call()).await.unwrap();
    assert_eq!((replaced.phonenumber_sms_failure, replaced.alarm_phonenumber), (None, Some(PATIENT.into())));
}

#[tokio::test]
async fn the_last_generation_lists_the_alarms_of_an_event_in_three_shapes() {
    // NEWF-11, NEWF-18
    let scene = scene().await;
    let doctor = scene.doctor().await;
    let newfies = &scene.newfies;
    let calendar = newfies.calendars().create(NewCalendar::new("Surgery", doctor)).await.unwrap();
    let event = NewEvent::new("Visit", doctor, calendar.id(), start(), start() + chrono::TimeDelta::hours(1));
    let event = newfies.events().create(event).await.unwrap().id();
    // This generation lacks the list.
    let error = newfies.events().alarms(event).await.unwrap_err();
    assert!(error.to_string().contains("before 2.15"), "{error}");

    let scene = scene_of(Emulator::builder().generation(Generation::G2)).await;
    let newfies = &scene.newfies;
    let doctor = scene.doctor_of_the_web().await;
    let calendar = newfies.calendars().create(NewCalendar::new("Surgery", doctor)).await.unwrap();
    let event = NewEvent::new("Visit", doctor, calendar.id(), start(), start() + chrono::TimeDelta::hours(1));
    let event = newfies.events().create(event).await.unwrap().id();
    for n in 0..3 {
        let alarms = newfies.events().alarms(event).await.unwrap();
        assert_eq!(alarms.len(), n);
        assert!(alarms.iter().all(|alarm| alarm.status == Some(AlarmStatus::Pending)));
        newfies.alarms().create(NewAlarm::call(event, start(), PATIENT, 1)).await.unwrap();
    }
}

#[tokio::test]
async fn the_address_of_a_profile_in_a_list_leads_to_another_user() {
    // NEWF-12
    let scene = scene().await;
    scene.newfies.calendar_settings().create(new_setting()).await.unwrap();
    let manager = scene.emulator.username();
    let first: CalendarUserId = scene.controller.add_calendar_user(manager, "first", "x").unwrap().into();
    scene.controller.add_calendar_user(manager, "second", "x").unwrap();
    let rows = scene.newfies.calendar_user_profiles().list().await.unwrap();
    let profile = scene.newfies.calendar_user_profiles().get(first).await.unwrap();
    let row = rows.iter().find(|row| row.id == profile.id).unwrap();
    let address = row.url.as_deref().unwrap();
    assert!(address.ends_with(&format!("/{}/", profile.id)) && profile.id.get() != first.get(), "{address}");
}

#[tokio::test]
async fn the_fields_of_a_setting_and_a_calendar_are_stored() {
    // NEWF-30: the server would ignore an unknown name silently.
    let scene = scene().await;
    let doctor = scene.doctor().await;
    let newfies = &scene.newfies;
    let raw = RequestParts::post(["calendar"]).trailing_slash();
    let body = serde_json::json!({"name": "c", "users": "/rest-api/calendar-user/2/"});
    let answer = newfies.raw(raw.json(&body).unwrap()).await.unwrap();
    assert_eq!(answer.status.as_u16(), 201, "and the calendar is nobody's");

    let new = new_setting().caller_name("n").call_timeout(9).voicemail(true).amd_behavior(AmdBehavior::HumanOnly);
    let made = newfies.calendar_settings().create(new).await.unwrap();
    assert_eq!((made.caller_name.as_str(), made.call_timeout, made.voicemail), ("n", Some(9), Some(true)));
    assert_eq!((made.amd_behavior, made.survey), (Some(AmdBehavior::HumanOnly), Some(Link::to(1))));
    assert_eq!((made.aleg_gateway, made.sms_gateway), (Some(Link::to(1)), Some(Link::to(1))));

    let calendar = newfies.calendars().create(NewCalendar::new("c", doctor).max_concurrent(3)).await.unwrap();
    assert_eq!((calendar.max_concurrent, calendar.user), (Some(3), Some(Link::to(doctor))));
}

#[tokio::test]
async fn the_fields_of_an_event_are_stored() {
    // NEWF-30
    let scene = scene().await;
    let doctor = scene.doctor().await;
    let newfies = &scene.newfies;
    let calendar = newfies.calendars().create(NewCalendar::new("c", doctor)).await.unwrap();
    let (at, end) = (start(), start() + chrono::TimeDelta::hours(1));
    let data = serde_json::json!({"doc_name": "Example"}).as_object().cloned().unwrap();
    let new = NewEvent::new("t", doctor, calendar.id(), at, end).description("d").rule(6).data(data);
    let new = new.end_recurring_period(end).notify_count(2).occ_count(4).status(EventStatus::Paused).created_on(at);
    let made = newfies.events().create(new).await.unwrap();
    assert_eq!((made.description.clone(), made.rule), (Some("d".into()), Some(Link::to(6))));
    assert_eq!((made.notify_count, made.occ_count, made.status), (Some(2), Some(4), Some(EventStatus::Paused)));
    assert_eq!(made.data.as_ref().map(|data| data.0["doc_name"].clone()), Some("Example".into()));
    assert!(made.end_recurring_period.unwrap().is_same(end.into()) && made.created_on.unwrap().is_same(at.into()));
    let child = NewEvent::new("t", doctor, calendar.id(), at, end).parent_event(made.url);
    assert_eq!(newfies.events().create(child).await.unwrap().parent_event, Some(made.url));
}

#[tokio::test]
async fn the_fields_of_an_alarm_are_stored() {
    // NEWF-30
    let scene = scene().await;
    let doctor = scene.doctor().await;
    let newfies = &scene.newfies;
    let calendar = newfies.calendars().create(NewCalendar::new("c", doctor)).await.unwrap();
    let (at, end) = (start(), start() + chrono::TimeDelta::hours(1));
    let event = newfies.events().create(NewEvent::new("t", doctor, calendar.id(), at, end)).await.unwrap();
    let (morning, noon) =
        (chrono::NaiveTime::from_hms_opt(6, 0, 0).unwrap(), chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap());
    let new =
        NewAlarm::call(event.id(), at, PATIENT, 1).alarm_email("jo@example.com").daily_start(morning).daily_stop(noon);
    let new = new.advance_notice(5).maxretry(2).retry_delay(3).num_attempt(1).status(AlarmStatus::Success);
    let new =
        new.result(AlarmResult::Confirmed).url_cancel("http://a.example.com/").url_confirm("http://b.example.com/");
    let new = new.phonenumber_transfer("+12025550103").phonenumber_sms_failure("+12025550102");
    let alarm = newfies.alarms().create(new).await.unwrap();
    assert_eq!((alarm.alarm_phonenumber, alarm.alarm_email), (Some(PATIENT.into()), Some("jo@example.com".into())));
    assert_eq!((alarm.daily_start, alarm.daily_stop, alarm.advance_notice), (Some(morning), Some(noon), Some(5)));
    assert_eq!((alarm.maxretry, alarm.retry_delay, alarm.num_attempt), (Some(2), Some(3), Some(1)));
    assert_eq!((alarm.status, alarm.result), (AlarmStatus::Success, Some(AlarmResult::Confirmed)));
    assert!(alarm.url_cancel.is_some_and(|url| url.contains("a.example")));
    assert!(alarm.url_confirm.is_some_and(|url| url.contains("b.example")));
    assert_eq!(alarm.phonenumber_transfer, Some("+12025550103".into()));
    assert_eq!(alarm.phonenumber_sms_failure, Some("+12025550102".into()));
}

#[tokio::test]
async fn the_fields_of_a_profile_are_stored() {
    // NEWF-30
    let scene = scene().await;
    let doctor = scene.doctor().await;
    let newfies = &scene.newfies;
    let patch = CalendarUserProfilePatch::new().address("1").city("2").state("3").country("US").zip_code("4");
    let patch = patch.phone_no("+12025550104").fax("+12025550105").company_name("5").note("6").language("en");
    let patch = patch.company_website("http://c.example.com/").accountcode(7);
    let profile = newfies.calendar_user_profiles().update(doctor, patch).await.unwrap();
    let shown = serde_json::to_value(&profile).unwrap();
    for (name, value) in [("address", "1"), ("city", "2"), ("state", "3"), ("country", "US"), ("zip_code", "4")] {
        assert_eq!(shown[name], value, "{name}");
    }
    for (name, value) in [("phone_no", "+12025550104"), ("fax", "+12025550105"), ("company_name", "5"), ("note", "6")] {
        assert_eq!(shown[name], value, "{name}");
    }
    assert_eq!((&shown["language"], &shown["company_website"]), (&"en".into(), &"http://c.example.com/".into()));
}

#[tokio::test]
async fn a_field_that_the_server_calls_required_can_be_omitted() {
    // NEWF-32
    let scene = scene().await;
    let doctor = scene.doctor().await;
    let options = RequestParts::new(http::Method::OPTIONS, ["event"]).trailing_slash();
    let told: serde_json::Value = scene.newfies.raw(options).await.unwrap().json().unwrap();
    assert_eq!(told["actions"]["POST"]["created_on"]["required"], true, "{told}");
    let calendar = scene.newfies.calendars().create(NewCalendar::new("c", doctor)).await.unwrap();
    let new = NewEvent::new("t", doctor, calendar.id(), start(), start() + chrono::TimeDelta::hours(1));
    assert!(scene.newfies.events().create(new).await.unwrap().created_on.is_some());
    let sent: serde_json::Value = serde_json::from_slice(&scene.transport.sent("POST", "/event/")[0].body).unwrap();
    assert!(sent.get("created_on").is_none(), "{sent}");
}
