//! The tour on a server that the environment names.

use crate::support::{EmulatorProcess, LeapProcess, Program, Server, example};
use care_emulators::{caremessenger, engagement, leap, newfies};
use std::{process::Command, time::Duration};

fn tour(url: &str) -> Command {
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    tour.env("AURA_BASE_URL", url).env("AURA_POLL_MS", "10");
    tour
}

fn leap_tour(leap: &LeapProcess) -> Command {
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    leap.name_to(&mut tour);
    tour
}

fn engagement_tour(emulator: &engagement::Emulator) -> Command {
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    tour.env("ENGAGEMENT_BASE_URL", emulator.base_url()).env("ENGAGEMENT_ACCESS_TOKEN", emulator.access_token());
    tour
}

/// A server of Newfies' with one calendar user, who is managed by the caller.
/// Its user has a name that no other part of the tour can say.
async fn newfies_server() -> (newfies::Emulator, newfies::Controller) {
    let emulator = newfies::Emulator::builder().credentials("manager-canary", "password-canary").start().await.unwrap();
    let setting = newfies_client::NewCalendarSetting::new("surgery", 1, 1, 1);
    examples::newfies::client(&emulator).unwrap().calendar_settings().create(setting).await.unwrap();
    let controller = emulator.controller();
    controller.add_calendar_user(emulator.username(), "dr-example", "x").unwrap();
    (emulator, controller)
}

fn newfies_tour(emulator: &newfies::Emulator) -> Command {
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    tour.env("NEWFIES_BASE_URL", emulator.base_url()).env("NEWFIES_USER", emulator.username());
    tour.env("NEWFIES_PASSWORD", emulator.password());
    tour
}

#[test]
fn with_the_servers_credentials_it_follows_a_test_callout_to_its_end() {
    let emulator = EmulatorProcess::start_playing();
    let mut tour = tour(&emulator.url);
    tour.env("AURA_CLIENT_ID", &emulator.client_id).env("AURA_CLIENT_SECRET", &emulator.client_secret);
    let end = Program::run(&mut tour);
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let says = format!("AURA_BASE_URL is set: using {} instead of an emulator", emulator.url);
    for part in [&*says, "closed", "nothing is left open"] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    for secret in ["@", "eyJ", &emulator.client_id, &emulator.client_secret, "-26.", "28.05"] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
    let callouts = emulator.callouts();
    assert_eq!((callouts.len(), &callouts[0]["status"]), (1, &"closed".into()));
}

#[tokio::test]
async fn when_its_time_is_over_it_dismisses_the_callout_and_says_what_is_left_open() {
    let emulator = EmulatorProcess::start();
    let token = emulator.user_token().await;
    let end = Program::run(tour(&emulator.url).env("AURA_USER_TOKEN", &token).env("AURA_WATCH_SECONDS", "0"));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("Callout 570 (TEST) is left open, with the status `created`"), "{}", end.stdout);
    assert!(!end.stdout.contains(&token));
    let callouts = emulator.callouts();
    assert_eq!((callouts.len(), &callouts[0]["dismissed"]), (1, &true.into()));
}

#[test]
fn without_credentials_nothing_is_sent() {
    let server = Server::start("[]");
    for set in [None, Some("AURA_CLIENT_ID"), Some("AURA_CLIENT_SECRET")] {
        let end = Program::run(tour(&server.url).envs(set.map(|name| (name, "canary"))));
        assert_eq!(end.code, Some(2), "{set:?}");
        assert!(end.stderr.contains("AURA_CLIENT_") && end.stderr.contains("Nothing was sent"), "{}", end.stderr);
        assert!(!end.stderr.contains("canary"), "{}", end.stderr);
    }
    assert_eq!(server.requests(), [""; 0]);
}

#[test]
fn without_a_classification_for_tests_nothing_is_raised() {
    let server = Server::start(r#"[{"id":1,"value":"REAL"}]"#);
    let end = Program::run(tour(&server.url).env("AURA_USER_TOKEN", "canary-token"));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("no classification TEST") && !end.stderr.contains("canary"), "{}", end.stderr);
    assert_eq!(server.requests(), ["GET /panic-api/callout-classifications"]);
}

