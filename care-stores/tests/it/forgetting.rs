//! Forgetting removes what has ended, and never anything open.

use crate::support::{call_at, pending, session, session_in};
use aura_client::SessionStore;
use care_client_core::{Token, TokenStore};
use care_stores::SqliteStores;
use care_testkit::Folder;
use care_webhook::Sink;
use chrono::{DateTime, TimeDelta, Utc};
use leap_client::ChangeStore;
use serde_json::json;

#[tokio::test]
async fn only_what_has_ended_is_forgotten_and_the_answer_counts_what_is_kept() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    let (sessions, calls) = (stores.sessions(), stores.calls());
    for (key, phase) in [(1, json!({"active": 1})), (2, json!("creating")), (3, json!("ended")), (4, json!("ended"))] {
        sessions.save(&session_in(key, 1, phase)).await.unwrap();
    }
    stores.changes().save(&pending(1, 1)).await.unwrap();
    for body in ["a", "b", "c"] {
        calls.store(&call_at("2020-01-01T00:00:00Z", body)).await.unwrap();
    }
    let open = calls.open_calls(10).await.unwrap();
    assert_eq!(open.iter().map(|call| &call.notification.body[..]).collect::<Vec<_>>(), [b"a", b"b", b"c"]);
    assert_eq!((calls.handled(open[1].id).await.unwrap(), calls.handled(open[1].id).await.unwrap()), (true, false));
    let expired = Token::new("old").expires_at(DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(1));
    stores.tokens().save("user:old", &expired).await.unwrap();
    stores.tokens().save("user:endless", &Token::new("endless")).await.unwrap();
    let valid = Token::new("valid").expires_at(Utc::now() + TimeDelta::days(1));
    stores.tokens().save("user:valid", &valid).await.unwrap();
    // Another scope's rows are forgotten and counted as well.
    stores.scope("other").sessions().save(&session(9, 1)).await.unwrap();

    let none = stores.forget_before(DateTime::UNIX_EPOCH).await.unwrap();
    assert_eq!(none, Default::default());
    // A time to come: what is still valid then isn't forgotten for it.
    let forgotten = stores.forget_before(Utc::now() + TimeDelta::days(2)).await.unwrap();
    let removed = (forgotten.sessions, forgotten.calls, forgotten.tokens);
    let kept = (forgotten.open_sessions, forgotten.pending_changes, forgotten.open_calls);
    assert_eq!((removed, kept), ((2, 1, 1), (3, 1, 2)), "{forgotten:?}");
    assert_eq!(sessions.load().await.unwrap().len(), 2);
    assert_eq!(stores.changes().load().await.unwrap().len(), 1);
    assert_eq!(calls.open_calls(10).await.unwrap().len(), 2);
    assert!(stores.tokens().load("user:old").await.unwrap().is_none());
    assert!(stores.tokens().load("user:endless").await.unwrap().is_some());
    assert!(stores.tokens().load("user:valid").await.unwrap().is_some());
    let again = stores.forget_before(Utc::now() + TimeDelta::seconds(1)).await.unwrap();
    assert_eq!((again.sessions, again.calls, again.open_sessions), (0, 0, 3));
}

#[tokio::test]
async fn what_was_forgotten_is_not_in_the_files_any_more() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    stores.calls().store(&call_at("2020-01-01T00:00:00Z", "canary-of-a-call")).await.unwrap();
    let holds = || {
        let files =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        files.into_iter().any(|bytes| bytes.windows(16).any(|part| part == b"canary-of-a-call"))
    };
    assert!(holds());
    let call = stores.calls().open_calls(1).await.unwrap().remove(0);
    assert!(!format!("{call:?} {stores:?} {:?}", stores.calls()).contains("canary"));
    stores.calls().handled(call.id).await.unwrap();
    stores.forget_before(Utc::now() + TimeDelta::seconds(1)).await.unwrap();
    assert!(!holds());
}

#[tokio::test]
async fn an_ended_session_is_not_opened_again_by_a_late_save() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    let other = SqliteStores::open(folder.file("care.db")).unwrap();
    stores.sessions().save(&session(1, 1)).await.unwrap();
    other.sessions().save(&session(1, 2).ended()).await.unwrap();
    stores.sessions().save(&session(1, 3)).await.unwrap();
    assert!(stores.sessions().load().await.unwrap().is_empty());
}
