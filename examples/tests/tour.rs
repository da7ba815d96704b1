//! `cargo run -p examples`, as a newcomer runs it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by panicking")]

mod support;

use support::{Program, example};

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
    "is NEW, topic Lighting: it is new",
    "links it to MAX-56789",
    "moves it to IN_PROGRESS",
    "nothing unseen with it",
    "while the acknowledgement is on its way",
    "shows nothing of the second one any more",
    "a comment (came while the change before was dealt with)",
    "moves it to SUCCESSFUL",
    "had lost the answer",
    "asks for IN_PROGRESS no more",
];

/// What becomes of the interventions.
const ENGAGEMENT: [&str; 16] = [
    "opens an intervention on that message, as the agent Kim",
    "loses the answer",
    "lists the conversation instead of opening it again",
    "is open, 0 replies, 0 categories",
    "adds the category of refunds, and leaves it the other",
    "order A-1042 in a custom field",
    "hands it over to the agent Lou",
    "the client has looked, and not closed it again",
    "is closed, 1 reply, 2 categories",
    "has it no more: a cancel destroys it",
    "refuses the client: somebody is at it",
    "has taken the refusal for no proof, and looked",
    "is closed, 1 reply, 0 categories",
    "by 2 and 1 rows",
    "none lost, none twice",
    "1 opening, 1 writing of categories, 1 custom field, 1 handing over, 2 closes, 1 cancel",
];

/// What becomes of calls for help.
const CAREMESSENGER: [&str; 19] = [
    "no mail address: a receiver that is away for minutes loses the call",
    "sets a mail address beside the webhook",
    "the client has looked, and not registered it again",
    "has provider 10 of site 5: 1 mail address, 1 webhook",
    "finds it there as it should be, and makes nothing",
    "shows it once",
    "posts after 0 s: the receiver has answered, and the network loses that",
    "posts after 1 s: acknowledged with 200",
    "87 bytes",
    "87 bytes, probably a repetition",
    "has dropped neither",
    "posts after 0, 1, 3, 7, 15, 31, 63, 127 s: nobody is there",
    "posts after 255 s: acknowledged with 200",
    "is up again, and has stored",
    "posts after 0, 1, 3, 7, 15, 31, 63, 127, 255 s: nobody is there",
    "stops after five minutes, and tells nobody",
    "has come to the duty desk all the same",
    "2 reached the receiver, 1 was lost on the way to it, all 3 came by mail",
    "1 registration, 1 sign-in, 3 lists",
];

/// How the reminder comes to its confirmation.
const NEWFIES: [&str; 13] = [
    "has 1 gateway, 1 SMS gateway, 1 sealed survey and no calendar setting",
    "breaks in the midst of newfies.events.create",
    "counts settings 1, calendar users 1, calendars 1, events 1, alarms 0",
    "schedules the same again, which goes on where it was",
    "has made: alarm 1, alarm 2",
    "counts settings 1, calendar users 1, calendars 1, events 1, alarms 2",
    "makes nothing, for all of it was there",
    "doesn't hear it",
    "rings again",
    "the call was answered after 2 attempts: key 1, confirmed",
    "gets the SMS",
    "2 alarms went well, 2 calls, 1 confirmed, 12 s of talk",
    "1 calendar setting, 1 calendar user, 1 calendar, 1 event, 2 alarms",
];

/// The incident that passes through all services.
const INCIDENT: [&str; 17] = [
    "presses the button on the television",
    "certainly a repetition",
    "raises TEST callout 570 with AURA",
    "in LEAP to callout 570, and says: open the door",
    "on that in Engagement",
    "dispatches the nearest responder",
    "moves request 10000001 to SUCCESSFUL",
    "is closed, 2 replies",
    "schedules alarm 1 with Newfies: the resident is called in a day",
    "presses 1: I am well",
    "the call was answered after 1 attempt: key 1, confirmed",
    "posted 2 times: 1 callout, 1 link to the building's request, 1 intervention, 1 call the day after. All of it is closed.",
    "AURA was played by an emulator",
    "LEAP was played by an emulator",
    "Engagement was played by an emulator",
    "CareMessenger was played by an emulator",
    "Newfies was played by an emulator",
];

#[test]
fn it_tells_every_documented_status_and_nothing_secret_or_personal() {
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
    for part in ["3 times; 2 more positions", "control room    says: Stay where you are"] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    assert_eq!(end.stdout.matches("Duplicates among them: 0.").count(), 5, "{}", end.stdout);
    // Mail addresses, tokens, the emulators' credentials, the receivers' URLs, phone numbers, the positions of the person and the
    // responders.
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
fn credentials_without_a_server_go_nowhere() {
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    tour.env("AURA_USER_TOKEN", "canary-token").env("AURA_BASE_URL", "");
    tour.env("LEAP_PASSWORD", "canary-password").env("LEAP_BASE_URL", "");
    tour.env("CAREMESSENGER_TOKEN", "").env("CAREMESSENGER_USERNAME", "");
    tour.env("NEWFIES_TOKEN", "canary-token").env("NEWFIES_TEST_PHONE", "canary-phone").env("NEWFIES_BASE_URL", "");
    let end = Program::run(tour.env("ENGAGEMENT_ACCESS_TOKEN", "canary-token").env("ENGAGEMENT_ACCOUNT", ""));
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    for part in [
        "No AURA_BASE_URL is set",
        "No LEAP_BASE_URL is set",
        "No ENGAGEMENT_BASE_URL is set",
        "nor CAREMESSENGER_TOKEN is set",
        "No NEWFIES_BASE_URL is set",
    ] {
        assert!(end.stdout.contains(part) && !end.stdout.contains("canary"), "{}", end.stdout);
    }
}
