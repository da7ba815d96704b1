//! A call for help is never held back for a number; a test never goes out unmarked.

use crate::support::*;
use aura_client::{CalloutClass, Kind, MemorySessionStore, NewCallout, NewCustomer, Outcome, SessionStore};
use serde_json::Value;
use tokio::time::Instant;

const LIST: &str = "/callout-classifications";

async fn scene() -> (Emulator, aura_client::Aura, SocketlessTransport, MemorySessionStore) {
    let emulator = Emulator::start().await.unwrap();
    let (aura, transport) = client(&emulator);
    (emulator, aura, transport, MemorySessionStore::new())
}

/// The bodies of the callouts that the server was asked to create.
fn created(emulator: &Emulator) -> Vec<Value> {
    let all = emulator.journal().requests();
    all.iter().filter(|one| one.path.ends_with("/callouts")).map(|one| one.json().unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn names_become_the_ids_of_a_list_that_is_read_once() {
    let (emulator, aura, transport, store) = scene().await;
    for class in [CalloutClass::Real, CalloutClass::Test, CalloutClass::Real] {
        aura.raise(new_callout().classification(class), &store).await.unwrap();
    }
    let ids: Vec<_> = created(&emulator).iter().map(|body| body["calloutClassificationId"].clone()).collect();
    assert_eq!((ids, transport.count("GET", LIST)), (vec![1.into(), 2.into(), 1.into()], 1));
}

#[tokio::test(start_paused = true)]
async fn a_failed_lookup_lets_a_real_callout_go_without_and_holds_a_test_back() {
    for (step, limit) in [
        (Step::Silence, 3),
        (Step::After(secs(4)), 3),
        (Step::Refused, 0),
        (Step::Answer(401, "{}"), 0),
        (Step::Answer(503, "{}"), 0),
        (Step::Answer(200, "<html>"), 0),
        (Step::Answer(200, "[]"), 0),
        (Step::Answer(200, r#"[{"id": 7, "value": "OTHER"}]"#), 0),
    ] {
        let (emulator, aura, transport, store) = scene().await;
        transport.plan("GET", LIST, vec![step; 2]);
        let error = aura.raise(new_callout().classification(CalloutClass::Test), &store).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent), "{error}");
        assert!(error.to_string().contains("could not look up AURA's classification TEST"), "{error}");
        assert!(transport.count("POST", "/callouts") == 0 && store.load().await.unwrap().is_empty());

        let begin = Instant::now();
        aura.raise(new_callout().classification(CalloutClass::Real), &store).await.unwrap();
        assert_eq!((begin.elapsed(), created(&emulator)[0].get("calloutClassificationId")), (secs(limit), None));

        // And it is looked up again when it is wanted again.
        aura.raise(new_callout().classification(CalloutClass::Test), &store).await.unwrap();
        assert_eq!(created(&emulator)[1]["calloutClassificationId"], 2);
    }
}

#[tokio::test(start_paused = true)]
async fn why_the_lookup_of_a_test_failed_is_told_and_which_credentials_were_refused() {
    let wrong_secret = |transport: &SocketlessTransport| builder(transport).server_credentials("crm", "canary");
    let token = |transport: &SocketlessTransport| builder(transport).user_token("canary");
    type Client = fn(&SocketlessTransport) -> aura_client::AuraBuilder;
    let cases: [(Client, Option<Step>, &str); 6] = [
        (wrong_secret, None, "AURA refused ClientId and ClientSecret"),
        (token, None, "AURA refused the access token"),
        (token, Some(Step::Answer(403, "{}")), "may not read the classifications"),
        (token, Some(Step::Answer(503, "{}")), "try again, or give the id"),
        (token, Some(Step::Refused), "try again, or give the id"),
        (token, Some(Step::Answer(200, "[]")), "its list has none: give the id"),
    ];
    for (client, step, says) in cases {
        let emulator = Emulator::start().await.unwrap();
        let transport = SocketlessTransport::to(emulator.router());
        transport.plan("GET", LIST, step);
        let aura = client(&transport).allow_server_callouts().build().unwrap();
        let store = MemorySessionStore::new();
        let error = aura.raise(new_callout().classification(CalloutClass::Test), &store).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains(says) && error.outcome() == Outcome::NotSent, "{says}: {text}");
        assert!(text.contains("nothing was changed") && !text.contains("nothing was sent"), "{says}: {text}");
        assert!(!error.report().contains("canary") && transport.count("POST", "/callouts") == 0, "{says}: {text}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_missing_is_told_before_anything_is_looked_up_or_saved() {
    let (_emulator, aura, transport, store) = scene().await;
    let error = aura.raise(NewCallout::demo(9).classification(CalloutClass::Real), &store).await.unwrap_err();
    assert_eq!((error.kind(), transport.total(), store.load().await.unwrap().len()), (Kind::Request, 0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_client_for_tests_sends_tests_and_nothing_else() {
    let (emulator, _, transport, store) = scene().await;
    let token = emulator.issue_user_token(USER);
    let aura = builder(&transport).user_token(token).test_mode(2).build().unwrap();
    let person = || NewCustomer::new("Alex", "Example", "+12025550103");
    let demo = || NewCallout::demo(9).customer(person()).location(here());
    for new in [new_callout(), new_callout().classification(1), demo(), demo().classification(1)] {
        for error in [
            aura.callouts().create(new.clone()).await.map(drop).unwrap_err(),
            aura.raise(new.clone(), &store).await.map(drop).unwrap_err(),
            aura.raise(new.classification(CalloutClass::Real), &store).await.map(drop).unwrap_err(),
        ] {
            assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent), "{error}");
            assert!(error.to_string().contains("test mode"), "{error}");
        }
    }
    // Also for handles of other users.
    let other = aura.with_user_token(emulator.issue_user_token("id_2@example.com"));
    assert!(other.callouts().create(new_callout()).await.is_err());
    assert_eq!((transport.total(), store.load().await.unwrap().len()), (0, 0));

    aura.callouts().create(new_callout().classification(2)).await.unwrap();
    aura.raise(demo().classification(2), &store).await.unwrap();
    aura.raise(new_callout().classification(CalloutClass::Test), &store).await.unwrap();
    assert!(created(&emulator).iter().all(|body| body["calloutClassificationId"] == 2));
    assert_eq!((created(&emulator).len(), transport.count("GET", LIST)), (3, 0));
}

#[tokio::test(start_paused = true)]
async fn a_demo_goes_out_with_both_switches_and_an_ordinary_callout_with_none() {
    let (emulator, aura, ..) = scene().await;
    let demo = NewCallout::demo(9).customer(NewCustomer::new("Alex", "Example", "+12025550103")).location(here());
    aura.callouts().create(demo).await.unwrap();
    aura.callouts().create(new_callout()).await.unwrap();
    let sent = created(&emulator);
    assert_eq!((&sent[0]["responseTypeId"], &sent[0]["internalTest"]), (&9.into(), &true.into()));
    assert_eq!((sent[1].get("responseTypeId"), sent[1].get("internalTest")), (None, None));
}