#[test]
fn a_server_of_leaps_is_only_read() {
    let emulator = EmulatorProcess::start();
    let id = emulator.leap.raise();
    let before = emulator.leap.requests();
    let end = Program::run(&mut leap_tour(&emulator.leap));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let says = format!("LEAP_BASE_URL is set: using {} instead of an emulator", emulator.leap.base_url);
    let (shown, ends) = (format!("request {id} is NEW"), "LEAP used the server that the environment names");
    for part in [&*says, &*shown, "Unacknowledged requests: 1. Nothing was written.", ends] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    for secret in ["@", &emulator.leap.user, &emulator.leap.password, "Example"] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
    assert_eq!(emulator.leap.requests(), before);
}

#[test]
fn only_the_named_request_is_handled() {
    let emulator = EmulatorProcess::start();
    let [other, named] = [emulator.leap.raise(), emulator.leap.raise()];
    let end = Program::run(leap_tour(&emulator.leap).env("LEAP_TEST_REQUEST", &named));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains(&format!("Request {named} is SUCCESSFUL and acknowledged.")), "{}", end.stdout);
    // The incident at the end has a server of its own, with the same numbers.
    let (on_the_server, _) = end.stdout.split_once("All services: one incident").unwrap();
    assert!(!on_the_server.contains(&format!("request {other} ")), "{}", end.stdout);
    let seen =
        emulator.leap.requests().into_iter().map(|request| (request["state"].clone(), request["unacked"].clone()));
    assert_eq!(seen.collect::<Vec<_>>(), [("NEW".into(), true.into()), ("SUCCESSFUL".into(), false.into())]);

    // A second time it has ended.
    let end = Program::run(leap_tour(&emulator.leap).env("LEAP_TEST_REQUEST", &named));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("has ended") && end.stderr.contains("Nothing was written"), "{}", end.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_change_in_time_nothing_is_written() {
    let emulator = leap::Emulator::start().await.unwrap();
    let id = emulator.controller().raise(leap::NewRequest::topic("Lighting")).unwrap();
    // No time is so short that a fast server can't answer within it.
    emulator.faults().on("GET", "/requests/").delay(Duration::from_secs(3600));
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    tour.env("LEAP_BASE_URL", emulator.base_url()).env("LEAP_USER", emulator.username());
    tour.env("LEAP_PASSWORD", emulator.password()).env("LEAP_TEST_REQUEST", &id).env("LEAP_WATCH_SECONDS", "0");
    let end = Program::run(&mut tour);
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("within 0 s. Nothing was written."), "{}", end.stdout);
    assert_eq!(emulator.journal().count("POST", ""), 0);
}

