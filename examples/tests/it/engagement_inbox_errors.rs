//! `engagement_inbox`: what goes wrong, how it ends then, and what becomes of its file.

use crate::{
    engagement_inbox::Inbox,
    support::{Program, Server, directory, example, until},
};
use care_emulators::engagement::{Controller, Emulator};
use std::{fs, io, time::Duration};

const LIST: (&str, &str) = ("GET", "/interventions");

async fn set_up(test: &str) -> (Emulator, Controller, Inbox) {
    let emulator = Emulator::start().await.unwrap();
    let inbox = Inbox::of(&emulator, directory(&format!("engagement_inbox_errors/{test}")));
    let controller = emulator.controller();
    (emulator, controller, inbox)
}

#[test]
fn an_undecodable_row_hides_no_other() {
    let body =
        r#"{"count":4,"records":[{"id":"e1"},{"id":"e2\u001b[2J","closed":"CANARY"},{"text":"CANARY"},{"id":"e4"}]}"#;
    let server = Server::answering(LIST.1, body);
    let inbox = Inbox::at(&server.url, directory("engagement_inbox_errors/unreadable"));
    for (format, expected) in [("csv", 3), ("jsonl", 2), ("table", 3)] {
        let end = inbox.run(&["--format", format, "--out", "out"]);
        assert_eq!((end.code, &*end.stdout), (Some(1), ""), "{}", end.stderr);
        for part in [
            "not decodable: e2 [2J: ",
            "closed",
            "not decodable: row #",
            "Interventions in ",
            "2 interventions can't be decoded",
        ] {
            assert!(end.stderr.contains(part), "{part} is not in {}", end.stderr);
        }
        assert!(!end.stderr.contains("CANARY"), "{}", end.stderr);
        let listed = fs::read_to_string(inbox.directory.join("out")).unwrap();
        assert_eq!(listed.lines().count(), expected, "{listed}");
        assert!(listed.contains("e1") && listed.contains("e4") && !listed.contains("e2"), "{listed}");
    }
}

