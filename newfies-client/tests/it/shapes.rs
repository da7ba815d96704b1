//! The ways in which programs use calls, ids and workflows compile and work.

use crate::support::*;
use futures_util::{TryStreamExt, future::join_all};
use newfies_client::*;
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;
use tokio::time::timeout;

fn shared<T: Send + Sync + 'static>() {}
fn cloned<T: Clone + Debug + Send + Sync + 'static>() {}
fn sent<T: Debug + Send + 'static>() {}
fn kept<T: Clone + Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static>() {}

#[test]
fn public_types_are_send_and_sync() {
    cloned::<Newfies>();
    cloned::<Error>();
    cloned::<Reminder>();
    cloned::<Notice>();
    cloned::<Scheduled>();
    cloned::<Summary>();
    cloned::<Series>();
    cloned::<Finished>();
    cloned::<Preflight>();
    cloned::<WorkflowFailure>();
    cloned::<ApiFault>();
    cloned::<NewEvent>();
    cloned::<EventPatch>();
    cloned::<List<Event>>();
    cloned::<Link<Event>>();
    shared::<Call<Create<Event>>>();
    shared::<Call<List<Alarm>>>();
    sent::<NewfiesBuilder>();
    sent::<WaitForResult>();
    sent::<ScheduleReminder>();
    sent::<CancelSeries>();
    sent::<Items<List<Event>>>();
    kept::<CalendarSetting>();
    kept::<CalendarUser>();
    kept::<CalendarUserProfile>();
    kept::<CalendarUserProfileRow>();
    kept::<Calendar>();
    kept::<Event>();
    kept::<ChildEvent>();
    kept::<Alarm>();
    kept::<AlarmRow>();
    kept::<AlarmRequest>();
    kept::<EventLog>();
    kept::<Rule>();
    kept::<ServerTime>();
    kept::<EventId>();
    kept::<AlarmStatus>();
    kept::<Link<Calendar>>();
}

#[tokio::test(start_paused = true)]
async fn operations_take_ids_in_every_form() {
    let scene = scene().await;
    let doctor = scene.doctor().await;
    let calendar = scene.newfies.calendars().create(NewCalendar::new("c", doctor)).await.unwrap();
    let calendars = scene.newfies.calendars();
    for found in [
        calendars.get(calendar.id()).await.unwrap(),
        calendars.get(calendar.url).await.unwrap(),
        calendars.get(calendar.id().get()).await.unwrap(),
        calendars.get("1".parse::<CalendarId>().unwrap()).await.unwrap(),
    ] {
        assert_eq!(found, calendar);
    }
    let at = start();
    let end = at + chrono::TimeDelta::hours(1);
    for event in [
        NewEvent::new("a", doctor, calendar.id(), at, end),
        NewEvent::new(String::from("b"), Link::to(doctor), calendar.url, at.fixed_offset(), end),
        NewEvent::new("c", doctor.get(), 1, at.naive_utc(), end.naive_utc()),
    ] {
        scene.newfies.events().create(event).await.unwrap();
    }
    assert_eq!(scene.controller.events().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn calls_streams_and_workflows_work_with_join_timeout_and_spawn_and_outlive_their_client() {
    let scene = scene().await;
    let scheduled = scene.newfies.schedule_reminder(reminder()).await.unwrap();
    let (event, alarm) = (scheduled.event, scheduled.alarms[0]);
    let newfies = scene.newfies.clone();
    let (a, b) = tokio::join!(newfies.events().get(event), newfies.alarms().get(alarm));
    assert_eq!((a.unwrap().id(), b.unwrap().id()), (event, alarm));
    timeout(secs(1), newfies.summary(event)).await.unwrap().unwrap();
    let all = join_all((0..3).map(|_| newfies.events().get(event).into_future())).await;
    assert!(all.iter().all(Result::is_ok));
    let (items, wait, again) = (
        newfies.alarms().list(List::new()).items(),
        newfies.wait_for_result(alarm),
        newfies.schedule_reminder(reminder()),
    );
    drop(newfies);
    let items = tokio::spawn(items.map_ok(|alarm| alarm.id()).try_collect::<Vec<_>>());
    assert_eq!(items.await.unwrap().unwrap(), scheduled.alarms);
    scene.controller.ring(alarm.get()).unwrap();
    scene.controller.answer(alarm.get()).unwrap();
    assert_eq!(tokio::spawn(wait.into_future()).await.unwrap().unwrap().end, AlarmEnd::Succeeded);
    assert!(tokio::spawn(again.into_future()).await.unwrap().unwrap().created.is_empty());
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_before_it_is_awaited() {
    let scene = scene().await;
    drop((scene.newfies.schedule_reminder(reminder()), scene.newfies.wait_for_result(1), scene.newfies.summary(1)));
    drop((scene.newfies.events().delete(1), scene.newfies.preflight(), scene.newfies.cancel_series(1)));
    assert_eq!(scene.transport.total(), 0);
}