#[test]
fn without_leaps_credentials_nothing_is_sent() {
    let server = Server::start("[]");
    for (set, missing) in [("LEAP_USER", "LEAP_PASSWORD"), ("LEAP_PASSWORD", "LEAP_USER")] {
        let mut tour = example(env!("CARGO_BIN_EXE_tour"));
        let end = Program::run(tour.env("LEAP_BASE_URL", &server.url).env(set, "canary"));
        assert_eq!((end.code, &*end.stdout), (Some(2), ""));
        assert!(end.stderr.contains(&format!("{missing} is missing. Nothing was sent.")), "{}", end.stderr);
        assert!(!end.stderr.contains("canary"), "{}", end.stderr);
    }
    assert_eq!(server.requests(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_of_engagements_is_only_read() {
    let emulator = engagement::Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let ids: Vec<_> = (0..12).map(|_| controller.open_new()).collect();
    controller.set_custom_field(&ids[11], "name", "canary").unwrap();
    let end = Program::run(&mut engagement_tour(&emulator));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let says = format!("ENGAGEMENT_BASE_URL is set: using {} instead of an emulator", emulator.base_url());
    let shown = format!("intervention {} is open, 0 replies, 0 categories", ids[11]);
    let ends = "Engagement used the server that the environment names";
    for part in [&*says, &*shown, "Open interventions: 12, of which 10 are shown. Nothing was written.", ends] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    for secret in ["canary", emulator.access_token()] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
    let requests = emulator.journal().requests();
    assert!(requests.len() == 1 && requests[0].method == "GET", "{requests:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intervention_is_opened_and_cancelled_only_on_the_named_content() {
    let emulator = engagement::Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let content = controller.add_content(engagement::NewContent::new()).unwrap();
    let other = controller.open_new();
    let before = controller.intervention(&other).unwrap();
    let run = || Program::run(engagement_tour(&emulator).env("ENGAGEMENT_TEST_CONTENT", &content));
    let end = run();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    for part in ["opens it: intervention ", "cancels it: nothing is left of it", "No other intervention was"] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    assert_eq!((controller.interventions(), controller.intervention(&other).unwrap()), (vec![other.clone()], before));

    // One that was closed is opened again, and can't be cancelled: it is closed as it was.
    let id = controller.open(&content).unwrap();
    controller.reply(&id).unwrap();
    controller.close(&id).unwrap();
    let end = run();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("closes it again") && controller.intervention(&id).unwrap().closed, "{}", end.stdout);

    // Where one is open already, it is somebody's work.
    controller.reopen(&id).unwrap();
    let (before, writes) = (controller.intervention(&id).unwrap(), emulator.journal().count("POST", ""));
    let end = run();
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("422") && end.stderr.contains("Nothing was written."), "{}", end.stderr);
    assert_eq!((controller.intervention(&id).unwrap(), emulator.journal().count("POST", "")), (before, writes + 1));
    assert_eq!((emulator.journal().count("PUT", "/close"), emulator.journal().count("DELETE", "/cancel")), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intervention_of_unknown_outcome_is_left_to_a_person() {
    let emulator = engagement::Emulator::start().await.unwrap();
    let content = emulator.controller().add_content(engagement::NewContent::new()).unwrap();
    emulator.faults().on("POST", "/interventions").drop_after_commit();
    let end = Program::run(engagement_tour(&emulator).env("ENGAGEMENT_TEST_CONTENT", &content));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    let says = format!("An intervention on content {content} may be open now. It isn't cancelled");
    assert!(end.stderr.contains(&says) && !end.stderr.contains("Nothing was written"), "{}", end.stderr);
    assert_eq!((emulator.controller().interventions().len(), emulator.journal().total()), (1, 1));
}

#[test]
fn without_engagements_token_nothing_is_sent() {
    let server = Server::start("[]");
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    let end = Program::run(tour.env("ENGAGEMENT_BASE_URL", &server.url).env("ENGAGEMENT_IMPERSONATE", "canary"));
    assert_eq!((end.code, &*end.stdout), (Some(2), ""));
    assert!(end.stderr.contains("ENGAGEMENT_ACCESS_TOKEN is missing. Nothing was sent."), "{}", end.stderr);
    assert!(!end.stderr.contains("canary"), "{}", end.stderr);
    assert_eq!(server.requests(), [""; 0]);
}

fn caremessenger_tour(emulator: &caremessenger::Emulator) -> Command {
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    tour.env("CAREMESSENGER_BASE_URL", emulator.base_url());
    tour.env("CAREMESSENGER_USERNAME", emulator.username()).env("CAREMESSENGER_PASSWORD", emulator.password());
    tour
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_of_caremessengers_is_only_read_and_possible_mistakes_are_reported() {
    use caremessenger::{NewProvider, SITE_ID, Target};

    let emulator = caremessenger::Emulator::builder().page_size(5).start().await.unwrap();
    let controller = emulator.controller();
    let add = |provider: NewProvider| controller.add_provider(provider).unwrap();
    let provider = || NewProvider::new(Target::Site(SITE_ID), "canary", "canary");
    for _ in 0..11 {
        add(provider().email("canary", "canary@example.com"));
    }
    let lonely = add(provider().webhook("canary", "https://canary.example.com/"));
    let end = Program::run(&mut caremessenger_tour(&emulator));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let says = format!("CAREMESSENGER_BASE_URL is set: using {} instead of an emulator", emulator.base_url());
    for part in [
        &*says,
        "has provider 10 of site 5: 1 mail address, webhooks not shown",
        &format!("has provider {lonely} of site 5: 0 mail addresses, 1 webhook\n  lint            no mail address"),
        "Assistance providers: 12, of which 1 should be checked. Nothing was written.",
        "CareMessenger used the server that the environment names",
    ] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    assert!(!end.stdout.contains("has provider 20 "), "{}", end.stdout);
    for secret in ["canary", emulator.username(), emulator.password()] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
    let journal = emulator.journal();
    assert_eq!((journal.count("POST", "/api-token-auth/"), journal.count("GET", "/assistance-provider")), (1, 3));
    assert_eq!(journal.total(), 4);
}

#[test]
fn without_caremessengers_credentials_nothing_is_sent() {
    let server = Server::start("[]");
    for (set, expected) in [
        (None, "CAREMESSENGER_USERNAME and CAREMESSENGER_PASSWORD, or CAREMESSENGER_TOKEN, is missing"),
        (Some("CAREMESSENGER_USERNAME"), "CAREMESSENGER_PASSWORD is missing"),
        (Some("CAREMESSENGER_PASSWORD"), "CAREMESSENGER_USERNAME is missing"),
    ] {
        let mut tour = example(env!("CARGO_BIN_EXE_tour"));
        let end = Program::run(tour.env("CAREMESSENGER_BASE_URL", &server.url).envs(set.map(|name| (name, "canary"))));
        assert_eq!((end.code, &*end.stdout), (Some(2), ""));
        assert!(end.stderr.contains(expected) && end.stderr.contains("Nothing was sent."), "{}", end.stderr);
        assert!(!end.stderr.contains("canary"), "{}", end.stderr);
    }
    assert_eq!(server.requests(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_of_newfies_is_only_read() {
    let (emulator, _controller) = newfies_server().await;
    let client = examples::newfies::client(&emulator).unwrap();
    let user = client.calendar_users().list().await.unwrap()[0].id().unwrap();
    for n in 0..12 {
        client.calendars().create(newfies_client::NewCalendar::new(format!("canary {n}"), user)).await.unwrap();
    }
    let before = emulator.journal().total();
    let end = Program::run(&mut newfies_tour(&emulator));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let says = format!("NEWFIES_BASE_URL is set: using {} instead of an emulator", emulator.base_url());
    let shown = format!("has calendar 10 of calendar user {user}");
    for part in [
        &*says,
        "has 1 gateway, 1 SMS gateway, 1 sealed survey and 1 calendar setting",
        &*shown,
        "Calendars: 12, of which 10 are shown. Nothing was written.",
        "Newfies used the server that the environment names",
    ] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    for secret in ["canary", "dr-example", emulator.username(), emulator.password()] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
    let requests = emulator.journal().requests().split_off(before as usize);
    assert!(
        !requests.is_empty() && requests.iter().all(|request| ["GET", "OPTIONS"].contains(&request.method.as_str())),
        "{requests:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_named_number_is_called() {
    let (emulator, controller) = newfies_server().await;
    controller.before_next("GET", "/alarm/1/", |controller| {
        controller.ring(1).unwrap();
        controller.confirm(1).unwrap();
    });
    let mut tour = newfies_tour(&emulator);
    let end = Program::run(tour.env("NEWFIES_TEST_PHONE", "+12025550107").env("NEWFIES_TEST_NAME", "dr-example"));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    for part in ["that number is called once", "key 1, confirmed", "No other number was called."] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    for secret in ["+1202", "dr-example", emulator.username(), emulator.password()] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
    let calls: Vec<_> = controller.call_requests().into_iter().map(|call| call.phone_number).collect();
    assert_eq!(
        (&*calls, controller.events().len(), controller.messages().len()),
        (&["+12025550107".to_owned()][..], 1, 0)
    );

    // A calendar user who isn't there is not made, and nobody is called.
    let end = Program::run(tour.env("NEWFIES_TEST_NAME", "nobody"));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("this name") && end.stderr.contains("Nobody is called"), "{}", end.stderr);
    assert_eq!(
        (controller.call_requests().len(), controller.calendar_users().len(), controller.alarms().len()),
        (1, 1, 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_does_not_start_in_time_is_cancelled() {
    let (emulator, controller) = newfies_server().await;
    emulator.faults().on("GET", "/alarm/1/").delay(Duration::from_secs(3600));
    let mut tour = newfies_tour(&emulator);
    tour.env("NEWFIES_TEST_PHONE", "+12025550107").env("NEWFIES_TEST_NAME", "dr-example");
    let end = Program::run(tour.env("NEWFIES_WATCH_SECONDS", "0"));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("saw no call in time and cancelled it"), "{}", end.stdout);
    assert_eq!((controller.alarms().len(), controller.call_requests().len()), (0, 0));
}

#[test]
fn without_newfies_credentials_nothing_is_sent() {
    let server = Server::start("[]");
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    tour.env("NEWFIES_BASE_URL", &server.url).env("NEWFIES_USER", "canary");
    for (set, expected) in [
        (&[][..], "NEWFIES_PASSWORD is missing"),
        (&[("NEWFIES_PASSWORD", "canary"), ("NEWFIES_TEST_PHONE", "canary")], "NEWFIES_TEST_NAME is missing"),
        (&[("NEWFIES_TOKEN", "canary")], "set only one of them"),
    ] {
        let end = Program::run(tour.envs(set.iter().copied()));
        assert_eq!((end.code, &*end.stdout), (Some(2), ""));
        assert!(end.stderr.contains(expected) && end.stderr.contains("Nothing was sent."), "{}", end.stderr);
        assert!(!end.stderr.contains("canary"), "{}", end.stderr);
    }
    assert_eq!(server.requests(), [""; 0]);
}
