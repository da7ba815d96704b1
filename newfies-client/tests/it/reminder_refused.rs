//! A reminder that can't succeed is refused, and the refusal says why and whether anything was created.

use crate::support::*;
use chrono::{TimeDelta, Utc};
use newfies_client::*;
use std::time::Duration;

pub(crate) async fn refused(newfies: &Newfies, reminder: Reminder) -> WorkflowFailure {
    let error = newfies.schedule_reminder(reminder).await.unwrap_err();
    care_testkit::assert_each_sentence_once(&error);
    *WorkflowFailure::of(&error).unwrap_or_else(|| panic!("{error:?}"))
}

pub(crate) fn bare(whose: impl Into<CalendarUserRef>) -> Reminder {
    Reminder::new(whose, "Surgery", "Visit", start(), start() + TimeDelta::minutes(30))
        .notice(Notice::call(PATIENT).before(hours(24)))
}

#[tokio::test(start_paused = true)]
async fn no_user_is_created_without_a_setting() {
    // NEWF-23
    let scene = scene().await;
    assert_eq!(refused(&scene.newfies, bare(new_user())).await, WorkflowFailure::NoSetting);
    assert_eq!((scene.writes(), scene.controller.users().len()), (0, 1));
    assert_eq!(refused(&scene.newfies, bare(CalendarUserRef::named("nobody"))).await, WorkflowFailure::NoSuchUser);
}

#[tokio::test(start_paused = true)]
async fn another_managers_user_is_taken_over_only_on_request() {
    // NEWF-39
    let scene = scene().await;
    scene.controller.add_user(NewUser::new("rival", "x").superuser()).unwrap();
    let (rival, _) = client(&scene.emulator, "rival", "x");
    rival.calendar_settings().create(NewCalendarSetting::new("rival's", 1, 1, 1)).await.unwrap_err();
    let survey = scene.controller.add_survey("rival", "Theirs").unwrap();
    let survey = scene.controller.seal_survey(survey).unwrap();
    let theirs = NewCalendarSetting::new("surgery", survey, 1, 1).callerid("+12025550103");
    rival.calendar_settings().create(theirs).await.unwrap();
    let user = scene.controller.add_calendar_user("rival", "dr-example", "x").unwrap();

    let refusal = refused(&scene.newfies, reminder()).await;
    assert_eq!(refusal, WorkflowFailure::ManagedByAnother { user: user.into() });
    // Another user's setting with the same label doesn't count.
    assert_eq!(scene.controller.calendar_settings().len(), 2);
    let done = scene.newfies.schedule_reminder(reminder().take_over()).await.unwrap();
    assert_eq!(done.profile, ProfileState::Updated);
    let profile = scene.newfies.calendar_user_profiles().get(user).await.unwrap();
    assert_eq!(profile.manager.as_deref().map(String::as_str), Some(scene.emulator.username()));
    assert_eq!(Some(profile.calendar_setting), done.setting);
}

#[tokio::test(start_paused = true)]
async fn with_a_token_no_user_is_taken_over_unnoticed() {
    // NEWF-39
    let scene = scene().await;
    let doctor = scene.doctor().await;
    let client = builder(&scene.transport).token(scene.emulator.token()).build().unwrap();
    let other = NewCalendarSetting::new("other", 1, 1, 1).callerid("+12025550100");
    let changed = || bare(doctor).setting(other.clone());
    assert_eq!(refused(&client, changed()).await, WorkflowFailure::UnknownCaller { user: doctor });
    assert!(scene.transport.sent("PATCH", "/").is_empty());
    // If nothing must change, or taking over is allowed, it succeeds.
    client.schedule_reminder(bare(doctor).setting(new_setting())).await.unwrap();
    assert_eq!(client.schedule_reminder(changed().take_over()).await.unwrap().profile, ProfileState::Updated);
    // The manager is unknown, so taking over writes even if the setting stays.
    scene.controller.add_user(NewUser::new("rival", "x").superuser()).unwrap();
    let (rival, _) = crate::support::client(&scene.emulator, "rival", "x");
    for take_over in [bare(doctor).setting(other.clone()).take_over(), bare(doctor).take_over()] {
        let setting = scene.newfies.calendar_user_profiles().get(doctor).await.unwrap().calendar_setting;
        let patch = CalendarUserProfilePatch::new().calendar_setting(setting);
        rival.calendar_user_profiles().update(doctor, patch).await.unwrap();
        assert_eq!(client.schedule_reminder(take_over).await.unwrap().profile, ProfileState::Updated);
        let profile = scene.newfies.calendar_user_profiles().get(doctor).await.unwrap();
        assert_eq!(profile.manager.as_deref().map(String::as_str), Some(scene.emulator.username()));
    }
    // A user created by this run is the caller's.
    let new = bare(NewCalendarUser::new("new", "x")).setting(other);
    assert_eq!(client.schedule_reminder(new).await.unwrap().profile, ProfileState::Updated);
}

