//! The journal records requests, and its `Debug` redacts secrets and personal data.

use crate::support::{
    RawRequest,
    aura::{create, prefixed, test_callout},
    dial,
};
use care_emulators::aura::Emulator;
use http::Method;
use serde_json::json;
use tokio::io::AsyncWriteExt;

#[tokio::test]
async fn it_records_method_path_query_headers_and_body() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let id = create(&emulator, &token, &test_callout()).await;
    let path = prefixed(&format!("/callouts/{id}"));
    RawRequest::get(format!("{path}?shouldIncludeRoute=true")).token(&token).send(&emulator).await;

    let journal = emulator.journal();
    let [raised, polled] = &journal.requests()[..] else { panic!("{journal:?}") };
    assert_eq!(
        (&raised.method, raised.path.as_str(), raised.query.as_deref()),
        (&Method::POST, "/panic-api/callouts", None)
    );
    assert_eq!(raised.json(), Some(test_callout()));
    assert_eq!(raised.body().as_ref(), test_callout().to_string().as_bytes());
    assert!(raised.has_bearer(&token));
    assert!(!raised.has_bearer("another"));
    assert_eq!(raised.header("Content-Type"), Some("application/json"));
    assert_eq!((polled.path.as_str(), polled.query.as_deref()), (path.as_str(), Some("shouldIncludeRoute=true")));
    assert_eq!(polled.json(), None);

    assert_eq!(journal.count(Method::POST, "/callouts"), 1);
    assert_eq!(journal.count(Method::GET, "/callouts"), 0);
    assert_eq!(journal.count("GET", ""), 1);
    journal.clear();
    assert_eq!((journal.total(), journal.requests().len()), (0, 0));
}

#[tokio::test]
async fn it_records_requests_that_a_failure_dropped() {
    let emulator = Emulator::start().await.unwrap();
    emulator.faults().drop_before_commit();
    let mut stream = dial(&emulator).await.unwrap();
    stream.write_all(RawRequest::get("/lost").text().as_bytes()).await.unwrap();
    assert_eq!(tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 8]).await.unwrap(), 0);
    assert_eq!(emulator.journal().count(Method::GET, "/lost"), 1);
}

#[tokio::test]
async fn debug_redacts_secrets_and_personal_data() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("canary-mail@example.com");
    let secret = json!({ "email": "canary-mail@example.com", "password": "canary-password" });
    let request = RawRequest::post(format!("{}?key=canary-query", prefixed("/oauth/user")), &secret);
    request.token(&token).header("x-api-key: canary-key").header("cookie: canary-cookie").send(&emulator).await;

    let recorded = &emulator.journal().requests()[0];
    let builder = Emulator::builder().client("canary-id", "canary-secret");
    let shown = format!(
        "{recorded:?} {recorded:#?} {:?} {:?} {emulator:?} {builder:?} {:?} {:?}",
        emulator.journal(),
        recorded.headers,
        emulator.controller(),
        emulator.faults(),
    );
    for canary in ["canary", &token, "Bearer"] {
        assert!(!shown.contains(canary), "{canary} in {shown}");
    }
    assert!(shown.contains("/panic-api/oauth/user") && shown.contains("[redacted]"), "{shown}");
    assert_eq!(recorded.header("x-api-key"), Some("canary-key"));
    assert_eq!(recorded.query.as_deref(), Some("key=canary-query"));
}

#[tokio::test]
async fn debug_redacts_positions() {
    let emulator = Emulator::start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let id = create(&emulator, &token, &test_callout()).await;
    let fix = json!({ "latitude": 12.34567, "longitude": 76.54321, "accuracy": 9 });
    RawRequest::post(prefixed(&format!("/callouts/{id}/location")), &fix).token(&token).send(&emulator).await;
    let fixes = emulator.controller().locations(id).unwrap();
    assert_eq!((fixes[0].latitude, fixes[0].longitude, fixes[0].accuracy), (12.34567, 76.54321, Some(9.0)));
    let shown = format!("{fixes:?}");
    assert!(!shown.contains("12.3") && !shown.contains("76.5"), "{shown}");
}
