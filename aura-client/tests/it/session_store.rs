//! The file of sessions holds the old or the new content and never anything else, whatever happens while it is written.

use crate::support::*;
use aura_client::{FileSessionStore, SessionState, SessionStore};
use std::{fs, path::Path, time::Duration};
use tokio::time::timeout;

/// What a restart would find.
async fn reopened(path: &Path) -> Vec<SessionState> {
    FileSessionStore::open(path).unwrap().load().await.unwrap()
}

#[tokio::test]
async fn several_sessions_live_in_one_file_and_those_that_ended_are_forgotten() {
    let folder = Folder::new();
    let path = folder.file("callouts.json");
    let store = FileSessionStore::open(&path).unwrap();
    assert!(store.load().await.unwrap().is_empty() && !path.exists());
    let states = [570_u64, 571, 572].map(SessionState::active);
    let (a, b, c) = tokio::join!(store.save(&states[0]), store.save(&states[1]), store.save(&states[2]));
    a.unwrap();
    b.unwrap();
    c.unwrap();

    let (found, known) = (reopened(&path).await, store.load().await.unwrap());
    assert!(found == known && found.len() == 3 && states.iter().all(|state| found.contains(state)), "{found:?}");
    assert!(found.is_sorted_by_key(SessionState::created_at));
    store.clone().save(&states[1].clone().ended()).await.unwrap();
    let left: Vec<_> = reopened(&path).await.iter().map(|state| state.callout_id().unwrap().get()).collect();
    assert!(left.len() == 2 && !left.contains(&571), "{left:?}");
}

#[tokio::test]
async fn what_a_crash_left_half_written_is_passed_over() {
    let folder = Folder::new();
    let path = folder.file("callouts.json");
    let state = SessionState::active(570);
    FileSessionStore::open(&path).unwrap().save(&state).await.unwrap();
    fs::write(folder.file("callouts.json.new"), "[{\"key\": \"half of").unwrap();
    assert_eq!(reopened(&path).await, std::slice::from_ref(&state));
    let other = SessionState::active(571);
    FileSessionStore::open(&path).unwrap().save(&other).await.unwrap();
    assert_eq!(reopened(&path).await.len(), 2);
    assert!(!folder.file("callouts.json.new").exists());
}

#[tokio::test]
async fn a_save_that_fails_leaves_the_old_content_and_says_why() {
    let folder = Folder::new();
    let path = folder.file("callouts.json");
    let store = FileSessionStore::open(&path).unwrap();
    let state = SessionState::active(570);
    store.save(&state).await.unwrap();
    // Nothing can be written where a folder stands in the way.
    fs::create_dir(folder.file("callouts.json.new")).unwrap();
    assert!(!store.save(&state.clone().ended()).await.unwrap_err().to_string().is_empty());
    assert_eq!((reopened(&path).await, store.load().await.unwrap()), (vec![state.clone()], vec![state.clone()]));
    fs::remove_dir(folder.file("callouts.json.new")).unwrap();
    store.save(&state.ended()).await.unwrap();
    assert!(reopened(&path).await.is_empty());
}

#[tokio::test]
async fn a_file_that_holds_something_else_is_an_error_and_left_alone() {
    let folder = Folder::new();
    let path = folder.file("callouts.json");
    for content in [
        "",
        "not json",
        "{}",
        "[{}]",
        r#"[{"version":1,"key":"x","phase":"lost","created_at":"2020-04-15T00:00:00Z"}]"#,
    ] {
        fs::write(&path, content).unwrap();
        let error = FileSessionStore::open(&path).unwrap_err();
        assert!(error.to_string().contains("callouts.json holds no sessions"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
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
    let states = reopened(&path).await;
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
        assert!(reopened(&path).await.is_empty(), "{id}");
    }
    drop(store);
}