#[tokio::test(start_paused = true)]
async fn a_manager_who_cannot_read_profiles_takes_over_with_a_setting() {
    // NEWF-39, NEWF-37
    let scene = scene_of(Emulator::builder().generation(Generation::G2).superuser(false)).await;
    let doctor = scene.doctor_of_the_web().await;
    let user = refused(&scene.newfies, bare(doctor).take_over()).await;
    assert_eq!(user, WorkflowFailure::UnreadProfile { user: doctor });
    let done = scene.newfies.schedule_reminder(bare(doctor).setting(new_setting()).take_over()).await.unwrap();
    assert_eq!((done.profile, scene.transport.count("PATCH", "/")), (ProfileState::Updated, 1));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_says_whether_something_was_created_before() {
    let nothing = |error: &Error| error.to_string().contains("nothing was changed");
    // The setting is created before the run finds that another user manages the calendar user.
    let scene = scene().await;
    scene.controller.add_user(NewUser::new("rival", "x").superuser()).unwrap();
    let survey = scene.controller.add_survey("rival", "Theirs").unwrap();
    let survey = scene.controller.seal_survey(survey).unwrap();
    let (rival, _) = client(&scene.emulator, "rival", "x");
    let theirs = NewCalendarSetting::new("theirs", survey, 1, 1).callerid("+12025550103");
    rival.calendar_settings().create(theirs).await.unwrap();
    scene.controller.add_calendar_user("rival", "dr-example", "x").unwrap();
    scene.controller.add_user(NewUser::new("clerk", "x").staff()).unwrap();
    for (whose, label) in [("dr-example", "a"), ("clerk", "b"), ("nobody", "c")] {
        let reminder = |label: &str| {
            bare(CalendarUserRef::named(whose))
                .setting(NewCalendarSetting::new(label, 1, 1, 1).callerid("+12025550100"))
        };
        let error = scene.newfies.schedule_reminder(reminder(label)).await.unwrap_err();
        assert_eq!((error.outcome(), nothing(&error)), (Outcome::Completed, false), "{error}");
        assert!(WorkflowFailure::of(&error).is_some() && !error.to_string().contains("don't send"), "{error}");
        // A second run creates nothing before that.
        let error = scene.newfies.schedule_reminder(reminder(label)).await.unwrap_err();
        assert_eq!((error.outcome(), nothing(&error)), (Outcome::NotSent, true), "{error}");
    }
    // A profile whose creation failed with 500 may exist.
    let scene = scene_of(Emulator::builder().generation(Generation::G2)).await;
    let error = scene.newfies.schedule_reminder(crate::support::reminder()).await.unwrap_err();
    assert!(matches!(WorkflowFailure::of(&error), Some(WorkflowFailure::NoProfile { .. })), "{error}");
    assert_eq!((error.outcome(), nothing(&error)), (Outcome::Unknown, false), "{error}");
}

#[tokio::test(start_paused = true)]
async fn one_patients_event_is_not_used_for_another_patient() {
    let scene = scene().await;
    let doctor = scene.doctor().await;
    let of = |title: &str, patient: &str| {
        let data = serde_json::json!({"patient": patient}).as_object().cloned().unwrap();
        let reminder = Reminder::new(doctor, "Surgery", title, start(), start() + TimeDelta::minutes(30));
        reminder.data(data).notice(Notice::call(PATIENT).before(hours(1)))
    };
    let first = scene.newfies.schedule_reminder(of("Visit", "Jo Example")).await.unwrap();
    let refusal = refused(&scene.newfies, of("Visit", "Sam Example")).await;
    assert_eq!(refusal, WorkflowFailure::OtherData { event: first.event });
    let again = scene.newfies.schedule_reminder(of("Visit", "Jo Example")).await.unwrap();
    assert_eq!((again.event, again.created.len()), (first.event, 0));
    let second = scene.newfies.schedule_reminder(of("Visit of Sam", "Sam Example")).await.unwrap();
    assert_ne!(second.event, first.event);
    // A reminder without data accepts any data of the event.
    let bare = scene.newfies.schedule_reminder(bare(doctor)).await.unwrap();
    assert_eq!(bare.event, first.event);
    let none = of("Visit", "Jo Example").data(serde_json::Map::new());
    assert_eq!(refused(&scene.newfies, none).await, WorkflowFailure::OtherData { event: first.event });
}

#[tokio::test(start_paused = true)]
async fn a_user_of_the_web_interface_is_not_accepted_as_calendar_user() {
    let scene = scene().await;
    scene.controller.add_user(NewUser::new("clerk", "x").staff()).unwrap();
    let reminder = bare(CalendarUserRef::named("clerk")).setting(new_setting());
    assert_eq!(refused(&scene.newfies, reminder).await, WorkflowFailure::NotACalendarUser);
    let unknown = bare(CalendarUserRef::Existing(4711.into())).setting(new_setting());
    let failure = refused(&scene.newfies, unknown).await;
    assert_eq!(failure, WorkflowFailure::UnknownUser { user: 4711.into() });
    assert!(failure.to_string().contains("4711"));
}

#[tokio::test(start_paused = true)]
async fn a_manager_of_the_web_interface_is_not_made_somebodys_calendar_user() {
    // NEWF-58
    let scene = scene_of(Emulator::builder().repaired()).await;
    let manager = scene.controller.add_user(NewUser::new("dr-manager", "x").without_profile()).unwrap();
    for whose in [CalendarUserRef::Existing(manager.into()), CalendarUserRef::named("dr-manager")] {
        let reminder = bare(whose).setting(new_setting());
        assert_eq!(refused(&scene.newfies, reminder).await, WorkflowFailure::NotACalendarUser);
    }
    assert!(scene.transport.sent("POST", "/calendar-user-profile/").is_empty());
    let allowed = bare(CalendarUserRef::Existing(manager.into())).setting(new_setting()).take_over();
    assert_eq!(scene.newfies.schedule_reminder(allowed).await.unwrap().profile, ProfileState::Created);
}

#[tokio::test(start_paused = true)]
async fn a_notice_in_the_past_is_refused_before_anything_is_created() {
    let scene = scene().await;
    let soon = Utc::now() + TimeDelta::minutes(10);
    let late = |minutes: u64| {
        Reminder::new(new_user(), "Surgery", "Visit", soon, soon + TimeDelta::minutes(30))
            .setting(new_setting())
            .notice(Notice::call(PATIENT))
            .notice(Notice::call(PATIENT).before(Duration::from_secs(minutes * 60)))
    };
    // In the last five of the server's sixty minutes it may be too late.
    for minutes in [90, 68] {
        assert_eq!(refused(&scene.newfies, late(minutes)).await, WorkflowFailure::TooLate);
    }
    assert_eq!(scene.writes(), 0);
    let done = scene.newfies.schedule_reminder(late(60)).await.unwrap();
    // An alarm that an earlier run created in time is accepted.
    let made = NewAlarm::call(done.event, soon - TimeDelta::minutes(90), PATIENT, 1);
    let made = scene.newfies.alarms().create(made).await.unwrap();
    let again = scene.newfies.schedule_reminder(late(90)).await.unwrap();
    assert_eq!((again.alarms[1], again.created.len()), (made.id(), 0));
}

#[tokio::test(start_paused = true)]
async fn an_invalid_reminder_is_refused_before_anything_is_sent() {
    let scene = scene().await;
    let bare = || Reminder::new(new_user(), "Surgery", "Visit", start(), start() + TimeDelta::minutes(30));
    let call = || Notice::call(PATIENT).before(hours(1));
    for (what, reminder, tells) in [
        ("no notice", bare(), "reminds nobody"),
        ("two of the same", bare().notice(call()).notice(call().survey(1)), "two notices"),
        ("no number", bare().notice(Notice::call(" ")), "no recipient"),
        ("a notice too long", bare().notice(call().before(Duration::MAX)), "out of range"),
        ("a delay too long", bare().notice(call().retries(1, Duration::MAX)), "store"),
        ("an end first", Reminder::new(new_user(), "a", "b", start(), start()).notice(call()), "doesn't end after"),
        (
            "no title",
            Reminder::new(new_user(), "a", "", start(), start() + TimeDelta::hours(1)).notice(call()),
            "blank",
        ),
        (
            "no calendar",
            Reminder::new(new_user(), " ", "b", start(), start() + TimeDelta::hours(1)).notice(call()),
            "blank",
        ),
    ] {
        let error = scene.newfies.schedule_reminder(reminder).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent), "{what}");
        assert!(error.to_string().contains(tells), "{what}: {error}");
    }
    assert_eq!(scene.transport.total(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_cannot_list_its_users_is_explained() {
    // NEWF-42
    let scene = scene_of(Emulator::builder().generation(Generation::G2).superuser(false)).await;
    scene.doctor_of_the_web().await;
    scene.controller.add_to_group("dr-example", "doctors").unwrap();
    let error = scene.newfies.schedule_reminder(bare(CalendarUserRef::named("dr-example"))).await.unwrap_err();
    assert!(error.to_string().contains("in a group, and page 1 has one"), "{error}");

    // A user in a group doesn't prevent the creation of another.
    let scene = crate::support::scene().await;
    scene.controller.add_user(NewUser::new("clerk", "x")).unwrap();
    scene.controller.add_to_group("clerk", "clerks").unwrap();
    scene.newfies.schedule_reminder(reminder()).await.unwrap();
    assert_eq!(scene.rows(), [1, 1, 1, 1, 2]);
    // The server refuses the taken name of an unlisted user, so no second one is created.
    let taken = bare(NewCalendarUser::new("clerk", "x"));
    let error = scene.newfies.schedule_reminder(taken).await.unwrap_err();
    assert_eq!((error.outcome(), error.status()), (Outcome::Refused, Some(http::StatusCode::BAD_REQUEST)));
    let named = scene.newfies.schedule_reminder(bare(CalendarUserRef::named("clerk"))).await.unwrap_err();
    assert!(named.to_string().contains("in a group"), "{named}");
}

#[tokio::test(start_paused = true)]
async fn an_unreadable_user_might_be_the_wanted_one_so_none_is_created() {
    let scene = scene().await;
    scene.controller.add_user(NewUser::new("dr-example", "x").without_profile()).unwrap();
    let broken = Step::json(|body| {
        for row in body["results"].as_array_mut().unwrap() {
            row["username"] = 7.into();
        }
    });
    scene.transport.plan("GET", "/users/", [broken]);
    let error = scene.newfies.schedule_reminder(reminder()).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (Kind::Decode, "newfies.users.list"));
    assert!(scene.transport.sent("POST", "/calendar-user/").is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_list_with_fewer_rows_than_its_total_is_not_treated_as_complete() {
    for path in ["/event/", "/alarm/", "/calendar/", "/calendar-setting/"] {
        let scene = scene().await;
        scene.newfies.schedule_reminder(reminder()).await.unwrap();
        let writes = scene.writes();
        let short = || Step::json(|body| body["count"] = (body["count"].as_u64().unwrap() + 1).into());
        scene.transport.plan("GET", path, [short(), Step::Pass, short(), Step::Pass]);
        let error = scene.newfies.schedule_reminder(reminder()).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Paging, "{path}: {error}");
        assert_eq!((scene.rows(), scene.writes()), ([1, 1, 1, 1, 2], writes), "{path}");
        // A list that counts rows and sends none isn't treated as empty.
        scene.transport.plan("GET", path, [Step::json(|body| body["results"] = serde_json::json!([]))]);
        let error = scene.newfies.schedule_reminder(reminder()).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Decode, "{path}: {error}");
        assert_eq!((scene.rows(), scene.writes()), ([1, 1, 1, 1, 2], writes), "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_unreadable_row_might_be_the_wanted_one_so_none_is_created() {
    let scene = scene().await;
    scene.newfies.schedule_reminder(reminder()).await.unwrap();
    scene.transport.plan("GET", "/event/", [Step::json(|body| body["results"][0]["title"] = 7.into())]);
    let error = scene.newfies.schedule_reminder(reminder()).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Decode);
    assert_eq!(scene.rows(), [1, 1, 1, 1, 2]);
}
