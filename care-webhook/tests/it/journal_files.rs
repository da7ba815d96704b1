//! A journal of many files, of many lines, and of an earlier version.

use crate::support::*;
use care_webhook::{FileJournal, JournalEntry, JournalReader, MemorySink, Notification, Receiver};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::SeqCst},
    },
    time::Duration,
};

fn start() -> DateTime<Utc> {
    "2026-11-28T23:59:00Z".parse().unwrap()
}

/// A receiver of a journal, and the seconds that its clock is ahead.
fn clocked(journal: &FileJournal) -> (Receiver, Arc<AtomicI64>) {
    let seconds = Arc::<AtomicI64>::default();
    let clock = Arc::clone(&seconds);
    let now = move || start() + TimeDelta::seconds(clock.load(SeqCst));
    (receiver(journal.clone()).clock(now).build().unwrap(), seconds)
}

fn names(folder: &Folder) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}

fn bodies(entries: impl Iterator<Item = std::io::Result<JournalEntry>>) -> Vec<String> {
    let body = |entry| match entry {
        Ok(JournalEntry::Notification(notification)) => String::from_utf8(notification.body.to_vec()).unwrap(),
        other => panic!("{other:?}"),
    };
    entries.map(body).collect()
}

async fn streamed(mut stream: care_webhook::JournalStream) -> Vec<String> {
    let mut entries = Vec::new();
    while let Some(entry) = stream.next().await {
        entries.push(entry);
    }
    bodies(entries.into_iter())
}

#[tokio::test]
async fn a_journal_of_revision_3e992b3_is_read_and_goes_on() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    let golden = include_bytes!("golden/journal-3e992b3.jsonl");
    fs::write(&path, golden).unwrap();
    let journal = FileJournal::open(&path).unwrap();
    let content = journal.read().await.unwrap();
    assert_eq!((content.notifications.len(), content.damaged.len()), (4, 0));
    let kept = |n: usize| &content.notifications[n];
    assert_eq!((&kept(0).body[..], &*kept(0).notifier), (&b"{\"id\":71,\"resident\":14}"[..], "duty desk"));
    assert_eq!(kept(1).duplicate, care_webhook::Duplicate::Probable);
    assert_eq!(&kept(2).body[..], "line\n\"two\" ä".as_bytes());
    assert_eq!((&kept(3).body[..], kept(3).headers["content-length"].as_bytes()), (&b"\xff\x00bytes"[..], &b"7"[..]));
    let again: Vec<u8> = content.notifications.iter().flat_map(line).collect();
    assert_eq!(again, golden, "and is written as it was");
    assert_eq!(status(&receiver(journal.clone()).build().unwrap(), post(SECRET, "new")).await, 200);
    assert_eq!(journal.read().await.unwrap().notifications.len(), 5);
}

fn line(notification: &Notification) -> Vec<u8> {
    [&serde_json::to_vec(notification).unwrap()[..], b"\n"].concat()
}

#[tokio::test]
async fn it_begins_a_new_file_by_size_and_by_day_and_reads_all_in_order() {
    let folder = Folder::new();
    let journal = FileJournal::builder(folder.file("calls.jsonl")).rotate_daily().rotate_at(600).open().unwrap();
    let (receiver, seconds) = clocked(&journal);
    for (at, body) in [(0, "a"), (1, "b"), (2, "c"), (70, "d"), (71, "e"), (86_500, "f")] {
        seconds.store(at, SeqCst);
        let body = format!("{body}{}", "x".repeat(200));
        assert_eq!(status(&receiver, post(SECRET, body)).await, 200);
    }
    let wanted = [
        "calls.jsonl",
        "calls.jsonl.2026-11-28.00000001",
        "calls.jsonl.2026-11-28.00000002",
        "calls.jsonl.2026-11-29.00000003",
    ];
    assert_eq!(names(&folder), wanted, "two by size, one at midnight, one at the next");
    let first = |bodies: Vec<String>| bodies.iter().map(|body| &body[..1]).collect::<String>();
    assert_eq!(first(bodies(JournalReader::open(journal.path()).unwrap())), "abcdef");
    assert_eq!(first(streamed(journal.stream()).await), "abcdef");
    assert_eq!(journal.read().await.unwrap().notifications.len(), 6);
    for (since, wanted) in [(0, "abcdef"), (1, "bcdef"), (2, "cdef"), (3, "def"), (71, "ef"), (100_000, "")] {
        let since = start() + TimeDelta::seconds(since);
        assert_eq!(first(streamed(journal.stream_since(since)).await), wanted, "{since}");
    }
    // A restart goes on with the day and the number.
    let journal = FileJournal::builder(journal.path()).rotate_daily().open().unwrap();
    let (receiver, seconds) = clocked(&journal);
    seconds.store(200_000, SeqCst);
    assert_eq!(status(&receiver, post(SECRET, "g")).await, 200);
    assert_eq!(names(&folder)[4], "calls.jsonl.2026-11-30.00000004");
}

