//! What the journal has returned for is in its file, and whatever a crash leaves there hides nothing.

use crate::support::*;
use care_webhook::{Duplicate, FileJournal, JournalContent, Receiver};
use futures_util::future::join_all;
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::Path,
};

fn journal(path: &Path) -> (FileJournal, Receiver) {
    let journal = FileJournal::open(path).unwrap();
    let receiver = receiver(journal.clone()).build().unwrap();
    (journal, receiver)
}

fn bodies(content: &JournalContent) -> Vec<String> {
    content.notifications.iter().map(|notification| String::from_utf8(notification.body.to_vec()).unwrap()).collect()
}

fn append(path: &Path, bytes: &[u8]) {
    OpenOptions::new().append(true).open(path).unwrap().write_all(bytes).unwrap();
}

#[tokio::test]
async fn what_was_answered_is_in_the_file_with_all_its_bytes() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    let (journal, receiver) = journal(&path);
    for body in ["{\n\"a\": 1}", "", "line\nline\r\n", "ä\u{2028}"] {
        assert_eq!(status(&receiver, post(SECRET, body)).await, 200);
        assert_eq!(bodies(&FileJournal::read_file(&path).unwrap()).pop().unwrap(), body, "by the time of the answer");
    }
    let content = journal.read().await.unwrap();
    assert_eq!((content.notifications.len(), content.damaged.len()), (4, 0));
    assert_eq!(content.notifications[0].headers["content-type"], "application/json");
    assert!(!fs::read_to_string(&path).unwrap().contains(SECRET), "the URL is not kept");
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 4);
}

#[tokio::test]
async fn a_restart_goes_on_where_it_ended_and_marks_repetitions() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    status(&journal(&path).1, post(SECRET, "a")).await;
    let (journal, receiver) = journal(&path);
    receiver.remember(&journal.read().await.unwrap().notifications).await.unwrap();
    status(&receiver, post(SECRET, "a")).await;
    let marks: Vec<_> =
        journal.read().await.unwrap().notifications.iter().map(|kept| kept.duplicate.needs_action()).collect();
    assert_eq!((marks.len(), marks[1]), (2, true));
    assert!(fs::read_to_string(&path).unwrap().contains(r#""duplicate":"probable""#));
}

#[tokio::test]
async fn a_line_that_a_crash_tore_hides_no_other_wherever_it_tore() {
    let folder = Folder::new();
    let path = folder.file("whole.jsonl");
    let (_, receiver) = journal(&path);
    status(&receiver, post(SECRET, "first")).await;
    status(&receiver, post(SECRET, "second")).await;
    let whole = fs::read(&path).unwrap();
    let first = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for left in 0..whole.len() {
        let path = folder.file("torn.jsonl");
        fs::write(&path, &whole[..left]).unwrap();
        let (line, begin) = if left < first { (1, 0) } else { (2, first) };
        // Without its line break alone the line is whole; with nothing at all there is none.
        let complete = usize::from(left == first - 1 || left == whole.len() - 1);
        let torn = usize::from(left > begin && complete == 0);
        let readable = line - 1 + complete;
        let content = FileJournal::read_file(&path).unwrap();
        assert_eq!((content.notifications.len(), content.damaged.len()), (readable, torn), "{left}");
        let (torn_journal, receiver) = journal(&path);
        assert_eq!(status(&receiver, post(SECRET, "third")).await, 200);
        let content = torn_journal.read().await.unwrap();
        assert_eq!((content.notifications.len(), content.damaged.len()), (readable + 1, torn), "{left}");
        assert_eq!(bodies(&content).last().unwrap(), "third");
        if let Some(damaged) = content.damaged.first() {
            assert_eq!((damaged.line, damaged.text.as_bytes()), (line, &whole[begin..left]));
        }
        // A restart opens what has become of it.
        assert!(FileJournal::open(&path).is_ok(), "{left}");
        assert!(fs::read(&path).unwrap().starts_with(&whole[..left]), "nothing is taken away");
    }
}

#[tokio::test]
async fn two_writers_of_one_file_lose_nothing_when_one_of_them_dies_half_way() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    let ((journal, one), (_, other)) = (journal(&path), journal(&path));
    assert_eq!(status(&one, post(SECRET, "a")).await, 200);
    assert_eq!(status(&other, post(SECRET, "b")).await, 200);
    let lines = fs::read(&path).unwrap();
    let half = &lines[..30];
    // Both believed that the last line was whole.
    append(&path, half);
    assert_eq!(status(&one, post(SECRET, "c")).await, 200);
    // One looked, the other one died, and then the first one wrote.
    append(&path, &[half, half, b"{", &lines].concat());
    let content = journal.read().await.unwrap();
    assert_eq!(bodies(&content), ["a", "b", "c", "a", "b"]);
    assert_eq!(content.damaged.iter().map(|damaged| damaged.line).collect::<Vec<_>>(), [3, 5, 5]);
    // The same at the first line of all.
    for torn in [&b"{"[..], &half[..9], half] {
        fs::write(&path, [torn, &lines].concat()).unwrap();
        let content = FileJournal::open(&path).unwrap().read().await.unwrap();
        assert_eq!((bodies(&content), content.damaged.len()), (vec!["a".to_owned(), "b".to_owned()], 1));
    }
}

