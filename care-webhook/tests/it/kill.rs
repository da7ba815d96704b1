//! A receiver that is killed between the storing and the answer has lost nothing: this test runs itself as the process
//! that is killed.
//!
//! A kill takes what the process has, and leaves what the operating system has: so this shows that the line was handed
//! over before the answer. That it was on the disk by then, which a power cut would ask for, is shown where the journal
//! writes: there a test notes each sync.

use crate::support::*;
use care_webhook::{BoxFuture, Duplicate, FileJournal, Notification};
use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
};

const JOURNAL: &str = "CARE_WEBHOOK_TEST_JOURNAL";
const STORED: &str = "stored, and not answered yet";

/// The process that is killed. Without its journal it is a test of nothing.
#[tokio::test]
async fn the_one_that_is_killed() {
    let Some(path) = std::env::var_os(JOURNAL).map(PathBuf::from) else { return };
    let journal = FileJournal::open(path).unwrap();
    let hook = |_: &Notification| -> BoxFuture<'static, ()> {
        println!("{STORED}");
        Box::pin(std::future::pending())
    };
    receiver(journal).before_answer(hook).build().unwrap().handle(post(SECRET, "help")).await;
}

#[tokio::test]
async fn what_was_stored_is_there_after_a_kill_and_its_repetition_is_marked() {
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    for kills in 1..=2 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["kill::the_one_that_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(JOURNAL, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().contains(STORED)));
        child.kill().unwrap();
        child.wait().unwrap();
        let content = FileJournal::read_file(&path).unwrap();
        assert_eq!((content.notifications.len(), content.damaged.len()), (kills, 0));
    }
    let journal = FileJournal::open(&path).unwrap();
    let receiver = receiver(journal.clone()).build().unwrap();
    receiver.remember(&journal.read().await.unwrap().notifications).await.unwrap();
    assert_eq!(status(&receiver, post(SECRET, "help")).await, 200);
    let last = journal.read().await.unwrap().notifications.pop().unwrap();
    assert_eq!((&last.body[..], last.duplicate), (&b"help"[..], Duplicate::Probable));
}
