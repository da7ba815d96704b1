//! A reminder creates what it needs, finds what exists, and completes an earlier run that was interrupted anywhere.

use crate::{
    reminder_refused::{bare, refused},
    support::*,
};
use care_testkit::Signal;
use chrono::TimeDelta;
use newfies_client::*;

#[tokio::test(start_paused = true)]
async fn it_creates_everything_once_and_computes_the_times_itself() {
    // NEWF-02: an alarm is created. NEWF-05: the alarm's time is computed, and daily start, stop and notice are
    // left alone. NEWF-08: the call plays the survey of the setting.
    let scene = scene().await;
    let template = scene.controller.add_sms_template("Reminder", "In an hour");
    let sms = Notice::sms(PATIENT, template).before(hours(2)).failure_sms("+12025550102");
    let reminder = reminder().notice(sms).rule(6);
    let done = scene.newfies.schedule_reminder(reminder.clone()).await.unwrap();
    assert_eq!(scene.rows(), [1, 1, 1, 1, 3]);
    assert_eq!(done.profile, ProfileState::Unchanged, "a new user has the caller's first setting, which is this one");
    assert!(matches!(
        *done.created,
        [
            Created::Setting(_),
            Created::User(_),
            Created::Calendar(_),
            Created::Event(_),
            Created::Alarm(_),
            Created::Alarm(_),
            Created::Alarm(_)
        ]
    ));
    let event = scene.controller.event(done.event.get()).unwrap();
    assert_eq!((event.title.as_str(), event.rule), ("Visit", Some(6)));
    let alarms: Vec<_> = done.alarms.iter().map(|id| scene.controller.alarm(id.get()).unwrap()).collect();
    let wanted = [TimeDelta::hours(24), TimeDelta::hours(1), TimeDelta::hours(2)].map(|before| start() - before);
    for (alarm, at) in alarms.iter().zip(wanted) {
        assert_eq!(alarm.date_start_notice.timestamp_micros(), at.timestamp_micros());
        assert_eq!((alarm.advance_notice, alarm.event), (Some(0), done.event.get()));
    }
    assert_eq!((alarms[0].maxretry, alarms[0].retry_delay, alarms[0].survey), (Some(2), Some(600), Some(1)));
    assert_eq!((alarms[2].method, alarms[2].sms_template), (2, Some(template)));

    let writes = scene.writes();
    let again = scene.newfies.schedule_reminder(reminder).await.unwrap();
    assert_eq!((again.event, again.alarms, again.created), (done.event, done.alarms, vec![]));
    assert_eq!((scene.rows(), scene.writes()), ([1, 1, 1, 1, 3], writes));
}

#[tokio::test(start_paused = true)]
async fn existing_rows_are_found_by_their_identity() {
    let scene = scene().await;
    let doctor = scene.doctor().await;
    // A calendar of the same name of another user, an event of another start, an alarm of another time.
    let other = scene.controller.add_calendar_user(scene.emulator.username(), "other", "x").unwrap();
    scene.newfies.calendars().create(NewCalendar::new("Surgery", other)).await.unwrap();
    let calendar = scene.newfies.calendars().create(NewCalendar::new("Surgery", doctor)).await.unwrap();
    let later = start() + TimeDelta::hours(1);
    let event = |at| NewEvent::new("Visit", doctor, calendar.id(), at, at + TimeDelta::minutes(30));
    scene.newfies.events().create(event(later)).await.unwrap();
    let wanted = scene.newfies.events().create(event(start())).await.unwrap();
    let alarm = |at, number: &str| NewAlarm::call(wanted.id(), at, number, 1);
    let day_before = start() - TimeDelta::hours(24);
    for near in [alarm(day_before + TimeDelta::milliseconds(1), PATIENT), alarm(day_before, "+12025550102")] {
        scene.newfies.alarms().create(near).await.unwrap();
    }
    let done = scene.newfies.schedule_reminder(reminder()).await.unwrap();
    assert_eq!((done.user, done.calendar, done.event), (doctor, calendar.id(), wanted.id()));
    assert!(matches!(*done.created, [Created::Alarm(_), Created::Alarm(_)]));
    assert_eq!(scene.rows(), [1, 2, 2, 2, 4]);
}

