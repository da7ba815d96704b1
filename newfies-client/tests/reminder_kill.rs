//! A reminder that is killed at any of its requests is gone on with by running it again, and nothing is there twice.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use care_testkit::Signal;
use common::*;
use newfies_client::{NewCalendarSetting, ProfileState};

/// A scene in which each step has something to do, the profile too.
async fn begun(generation: Generation) -> Scene {
    let scene = scene_of(Emulator::builder().generation(generation)).await;
    let old = NewCalendarSetting::new("old", 1, 1, 1).callerid("+12025550100");
    scene.newfies.calendar_settings().create(old).await.unwrap();
    if generation == Generation::G2 {
        scene.room.add_calendar_user(scene.emulator.username(), "dr-example", "x").unwrap();
    }
    scene
}

async fn killed_everywhere(generation: Generation) {
    let whole = begun(generation).await;
    let before = whole.transport.total();
    let done = whole.newfies.schedule_reminder(reminder()).await.unwrap();
    assert_eq!((done.profile, whole.rows()), (ProfileState::Updated, [2, 1, 1, 1, 2]));
    let requests: Vec<_> = whole.transport.all().split_off(before);
    assert!(requests.len() > 10, "{}", requests.len());
    for (n, request) in requests.iter().enumerate() {
        let alike = |other: &&care_testkit::Sent| other.method == request.method && other.path() == request.path();
        let earlier = requests[..n].iter().filter(alike).count();
        for is_done in [false, true] {
            let scene = begun(generation).await;
            let method = if request.method == "GET" {
                "GET"
            } else if request.method == "POST" {
                "POST"
            } else {
                "PATCH"
            };
            let signal = Signal::default();
            let held = if is_done { Step::HeldAfter(signal.clone()) } else { Step::HeldBefore(signal.clone()) };
            let known = scene.transport.count(method, request.path());
            let steps = std::iter::repeat_n(Step::Pass, earlier).chain([held]);
            scene.transport.plan(method, request.path(), steps);
            assert!(known <= 1, "nothing but the setting was made before");
            tokio::select! {
                end = scene.newfies.schedule_reminder(reminder()) => panic!("{n} {method} {}: {end:?}", request.path()),
                () = signal.reached() => {}
            }
            let done = scene.newfies.schedule_reminder(reminder()).await.unwrap();
            assert_eq!(scene.rows(), [2, 1, 1, 1, 2], "{n} {method} {} {is_done}", request.path());
            let users = scene.room.users().iter().filter(|user| user.username == "dr-example").count();
            assert_eq!(users, 1);
            assert_eq!(done.alarms.len(), 2);
            let profile = scene.newfies.calendar_user_profiles().get(done.user).await.unwrap();
            assert_eq!(Some(profile.calendar_setting), done.setting, "{n} {is_done}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn where_everything_is_made() {
    killed_everywhere(Generation::G0).await;
    killed_everywhere(Generation::G1).await;
}

#[tokio::test(start_paused = true)]
async fn where_the_user_is_there() {
    killed_everywhere(Generation::G2).await;
}
