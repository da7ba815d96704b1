//! Signing in: once for all callers, again when the token has expired or is refused, and never beyond need.

use crate::support::*;
use care_emulators::caremessenger::TokenForm;
use caremessenger_client::{CareMessenger, Kind, ListAssistanceProviders, MemoryTokenStore, Outcome, TokenStore};
use futures_util::future::join_all;
use http::StatusCode;
use std::sync::Arc;

const SIGN_IN: &str = "/api-token-auth/";

#[tokio::test(start_paused = true)]
async fn many_callers_sign_in_once_with_any_form_of_token() {
    // CARE-34, CARE-35
    for form in [TokenForm::Jwt, TokenForm::Undecodable, TokenForm::Opaque] {
        let scene = scene_of(Emulator::builder().token_form(form)).await;
        let all = join_all(
            (0..5).map(|_| scene.care.assistance_providers().list(ListAssistanceProviders::new()).into_future()),
        )
        .await;
        assert!(all.iter().all(Result::is_ok), "{form:?}");
        assert_eq!(scene.transport.count("POST", SIGN_IN), 1, "{form:?}");
        let sign_in = &scene.transport.sent("POST", SIGN_IN)[0];
        assert_eq!((sign_in.path(), sign_in.header("authorization")), (SIGN_IN, None));
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_renewed_once_and_the_call_repeated_also_a_create() {
    // CARE-35: a 401 says that nothing was done.
    let scene = scene().await;
    scene.care.assistance_providers().list(ListAssistanceProviders::new()).await.unwrap();
    scene.controller.revoke_tokens();
    scene.care.assistance_providers().create(new("a")).await.unwrap();
    assert_eq!(scene.transport.count("POST", SIGN_IN), 2);
    assert_eq!(scene.transport.count("POST", "/assistance-provider"), 2);
    assert_eq!(scene.controller.providers().len(), 1);
    scene.transport.plan("GET", "/assistance-provider", vec![Step::Answer(401, "{}"); 2]);
    let error = scene.care.assistance_providers().list(ListAssistanceProviders::new()).await.unwrap_err();
    assert!(error.is_unauthorized() && error.attempts() == 2, "{error}");
}

#[tokio::test(start_paused = true)]
async fn credentials_that_were_read_with_a_line_break_are_refused_before_anything_is_sent() {
    let scene = scene().await;
    let (_, transport) = client(&scene.emulator);
    let bare = || CareMessenger::builder().base_url("http://localhost");
    for end in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"] {
        let canary = format!("canary{end}");
        let header = http::HeaderName::from_static("x-api-key");
        for builder in [
            bare().credentials("admin", canary.as_str()),
            bare().credentials(canary.as_str(), "hush"),
            bare().token(canary.as_str()),
            bare().header_auth(header, canary.as_str()),
        ] {
            let error = builder.build().unwrap_err();
            let text = format!("{error} {error:?} {}", error.report());
            assert!(error.kind() == Kind::Config && text.contains("trailing newline"), "{end:?}: {text}");
            assert!(!text.contains("canary"), "{text}");
        }
        let error = scene.care.sign_in("admin", canary.as_str()).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
        assert!(error.to_string().contains("trailing newline") && !error.report().contains("canary"), "{error}");
    }
    assert_eq!(transport.total(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_lasting_401_or_wrong_password_is_no_storm_of_sign_ins() {
    let scene = scene().await;
    scene.transport.plan("GET", "/assistance-provider", vec![Step::Answer(401, "{}"); 20]);
    for number in 1..=10 {
        let error = scene.care.assistance_providers().list(ListAssistanceProviders::new()).await.unwrap_err();
        let says = "refused the access token, which was fetched with the user name and password";
        assert!(error.is_unauthorized() && error.to_string().contains(says), "{number}: {error}");
    }
    assert_eq!((scene.transport.count("POST", SIGN_IN), scene.transport.count("GET", "/assistance-provider")), (2, 11));

    let (builder, transport) = client(&scene.emulator);
    let care = builder.credentials(scene.emulator.username(), "canary").build().unwrap();
    for number in 1..=10 {
        let error = care.assistance_providers().list(ListAssistanceProviders::new()).await.unwrap_err();
        let text = error.to_string();
        assert!(error.kind() == Kind::Auth && text.contains("refused the user name and password"), "{number}: {text}");
    }
    assert_eq!(transport.count("POST", SIGN_IN), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_alone_is_never_renewed() {
    let scene = scene().await;
    let (builder, transport) = client(&scene.emulator);
    let care = builder.token(scene.emulator.token()).build().unwrap();
    care.assistance_providers().list(ListAssistanceProviders::new()).await.unwrap();
    scene.controller.revoke_tokens();
    let error = care.assistance_providers().list(ListAssistanceProviders::new()).await.unwrap_err();
    assert!(error.is_unauthorized() && error.outcome() == Outcome::Refused && error.attempts() == 1, "{error}");
    assert_eq!(transport.count("POST", SIGN_IN), 0);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_password_is_an_auth_error_and_the_call_is_not_sent() {
    for status in [StatusCode::BAD_REQUEST, StatusCode::UNAUTHORIZED] {
        let emulator = Emulator::builder().failed_sign_in_status(status).start().await.unwrap();
        let (builder, transport) = client(&emulator);
        let care = builder.credentials(emulator.username(), "canary").build().unwrap();
        let error = care.assistance_providers().create(new("a")).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Auth, Outcome::NotSent, 0), "{error}");
        assert_eq!(error.cause().unwrap().status(), Some(status));
        assert!(!error.report().contains("canary"), "{}", error.report());
        assert_eq!(transport.count("POST", "/assistance-provider"), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_keeps_the_token_over_a_restart() {
    let emulator = Emulator::start().await.unwrap();
    let store = Arc::new(MemoryTokenStore::new());
    for _ in 0..2 {
        let (builder, transport) = client(&emulator);
        let before = store.load("user:administrator").await.unwrap();
        let care = builder
            .credentials(emulator.username(), emulator.password())
            .token_store(Arc::clone(&store))
            .build()
            .unwrap();
        care.assistance_providers().list(ListAssistanceProviders::new()).await.unwrap();
        assert_eq!(transport.count("POST", SIGN_IN), usize::from(before.is_none()));
        assert!(store.load("user:administrator").await.unwrap().unwrap().expiry().is_some());
    }
}
