//! The file of SQLite: whose it is, how it is protected, and which are refused.

use crate::support::{call, call_at, session};
use aura_client::SessionStore;
use care_client_core::{Token, TokenStore};
use care_stores::SqliteStores;
use care_testkit::Folder;
use care_webhook::{DedupeStore, Receiver, SecretInPath, Sink};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Connection;
use std::{fs, path::Path, process::Command, time::Duration};

fn refusal(path: impl AsRef<Path>) -> String {
    SqliteStores::open(path).unwrap_err().to_string()
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_and_its_side_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    for touched in [false, true] {
        let name = format!("care{touched}.db");
        if touched {
            fs::write(folder.file(&name), "").unwrap();
            fs::set_permissions(folder.file(&name), fs::Permissions::from_mode(0o644)).unwrap();
        }
        let stores = SqliteStores::open(folder.file(&name)).unwrap();
        stores.calls().store(&call(1, 1)).await.unwrap();
        for file in [name.clone(), format!("{name}-wal"), format!("{name}-shm")] {
            let mode = fs::metadata(folder.file(&file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }
}

#[test]
fn what_is_no_database_of_ours_is_refused_named_and_left_alone() {
    let folder = Folder::new();
    let path = folder.file("care.db");
    fs::write(&path, "canary, and no database: ".repeat(100)).unwrap();
    let said = refusal(&path);
    assert!(said.contains("care.db") && said.contains("no SQLite database") && !said.contains("canary"), "{said}");
    assert!(fs::read_to_string(&path).unwrap().starts_with("canary"));

    fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE sessions (canary)").unwrap();
    let before = fs::read(&path).unwrap();
    let said = refusal(&path);
    assert!(said.contains("another program's database") && !said.contains("canary"), "{said}");
    assert!(fs::read(&path).unwrap() == before, "untouched");

    assert!(refusal(folder.path()).contains("it is a directory"));
    assert!(refusal(folder.file("no/care.db")).contains("its directory does not exist"));
    #[cfg(unix)]
    {
        let fifo = folder.file("fifo");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        assert!(refusal(&fifo).contains("not a regular file"));
        std::os::unix::fs::symlink(folder.file("real.db"), folder.file("link.db")).unwrap();
        fs::write(folder.file("real.db"), "").unwrap();
        assert!(SqliteStores::open(folder.file("link.db")).unwrap().path().ends_with("real.db"));
    }
}

#[test]
fn a_newer_schema_is_refused_and_says_which() {
    let folder = Folder::new();
    let path = folder.file("care.db");
    drop(SqliteStores::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let said = refusal(&path);
    assert!(said.contains("newer version") && said.contains("schema 99") && said.contains("care.db"), "{said}");
}

#[test]
fn ten_that_make_the_same_file_at_once_all_open_it() {
    let folder = Folder::new();
    for round in 0..20 {
        let path = folder.file(&format!("care{round}.db"));
        let open = |_| {
            let path = path.clone();
            std::thread::spawn(move || SqliteStores::open(path).map(drop))
        };
        let openers: Vec<_> = (0..10).map(open).collect();
        for opener in openers {
            opener.join().unwrap().unwrap();
        }
    }
}

#[tokio::test]
async fn each_commit_is_synced_and_all_that_wait_share_one() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    let saves = (0..1000).map(|key| {
        let sessions = stores.sessions();
        async move { sessions.save(&session(key, 1)).await }
    });
    assert!(futures_util::future::join_all(saves).await.iter().all(Result::is_ok));
    assert_eq!(stores.sessions().load().await.unwrap().len(), 1000);
    // Each commit writes the log's pages again: a thousand commits would be more than four megabytes. How many share
    // one depends on how busy the machine is.
    let log = fs::metadata(folder.file("care.db-wal")).unwrap().len();
    assert!(log < 3 << 20, "{log}");
}

#[tokio::test]
async fn a_change_that_fails_is_undone_alone() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    let other = Connection::open(folder.file("care.db")).unwrap();
    // Somebody's trigger refuses one row.
    other
        .execute_batch(
            "CREATE TRIGGER refuse BEFORE INSERT ON tokens WHEN new.key = 'refused' \
             BEGIN SELECT RAISE(ABORT, 'canary'); END",
        )
        .unwrap();
    let (tokens, token) = (stores.tokens(), Token::new("a"));
    let keys = ["a", "refused", "b"];
    let saved = futures_util::future::join_all(keys.map(|key| tokens.save(key, &token))).await;
    assert_eq!(saved.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
    let mut there = Vec::new();
    for key in keys {
        there.push(tokens.load(key).await.unwrap().is_some());
    }
    assert_eq!(there, [true, false, true]);
    drop(other);
}

#[tokio::test]
async fn scopes_do_not_see_each_others_rows() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    let other = stores.scope("other");
    stores.sessions().save(&session(1, 1)).await.unwrap();
    other.sessions().save(&session(1, 2)).await.unwrap();
    other.sessions().save(&session(2, 2)).await.unwrap();
    other.calls().store(&call(1, 1)).await.unwrap();
    other.tokens().save("user:a", &Token::new("b")).await.unwrap();
    assert_eq!(stores.sessions().load().await.unwrap(), [session(1, 1)]);
    assert_eq!(other.sessions().load().await.unwrap().len(), 2);
    assert!(stores.calls().open_calls(10).await.unwrap().is_empty());
    let theirs = other.calls().open_calls(10).await.unwrap().remove(0).id;
    assert!(!stores.calls().handled(theirs).await.unwrap());
    assert!(stores.tokens().load("user:a").await.unwrap().is_none());
}

#[tokio::test]
async fn a_token_comes_back_with_its_expiry_and_is_shown_nowhere() {
    let folder = Folder::new();
    let tokens = SqliteStores::open(folder.file("care.db")).unwrap().tokens();
    for expiry in [None, DateTime::from_timestamp(1_900_000_000, 123_456_000)] {
        let token = Token::new("canary").expires_at(expiry);
        tokens.save("user:alex@example.com", &token).await.unwrap();
        assert_eq!(tokens.load("user:alex@example.com").await.unwrap(), Some(token));
    }
    assert!(!format!("{tokens:?}").contains("canary") && !format!("{tokens:?}").contains("alex"));
}

#[tokio::test]
async fn receivers_in_two_processes_mark_each_others_repetitions() {
    let folder = Folder::new();
    let path = folder.file("care.db");
    let receiver = || {
        let stores = SqliteStores::open(&path).unwrap();
        let builder = Receiver::builder(SecretInPath::new(), stores.calls()).dedupe_store(stores.marks());
        builder.notifier("desk", "3f9d2c51b7e04a68").build().unwrap()
    };
    let (one, other) = (receiver(), receiver());
    for receiver in [&one, &other, &one] {
        let post = http::Request::post("/3f9d2c51b7e04a68").body(bytes::Bytes::from("help")).unwrap();
        assert_eq!(receiver.handle(post).await.status(), 200);
    }
    let calls = SqliteStores::open(&path).unwrap().calls().open_calls(10).await.unwrap();
    let marks: Vec<_> = calls.iter().map(|call| format!("{:?}", call.notification.duplicate)).collect();
    assert_eq!(marks, ["No", "Probable", "Probable"]);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_named_and_not_quoted() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    stores.calls().store(&call_at("2026-11-28T02:03:04Z", "help")).await.unwrap();
    let other = Connection::open(folder.file("care.db")).unwrap();
    other.execute("UPDATE calls SET call = '{\"canary\": 1}'", []).unwrap();
    let error = stores.calls().open_calls(10).await.unwrap_err().to_string();
    assert!(error.contains("care.db: call 1 can't be read") && !error.contains("canary"), "{error}");
}

#[tokio::test]
async fn a_mark_counts_within_its_window_and_is_forgotten_after_it() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    let marks = stores.marks().with_window(Duration::from_secs(60));
    let keys = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    // A key comes from a receiver alone.
    struct Spy(std::sync::Arc<std::sync::Mutex<Vec<care_webhook::DedupeKey>>>);
    impl DedupeStore for Spy {
        fn seen<'a>(
            &'a self,
            key: &'a care_webhook::DedupeKey,
            _: DateTime<Utc>,
        ) -> care_client_core::BoxFuture<'a, Result<bool, care_client_core::StoreError>> {
            self.0.lock().unwrap().push(key.clone());
            Box::pin(async { Ok(false) })
        }
        fn record<'a>(
            &'a self,
            _: &'a care_webhook::DedupeKey,
            _: DateTime<Utc>,
        ) -> care_client_core::BoxFuture<'a, Result<(), care_client_core::StoreError>> {
            Box::pin(async { Ok(()) })
        }
    }
    let builder = Receiver::builder(SecretInPath::new(), stores.calls()).dedupe_store(Spy(keys.clone()));
    let receiver = builder.notifier("desk", "3f9d2c51b7e04a68").build().unwrap();
    let post = http::Request::post("/3f9d2c51b7e04a68").body(bytes::Bytes::from("help")).unwrap();
    assert_eq!(receiver.handle(post).await.status(), 200);
    let key = keys.lock().unwrap().remove(0);

    let at = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
    assert!(!marks.seen(&key, at).await.unwrap());
    marks.record(&key, at).await.unwrap();
    for (seconds, seen) in [(0, true), (60, true), (61, false), (-60, true), (-61, false)] {
        assert_eq!(marks.seen(&key, at + TimeDelta::seconds(seconds)).await.unwrap(), seen, "{seconds}");
    }
    assert_eq!(stores.forget_before(at + TimeDelta::seconds(60)).await.unwrap().marks, 0);
    assert_eq!(stores.forget_before(at + TimeDelta::seconds(61)).await.unwrap().marks, 1);
}

