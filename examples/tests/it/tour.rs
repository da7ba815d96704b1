//! `cargo run -p examples`, as a newcomer runs it.

use crate::support::{Program, example};

/// The three emergencies and the incident, by the lines of the status.
const STORY: [&str; 21] = [
    "created",
    "Responder Dispatched: Harbour Watch is coming",
    "Responder Cancelled",
    "Responder Dispatched: Ridge Response is coming",
    "Responder Arrived",
    "Responder Completed",
    "closed",
    "created",
    "Responder Dispatched by hand: Far Coast Guarding is coming",
    "Responder Arrived",
    "Responder Completed",
    "closed",
    "created",
    "Responder Dispatched: Harbour Watch is coming",
    "Responder Cancelled",
    "closed",
    "created",
    "Responder Dispatched: Harbour Watch is coming",
    "Responder Arrived",
    "Responder Completed",
    "closed",
];

/// The request's way, from the customer to its end.
const LEAP: [&str; 11] = [
    "raises request 10000001",
    "is NEW, topic Lighting: new",
    "links it to MAX-56789",
    "moves it to IN_PROGRESS",
    "nothing else was acknowledged with it",
    "while the acknowledgement is in flight",
    "no longer reports the second one",
    "a comment (arrived while the previous change was handled)",
    "moves it to SUCCESSFUL",
    "lost the answer",
    "doesn't ask for IN_PROGRESS",
];

/// What becomes of the interventions.
const ENGAGEMENT: [&str; 16] = [
    "opens an intervention on that message, as the agent Kim",
    "loses the answer",
    "lists the conversation instead of opening it again",
    "is open, 0 replies, 0 categories",
    "adds the category of refunds and keeps the other",
    "order A-1042 in a custom field",
    "reassigns it to the agent Lou",
    "the client checked instead of closing it again",
    "is closed, 1 reply, 2 categories",
    "no longer has it: a cancel destroys it",
    "refuses the client's request",
    "doesn't rely on the refusal, and reads the intervention",
    "is closed, 1 reply, 0 categories",
    "by 2 and 1 rows",
    "none skipped, none repeated",
    "1 opening, 1 change of categories, 1 custom field, 1 reassignment, 2 closes, 1 cancel",
];

/// What becomes of calls for help.
const CAREMESSENGER: [&str; 19] = [
    "no mail address: if the receiver is down for minutes, the call is lost",
    "adds a mail address to the webhook",
    "the client checked instead of registering it again",
    "has provider 10 of site 5: 1 mail address, 1 webhook",
    "finds it unchanged and creates nothing",
    "shows it once",
    "posts after 0 s: the receiver answered, but the network lost the answer",
    "posts after 1 s: acknowledged with 200",
    "87 bytes",
    "87 bytes, probably a redelivery",
    "keeps both",
    "posts after 0, 1, 3, 7, 15, 31, 63, 127 s: no connection",
    "posts after 255 s: acknowledged with 200",
    "is up again and has stored",
    "posts after 0, 1, 3, 7, 15, 31, 63, 127, 255 s: no connection",
    "stops after five minutes without notice",
    "reached the duty desk nevertheless",
    "2 reached the receiver, 1 was lost, all 3 arrived by mail",
    "1 registration, 1 sign-in, 3 lists",
];

/// How the reminder comes to its confirmation.
const NEWFIES: [&str; 13] = [
    "has 1 gateway, 1 SMS gateway, 1 sealed survey and no calendar setting",
    "breaks during newfies.events.create",
    "has settings 1, calendar users 1, calendars 1, events 1, alarms 0",
    "schedules the same again, which continues where it stopped",
    "created: alarm 1, alarm 2",
    "has settings 1, calendar users 1, calendars 1, events 1, alarms 2",
    "creates nothing, because everything existed",
    "doesn't answer",
    "rings again",
    "the call was answered after 2 attempts: key 1, confirmed",
    "receives the SMS",
    "2 successful alarms, 2 calls, 1 confirmed, 12 s of talk",
    "1 calendar setting, 1 calendar user, 1 calendar, 1 event, 2 alarms",
];

/// The incident that passes through all services.
const INCIDENT: [&str; 17] = [
    "presses the button on the television",
    "certainly a redelivery",
    "raises TEST callout 570 with AURA",
    "in LEAP to callout 570 and comments: open the door",
    "on that message in Engagement",
    "dispatches the nearest responder",
    "moves request 10000001 to SUCCESSFUL",
    "is closed, 2 replies",
    "schedules alarm 1 with Newfies: the resident is called in a day",
    "presses 1: I am well",
    "the call was answered after 1 attempt: key 1, confirmed",
    "posted 2 times: 1 callout, 1 link to the building's request, 1 intervention, 1 call the next day.",
    "AURA used an emulator",
    "LEAP used an emulator",
    "Engagement used an emulator",
    "CareMessenger used an emulator",
    "Newfies used an emulator",
];

#[test]
fn the_tour_shows_every_documented_status_and_nothing_secret_or_personal() {
    let end = Program::run(&mut example(env!("CARGO_BIN_EXE_tour")));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);

    let statuses = end.stdout.lines().filter_map(|line| line.strip_prefix("  status"));
    let statuses: Vec<_> = statuses.map(|text| text.trim_start_matches(", hidden").trim()).collect();
    assert_eq!(statuses.len(), STORY.len(), "{statuses:#?}");
    for (came, expected) in statuses.iter().zip(STORY) {
        assert!(came.starts_with(expected), "{came} instead of {expected}");
    }
    let mut rest = &*end.stdout;
    for part in LEAP.into_iter().chain(ENGAGEMENT).chain(CAREMESSENGER).chain(NEWFIES).chain(INCIDENT) {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part} is not where it should be in {}", end.stdout));
        rest = &rest[at + part.len()..];
    }
    for part in ["3 times; 2 positions", "control room    says: Stay where you are"] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    assert_eq!(end.stdout.matches("Duplicates: 0.").count(), 5, "{}", end.stdout);
    // Mail addresses, tokens, the emulators' credentials, the receivers' URLs, phone numbers, the positions of the
    // person and the responders.
    for secret in [
        "@",
        "eyJ",
        "emulator-secret",
        "emulator-password",
        "emulator-access-token",
        "administrator",
        "/care/",
        "external-system",
        "dr-example",
        "duty-desk",
        "00000000-0000",
        "tour-password",
        "+1202",
        "-26.",
        "28.05",
    ] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
}

#[test]
fn credentials_without_a_server_are_not_used() {
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    tour.env("AURA_USER_TOKEN", "canary-token").env("AURA_BASE_URL", "");
    tour.env("LEAP_PASSWORD", "canary-password").env("LEAP_BASE_URL", "");
    tour.env("CAREMESSENGER_TOKEN", "").env("CAREMESSENGER_USERNAME", "");
    tour.env("NEWFIES_TOKEN", "canary-token").env("NEWFIES_TEST_PHONE", "canary-phone").env("NEWFIES_BASE_URL", "");
    let end = Program::run(tour.env("ENGAGEMENT_ACCESS_TOKEN", "canary-token").env("ENGAGEMENT_ACCOUNT", ""));
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    for part in [
        "AURA_BASE_URL is not set",
        "LEAP_BASE_URL is not set",
        "ENGAGEMENT_BASE_URL is not set",
        "and CAREMESSENGER_TOKEN are not set",
        "NEWFIES_BASE_URL is not set",
    ] {
        assert!(end.stdout.contains(part) && !end.stdout.contains("canary"), "{}", end.stdout);
    }
}