#[tokio::test(start_paused = true)]
async fn a_row_whose_creation_lost_its_answer_is_found_and_not_created_again() {
    for path in ["/calendar-setting/", "/calendar-user/", "/calendar/", "/event/", "/alarm/"] {
        let scene = scene().await;
        scene.transport.plan("POST", path, [Step::AnswerLost]);
        let done = scene.newfies.schedule_reminder(reminder()).await.unwrap();
        assert_eq!((done.alarms.len(), scene.rows()), (2, [1, 1, 1, 1, 2]), "{path}");
        // A request that never arrived isn't retried; the next run sends it.
        let scene = crate::support::scene().await;
        scene.transport.plan("POST", path, [Step::Lost]);
        let error = scene.newfies.schedule_reminder(reminder()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{path}");
        assert_eq!(scene.transport.count("POST", path), 1);
        scene.newfies.schedule_reminder(reminder()).await.unwrap();
        assert_eq!(scene.rows(), [1, 1, 1, 1, 2], "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_user_created_by_a_request_that_failed_with_500_is_found() {
    // NEWF-23, NEWF-13
    let scene = scene_of(Emulator::builder().generation(Generation::G2)).await;
    let user = match refused(&scene.newfies, reminder()).await {
        WorkflowFailure::NoProfile { user } => user,
        other => panic!("{other:?}"),
    };
    assert_eq!(scene.controller.user(user.get()).unwrap().username, "dr-example");
    assert!(scene.controller.events().is_empty());
    // The next run creates no second user while the profile is missing.
    assert_eq!(refused(&scene.newfies, reminder()).await, WorkflowFailure::NoProfile { user });
    assert_eq!(scene.transport.count("POST", "/calendar-user/"), 1);
    scene.controller.give_profile(scene.emulator.username(), "dr-example").unwrap();
    let done = scene.newfies.schedule_reminder(reminder()).await.unwrap();
    assert_eq!((done.user, scene.rows()), (user, [1, 1, 1, 1, 2]));

    // The create alone has an unknown outcome.
    let other = NewCalendarUser::new("other", "x");
    let error = scene.newfies.calendar_users().create(other).await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
    assert!(error.to_string().contains("look the name up"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn the_documented_generation_returns_a_new_users_link() {
    let scene = scene_of(Emulator::builder().generation(Generation::G0)).await;
    scene.newfies.schedule_reminder(reminder()).await.unwrap();
    assert_eq!(scene.rows(), [1, 1, 1, 1, 2]);
    assert_eq!(scene.transport.count("GET", "/users/"), 1, "the look before it was made");
}

#[tokio::test(start_paused = true)]
async fn a_manager_without_superuser_rights_schedules_for_existing_users() {
    // NEWF-37, NEWF-38
    let scene = scene_of(Emulator::builder().generation(Generation::G2).superuser(false)).await;
    let doctor = scene.doctor_of_the_web().await;
    for whose in
        [CalendarUserRef::from(doctor), CalendarUserRef::named("dr-example"), CalendarUserRef::from(new_user())]
    {
        let reminder = bare(whose).setting(new_setting());
        let done = scene.newfies.schedule_reminder(reminder).await.unwrap();
        assert_eq!((done.user, done.profile), (doctor, ProfileState::Unread));
        assert_eq!(scene.rows(), [1, 1, 1, 1, 1]);
    }
    assert!(scene.transport.sent("PATCH", "/").is_empty(), "nothing is taken over unseen");
    // Without a setting, the survey is unknown.
    assert_eq!(refused(&scene.newfies, bare(doctor)).await, WorkflowFailure::NoSurvey);
    let with_survey = Reminder::new(doctor, "Surgery", "Check", start(), start() + TimeDelta::minutes(30));
    scene.newfies.schedule_reminder(with_survey.notice(Notice::call(PATIENT).survey(1))).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_profile_gets_the_setting_and_keeps_it() {
    let scene = scene().await;
    let doctor = scene.doctor().await;
    let other = NewCalendarSetting::new("other", 1, 1, 1).callerid("+12025550100");
    let done = scene.newfies.schedule_reminder(bare(doctor).setting(other.clone())).await.unwrap();
    assert_eq!(done.profile, ProfileState::Updated);
    let profile = scene.newfies.calendar_user_profiles().get(doctor).await.unwrap();
    assert_eq!(Some(profile.calendar_setting), done.setting);
    let done = scene.newfies.schedule_reminder(bare(doctor).setting(other)).await.unwrap();
    assert_eq!((done.profile, done.created.len()), (ProfileState::Unchanged, 0));
}

#[tokio::test(start_paused = true)]
async fn a_call_plays_the_survey_of_the_setting_that_the_profile_has() {
    // NEWF-08
    let scene = scene().await;
    let survey = scene.controller.add_survey(scene.emulator.username(), "Other").unwrap();
    let survey = scene.controller.seal_survey(survey).unwrap();
    let doctor = scene.doctor().await;
    let setting = scene.newfies.calendar_user_profiles().get(doctor).await.unwrap().calendar_setting;
    let patch = CalendarSettingPatch::new().survey(survey);
    scene.newfies.calendar_settings().update(setting, patch).await.unwrap();
    let done = scene.newfies.schedule_reminder(bare(doctor)).await.unwrap();
    assert_eq!(scene.controller.alarm(done.alarms[0].get()).unwrap().survey, Some(survey));
    assert_eq!((done.setting, done.profile), (None, ProfileState::Unchanged));
}

#[tokio::test(start_paused = true)]
async fn a_repaired_server_creates_missing_profiles() {
    // NEWF-13, NEWF-23
    let scene = scene_of(Emulator::builder().repaired()).await;
    scene.controller.add_user(NewUser::new("dr-example", "a password").without_profile()).unwrap();
    for step in [Step::Pass, Step::AnswerLost] {
        scene.transport.plan("POST", "/calendar-user-profile/", [step]);
        let done = scene.newfies.schedule_reminder(reminder()).await.unwrap();
        assert_eq!((done.profile, done.created.contains(&Created::Profile(done.user))), (ProfileState::Created, true));
        let profile = scene.newfies.calendar_user_profiles().get(done.user).await.unwrap();
        assert_eq!(Some(profile.calendar_setting), done.setting);
        let again = scene.newfies.schedule_reminder(reminder()).await.unwrap();
        assert_eq!((again.profile, again.created.len()), (ProfileState::Unchanged, 0));
        scene.newfies.calendar_user_profiles().delete(done.user).await.unwrap();
    }
}

/// A scene in which every step has something to do, the profile's too.
async fn begun(generation: Generation) -> Scene {
    let scene = scene_of(Emulator::builder().generation(generation)).await;
    let old = NewCalendarSetting::new("old", 1, 1, 1).callerid("+12025550100");
    scene.newfies.calendar_settings().create(old).await.unwrap();
    if generation == Generation::G2 {
        scene.controller.add_calendar_user(scene.emulator.username(), "dr-example", "x").unwrap();
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
            let users = scene.controller.users().iter().filter(|user| user.username == "dr-example").count();
            assert_eq!(users, 1);
            assert_eq!(done.alarms.len(), 2);
            let profile = scene.newfies.calendar_user_profiles().get(done.user).await.unwrap();
            assert_eq!(Some(profile.calendar_setting), done.setting, "{n} {is_done}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_killed_at_any_request_is_completed_where_everything_is_created() {
    killed_everywhere(Generation::G0).await;
    killed_everywhere(Generation::G1).await;
}

#[tokio::test(start_paused = true)]
async fn a_run_killed_at_any_request_is_completed_where_the_user_exists() {
    killed_everywhere(Generation::G2).await;
}
