//! `newfies_reminder`: what it schedules, how it ends, and what it says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by panicking")]

mod support;

use care_emulators::newfies::{Controller, Emulator, Generation};
use newfies_client::NewCalendarSetting;
use support::{PHONE, Program, Reminders, Server, example, rows};

/// A server that can make calendar users.
async fn set_up() -> (Emulator, Controller, Reminders) {
    let emulator = Emulator::builder().generation(Generation::G1).start().await.unwrap();
    let (dialer, reminders) = (emulator.controller(), Reminders::of(&emulator));
    (emulator, dialer, reminders)
}

#[test]
fn without_a_server_an_emulator_calls_until_somebody_confirms() {
    let end = Program::run(&mut example(env!("CARGO_BIN_EXE_newfies_reminder")));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    for part in [
        "No NEWFIES_BASE_URL is set, so an emulator",
        "This run made calendar setting 1, calendar user 2, calendar 1, event 1, alarm 1.",
        "isn't heard",
        "rings again after 600 s",
        "Alarm 1: the call was answered after 2 attempts: key 1, confirmed.",
    ] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    for secret in ["@", "+1202", "dr-example", "demo-password", "manager", "emulator-password"] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_exit_code_tells_what_came_of_the_call() {
    type Act = fn(&Controller);
    let acts: [(Act, i32, &str); 7] = [
        (|dialer| dialer.confirm(1).unwrap(), 0, "key 1, confirmed"),
        (|dialer| dialer.cancel(1).unwrap(), 4, "key 2, cancelled"),
        (|dialer| dialer.reschedule(1).unwrap(), 4, "key 3, to be rescheduled"),
        (|dialer| dialer.answer(1).unwrap(), 4, "no key was pressed"),
        (|dialer| dialer.press(1, "4711").unwrap(), 4, "keys that mean nothing here"),
        (|dialer| dialer.busy(1).unwrap(), 5, "nobody was reached after 1 attempt."),
        (|dialer| dialer.no_answer(1).unwrap(), 5, "nobody was reached after 1 attempt."),
    ];
    for (act, code, says) in acts {
        let (_emulator, dialer, reminders) = set_up().await;
        dialer.before_next("GET", "/alarm/1/", move |dialer| {
            dialer.ring(1).unwrap();
            act(dialer);
        });
        let end = reminders.run(&mut reminders.call(&["--retries", "0"]));
        assert_eq!((end.code, &*end.stderr), (Some(code), ""), "{}", end.stdout);
        assert!(end.stdout.contains(says) && !end.stdout.contains("4711"), "{}", end.stdout);
        assert_eq!(dialer.call_requests().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_is_scheduled_and_nothing_else() {
    let (_emulator, dialer, reminders) = set_up().await;
    let template = dialer.add_sms_template("Soon", "Soon").to_string();
    let arguments = ["--no-wait", "--before", "2h", "--retries", "3", "--retry-after", "5m", "--sms-before", "30m"];
    let end = reminders.run(reminders.call(&arguments).args(["--sms-template", &template]));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("Event 1 is scheduled, with alarm 1 and 2."), "{}", end.stdout);
    assert_eq!(rows(&dialer), [1, 1, 1, 1, 2]);
    let times: Vec<_> = dialer.alarms().iter().map(|alarm| alarm.date_start_notice.to_rfc3339()).collect();
    assert_eq!(times, ["2100-05-01T06:00:00+00:00", "2100-05-01T07:30:00+00:00"]);
    let call = dialer.alarm(1).unwrap();
    assert_eq!((call.method, call.maxretry, call.retry_delay, call.survey), (1, Some(3), Some(300), Some(1)));
    assert_eq!(call.alarm_phonenumber.as_deref(), Some(PHONE));
    let setting = dialer.calendar_setting(1).unwrap();
    assert_eq!((&*setting.label, setting.callerid.as_deref()), ("newfies_reminder", Some("+12025550100")));
    assert_eq!((dialer.alarm(2).unwrap().method, &*dialer.calendar(1).unwrap().name), (2, "Reminders"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_handed_over_is_a_success() {
    let (emulator, dialer, reminders) = set_up().await;
    let setting = NewCalendarSetting::new("surgery", 1, 1, 1).callerid("+12025550100");
    examples::newfies::client(&emulator).unwrap().calendar_settings().create(setting).await.unwrap();
    let template = dialer.add_mail_template("Soon", "Soon").to_string();
    dialer.before_next("GET", "/alarm/1/", |dialer| dialer.ring(1).unwrap());
    let mail = ["--mail", "canary@example.com", "--mail-template", &template];
    let end = reminders.run(&mut reminders.command(&mail));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("Alarm 1: the mail was handed over."), "{}", end.stdout);
    assert_eq!(dialer.messages()[0].to, "canary@example.com");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_user_is_made_only_if_a_password_is_there_for_them() {
    let (_emulator, dialer, reminders) = set_up().await;
    let end = reminders.run(reminders.call(&["--no-wait"]).env("NEWFIES_NEW_USER_PASSWORD", ""));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("no user with this name") && end.stderr.contains("--name"), "{}", end.stderr);
    assert_eq!(rows(&dialer)[1..], [0; 4]);
    assert_eq!(reminders.run(&mut reminders.call(&["--no-wait"])).code, Some(0));
    // Now they are there.
    let end = reminders.run(reminders.call(&["--no-wait"]).env("NEWFIES_NEW_USER_PASSWORD", ""));
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert!(end.stdout.contains("This run made nothing"), "{}", end.stdout);
    assert_eq!(rows(&dialer), [1; 5]);
}

#[test]
fn what_was_told_wrongly_is_named_and_nothing_is_sent() {
    let server = Server::start("[]");
    let reminders = Reminders::at(&server.url);
    let end = reminders.run(&mut reminders.bare(&[]));
    assert_eq!((end.code, &*end.stdout), (Some(2), ""), "{}", end.stderr);
    assert!(end.stderr.contains("somebody may really be called") && end.stderr.contains("--phone"), "{}", end.stderr);
    for (arguments, tells) in [
        (&["--before", "24"][..], "90s, 30m, 24h or 7d"),
        (&["--at", "2100-05-01T10:00:00"], "cannot be used multiple times"),
        (&["--sms-before", "1h"], "--sms-template"),
        (&["--mail-template", "1"], "--mail"),
        (&["--retries", "65536"], "--retries"),
        (&["--lasts", "0s"], "doesn't end after it starts"),
        (&["--calendar", " "], "blank"),
    ] {
        let end = Program::run(&mut reminders.call(arguments));
        assert_eq!(end.code, Some(2), "{arguments:?}: {}", end.stderr);
        assert!(end.stderr.contains(tells), "{tells} is not in {}", end.stderr);
    }
    for (name, value, tells) in [
        ("NEWFIES_PASSWORD", "", "NEWFIES_PASSWORD is missing. Nothing was sent."),
        ("NEWFIES_TOKEN", "canary", "which one is it"),
        ("NEWFIES_UTC_OFFSET", "canary", "neither an offset"),
        ("NEWFIES_BASE_URL", "http://canary.example.com/", "https"),
    ] {
        let end = reminders.run(reminders.call(&[]).env(name, value));
        assert_eq!((end.code, &*end.stdout), (Some(2), ""), "{name}: {}", end.stderr);
        assert!(end.stderr.contains(tells), "{tells} is not in {}", end.stderr);
    }
    assert_eq!(server.requests(), [""; 0]);
}
