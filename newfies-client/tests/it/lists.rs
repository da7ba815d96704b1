//! Lists: their shapes, numbered pages, and rows that move during a walk.

use crate::support::*;
use futures_util::{StreamExt, TryStreamExt};
use newfies_client::*;
use std::collections::BTreeSet;

async fn with_calendars(builder: care_emulators::newfies::EmulatorBuilder, number: usize) -> Scene {
    let scene = scene_of(builder).await;
    let doctor = scene.doctor_of_the_web().await;
    for n in 0..number {
        scene.newfies.calendars().create(NewCalendar::new(format!("calendar {n}"), doctor)).await.unwrap();
    }
    scene
}

fn names(calendars: &[Calendar]) -> BTreeSet<String> {
    calendars.iter().map(|calendar| calendar.name.0.clone()).collect()
}

#[tokio::test(start_paused = true)]
async fn an_unpaged_list_is_read_in_all_three_shapes() {
    // NEWF-11
    let scene = scene().await;
    assert!(scene.newfies.calendar_users().list().await.unwrap().is_empty());
    assert!(scene.newfies.calendar_user_profiles().list().await.unwrap().is_empty());
    scene.newfies.calendar_settings().create(new_setting()).await.unwrap();
    for n in 1..=3 {
        scene.controller.add_calendar_user(scene.emulator.username(), &format!("user {n}"), "x").unwrap();
        assert_eq!(scene.newfies.calendar_users().list().await.unwrap().len(), n);
        assert_eq!(scene.newfies.calendar_user_profiles().list().await.unwrap().len(), n);
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_has_ten_rows_and_the_total_and_a_walk_has_all_rows() {
    // NEWF-51
    for number in [0, 1, 10, 11, 25] {
        let scene = with_calendars(Emulator::builder(), number).await;
        let page = scene.newfies.calendars().list(List::new()).await.unwrap();
        assert_eq!((page.items.len(), page.total), (number.min(10), Some(number as u64)));
        let before = scene.transport.count("GET", "/calendar/");
        let all: Vec<Calendar> = scene.newfies.calendars().list(List::new()).items().try_collect().await.unwrap();
        assert_eq!(names(&all).len(), number);
        let requests = scene.transport.count("GET", "/calendar/") - before;
        assert_eq!(requests, number.div_ceil(10).max(1), "no page beyond the end is asked for");
        let windows: Vec<Calendar> =
            scene.newfies.calendars().list(List::new()).items().with_windows(3).try_collect().await.unwrap();
        assert_eq!(names(&windows).len(), number);
    }
}

#[tokio::test(start_paused = true)]
async fn a_bare_nan_in_one_row_hides_no_other() {
    // The server takes NaN in the data of an event, and Python writes it as it is.
    let scene = with_calendars(Emulator::builder(), 3).await;
    for odd in ["NaN", "-Infinity", "1e400", "\"\\ud83d\""] {
        let edit = Step::text(move |body| {
            assert!(body.contains("\"max_concurrent\":0"), "{body}");
            *body = body.replacen("\"max_concurrent\":0", &format!("\"max_concurrent\":{odd}"), 1);
        });
        scene.transport.plan("GET", "/calendar/", [edit]);
        let page = scene.newfies.calendars().list(List::new()).await.unwrap();
        assert_eq!((page.items.len(), page.undecodable.len(), page.total), (2, 1, Some(3)), "{odd}");
        assert_eq!(page.undecodable[0].error.at(), "[0].max_concurrent", "{odd}");
    }
}

#[tokio::test(start_paused = true)]
async fn any_page_can_be_read_and_a_missing_one_is_explained() {
    let scene = with_calendars(Emulator::builder(), 12).await;
    let page = |number| scene.newfies.calendars().list(List::new().page(number));
    assert_eq!(page(2).await.unwrap().items.len(), 2);
    assert_eq!(page(0).await.unwrap().items.len(), 10);
    let error = page(3).await.unwrap_err();
    assert!(error.is_not_found() && error.to_string().contains("no such page"), "{error}");
    let rest: Vec<Calendar> = page(2).items().try_collect().await.unwrap();
    assert_eq!(rest.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn rows_that_move_during_a_walk_are_yielded_once() {
    // NEWF-51: without an order, a database returns the row written last at the end.
    let scene = with_calendars(Emulator::builder().unordered_lists(), 25).await;
    let calendars = scene.newfies.calendars();
    let mut seen = Vec::new();
    let mut items = calendars.list(List::new()).items();
    while let Some(calendar) = items.next().await {
        seen.push(calendar.unwrap());
        if seen.len() == 5 {
            // A row of the first page, which is read already: rows of the second move up.
            calendars.update(seen[0].id(), CalendarPatch::new().max_concurrent(1)).await.unwrap();
        }
    }
    assert_eq!((names(&seen).len(), seen.len()), (25, 25));
}

#[tokio::test(start_paused = true)]
async fn deleting_each_listed_row_leaves_none() {
    // NEWF-51
    let scene = with_calendars(Emulator::builder(), 35).await;
    let mut items = scene.newfies.calendars().list(List::new()).items();
    while let Some(calendar) = items.next().await {
        scene.newfies.calendars().delete(calendar.unwrap().id()).await.unwrap();
    }
    assert!(scene.controller.calendars().is_empty());
}

#[tokio::test(start_paused = true)]
async fn links_with_another_scheme_are_read() {
    // NEWF-44
    let scene = with_calendars(Emulator::builder().behind_tls(), 1).await;
    let users = scene.newfies.calendar_users().list().await.unwrap();
    let calendar = scene.newfies.calendars().list(List::new()).await.unwrap().items.remove(0);
    assert_eq!(users[0].url, calendar.user);
}

#[tokio::test(start_paused = true)]
async fn a_host_that_is_not_allowed_is_explained() {
    // NEWF-45
    let scene = scene_of(Emulator::builder().allowed_hosts(["dialer.example.com"])).await;
    let error = scene.newfies.events().list(List::new()).await.unwrap_err();
    assert!(error.to_string().contains("ALLOWED_HOSTS"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_about_another_row_proves_nothing() {
    let scene = with_calendars(Emulator::builder(), 2).await;
    let page = scene.newfies.calendars().list(List::new()).await.unwrap();
    let (one, other) = (page.items[0].id(), page.items[1].id());
    let path = format!("/calendar/{one}/");
    let stranger = move || {
        Step::text(move |body| *body = body.replace(&format!("/calendar/{one}/"), &format!("/calendar/{other}/")))
    };
    scene.transport.plan("GET", &path, [stranger()]);
    let read = scene.newfies.calendars().get(one).await.unwrap_err();
    scene.transport.plan("PATCH", &path, [stranger()]);
    let patched = scene.newfies.calendars().update(one, CalendarPatch::new().max_concurrent(3)).await.unwrap_err();
    for error in [read, patched] {
        assert_eq!(
            (error.kind(), error.outcome(), error.is_foreign()),
            (Kind::Decode, Outcome::Unknown, true),
            "{error}"
        );
    }
}