#[tokio::test]
async fn what_looks_like_the_begin_of_a_line_within_a_call_cuts_nothing() {
    let folder = Folder::new();
    let (journal, receiver) = journal(&folder.file("calls.jsonl"));
    let body = r#"{"received_at":"2026-11-28T02:03:04Z","notifier":"desk","body":{"text":"x"}}"#;
    let mut request = post(SECRET, body);
    request.headers_mut().insert("x-a", http::HeaderValue::from_static(body));
    assert_eq!(status(&receiver, request).await, 200);
    let content = journal.read().await.unwrap();
    assert_eq!((bodies(&content), content.damaged.len()), (vec![body.to_owned()], 0));
}

#[tokio::test]
async fn zeros_that_a_power_cut_left_and_other_damage_hide_nothing() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    fs::write(&path, [0; 300]).unwrap();
    let (first, receiver) = journal(&path);
    status(&receiver, post(SECRET, "a")).await;
    append(&path, b"not a line of it\n\xff\xfe\n\n[]\n");
    status(&receiver, post(SECRET, "b")).await;
    let content = first.read().await.unwrap();
    assert_eq!(bodies(&content), ["a", "b"]);
    assert_eq!(content.damaged.iter().map(|damaged| damaged.line).collect::<Vec<_>>(), [1, 3, 4, 6]);
}

#[cfg(unix)]
#[tokio::test]
async fn what_could_not_be_kept_is_answered_503_and_is_no_duplicate_when_it_comes_again() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    let (journal, receiver) = journal(&path);
    // Where the file should be made anew there is a directory.
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 503);
    fs::remove_dir(&path).unwrap();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
    let content = journal.read().await.unwrap();
    assert_eq!((bodies(&content), content.damaged.len()), (vec!["a".to_owned()], 0));
    assert_eq!(content.notifications[0].duplicate, Duplicate::No);
}

#[tokio::test]
async fn a_file_that_was_moved_or_removed_is_made_anew_and_nothing_goes_astray() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    let (journal, receiver) = journal(&path);
    status(&receiver, post(SECRET, "a")).await;
    fs::rename(&path, folder.file("calls.1.jsonl")).unwrap();
    status(&receiver, post(SECRET, "b")).await;
    fs::remove_file(&path).unwrap();
    status(&receiver, post(SECRET, "c")).await;
    assert_eq!(bodies(&FileJournal::read_file(folder.file("calls.1.jsonl")).unwrap()), ["a"]);
    assert_eq!(bodies(&journal.read().await.unwrap()), ["c"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_each_have_their_line() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    let (journal, receiver) = journal(&path);
    let all = (0..64).map(|n| {
        let receiver = receiver.clone();
        tokio::spawn(async move { status(&receiver, post(SECRET, format!("{n} {}", "x".repeat(3_000)))).await })
    });
    assert!(join_all(all).await.into_iter().all(|end| end.unwrap() == 200));
    let content = journal.read().await.unwrap();
    let mut numbers: Vec<u32> =
        bodies(&content).iter().map(|body| body.split(' ').next().unwrap().parse().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!((numbers, content.damaged.len()), ((0..64).collect(), 0));
}

#[test]
fn what_is_no_journal_and_what_cannot_be_made_is_refused_and_left_alone() {
    let folder = Folder::new();
    let path = folder.file("other.json");
    for other in
        ["{\"canary\": 1}\n", "canary", "\n\ncanary", "{\"received_at\":7}", "{\"rec\ncanary", "[{\"received_at\":\""]
    {
        fs::write(&path, other).unwrap();
        let error = FileJournal::open(&path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidData, "{other}");
        assert!(!error.to_string().contains("canary") && error.to_string().contains("another path"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), other);
    }
    assert_eq!(FileJournal::open(folder.file("no/calls.jsonl")).unwrap_err().kind(), ErrorKind::NotFound);
    assert!(FileJournal::read_file(folder.file("none.jsonl")).is_err());
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_what_residents_need() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    drop(FileJournal::open(&path).unwrap());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}