#[test]
fn a_servers_text_can_not_move_the_cursor() {
    let text = r"a\u001b[2J\u009b2Jb\r\nc\td";
    let body = format!(
        r#"{{"count":1,"records":[{{"id":"{text}","status":"{text}","custom_fields":{{"{text}":"{text}"}}}}]}}"#
    );
    let server = Server::answering(LIST.1, body);
    let inbox = Inbox::at(&server.url, directory("engagement_inbox_errors/cursor"));
    for (format, lines) in [("csv", 2), ("jsonl", 1), ("table", 2)] {
        let listed = inbox.lists(&["--format", format]);
        assert!(listed.lines().count() == lines && !listed.replace('\n', "").contains(char::is_control), "{listed:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_run_leaves_no_file_and_removes_none() {
    let (emulator, controller, inbox) = set_up("failed").await;
    for _ in 0..9 {
        drop(controller.open_new());
    }
    for before in [None, Some("as it was")] {
        if let Some(text) = before {
            fs::write(inbox.directory.join("out.csv"), text).unwrap();
        }
        let faults = emulator.faults();
        // The first page comes.
        controller.after_next(LIST.0, LIST.1, move |_| faults.on(LIST.0, LIST.1).status_before_commit(403, None));
        let end = inbox.run(&["--format", "csv", "--limit", "4", "--out", "out.csv"]);
        assert_eq!((end.code, &*end.stdout), (Some(1), ""), "{}", end.stderr);
        assert!(end.stderr.contains("engagement.interventions.list") && end.stderr.contains("403"), "{}", end.stderr);
        assert_eq!(inbox.files(), before.map(|_| "out.csv").as_slice());
    }
    assert_eq!(fs::read_to_string(inbox.directory.join("out.csv")).unwrap(), "as it was");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_readable_only_by_its_owner_and_replaces_another() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let (_emulator, controller, inbox) = set_up("file").await;
    let id = controller.open_new();
    fs::write(inbox.directory.join("out.jsonl"), "old").unwrap();
    fs::set_permissions(inbox.directory.join("out.jsonl"), fs::Permissions::from_mode(0o644)).unwrap();
    symlink("out.jsonl", inbox.directory.join("link")).unwrap();
    let end = inbox.run(&["--format", "jsonl", "--out", "link"]);
    assert_eq!((end.code, &*end.stdout), (Some(0), ""), "{}", end.stderr);
    assert!(end.stderr.ends_with("out.jsonl: 1.\n"), "{}", end.stderr);
    assert_eq!(inbox.files(), ["link", "out.jsonl"]);
    assert!(fs::symlink_metadata(inbox.directory.join("link")).unwrap().is_symlink());
    let file = inbox.directory.join("out.jsonl");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(file).unwrap().contains(&id));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_stops_it_and_leaves_no_file() {
    stops_and_leaves_no_file("interrupted", Program::interrupt).await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn sigterm_stops_it_and_leaves_no_file() {
    stops_and_leaves_no_file("interrupted_sigterm", Program::terminate).await;
}

#[cfg(unix)]
async fn stops_and_leaves_no_file(name: &str, stop: fn(&Program)) {
    let (emulator, _controller, inbox) = set_up(name).await;
    emulator.faults().on(LIST.0, LIST.1).delay(Duration::from_secs(3600));
    let program = Program::start(&mut inbox.command(&["--out", "out"]));
    until("a page on its way", || emulator.journal().count(LIST.0, LIST.1) == 1);
    assert_eq!(inbox.files().len(), 1);
    stop(&program);
    assert_eq!(program.end().code, Some(130));
    assert_eq!(inbox.files(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_not_shown() {
    let (emulator, _controller, mut inbox) = set_up("refused").await;
    let other = Emulator::builder().access_token("another-token").start().await.unwrap();
    inbox.url = other.base_url();
    let end = inbox.run(&["--format", "csv"]);
    assert_eq!((end.code, &*end.stdout), (Some(1), ""), "{}", end.stderr);
    assert!(end.stderr.contains("403") && end.stderr.contains("the token is wrong"), "{}", end.stderr);
    assert_eq!((emulator.journal().total(), other.journal().total()), (0, 1));
}

#[test]
fn a_usage_error_is_named_and_nothing_is_sent() {
    let server = Server::answering(LIST.1, r#"{"count":0,"records":[]}"#);
    let inbox = Inbox::at(&server.url, directory("engagement_inbox_errors/usage"));
    for (arguments, code, expected) in [
        (&["--limit", "0"][..], 2, "--limit"),
        (&["--limit", "151"], 2, "--limit"),
        (&["--most", "0"], 2, "--most"),
        (&["--status", "open"], 2, "--status"),
        (&["--format", "xml"], 2, "--format"),
        (&["--thread", ""], 2, "the thread is empty"),
        (&["--user", "a,b"], 2, "separately"),
        (&["--out", "."], 2, "is not a regular file"),
        (&["--out", "missing/out"], 1, "can't write"),
    ] {
        let end = inbox.run(arguments);
        assert_eq!((end.code, &*end.stdout), (Some(code), ""), "{arguments:?}: {}", end.stderr);
        assert!(end.stderr.contains(expected), "{expected} is not in {}", end.stderr);
    }
    for (name, value, expected) in [
        ("ENGAGEMENT_ACCESS_TOKEN", "", "ENGAGEMENT_ACCESS_TOKEN is missing. Nothing was sent."),
        ("ENGAGEMENT_ACCOUNT", "canary", "are both set"),
        ("ENGAGEMENT_PLATFORM", "canary", "ENGAGEMENT_PLATFORM and ENGAGEMENT_BASE_URL are both set"),
        ("ENGAGEMENT_BASE_URL", "http://canary.example.com/1.0", "https"),
    ] {
        let end = Program::run(inbox.command(&[]).env(name, value));
        assert_eq!((end.code, &*end.stdout), (Some(2), ""), "{name}: {}", end.stderr);
        assert!(end.stderr.contains(expected) && !end.stderr.contains("canary"), "{}", end.stderr);
    }
    let mut account = example(env!("CARGO_BIN_EXE_engagement_inbox"));
    let end = Program::run(account.env("ENGAGEMENT_ACCOUNT", "acme").env("ENGAGEMENT_PLATFORM", "canary"));
    assert_eq!((end.code, &*end.stdout), (Some(2), ""), "{}", end.stderr);
    assert!(
        end.stderr.contains("neither `dimelo` nor `ringcentral`") && !end.stderr.contains("canary"),
        "{}",
        end.stderr
    );
    assert_eq!(server.requests(), [""; 0]);
    assert_eq!(inbox.files(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_cut_off_by_its_reader_is_a_failure() {
    let (_emulator, controller, inbox) = set_up("unread").await;
    drop(controller.open_new());
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let end = inbox.command(&["--format", "csv"]).stdout(writer).output().unwrap();
    let says = String::from_utf8(end.stderr).unwrap();
    assert_eq!(end.status.code(), Some(1), "{says}");
    assert!(says.contains("can't write to stdout"), "{says}");
}
