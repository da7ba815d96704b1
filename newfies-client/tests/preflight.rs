//! What must exist first is looked for, and what may not be read isn't taken for missing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use newfies_client::*;

#[tokio::test(start_paused = true)]
async fn a_superuser_sees_what_is_there_and_what_is_missing() {
    let scene = scene().await;
    for n in 0..12 {
        let _ = scene.room.add_gateway(&format!("gateway {n}"));
    }
    let preflight = scene.newfies.preflight().await.unwrap();
    assert_eq!((preflight.gateways.rows().len(), preflight.sms_gateways.rows().len()), (13, 1));
    assert_eq!(preflight.sealed_surveys.rows()[0].link, Link::to(1));
    assert_eq!((preflight.lacks(), preflight.calendar_settings), (vec![], Some(0)));
    for (collection, tells) in [("gateway", "for calls"), ("sms-gateway", "for SMS"), ("sealed-survey", "seal it")] {
        let none = Step::Answer(200, r#"{"count": 0, "next": null, "previous": null, "results": []}"#);
        scene.transport.plan("GET", &format!("/{collection}/"), [none]);
        let lacks = scene.newfies.preflight().await.unwrap().lacks();
        assert!(lacks.len() == 1 && lacks[0].contains(tells), "{lacks:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_not_be_read_is_not_missing() {
    // NEWF-37
    let scene = scene_of(Emulator::builder().superuser(false)).await;
    let preflight = scene.newfies.preflight().await.unwrap();
    assert_eq!((&preflight.gateways, &preflight.sms_gateways), (&Reach::Denied, &Reach::Denied));
    assert_eq!((preflight.sealed_surveys.rows().len(), preflight.lacks().len()), (1, 0));
    // Rights that can be granted may be missing, too.
    scene.room.revoke(scene.emulator.username(), "view_survey").unwrap();
    scene.room.revoke(scene.emulator.username(), "view_calendarsetting").unwrap();
    let preflight = scene.newfies.preflight().await.unwrap();
    assert_eq!((preflight.sealed_surveys, preflight.calendar_settings), (Reach::Denied, None));
}

#[tokio::test(start_paused = true)]
async fn the_credentials_of_a_provider_are_not_so_much_as_read() {
    // NEWF-55
    let scene = scene().await;
    let settings = || Step::json(|body| body["results"][0]["settings"] = serde_json::json!({"password": "CANARY"}));
    scene.transport.plan("GET", "/sms-gateway/", [settings()]);
    let preflight = scene.newfies.preflight().await.unwrap();
    assert_eq!(preflight.sms_gateways.rows().len(), 1);
    assert!(!format!("{preflight:?}").contains("CANARY"));
}

#[tokio::test(start_paused = true)]
async fn wrong_credentials_are_an_error_and_no_finding() {
    // NEWF-36
    let scene = scene().await;
    let (stranger, _) = client(&scene.emulator, "stranger", "x");
    let error = stranger.preflight().await.unwrap_err();
    assert_eq!(error.fault::<ApiFault>().unwrap().denial, Some(Denial::Credentials));
}