#[tokio::test]
async fn it_forgets_files_that_are_older_than_told_and_no_other() {
    let folder = Folder::new();
    let days = |days: u64| Duration::from_secs(days * 86_400);
    fs::write(folder.file("calls.jsonl.notes"), "mine").unwrap();
    let builder = FileJournal::builder(folder.file("calls.jsonl")).rotate_daily().forget_after(days(400_000));
    let journal = builder.clone().open().unwrap();
    let (receiver, seconds) = clocked(&journal);
    for day in 0..5 {
        seconds.store(day * 86_400, SeqCst);
        assert_eq!(status(&receiver, post(SECRET, format!("{day}"))).await, 200);
    }
    assert_eq!(names(&folder).len(), 6);
    drop((receiver, journal));
    // All of them are in the future of the machine's clock or near it, so that opening forgets none.
    let journal = builder.forget_after(days(2)).open().unwrap();
    let (receiver, seconds) = clocked(&journal);
    seconds.store(400 * 86_400, SeqCst);
    assert_eq!(status(&receiver, post(SECRET, "last")).await, 200);
    assert_eq!(names(&folder), ["calls.jsonl", "calls.jsonl.notes"]);
    assert_eq!(bodies(JournalReader::open(journal.path()).unwrap()), ["last"]);
}

#[tokio::test]
async fn a_restart_remembers_the_window_alone_and_across_files() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    let journal = FileJournal::builder(&path).rotate_at(1).open().unwrap();
    let (receiver, seconds) = clocked(&journal);
    for (at, body) in [(0, "old"), (1_000, "new"), (1_001, "newer")] {
        seconds.store(at, SeqCst);
        status(&receiver, post(SECRET, body)).await;
    }
    let sink = MemorySink::new();
    let clock = move || start() + TimeDelta::seconds(1_500);
    let restarted = crate::support::receiver(sink.clone()).clock(clock).build().unwrap();
    restarted.remember_journal(&journal).await.unwrap();
    for body in ["old", "new", "newer"] {
        status(&restarted, post(SECRET, body)).await;
    }
    assert_eq!(kept(&sink), ["desk old No", "desk new Probable", "desk newer Probable"]);
    let missing = FileJournal::open(folder.file("other.jsonl")).unwrap();
    fs::remove_file(missing.path()).unwrap();
    assert!(restarted.remember_journal(&missing).await.is_err());
}

#[tokio::test]
async fn what_is_rotated_while_it_is_read_is_read_once() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    let journal = FileJournal::builder(&path).rotate_at(1).open().unwrap();
    let (receiver, _) = clocked(&journal);
    for body in ["a", "b", "c"] {
        status(&receiver, post(SECRET, body)).await;
    }
    let reader = JournalReader::open(&path).unwrap();
    for body in ["d", "e"] {
        status(&receiver, post(SECRET, body)).await;
    }
    assert_eq!(bodies(reader), ["a", "b", "c"]);
    assert_eq!(bodies(JournalReader::open(&path).unwrap()).len(), 5);
}

#[cfg(target_os = "linux")]
#[test]
fn ten_thousand_at_once_are_stored_by_few_threads_and_each_is_on_the_disk() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("many-posts")
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let receiver = receiver(FileJournal::open(&path).unwrap()).build().unwrap();
        let posts = (0..10_000).map(|n| {
            let receiver = receiver.clone();
            tokio::spawn(async move { status(&receiver, post(SECRET, format!("{n}"))).await })
        });
        let all = tokio::spawn(join_all(posts));
        let most = tokio::task::spawn_blocking(move || {
            let mut most = 0;
            while !all.is_finished() {
                most = most.max(threads_of_this_runtime());
                std::thread::sleep(Duration::from_millis(1));
            }
            (most, all)
        });
        let (most, all) = most.await.unwrap();
        assert!(all.await.unwrap().into_iter().all(|end| end.unwrap() == 200), "none is refused");
        assert!((2..=20).contains(&most), "{most} threads");
    });
    assert_eq!(FileJournal::read_file(&path).unwrap().notifications.len(), 10_000);
}

/// Other tests of this process have threads of their own.
#[cfg(target_os = "linux")]
fn threads_of_this_runtime() -> usize {
    let name = |task: &Path| fs::read_to_string(task.join("comm")).unwrap_or_default();
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    tasks.filter(|task| task.as_ref().is_ok_and(|task| name(&task.path()).starts_with("many-posts"))).count()
}
