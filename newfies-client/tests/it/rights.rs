//! What a caller may read and write: the preflight distinguishes missing rows from unreadable ones, and errors name the
//! missing right.

use crate::support::*;
use newfies_client::*;

#[tokio::test(start_paused = true)]
async fn preflight_shows_a_superuser_what_exists_and_what_is_missing() {
    let scene = scene().await;
    for n in 0..12 {
        let _ = scene.controller.add_gateway(&format!("gateway {n}"));
    }
    let preflight = scene.newfies.preflight().await.unwrap();
    assert_eq!((preflight.gateways.rows().len(), preflight.sms_gateways.rows().len()), (13, 1));
    assert_eq!(preflight.sealed_surveys.rows()[0].link, Link::to(1));
    assert_eq!((preflight.missing(), preflight.calendar_settings), (vec![], Some(0)));
    for (collection, tells) in [("gateway", "for calls"), ("sms-gateway", "for SMS"), ("sealed-survey", "seal it")] {
        let none = Step::Answer(200, r#"{"count": 0, "next": null, "previous": null, "results": []}"#);
        scene.transport.plan("GET", &format!("/{collection}/"), [none]);
        let missing = scene.newfies.preflight().await.unwrap().missing();
        assert!(missing.len() == 1 && missing[0].contains(tells), "{missing:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn preflight_does_not_report_unreadable_rows_as_missing() {
    // NEWF-37
    let scene = scene_of(Emulator::builder().superuser(false)).await;
    let preflight = scene.newfies.preflight().await.unwrap();
    assert_eq!((&preflight.gateways, &preflight.sms_gateways), (&Access::Denied, &Access::Denied));
    assert_eq!((preflight.sealed_surveys.rows().len(), preflight.missing().len()), (1, 0));
    // Grantable rights can be missing, too.
    scene.controller.revoke(scene.emulator.username(), "view_survey").unwrap();
    scene.controller.revoke(scene.emulator.username(), "view_calendarsetting").unwrap();
    let preflight = scene.newfies.preflight().await.unwrap();
    assert_eq!((preflight.sealed_surveys, preflight.calendar_settings), (Access::Denied, None));
}

#[tokio::test(start_paused = true)]
async fn a_providers_credentials_are_not_read() {
    // NEWF-55
    let scene = scene().await;
    let settings = || Step::json(|body| body["results"][0]["settings"] = serde_json::json!({"password": "CANARY"}));
    scene.transport.plan("GET", "/sms-gateway/", [settings()]);
    let preflight = scene.newfies.preflight().await.unwrap();
    assert_eq!(preflight.sms_gateways.rows().len(), 1);
    assert!(!format!("{preflight:?}").contains("CANARY"));
}

#[tokio::test(start_paused = true)]
async fn wrong_credentials_fail_the_preflight() {
    // NEWF-36
    let scene = scene().await;
    let (stranger, _) = client(&scene.emulator, "stranger", "x");
    let error = stranger.preflight().await.unwrap_err();
    assert_eq!(error.fault::<ApiFault>().unwrap().denial, Some(Denial::Credentials));
}

#[tokio::test(start_paused = true)]
async fn links_must_lead_to_the_callers_own_rows() {
    // NEWF-41, NEWF-27
    let scene = scene().await;
    let doctor = scene.doctor().await;
    scene.controller.add_user(NewUser::new("rival", "x").superuser()).unwrap();
    let (rival, _) = client(&scene.emulator, "rival", "x");
    let error = rival.calendars().create(NewCalendar::new("c", doctor)).await.unwrap_err();
    assert!(!error.fault::<ApiFault>().unwrap().messages("user").is_empty());
    assert!(error.to_string().contains("also for a superuser"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_caller_without_a_profile_is_explained() {
    // NEWF-43
    let scene = scene().await;
    scene.controller.add_user(NewUser::new("root", "x").superuser().without_profile()).unwrap();
    let (root, transport) = client(&scene.emulator, "root", "x");
    // While there is no setting, the list shows nothing of it.
    assert!(root.calendar_settings().list(List::new()).await.is_ok());
    let preflight = root.preflight().await.unwrap();
    assert_eq!((preflight.is_without_profile, preflight.calendar_settings), (true, Some(0)));
    assert!(transport.all().iter().all(|sent| ["GET", "OPTIONS"].contains(&sent.method.as_str())), "it only reads");
    scene.newfies.calendar_settings().create(new_setting()).await.unwrap();
    let settings = root.calendar_settings();
    for error in [
        settings.create(new_setting()).await.unwrap_err(),
        settings.list(List::new()).await.unwrap_err(),
        settings.update(1, CalendarSettingPatch::new().call_timeout(9)).await.unwrap_err(),
        settings.replace(1, new_setting()).await.unwrap_err(),
    ] {
        assert!(error.to_string().contains("no profile in the web interface"), "{error}");
    }
    let preflight = root.preflight().await.unwrap();
    assert_eq!((preflight.is_without_profile, preflight.calendar_settings), (true, None));
    assert!(preflight.missing()[0].contains("profile of the caller's own"), "{:?}", preflight.missing());
    assert!(!scene.newfies.preflight().await.unwrap().is_without_profile);
}

#[tokio::test(start_paused = true)]
async fn a_manager_without_superuser_rights_can_delete_no_calendar_user() {
    // NEWF-38
    let scene = scene_of(Emulator::builder().superuser(false)).await;
    let error = scene.newfies.calendar_users().delete(1).await.unwrap_err();
    assert!(error.is_forbidden() && error.to_string().contains("superuser"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_superuser_can_delete_any_user_and_no_workflow_deletes_one() {
    // NEWF-40
    let scene = scene().await;
    let manager = scene.controller.add_user(NewUser::new("manager of others", "x")).unwrap();
    let done = scene.newfies.schedule_reminder(reminder()).await.unwrap();
    scene.newfies.cancel_series(done.event).await.unwrap();
    let deleted: Vec<_> = scene.transport.all().into_iter().filter(|sent| sent.method == "DELETE").collect();
    assert_eq!(deleted.len(), 2, "the alarms");
    assert!(deleted.iter().all(|sent| sent.path().contains("/alarm/")), "{deleted:?}");
    scene.newfies.calendar_users().delete(manager).await.unwrap();
    assert!(scene.controller.user(manager).is_err(), "though it was no calendar user");
}
