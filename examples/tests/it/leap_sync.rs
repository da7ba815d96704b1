//! `leap_sync`: what it shows, what it survives, and how it ends.

use crate::support::{EmulatorProcess, Program, directory, example, until};
use care_emulators::leap::{Emulator, NewRequest};
use leap_client::FileChangeStore;
use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

async fn set_up(test: &str) -> (Emulator, LeapSync) {
    let emulator = Emulator::start().await.unwrap();
    let sync = LeapSync::of(&emulator, directory(&format!("leap_sync/{test}")));
    (emulator, sync)
}

#[tokio::test(flavor = "multi_thread")]
async fn output_holds_nothing_personal_and_the_file_everything() {
    let (emulator, sync) = set_up("shown").await;
    let controller = emulator.controller();
    let request = NewRequest::topic("Lighting").summary("canary").description("canary").creator("canary");
    let id = controller.raise(request.email("canary@example.com")).unwrap();
    controller.assign(&id, "canary").unwrap();
    controller.comment(&id, "canary", "canary").unwrap();
    let end = sync.start(&["--out", "out.jsonl", "--changes", "1"]).end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let shown = format!("LEAP_BASE_URL is set: using {}", emulator.base_url());
    for part in [&*shown, "request 10000001 is IN_PROGRESS, topic Lighting: a comment", "handled and acknowledged: 1."]
    {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    for secret in ["canary", "@", emulator.username(), emulator.password()] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
    let [line] = sync.lines().try_into().unwrap();
    assert_eq!(
        (&line["request"]["email"], &line["updates"][0]["comment"]),
        (&"canary@example.com".into(), &"canary".into())
    );
    #[cfg(unix)]
    {
        let written = fs::metadata(sync.directory.join("out.jsonl")).unwrap();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&written.permissions()) & 0o777, 0o600);
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_stops_after_the_current_change() {
    stops_after_the_current_change("ctrl_c", Program::interrupt).await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn sigterm_stops_after_the_current_change() {
    stops_after_the_current_change("ctrl_c_sigterm", Program::terminate).await;
}

#[cfg(unix)]
async fn stops_after_the_current_change(name: &str, stop: fn(&Program)) {
    let (emulator, sync) = set_up(name).await;
    let controller = emulator.controller();
    let ids = [(); 2].map(|()| controller.raise(NewRequest::topic("Lighting")).unwrap());
    let (acknowledging, heard) = std::sync::mpsc::channel();
    let (interrupted, go_on) = std::sync::mpsc::channel();
    controller.before_next("POST", "/requests/acked", move |_| {
        acknowledging.send(()).unwrap();
        go_on.recv().unwrap();
    });
    let program = sync.start(&["--out", "out.jsonl"]);
    heard.recv().unwrap();
    stop(&program);
    // The program is to hear of it before it can go on to the other request.
    std::thread::sleep(Duration::from_millis(200));
    interrupted.send(()).unwrap();
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("handled and acknowledged: 1."), "{}", end.stdout);
    assert_eq!((sync.lines().len(), sync.store()), (1, vec![]));
    assert_eq!(ids.map(|id| controller.request(&id).unwrap().unacked_since.is_some()), [false, true]);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_second_ctrl_c_stops_at_once_and_the_change_is_delivered_again() {
    let (emulator, sync) = set_up("insisted").await;
    let id = emulator.controller().raise(NewRequest::topic("Lighting")).unwrap();
    emulator.faults().on("POST", "/requests/acked").delay(Duration::from_secs(3600));
    let mut program = sync.start(&["--out", "out.jsonl"]);
    until("an acknowledgement on its way", || emulator.journal().count("POST", "/requests/acked") == 1);
    // Two that come too fast are one to the system.
    while program.is_running() {
        program.interrupt();
        std::thread::sleep(Duration::from_millis(20));
    }
    let end = program.end();
    assert_eq!(end.code, Some(130), "{}", end.stderr);
    assert!(end.stdout.contains("it is delivered again"), "{}", end.stdout);
    assert_eq!(sync.store(), [id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_printed_and_polling_continues() {
    let (emulator, sync) = set_up("errors").await;
    emulator.controller().raise(NewRequest::topic("Lighting")).unwrap();
    emulator.faults().on("GET", "/requests/").html();
    let mut program = sync.start(&["--changes", "1"]);
    program.until("poll failed");
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("request 10000001 is NEW"), "{}", end.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_acknowledged_if_stdout_is_closed() {
    let (emulator, sync) = set_up("unread").await;
    let id = emulator.controller().raise(NewRequest::topic("Lighting")).unwrap();
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let status = sync.command(&[]).stdout(writer).stderr(std::process::Stdio::null()).status().unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(emulator.controller().request(&id).unwrap().unacked_since.is_some());
    assert_eq!(emulator.journal().count("POST", ""), 0);
}

#[test]
fn without_a_server_an_emulator_is_used_and_no_file_is_left() {
    let directory = directory("leap_sync/demo");
    let run = |arguments: &[&str]| {
        let mut program = example(env!("CARGO_BIN_EXE_leap_sync"));
        let end = Program::run(program.current_dir(&directory).args(arguments));
        assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
        assert!(end.stdout.contains("LEAP_BASE_URL is not set: using an emulator"), "{}", end.stdout);
        end.stdout
    };
    assert!(run(&["--changes", "4"]).contains("handled and acknowledged: 4."));
    assert!(run(&["--for", "0.1"]).contains("Stopped."));
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_of_a_real_server_is_not_used_with_an_emulator() {
    let (emulator, sync) = set_up("kept").await;
    emulator.controller().raise(NewRequest::topic("Lighting")).unwrap();
    emulator.faults().on("POST", "/requests/acked").delay(Duration::from_secs(3600));
    let live = sync.start(&[]);
    until("an acknowledgement on its way", || emulator.journal().count("POST", "/requests/acked") == 1);
    live.kill();
    let kept = fs::read(sync.directory.join("leap-changes.json")).unwrap();
    let mut demo = sync.command(&["--store", "leap-changes.json", "--changes", "1"]);
    let end = Program::run(demo.env_remove("LEAP_BASE_URL"));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("set LEAP_BASE_URL") && end.stderr.contains("remove the file"), "{}", end.stderr);
    assert_eq!(fs::read(sync.directory.join("leap-changes.json")).unwrap(), kept);
}

#[test]
fn it_follows_the_emulators_program() {
    let (directory, emulators) = (directory("leap_sync/emulators"), EmulatorProcess::start());
    let ids = [emulators.leap.raise(), emulators.leap.raise()];
    let mut program = example(env!("CARGO_BIN_EXE_leap_sync"));
    emulators.leap.name_to(program.current_dir(&directory));
    let end = Program::run(program.args(["--interval", "0.05", "--changes", "2", "--store", "place.json"]));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    for id in ids {
        assert!(end.stdout.contains(&format!("request {id} is NEW, topic Lighting: new")), "{}", end.stdout);
    }
    assert!(emulators.leap.requests().iter().all(|request| request["unacked"] == false));
    assert!(FileChangeStore::read(directory.join("place.json")).unwrap().is_empty());
}

const ACKNOWLEDGE: (&str, &str) = ("POST", "/requests/acked");
/// Longer than any test.
const FOR_EVER: Duration = Duration::from_secs(3600);

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_handling_and_acknowledging_it_delivers_the_change_again() {
    let emulator = Emulator::start().await.unwrap();
    let (controller, sync) = (emulator.controller(), LeapSync::of(&emulator, directory("leap_sync_kill/before")));
    let id = controller.raise(NewRequest::topic("Lighting")).unwrap();
    emulator.faults().on(ACKNOWLEDGE.0, ACKNOWLEDGE.1).delay(FOR_EVER);
    let first = sync.start(&["--out", "out.jsonl"]);
    until("an acknowledgement on its way", || emulator.journal().count(ACKNOWLEDGE.0, ACKNOWLEDGE.1) == 1);
    // What was handled is on the disk before the server hears of it.
    assert_eq!((sync.lines().len(), sync.store()), (1, vec![id.clone()]));
    first.kill();
    assert!(controller.request(&id).unwrap().unacked_since.is_some());

    let end = sync.start(&["--out", "out.jsonl", "--changes", "1"]).end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let delivered: Vec<_> = sync.lines().into_iter().map(|line| line["request"]["identifier"].clone()).collect();
    assert_eq!(delivered, [&*id, &*id]);
    assert!(controller.request(&id).unwrap().unacked_since.is_none());
    assert_eq!(sync.store(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_acknowledged_unread_before_a_kill_is_delivered() {
    let emulator = Emulator::start().await.unwrap();
    let (controller, sync) = (emulator.controller(), LeapSync::of(&emulator, directory("leap_sync_kill/after")));
    let id = controller.raise(NewRequest::topic("Lighting")).unwrap();
    let commented = id.clone();
    controller.before_next(ACKNOWLEDGE.0, ACKNOWLEDGE.1, move |controller| {
        controller.comment(&commented, "Robin Example", "It came in between").unwrap();
    });
    emulator.faults().on(ACKNOWLEDGE.0, ACKNOWLEDGE.1).delay_after_commit(FOR_EVER);
    let first = sync.start(&["--out", "out.jsonl"]);
    until("an acknowledgement that is done", || controller.request(&id).unwrap().unacked_since.is_none());
    first.kill();
    // By the flags nobody can tell any more that there was a comment.
    let request = controller.request(&id).unwrap();
    assert!(request.updates.len() == 1 && request.updates[0].unacked_since.is_none());
    assert_eq!(sync.store(), [&*id]);

    let mut second = sync.start(&["--out", "out.jsonl", "--changes", "1"]);
    second.until("leap-changes.json holds unfinished acknowledgements");
    let end = second.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let lines = sync.lines();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[1]["late"], &lines[1]["updates"][0]["comment"]), (&true.into(), &"It came in between".into()));
    assert_eq!(sync.store(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_truncated_by_a_kill_stays_on_its_own() {
    let emulator = Emulator::start().await.unwrap();
    let sync = LeapSync::of(&emulator, directory("leap_sync_kill/torn"));
    emulator.controller().raise(NewRequest::topic("Lighting")).unwrap();
    std::fs::write(sync.directory.join("out.jsonl"), "{\"whole\":1}\n{\"torn").unwrap();
    let end = sync.start(&["--out", "out.jsonl", "--changes", "1"]).end();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    let text = std::fs::read_to_string(sync.directory.join("out.jsonl")).unwrap();
    let (kept, added) = text.split_at("{\"whole\":1}\n{\"torn\n".len());
    assert_eq!(kept, "{\"whole\":1}\n{\"torn\n");
    let added: serde_json::Value = serde_json::from_str(added.strip_suffix('\n').unwrap()).unwrap();
    assert_eq!(added["new"], true);
}

/// How `leap_sync` is started in a directory, again and again.
pub(crate) struct LeapSync {
    pub(crate) directory: PathBuf,
    base_url: String,
    user: String,
    password: String,
}

impl LeapSync {
    /// One that talks to an emulator of the test's own.
    pub(crate) fn of(emulator: &Emulator, directory: PathBuf) -> Self {
        let (user, password) = (emulator.username().to_owned(), emulator.password().to_owned());
        Self { directory, base_url: emulator.base_url(), user, password }
    }

    /// One that looks often, and writes changes to a file.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = example(env!("CARGO_BIN_EXE_leap_sync"));
        command.env("LEAP_BASE_URL", &self.base_url).env("LEAP_USER", &self.user).env("LEAP_PASSWORD", &self.password);
        command.current_dir(&self.directory).args(["--interval", "0.05"]).args(arguments);
        command
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Program {
        Program::start(&mut self.command(arguments))
    }

    /// The requests that the next start will look at.
    pub(crate) fn store(&self) -> Vec<String> {
        let entries = FileChangeStore::read(self.directory.join("leap-changes.json")).unwrap();
        entries.into_iter().map(|entry| entry.id.as_str().to_owned()).collect()
    }

    pub(crate) fn lines(&self) -> Vec<Value> {
        lines(&self.directory.join("out.jsonl"))
    }
}

/// The lines of a file.
pub(crate) fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