#[cfg(unix)]
#[tokio::test]
async fn a_second_name_is_refused_and_a_copy_that_others_can_read_is_made_private() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    let path = folder.file("care.db");
    SqliteStores::open(&path).unwrap().calls().store(&call(1, 1)).await.unwrap();
    fs::hard_link(&path, folder.file("second.db")).unwrap();
    for name in [&path, &folder.file("second.db")] {
        let said = refusal(name);
        assert!(said.contains("second name") && said.contains("hard link"), "{said}");
    }
    fs::remove_file(folder.file("second.db")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let stores = SqliteStores::open(&path).unwrap();
    assert_eq!(stores.calls().open_calls(10).await.unwrap().len(), 1);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_file_that_is_removed_moved_or_replaced_while_open_takes_no_call_for_stored() {
    let folder = Folder::new();
    type Act = fn(&Path);
    let acts: [(&str, Act); 3] = [
        ("removed", |path| fs::remove_file(path).unwrap()),
        ("moved", |path| fs::rename(path, path.with_extension("old")).unwrap()),
        ("replaced", |path| {
            fs::copy(path, path.with_extension("copy")).unwrap();
            fs::rename(path.with_extension("copy"), path).unwrap();
        }),
    ];
    for (act, run) in acts {
        let path = folder.file(&format!("{act}.db"));
        let stores = SqliteStores::open(&path).unwrap();
        stores.calls().store(&call(1, 1)).await.unwrap();
        run(&path);
        for error in [
            stores.calls().store(&call(2, 1)).await.unwrap_err().to_string(),
            stores.calls().open_calls(10).await.unwrap_err().to_string(),
        ] {
            assert!(error.contains("moved, removed or replaced") && error.contains(act), "{act}: {error}");
        }
    }
    // Put back, it goes on.
    let path = folder.file("back.db");
    let stores = SqliteStores::open(&path).unwrap();
    fs::rename(&path, folder.file("away.db")).unwrap();
    assert!(stores.calls().store(&call(1, 1)).await.is_err());
    fs::rename(folder.file("away.db"), &path).unwrap();
    stores.calls().store(&call(2, 1)).await.unwrap();
    let kept = stores.calls().open_calls(10).await.unwrap();
    assert_eq!(kept.iter().map(|one| one.notification.clone()).collect::<Vec<_>>(), [call(2, 1)]);
}
