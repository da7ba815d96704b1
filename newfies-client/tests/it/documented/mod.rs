//! Every operation as it goes over the wire: what is sent, how the documented answer is read, and what each error
//! means.
//!
//! Eight operations are documented with an example. The answers of the other forty are ours, in the shapes of the
//! server's source.

mod answers;
mod failures;
pub(crate) mod operations;
mod requests;

use crate::{
    mock_server::fixture,
    support::{Emulator, scene_of},
};
use chrono::{NaiveDate, NaiveDateTime};
use newfies_client::*;
use serde::de::DeserializeOwned;

care_testkit::contract_tests!(operations::contract());

fn documented<T: DeserializeOwned>(file: &str) -> T {
    serde_json::from_value(fixture(file)).unwrap()
}

fn naive(day: u32, hour: u32, minute: u32, second: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2013, 12, day).unwrap().and_hms_opt(hour, minute, second).unwrap()
}

#[tokio::test]
async fn the_eight_documented_operations_decode_to_the_documented_values() {
    // NEWF-04: the steps use different events.
    let scene = scene_of(Emulator::builder().documented_2013()).await;
    let newfies = &scene.newfies;

    let new = NewCalendarSetting::new("cal_setting", 1, 1, 1).callerid("123456").caller_name("xyz");
    let setting = newfies.calendar_settings().create(new).await.unwrap();
    assert_eq!(setting, documented("create-calendar-setting-response.json"));

    let new = NewCalendarUser::new("caluser3", "caluser3").email("caluser3@example.com");
    let user = newfies.calendar_users().create(new).await.unwrap();
    let mut wanted: CalendarUser = documented("create-calendar-user-response.json");
    wanted.password.clone_from(&user.password);
    assert_eq!(user, wanted, "but for the salt");
    let id = user.id().unwrap();

    let patch = CalendarUserProfilePatch::new().accountcode(35365532).calendar_setting(setting.id());
    let profile = newfies.calendar_user_profiles().update(id, patch).await.unwrap();
    assert_eq!(profile, documented("update-calendar-user-profile-response.json"));

    let calendar = newfies.calendars().create(NewCalendar::new("mynewcalendar", id).max_concurrent(1)).await.unwrap();
    assert_eq!(calendar, documented("create-calendar-response.json"));

    let (start, end) = (naive(10, 12, 34, 43), naive(15, 14, 43, 32));
    let new = NewEvent::new("event_with_new_title", id, calendar.id(), start, end);
    let new = new.end_recurring_period(naive(27, 12, 23, 34)).status(EventStatus::Pending);
    let event = newfies.events().create(new).await.unwrap();
    assert_eq!(event, documented("create-event-response.json"));
    // The next read shows points in time.
    assert!(newfies.events().get(event.id()).await.unwrap().start.instant().is_some());

    let children = newfies.events().children(5).await.unwrap();
    assert_eq!(children, [documented("list-event-children-response.json")]);
    newfies.events().set_last_child_status(5, EventStatus::Paused).await.unwrap();
    assert_eq!(newfies.events().get(11).await.unwrap().status, Some(EventStatus::Paused));
    let log = newfies.alarm_requests().for_event(5).await.unwrap();
    assert_eq!(log, documented("nested-alarm-requests-response.json"));
}
