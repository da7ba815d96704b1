//! The file of sessions holds the old or the new content and never anything else, whatever happens while it is written.

use crate::support::*;
use aura_client::{FileSessionStore, SessionState, SessionStore};
use std::{fs, path::Path, time::Duration};
use tokio::time::timeout;

/// What a restart would find.
fn on_disk(path: &Path) -> Vec<SessionState> {
    FileSessionStore::read(path).unwrap()
}

#[tokio::test]
async fn several_sessions_live_in_one_file_and_those_that_ended_are_forgotten() {
    let folder = Folder::new();
    let path = folder.file("callouts.json");
    let store = FileSessionStore::open(&path).unwrap();
    assert!(store.load().await.unwrap().is_empty() && on_disk(&path).is_empty());
    let states = [570_u64, 571, 572].map(SessionState::active);
    let (a, b, c) = tokio::join!(store.save(&states[0]), store.save(&states[1]), store.save(&states[2]));
    a.unwrap();
    b.unwrap();
    c.unwrap();

    let (found, known) = (on_disk(&path), store.load().await.unwrap());
    assert!(found == known && found.len() == 3 && states.iter().all(|state| found.contains(state)), "{found:?}");
    assert!(found.is_sorted_by_key(SessionState::created_at));
    store.clone().save(&states[1].clone().ended()).await.unwrap();
    let left: Vec<_> = on_disk(&path).iter().map(|state| state.callout_id().unwrap().get()).collect();
    assert!(left.len() == 2 && !left.contains(&571), "{left:?}");
}

#[tokio::test]
async fn a_file_that_holds_something_else_is_an_error_and_left_alone() {
    let folder = Folder::new();
    let path = folder.file("callouts.json");
    for content in
        ["not json", "{}", "[{}]", r#"[{"version":1,"key":"x","phase":"lost","created_at":"2020-04-15T00:00:00Z"}]"#]
    {
        fs::write(&path, content).unwrap();
        let error = FileSessionStore::open(&path).unwrap_err();
        assert!(error.to_string().contains("callouts.json: it holds no sessions"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
}

#[tokio::test]
async fn a_file_of_version_0_1_is_read_and_kept_when_the_first_save_replaces_it() {
    let folder = Folder::new();
    let path = folder.file("callouts.json");
    let golden = include_str!("golden/sessions-3e992b3.json");
    fs::write(&path, golden).unwrap();
    let store = FileSessionStore::open(&path).unwrap();
    let states = store.load().await.unwrap();
    let ids: Vec<_> = states.iter().map(|state| state.callout_id().unwrap().get()).collect();
    assert_eq!((ids, states[0].label(), states[0].is_dismissed()), (vec![570, 571, 912], Some("jo"), true));
    store.save(&states[1].clone().ended()).await.unwrap();
    assert_eq!(
        (on_disk(&path).len(), fs::read_to_string(folder.file("callouts.json.v1")).unwrap()),
        (2, golden.to_owned())
    );
}

#[tokio::test]
async fn a_second_program_is_refused_or_waits_for_the_first() {
    let folder = Folder::new();
    let path = folder.file("callouts.json");
    let store = FileSessionStore::open(&path).unwrap();
    store.save(&SessionState::active(570)).await.unwrap();
    let error = aura_client::Error::from(FileSessionStore::open(&path).unwrap_err());
    let said = error.to_string();
    assert!(said.contains("callouts.json") && said.contains(&format!("process {}", std::process::id())), "{said}");
    let next = tokio::spawn(FileSessionStore::open_within(path.clone(), Duration::from_secs(30)));
    tokio::task::yield_now().await;
    drop(store);
    assert_eq!(next.await.unwrap().unwrap().load().await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_form_of_the_file_is_read_by_later_versions() {
    let folder = Folder::new();
    let path = folder.file("callouts.json");
    let text = r#"[
        {"version": 1, "key": "a", "phase": {"active": 570}, "dismissed": true, "last_event": 104, "label": "jo",
         "created_at": "2020-04-15T08:00:00.000Z"},
        {"version": 1, "key": "b", "phase": "creating", "created_at": "2020-04-15T09:00:00.000Z"}
    ]"#;
    fs::write(&path, text).unwrap();
    let states = on_disk(&path);
    let first = (states[0].key().as_str(), states[0].callout_id(), states[0].last_event(), states[0].is_dismissed());
    assert_eq!((first, states[0].label()), (("a", Some(570.into()), Some(104.into()), true), Some("jo")));
    assert_eq!((states[1].callout_id(), states[1].is_ended(), states[1].is_dismissed()), (None, false, false));
}

#[tokio::test]
async fn a_save_that_nobody_waits_for_never_comes_after_a_newer_one() {
    let folder = Folder::new();
    let path = folder.file("callouts.json");
    let store = FileSessionStore::open(&path).unwrap();
    for id in 0..50_u64 {
        let state = SessionState::active(id);
        let _ = timeout(Duration::ZERO, store.save(&state)).await;
        store.save(&state.ended()).await.unwrap();
        assert!(on_disk(&path).is_empty(), "{id}");
    }
    drop(store);
}
