//! Taking over what files kept: once, whole, and again after a crash in between.

use crate::support::{call, call_at, pending, session};
use aura_client::{FileSessionStore, SessionStore};
use care_stores::SqliteStores;
use care_testkit::Folder;
use care_webhook::{FileJournal, Sink};
use leap_client::{ChangeStore, FileChangeStore};
use std::{fs, path::Path};

fn exists(path: &Path) -> [bool; 2] {
    [path.to_owned(), format!("{}.imported", path.display()).into()].map(|path| path.exists())
}

#[tokio::test]
async fn sessions_and_changes_are_taken_over_once_and_a_crash_before_the_rename_doubles_nothing() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    let (sessions, changes) = (folder.file("callouts.json"), folder.file("changes.json"));
    {
        let (file, other) = (FileSessionStore::open(&sessions).unwrap(), FileChangeStore::open(&changes).unwrap());
        for key in 0..20 {
            file.save(&session(key, 5)).await.unwrap();
            other.save(&pending(key, 5)).await.unwrap();
        }
        // In use: refused, and nothing is taken.
        let error = stores.sessions().import_file(&sessions).await.unwrap_err().to_string();
        assert!(error.contains("has it open") && error.contains("callouts.json"), "{error}");
    }
    // What the store has already is newer.
    stores.sessions().save(&session(3, 9)).await.unwrap();
    let copies = [&sessions, &changes].map(|path| fs::read(path).unwrap());
    let imported = stores.sessions().import_file(&sessions).await.unwrap();
    assert_eq!((imported.added, imported.present), (19, 1));
    assert_eq!(stores.changes().import_file(&changes).await.unwrap().added, 20);
    assert_eq!((exists(&sessions), exists(&changes)), ([false, true], [false, true]));
    for path in [&sessions, &changes] {
        let again = stores.sessions().import_file(path).await.unwrap();
        assert_eq!(again, Default::default(), "no file, nothing to import");
    }

    // A crash between the commit and the rename: the file is still there.
    fs::write(&sessions, &copies[0]).unwrap();
    fs::write(&changes, &copies[1]).unwrap();
    assert_eq!(stores.sessions().import_file(&sessions).await.unwrap().present, 20);
    assert_eq!(stores.changes().import_file(&changes).await.unwrap().present, 20);
    let loaded = stores.sessions().load().await.unwrap();
    assert_eq!(loaded.len(), 20);
    assert!(loaded.contains(&session(3, 9)) && loaded.contains(&session(4, 5)));
    assert_eq!(stores.changes().load().await.unwrap().len(), 20);
    assert!(folder.file("callouts.json.imported.2").exists(), "no earlier one is overwritten");
}

#[tokio::test]
async fn calls_are_taken_over_once_and_damaged_lines_are_counted() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    let path = folder.file("calls.jsonl");
    let journal = FileJournal::open(&path).unwrap();
    for version in 0..300 {
        journal.store(&call(version % 3, version)).await.unwrap();
    }
    // The same words at another time are another call.
    for at in ["2026-11-28T02:03:05Z", "2026-11-28T02:03:05.000000001Z"] {
        journal.store(&call_at(at, "help")).await.unwrap();
    }
    drop(journal);
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend_from_slice(b"{\"received_at\":\"2026-11-2");
    fs::write(&path, &bytes).unwrap();
    let imported = stores.calls().import_file(&path).await.unwrap();
    assert_eq!((imported.added, imported.present, imported.damaged), (302, 0, 1));
    fs::write(&path, &bytes).unwrap();
    let imported = stores.calls().import_file(&path).await.unwrap();
    assert_eq!((imported.added, imported.present, imported.damaged), (0, 302, 1));
    assert_eq!(exists(&path), [false, true]);
    assert_eq!(stores.calls().open_calls(1000).await.unwrap().len(), 302);
    assert_eq!(stores.calls().import_file(folder.file("none")).await.unwrap(), Default::default());
}

#[tokio::test]
async fn a_file_that_is_no_journal_stays_where_it_is() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    stores.calls().store(&call(1, 1)).await.unwrap();
    let text = folder.file("notes.txt");
    fs::write(&text, "to do\nbuy milk\n").unwrap();
    for (path, said) in [
        (text.clone(), "no line of it is a call"),
        (folder.file("care.db"), "the store itself"),
        (folder.path().to_owned(), "not a regular file"),
    ] {
        let error = stores.calls().import_file(&path).await.unwrap_err().to_string();
        assert!(error.contains(said) && error.contains(&path.display().to_string()), "{error}");
        assert_eq!(exists(&path), [true, false], "{}", path.display());
    }
    assert_eq!(stores.calls().open_calls(10).await.unwrap().len(), 1);
}
