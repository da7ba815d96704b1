//! `care_webhook`: what it shows, what it keeps, and how it ends.

use crate::support::{Program, directory, example, until};
use care_emulators::caremessenger::{AttemptOutcome, Delivery, DeliveryStatus, OtherStatus, Payload, Schedule};
use caremessenger_client::webhook::{Duplicate, FileJournal, Notification};
use std::{
    collections::HashSet,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

fn set_up(test: &str) -> CareWebhook {
    CareWebhook::new(directory(&format!("care_webhook/{test}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn output_holds_nothing_personal_and_the_file_everything() {
    let mut webhook = set_up("shown");
    let program = webhook.start(&mut webhook.command(&["--calls", "2"]));
    for _ in 0..2 {
        let transcript = webhook.delivery(SECRET, r#"{"resident":"canary"}"#).run().await;
        assert_eq!((transcript.status, transcript.attempts.len()), (DeliveryStatus::Delivered, 1));
    }
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    for part in ["for calls to: duty desk.", "21 bytes\n", "21 bytes, probably a redelivery\n", "Calls stored: 2."] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    let shown = Program::run(&mut webhook.shows(&["--show"]));
    assert_eq!((shown.code, &*shown.stderr), (Some(0), ""), "{}", shown.stdout);
    assert!(shown.stdout.contains("holds 2 calls for help, 1 of them marked"), "{}", shown.stdout);
    for said in [&end.stdout, &shown.stdout] {
        assert!(!said.contains("canary"), "{said}");
    }
    let calls = webhook.calls();
    assert!(calls.iter().all(|call| call.json().unwrap()["resident"] == "canary" && call.headers.len() > 2));
    let file = webhook.directory.join("care-webhook.jsonl");
    assert!(!fs::read_to_string(&file).unwrap().contains(SECRET));
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(file).unwrap().permissions()) & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_without_a_valid_secret_is_rejected_and_not_stored() {
    let mut webhook = set_up("refused");
    let program = webhook.start(&mut webhook.command(&[]));
    let give_up = Schedule::default().other_status(OtherStatus::GiveUp);
    let transcript = webhook.delivery("another-secret-0123456789", "canary").schedule(give_up).run().await;
    assert!(
        matches!(transcript.outcomes()[..], [AttemptOutcome::NotAcknowledged(status)] if status == 404),
        "{transcript:?}"
    );
    program.kill();
    assert_eq!(webhook.calls(), []);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_cant_be_stored_is_reported_and_redelivered() {
    let mut webhook = set_up("full");
    let (place, aside) = (webhook.directory.join("disk"), webhook.directory.join("aside"));
    fs::create_dir(&place).unwrap();
    let mut program = webhook.start(&mut webhook.command(&["--journal", "disk/calls.jsonl", "--calls", "1"]));
    fs::rename(&place, &aside).unwrap();
    let sending = tokio::spawn(webhook.delivery(SECRET, "canary").run());
    program.until("NOT STORED");
    fs::rename(&aside, &place).unwrap();
    let transcript = sending.await.unwrap();
    let outcomes = transcript.outcomes();
    assert!(matches!(outcomes[0], AttemptOutcome::NotAcknowledged(status) if status == 503), "{outcomes:?}");
    assert_eq!((transcript.status, transcript.accepted()), (DeliveryStatus::Delivered, 1));
    let end = program.end();
    assert!(end.code == Some(0) && end.stdout.contains("Calls stored: 1."), "{}", end.stdout);
    assert!(!end.stdout.contains("canary"), "{}", end.stdout);
}

/// A post that is in hand: the program has begun to read the body, and waits for the rest.
#[cfg(unix)]
fn begin(webhook: &CareWebhook) -> TcpStream {
    let mut line = TcpStream::connect(&webhook.address).unwrap();
    let head = format!("POST /care/{SECRET} HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n");
    line.write_all(head.as_bytes()).unwrap();
    let mut told = String::new();
    BufReader::new(&line).read_line(&mut told).unwrap();
    assert!(told.starts_with("HTTP/1.1 100 "), "{told}");
    line
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_after_the_posts_in_flight_are_answered() {
    stops_after_the_posts_in_flight("ctrl_c", Program::interrupt);
}

#[cfg(unix)]
#[test]
fn sigterm_stops_after_the_posts_in_flight_are_answered() {
    stops_after_the_posts_in_flight("sigterm", Program::terminate);
}

/// Fifty, of which every second sender closes its sending side behind its post.
#[cfg(unix)]
fn stops_after_the_posts_in_flight(name: &str, stop: fn(&Program)) {
    const POSTS: usize = 50;
    let mut webhook = set_up(name);
    let program = webhook.start(&mut webhook.command(&[]));
    let mut lines: Vec<TcpStream> = (0..POSTS).map(|_| begin(&webhook)).collect();
    stop(&program);
    until("it listens no more", || TcpStream::connect(&webhook.address).is_err());
    for (number, line) in lines.iter_mut().enumerate() {
        line.write_all(b"help").unwrap();
        if number % 2 == 0 {
            line.shutdown(Shutdown::Write).unwrap();
        }
    }
    for line in &mut lines {
        let mut answer = String::new();
        line.read_to_string(&mut answer).unwrap();
        assert!(answer.trim_start().starts_with("HTTP/1.1 200 OK"), "{answer}");
    }
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("Stopped. Calls stored: 50."), "{}", end.stdout);
    assert_eq!(webhook.calls().len(), POSTS);
}

#[cfg(unix)]
#[test]
fn a_second_ctrl_c_stops_at_once() {
    let mut webhook = set_up("insisted");
    let mut program = webhook.start(&mut webhook.command(&[]));
    let line = begin(&webhook);
    // Two that come too fast are one to the system.
    while program.is_running() {
        program.interrupt();
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(line);
    let end = program.end();
    assert_eq!(end.code, Some(130), "{}", end.stderr);
    assert!(end.stdout.contains("Stopped at once."), "{}", end.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_stored_and_answered_even_if_stdout_is_closed() {
    let mut webhook = set_up("unread");
    let mut child = webhook.command(&["--calls", "1"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    // The end of reading is dropped here.
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    webhook.address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let delivered = webhook.delivery(SECRET, "help").run().await.status;
    if delivered != DeliveryStatus::Delivered {
        child.kill().unwrap();
    }
    let end = child.wait_with_output().unwrap();
    assert_eq!(delivered, DeliveryStatus::Delivered);
    assert_eq!((end.status.code(), end.stderr.len()), (Some(0), 0));
    assert_eq!(webhook.calls().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_terminal_delays_no_call() {
    let mut webhook = set_up("still");
    // A pipe that nobody reads is full after a few lines as long as these.
    let name = "x".repeat(20_000);
    let mut command = webhook.command(&[]);
    let piped = command.env("CARE_WEBHOOK_SECRETS", format!("{name}={SECRET}")).stdout(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    let (mut out, mut line) = (child.stdout.take().unwrap(), [0; 64]);
    out.read_exact(&mut line).unwrap();
    let line = std::str::from_utf8(&line).unwrap();
    webhook.address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let mut statuses = Vec::new();
    for call in 0..12 {
        let once = Schedule::default().window(Duration::ZERO);
        statuses.push(webhook.delivery(SECRET, &format!("call {call}")).schedule(once).run().await.status);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(statuses, [DeliveryStatus::Delivered; 12]);
    assert_eq!(webhook.calls().len(), 12);
}

#[test]
fn without_configuration_an_emulator_is_used_and_no_file_is_left() {
    let webhook = set_up("demo");
    let end = Program::run(&mut webhook.shows(&["--calls", "3"]));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    for part in [
        "No notifier is configured: using a random secret and an emulator",
        "The URL to register for the duty desk is http://127.0.0.1:",
        "presses the button on the television",
        "the network loses the answer",
        "probably a redelivery",
        "Calls stored: 3.",
    ] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    assert_eq!(fs::read_dir(&webhook.directory).unwrap().count(), 0);
}

#[test]
fn a_usage_error_is_named_and_nothing_is_received() {
    let webhook = set_up("usage");
    fs::write(webhook.directory.join("other.txt"), "no calls").unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (arguments, code, expected) in [
        (&["--listen", "127.0.0.1:0", "--calls", "1"][..], 2, "no notifier is configured"),
        (&["--journal", "calls.jsonl", "--calls", "1"], 2, "no notifier is configured"),
        (&["--secret", "canary"], 2, "NAME=SECRET"),
        (&["--secret", "desk=canary"], 2, "16 characters"),
        (&["--secret", "desk=canary-0123456789", "--listen", "canary"], 2, "--listen"),
        (&["--secret", "desk=canary-0123456789", "--calls", "0"], 2, "--calls"),
        (&["--secret", "desk=canary-0123456789", "--show"], 2, "--show"),
        (&["--secret", "desk=canary-0123456789", "--journal", "other.txt"], 1, "holds no notifications"),
        (
            &["--secret", "desk=canary-0123456789", "--journal", "missing/calls.jsonl"],
            1,
            "can't use missing/calls.jsonl",
        ),
        (&["--secret", "desk=canary-0123456789", "--listen", &address], 1, "can't listen on"),
        (&["--show"], 1, "can't read care-webhook.jsonl"),
    ] {
        let end = Program::run(&mut webhook.shows(arguments));
        assert_eq!((end.code, &*end.stdout), (Some(code), ""), "{arguments:?}: {}", end.stderr);
        assert!(end.stderr.contains(expected), "{expected} is not in {}", end.stderr);
        assert!(!end.stderr.contains("canary-") && !end.stderr.contains("=canary"), "{}", end.stderr);
    }
    assert_eq!(fs::read_dir(&webhook.directory).unwrap().count(), 1);
}

/// While this is set, the program stores and never answers.
const HOLD: &str = "CARE_WEBHOOK_HOLD_ANSWERS";

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_storing_and_answering_the_call_is_kept_and_its_redelivery_marked() {
    let mut webhook = CareWebhook::new(directory("care_webhook_kill/held"));
    let mut program = webhook.start(webhook.command(&[]).env(HOLD, "1"));
    let sending = tokio::spawn(webhook.delivery(SECRET, "help").run());
    for kills in 1..=2 {
        program.until("stored  ");
        program.kill();
        // It is on the disk, and the sender knows nothing of it.
        assert_eq!(webhook.calls().len(), kills);
        assert!(!sending.is_finished());
        program = webhook.start(webhook.command(&[]).env(HOLD, if kills == 1 { "1" } else { "" }));
    }
    let transcript = sending.await.unwrap();
    assert_eq!((transcript.status, transcript.accepted()), (DeliveryStatus::Delivered, 1));
    let marks: Vec<_> = webhook.calls().iter().map(|call| call.duplicate).collect();
    assert_eq!(marks, [Duplicate::No, Duplicate::Probable, Duplicate::Probable]);
    assert!(webhook.calls().iter().all(|call| call.body == "help"));
    program.until("probably a redelivery");
    program.kill();

    let shown = Program::run(&mut webhook.shows(&["--show"]));
    assert!(shown.stdout.contains("holds 3 calls for help, 2 of them marked as redeliveries"), "{}", shown.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_among_many_calls_it_has_all_in_the_end() {
    const CALLS: u32 = 40;
    let mut webhook = CareWebhook::new(directory("care_webhook_kill/many"));
    let mut program = webhook.start(&mut webhook.command(&[]));
    let send = |call: u32| {
        let delivery = webhook.delivery(SECRET, &format!("call {call}"));
        // One after the other: calls that arrive together are stored together, and none would be left for the kills.
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(50) * call).await;
            delivery.run().await
        })
    };
    let sending: Vec<_> = (0..CALLS).map(send).collect();
    for _ in 0..3 {
        program.until("stored  ");
        program.kill();
        program = webhook.start(&mut webhook.command(&[]));
    }
    for sent in sending {
        assert_eq!(sent.await.unwrap().status, DeliveryStatus::Delivered);
    }
    let stored: HashSet<_> = webhook.calls().into_iter().map(|call| call.body).collect();
    assert_eq!(stored.len(), CALLS as usize);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_truncated_by_a_crash_is_reported_and_hides_no_other() {
    let mut webhook = CareWebhook::new(directory("care_webhook_kill/torn"));
    let program = webhook.start(&mut webhook.command(&["--calls", "1"]));
    assert_eq!(webhook.delivery(SECRET, "first").run().await.status, DeliveryStatus::Delivered);
    program.end();
    let file = webhook.directory.join("care-webhook.jsonl");
    let line = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{line}{}", &line[..line.len() / 2])).unwrap();

    let program = webhook.start(&mut webhook.command(&["--calls", "1"]));
    assert_eq!(webhook.delivery(SECRET, "second").run().await.status, DeliveryStatus::Delivered);
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("has unreadable lines: 1"), "{}", end.stdout);
    assert_eq!(webhook.calls().into_iter().map(|call| call.body).collect::<Vec<_>>(), ["first", "second"]);
    let shown = Program::run(&mut webhook.shows(&["--show"]));
    assert!(shown.stdout.contains("line 2 is unreadable"), "{}", shown.stdout);
}

/// The secret of the notifier `duty desk`.
pub(crate) const SECRET: &str = "canary-secret-0123456789";

/// How `care_webhook` is started in a directory, again and again.
pub(crate) struct CareWebhook {
    pub(crate) directory: PathBuf,
    /// Where it listens; another free port at each start, until it is said.
    pub(crate) address: String,
}

impl CareWebhook {
    pub(crate) fn new(directory: PathBuf) -> Self {
        Self { directory, address: "127.0.0.1:0".to_owned() }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.shows(arguments);
        command.env("CARE_WEBHOOK_SECRETS", format!("duty desk={SECRET}")).args(["--listen", &self.address]);
        command
    }

    /// The command without anything that lets it receive.
    pub(crate) fn shows(&self, arguments: &[&str]) -> Command {
        let mut command = example(env!("CARGO_BIN_EXE_care_webhook"));
        command.current_dir(&self.directory).args(arguments);
        command
    }

    /// Starts it, and waits until it listens. It listens there again at the next start.
    pub(crate) fn start(&mut self, command: &mut Command) -> Program {
        let mut program = Program::start(command);
        let line = program.until("Listening at ");
        let address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap();
        self.address = address.to_owned();
        program
    }

    /// A delivery of a call for help, as CareMessenger makes it, but with short pauses.
    pub(crate) fn delivery(&self, secret: &str, body: &str) -> Delivery {
        let url = format!("http://{}/care/{secret}", self.address);
        let schedule = Schedule::default().first_delay(Duration::from_millis(50)).factor(1.0);
        Delivery::to(url, Payload::new("application/json", body.to_owned())).schedule(schedule)
    }

    /// All calls that the file has.
    pub(crate) fn calls(&self) -> Vec<Notification> {
        FileJournal::read_file(self.directory.join("care-webhook.jsonl")).unwrap().notifications
    }
}
