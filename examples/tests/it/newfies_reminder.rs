//! `newfies_reminder`: what it schedules, how it ends, and what it says.

use crate::support::{End, Program, Server, example, until};
use care_emulators::newfies::{Controller, Emulator, Generation};
use newfies_client::NewCalendarSetting;
use std::{process::Command, time::Duration};

/// A server that can make calendar users.
async fn set_up() -> (Emulator, Controller, Reminders) {
    let emulator = Emulator::builder().generation(Generation::G1).start().await.unwrap();
    let (controller, reminders) = (emulator.controller(), Reminders::of(&emulator));
    (emulator, controller, reminders)
}

#[test]
fn without_a_server_an_emulator_calls_until_the_call_is_confirmed() {
    let end = Program::run(&mut example(env!("CARGO_BIN_EXE_newfies_reminder")));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    for part in [
        "NEWFIES_BASE_URL is not set: using an emulator",
        "This run created calendar setting 1, calendar user 2, calendar 1, event 1, alarm 1.",
        "is not answered",
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
async fn the_exit_code_reports_the_result_of_the_call() {
    type Act = fn(&Controller);
    let acts: [(Act, i32, &str); 7] = [
        (|controller| controller.confirm(1).unwrap(), 0, "key 1, confirmed"),
        (|controller| controller.cancel(1).unwrap(), 4, "key 2, cancelled"),
        (|controller| controller.reschedule(1).unwrap(), 4, "key 3, to be rescheduled"),
        (|controller| controller.answer(1).unwrap(), 4, "no key was pressed"),
        (|controller| controller.press(1, "4711").unwrap(), 4, "unknown keys"),
        (|controller| controller.busy(1).unwrap(), 5, "nobody was reached after 1 attempt."),
        (|controller| controller.no_answer(1).unwrap(), 5, "nobody was reached after 1 attempt."),
    ];
    for (act, code, says) in acts {
        let (_emulator, controller, reminders) = set_up().await;
        controller.before_next("GET", "/alarm/1/", move |controller| {
            controller.ring(1).unwrap();
            act(controller);
        });
        let end = reminders.run(&mut reminders.call(&["--retries", "0"]));
        assert_eq!((end.code, &*end.stderr), (Some(code), ""), "{}", end.stdout);
        assert!(end.stdout.contains(says) && !end.stdout.contains("4711"), "{}", end.stdout);
        assert_eq!(controller.call_requests().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn exactly_the_requested_reminder_is_scheduled() {
    let (_emulator, controller, reminders) = set_up().await;
    let template = controller.add_sms_template("Soon", "Soon").to_string();
    let arguments = ["--no-wait", "--before", "2h", "--retries", "3", "--retry-after", "5m", "--sms-before", "30m"];
    let end = reminders.run(reminders.call(&arguments).args(["--sms-template", &template]));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("Event 1 is scheduled, with alarm 1 and 2."), "{}", end.stdout);
    assert_eq!(rows(&controller), [1, 1, 1, 1, 2]);
    let times: Vec<_> = controller.alarms().iter().map(|alarm| alarm.date_start_notice.to_rfc3339()).collect();
    assert_eq!(times, ["2100-05-01T06:00:00+00:00", "2100-05-01T07:30:00+00:00"]);
    let call = controller.alarm(1).unwrap();
    assert_eq!((call.method, call.maxretry, call.retry_delay, call.survey), (1, Some(3), Some(300), Some(1)));
    assert_eq!(call.alarm_phonenumber.as_deref(), Some(PHONE));
    let setting = controller.calendar_setting(1).unwrap();
    assert_eq!((&*setting.label, setting.callerid.as_deref()), ("newfies_reminder", Some("+12025550100")));
    assert_eq!((controller.alarm(2).unwrap().method, &*controller.calendar(1).unwrap().name), (2, "Reminders"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sent_mail_is_a_success() {
    let (emulator, controller, reminders) = set_up().await;
    let setting = NewCalendarSetting::new("surgery", 1, 1, 1).callerid("+12025550100");
    examples::newfies::client(&emulator).unwrap().calendar_settings().create(setting).await.unwrap();
    let template = controller.add_mail_template("Soon", "Soon").to_string();
    controller.before_next("GET", "/alarm/1/", |controller| controller.ring(1).unwrap());
    let mail = ["--mail", "canary@example.com", "--mail-template", &template];
    let end = reminders.run(&mut reminders.command(&mail));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("Alarm 1: the mail was sent."), "{}", end.stdout);
    assert_eq!(controller.messages()[0].to, "canary@example.com");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_user_is_created_only_with_a_password() {
    let (_emulator, controller, reminders) = set_up().await;
    let end = reminders.run(reminders.call(&["--no-wait"]).env("NEWFIES_NEW_USER_PASSWORD", ""));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("this name") && end.stderr.contains("--name"), "{}", end.stderr);
    assert_eq!(rows(&controller)[1..], [0; 4]);
    assert_eq!(reminders.run(&mut reminders.call(&["--no-wait"])).code, Some(0));
    // Now they are there.
    let end = reminders.run(reminders.call(&["--no-wait"]).env("NEWFIES_NEW_USER_PASSWORD", ""));
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert!(end.stdout.contains("This run created nothing"), "{}", end.stdout);
    assert_eq!(rows(&controller), [1; 5]);
}

#[test]
fn a_usage_error_is_named_and_nothing_is_sent() {
    let server = Server::start("[]");
    let reminders = Reminders::at(&server.url);
    let end = reminders.run(&mut reminders.bare(&[]));
    assert_eq!((end.code, &*end.stdout), (Some(2), ""), "{}", end.stderr);
    assert!(end.stderr.contains("a real person may be called") && end.stderr.contains("--phone"), "{}", end.stderr);
    for (arguments, expected) in [
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
        assert!(end.stderr.contains(expected), "{expected} is not in {}", end.stderr);
    }
    for (name, value, expected) in [
        ("NEWFIES_PASSWORD", "", "NEWFIES_PASSWORD is missing. Nothing was sent."),
        ("NEWFIES_TOKEN", "canary", "set only one of them"),
        ("NEWFIES_UTC_OFFSET", "canary", "neither an offset"),
        ("NEWFIES_BASE_URL", "http://canary.example.com/", "https"),
    ] {
        let end = reminders.run(reminders.call(&[]).env(name, value));
        assert_eq!((end.code, &*end.stdout), (Some(2), ""), "{name}: {}", end.stderr);
        assert!(end.stderr.contains(expected), "{expected} is not in {}", end.stderr);
    }
    assert_eq!(server.requests(), [""; 0]);
}

/// Longer than any test.
const FOR_EVER: Duration = Duration::from_secs(3600);
/// What is made, in its order.
const STEPS: [&str; 5] = ["/calendar-setting/", "/calendar-user/", "/calendar/", "/event/", "/alarm/"];
/// With an SMS, so that there are two alarms.
const SMS: [&str; 5] = ["--no-wait", "--sms-before", "1h", "--sms-template", "1"];

async fn set_up_for_kill() -> (Emulator, Controller, Reminders) {
    let emulator = Emulator::builder().generation(Generation::G1).start().await.unwrap();
    let (controller, reminders) = (emulator.controller(), Reminders::of(&emulator));
    assert_eq!(controller.add_sms_template("Soon", "Soon"), 1);
    (emulator, controller, reminders)
}

/// Runs it again to its end, and then once more.
fn goes_on(controller: &Controller, reminders: &Reminders, step: &str) {
    for is_whole in [false, true] {
        let end = reminders.run(&mut reminders.call(&SMS));
        assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{step}: {}", end.stdout);
        assert!(!is_whole || end.stdout.contains("This run created nothing"), "{step}: {}", end.stdout);
        assert_eq!(rows(controller), [1, 1, 1, 1, 2], "{step}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_step_it_continues_without_duplicates() {
    for (n, step) in STEPS.into_iter().enumerate() {
        for is_done in [false, true] {
            let (emulator, controller, reminders) = set_up_for_kill().await;
            let faults = emulator.faults().on("POST", step);
            if is_done {
                faults.delay_after_commit(FOR_EVER);
            } else {
                faults.delay(FOR_EVER);
            }
            let program = Program::start(&mut reminders.call(&SMS));
            let there = n + usize::from(is_done);
            until(step, || {
                emulator.journal().count("POST", step) == 1 && rows(&controller).iter().sum::<usize>() == there
            });
            program.kill();
            goes_on(&controller, &reminders, step);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_two_alarms_it_creates_only_the_second() {
    let (emulator, controller, reminders) = set_up_for_kill().await;
    let faults = emulator.faults().on("POST", "/alarm/");
    controller.after_next("POST", "/alarm/", move |_| faults.delay(FOR_EVER));
    let program = Program::start(&mut reminders.call(&SMS));
    until("the second alarm", || emulator.journal().count("POST", "/alarm/") == 2);
    program.kill();
    assert_eq!(rows(&controller), [1; 5]);
    let end = reminders.run(&mut reminders.call(&SMS));
    assert!(end.code == Some(0) && end.stdout.contains("This run created alarm 2."), "{end:?}");
    goes_on(&controller, &reminders, "the second alarm");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_is_reported_and_the_next_run_checks_it() {
    for is_done in [false, true] {
        let (emulator, controller, reminders) = set_up_for_kill().await;
        let (faults, looks) = (emulator.faults().on("POST", "/event/"), emulator.faults().on("GET", "/event/"));
        if is_done {
            faults.drop_after_commit();
        } else {
            faults.drop_before_commit();
        }
        // When it was tried it can't be looked for.
        controller.after_next("GET", "/event/", move |_| looks.times(3).status_before_commit(503, None));
        let end = reminders.run(&mut reminders.call(&SMS));
        assert_eq!(end.code, Some(3), "{}", end.stderr);
        for part in ["newfies.events.create", "It may or may not have been created", "Run the same command line again"]
        {
            assert!(end.stderr.contains(part), "{part} is not in {}", end.stderr);
        }
        assert_eq!(emulator.faults().left(), 0);
        assert_eq!(rows(&controller), [1, 1, 1, usize::from(is_done), 0]);
        goes_on(&controller, &reminders, "the event");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_before_anything_was_created_is_a_plain_failure() {
    let (emulator, controller, reminders) = set_up_for_kill().await;
    emulator.faults().go_down();
    let end = reminders.run(&mut reminders.call(&SMS));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("nothing was sent") && end.stderr.contains("continues from there"), "{}", end.stderr);
    emulator.faults().come_up();
    // A look of which nobody knows the end has made nothing either.
    emulator.faults().on("GET", "/calendar-setting/").times(3).drop_before_commit();
    let end = reminders.run(&mut reminders.call(&SMS));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert_eq!(rows(&controller), [0; 5]);
    goes_on(&controller, &reminders, "nothing");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_stops_the_program_but_not_the_reminder() {
    stops_the_program_alone(Program::interrupt).await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn sigterm_stops_the_program_but_not_the_reminder() {
    stops_the_program_alone(Program::terminate).await;
}

#[cfg(unix)]
async fn stops_the_program_alone(stop: fn(&Program)) {
    let (emulator, controller, reminders) = set_up_for_kill().await;
    let mut program = Program::start(&mut reminders.call(&[]));
    program.until("Event 1 is scheduled");
    until("a look at the alarm", || emulator.journal().count("GET", "/alarm/1/") == 1);
    stop(&program);
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(130), ""), "{}", end.stdout);
    assert!(end.stdout.contains("everything scheduled so far stays"), "{}", end.stdout);

    // The same again waits for it on.
    controller.ring(1).unwrap();
    controller.confirm(1).unwrap();
    let end = reminders.run(&mut reminders.call(&[]));
    assert_eq!((end.code, rows(&controller)), (Some(0), [1; 5]), "{}", end.stderr);
    assert!(end.stdout.contains("This run created nothing") && end.stdout.contains("confirmed"), "{}", end.stdout);
}

/// Whom the tests let call.
pub(crate) const PHONE: &str = "+12025550107";
/// A start that is later than any test.
const AT: &str = "2100-05-01T10:00:00+02:00";
const NAME: &str = "dr-canary";
const TITLE: &str = "canary-title";

/// How `newfies_reminder` is started, again and again.
pub(crate) struct Reminders {
    url: String,
    user: String,
    password: String,
}

impl Reminders {
    /// One that talks to an emulator of the test's own.
    pub(crate) fn of(emulator: &Emulator) -> Self {
        let (user, password) = (emulator.username().to_owned(), emulator.password().to_owned());
        Self { url: emulator.base_url(), user, password }
    }

    /// One that talks to whoever is there.
    pub(crate) fn at(url: &str) -> Self {
        Self { url: url.to_owned(), user: "canary-user".to_owned(), password: "canary-password".to_owned() }
    }

    /// With a server, and nothing said of a reminder.
    pub(crate) fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = example(env!("CARGO_BIN_EXE_newfies_reminder"));
        command.env("NEWFIES_BASE_URL", &self.url).env("NEWFIES_USER", &self.user);
        command.env("NEWFIES_PASSWORD", &self.password).args(arguments);
        command
    }

    /// A visit of a calendar user who may be made.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(&["--name", NAME, "--title", TITLE, "--at", AT]);
        command.env("NEWFIES_NEW_USER_PASSWORD", "canary-new-password").args(arguments);
        command
    }

    /// The same by telephone, with a setting that is made.
    pub(crate) fn call(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(&["--phone", PHONE, "--gateway", "1", "--sms-gateway", "1", "--survey", "1"]);
        command.args(["--caller-id", "+12025550100"]).args(arguments);
        command
    }

    /// Runs it to its end. Whatever happens, it shows neither whom it is about nor a password.
    pub(crate) fn run(&self, command: &mut Command) -> End {
        let end = Program::run(command);
        for secret in ["canary", "+1202", "@", &self.user, &self.password] {
            assert!(!end.stdout.contains(secret) && !end.stderr.contains(secret), "{secret} is in {end:?}");
        }
        end
    }
}

/// How many rows there are: settings, calendar users, calendars, events, alarms.
pub(crate) fn rows(controller: &Controller) -> [usize; 5] {
    [
        controller.calendar_settings().len(),
        controller.calendar_users().len(),
        controller.calendars().len(),
        controller.events().len(),
        controller.alarms().len(),
    ]
}
