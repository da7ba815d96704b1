//! Over real sockets that break: what is told of the server is what the server did, and no provider is made twice.

use crate::support::*;
use care_emulators::Faults;
use caremessenger_client::{CareMessenger, Ensured, Kind, ListAssistanceProviders, Options, Outcome, RetryPolicy};
use futures_util::TryStreamExt;
use std::time::Duration;

type Break = fn(&Faults);

/// Failures that leave the caller in the dark, and whether the server has done it.
const DARK: [(Break, bool); 6] = [
    (Faults::drop_before_commit, false),
    (Faults::reset, false),
    (Faults::drop_after_commit, true),
    (Faults::reset_after_commit, true),
    (Faults::garbage, true),
    (Faults::html, true),
];

async fn start() -> (Emulator, CareMessenger, Controller) {
    let emulator = Emulator::start().await.unwrap();
    let quick = RetryPolicy::new().first_delay(Duration::from_millis(1));
    let care = CareMessenger::builder().base_url(emulator.base_url()).options(Options::new().retry(quick));
    let care = care.credentials(emulator.username(), emulator.password()).build().unwrap();
    let controller = emulator.controller();
    (emulator, care, controller)
}

#[tokio::test]
async fn a_create_in_the_dark_is_unknown_and_sent_once() {
    // CARE-24
    for (fault, done) in DARK {
        let (emulator, care, controller) = start().await;
        fault(&emulator.faults().on("POST", "/assistance-provider"));
        let error = care.assistance_providers().create(new("a")).await.unwrap_err();
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1), "{error:?}");
        assert!(!error.is_retryable() && error.to_string().contains("may or may not"), "{error}");
        assert_eq!(controller.providers().len(), usize::from(done));
        assert_eq!(emulator.journal().count("POST", "/assistance-provider"), 1);
        // The way out: look first.
        let ensured = care.assistance_providers().ensure(new("a")).await.unwrap();
        assert_eq!(matches!(ensured, Ensured::Found { .. }), done);
        assert_eq!(controller.providers().len(), 1);
    }
}

#[tokio::test]
async fn ensure_in_the_dark_finds_out_what_the_server_did() {
    // CARE-24
    for (fault, done) in DARK {
        let (emulator, care, controller) = start().await;
        fault(&emulator.faults().on("POST", "/assistance-provider"));
        let end = care.assistance_providers().ensure(new("a")).await;
        assert_eq!(end.is_ok(), done, "{end:?}");
        assert_eq!(controller.providers().len(), usize::from(done));
    }
}

#[tokio::test]
async fn what_can_be_repeated_is_and_gets_done() {
    for (fault, _) in &DARK[..5] {
        let (emulator, care, _) = start().await;
        let providers = care.assistance_providers();
        providers.create(new("a")).await.unwrap();
        for path in ["/10", "/assistance-provider"] {
            fault(&emulator.faults().on("GET", path).times(2));
        }
        assert_eq!(providers.get(10).await.unwrap().name, "a");
        assert_eq!(providers.items(ListAssistanceProviders::new()).try_collect::<Vec<_>>().await.unwrap().len(), 1);
        assert_eq!(emulator.faults().left(), 0);
    }
}

#[tokio::test]
async fn signing_in_is_repeated_too() {
    // CARE-35
    for (fault, _) in &DARK[..5] {
        let (emulator, care, _) = start().await;
        fault(&emulator.faults().on("POST", "/api-token-auth/").times(2));
        care.assistance_providers().list(ListAssistanceProviders::new()).await.unwrap();
        assert_eq!(emulator.faults().left(), 0);
    }
}

#[tokio::test]
async fn a_page_in_place_of_an_answer_is_never_taken_for_one() {
    let (emulator, care, _) = start().await;
    let providers = care.assistance_providers();
    providers.create(new("a")).await.unwrap();
    emulator.faults().times(4).html();
    for error in [
        providers.get(10).await.map(drop).unwrap_err(),
        providers.list(ListAssistanceProviders::new()).await.map(drop).unwrap_err(),
        providers.create(new("b")).await.map(drop).unwrap_err(),
        providers.ensure(new("b")).await.map(drop).unwrap_err(),
    ] {
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Unknown), "{error:?}");
    }
}
