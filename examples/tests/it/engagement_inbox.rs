//! `engagement_inbox`: what it lists, and in which forms.

use crate::support::{EmulatorProcess, End, Program, directory, example};
use care_emulators::engagement::{AGENT_ID, Controller, Emulator, NewAgent, NewContent};
use engagement_client::{Engagement, Intervention, ListInterventions};
use futures_util::TryStreamExt;
use std::{collections::HashMap, fs, path::PathBuf, process::Command};

async fn set_up(test: &str) -> (Emulator, Controller, Inbox) {
    let emulator = Emulator::start().await.unwrap();
    let inbox = Inbox::of(&emulator, directory(&format!("engagement_inbox/{test}")));
    let controller = emulator.controller();
    (emulator, controller, inbox)
}

/// The rows of CSV, by the names of their columns.
fn rows(text: &str) -> Vec<HashMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn csv_ids(text: &str) -> Vec<String> {
    rows(text).into_iter().map(|row| row["id"].clone()).collect()
}

fn json(text: &str) -> Vec<Intervention> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn json_ids(text: &str) -> Vec<String> {
    json(text).into_iter().map(|intervention| intervention.id.to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_holds_open_interventions_without_custom_fields() {
    let (emulator, controller, inbox) = set_up("table").await;
    let [answered, closed, bare] = [(); 3].map(|()| controller.open_new());
    controller.reply(&closed).unwrap();
    controller.close(&closed).unwrap();
    controller.reply(&answered).unwrap();
    controller.categorize(&answered, ["c1", "c2"]).unwrap();
    controller.set_custom_field(&answered, "name", "canary").unwrap();
    let end = inbox.run(&[]);
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    let lines: Vec<Vec<_>> = end.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines.iter().map(|line| line[0]).collect::<Vec<_>>(), ["id", &bare, &answered, "c2"], "{}", end.stdout);
    assert_eq!(lines[1][5..], [AGENT_ID, "0", "Opened"]);
    assert_eq!(lines[2][5..], [AGENT_ID, "1", "c1", "Opened"]);
    assert!(!end.stdout.contains("canary"), "{}", end.stdout);
    let says = format!("ENGAGEMENT_BASE_URL is set: using {}.\nInterventions: 2.\n", emulator.base_url());
    assert_eq!(end.stderr, says);
}

#[tokio::test(flavor = "multi_thread")]
async fn csv_holds_all_but_custom_fields_and_json_holds_all() {
    let (emulator, controller, inbox) = set_up("exported").await;
    let [one, other] = [(); 2].map(|()| controller.open_new());
    controller.reply(&one).unwrap();
    controller.categorize(&one, ["=c1", "c2"]).unwrap();
    controller.set_custom_field(&one, "name", "canary").unwrap();
    controller.send_survey(&one).unwrap();
    controller.answer_survey(&one, 4).unwrap();

    let client = Engagement::builder().base_url(emulator.base_url()).access_token(emulator.access_token());
    let list = client.build().unwrap().interventions().list(ListInterventions::new());
    let all: Vec<Intervention> = list.items().try_collect().await.unwrap();
    assert_eq!(json(&inbox.lists(&["--format", "jsonl"])), all);

    let text = inbox.lists(&["--format", "csv"]);
    assert!(!text.contains("canary"), "{text}");
    let rows = rows(&text);
    assert_eq!(rows.iter().map(|row| &*row["id"]).collect::<Vec<_>>(), [&other, &one]);
    for (name, value) in [
        ("closed", "false"),
        ("status", "Opened"),
        ("user_id", AGENT_ID),
        ("user_replies_count", "1"),
        ("category_ids", "'=c1 c2"),
        ("satisfaction_grade", "4"),
        ("closed_at", ""),
        ("content_id", all[1].content_id.as_ref().unwrap().as_str()),
    ] {
        assert_eq!(rows[1][name], value, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_are_listed_in_order() {
    let (emulator, controller, inbox) = set_up("pages").await;
    let mut all: Vec<_> = (0..23).map(|_| controller.open_new()).collect();
    all.reverse();
    assert_eq!(csv_ids(&inbox.lists(&["--format", "csv", "--limit", "5"])), all);
    assert!(emulator.journal().count("GET", "/interventions") > 4);
    assert_eq!(json_ids(&inbox.lists(&["--format", "jsonl", "--limit", "1"])), all);
    let table = inbox.lists(&["--limit", "22"]);
    assert_eq!(table.lines().skip(1).map(|line| line.split(' ').next().unwrap()).collect::<Vec<_>>(), all);
    // The second page has more than are wanted.
    assert_eq!(csv_ids(&inbox.lists(&["--format", "csv", "--limit", "5", "--most", "7"])), all[..7]);
    // Names stand there once, whatever the number of pages.
    assert_eq!(inbox.lists(&["--format", "csv", "--status", "closed"]).lines().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_growing_list_skips_and_repeats_none() {
    let (_emulator, controller, inbox) = set_up("growing").await;
    let mut there: Vec<_> = (0..30).map(|_| controller.open_new()).collect();
    there.reverse();
    for coming in [3, 5, 0, 1, 4] {
        controller.after_next("GET", "/interventions", move |controller| {
            (0..coming).for_each(|_| drop(controller.open_new()))
        });
    }
    let end = inbox.run(&["--format", "jsonl", "--limit", "7"]);
    assert_eq!((end.code, json_ids(&end.stdout)), (Some(0), there), "{}", end.stderr);
    assert!(end.stderr.ends_with("Interventions: 30 of 43 on the server.\n"), "{}", end.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_can_be_filtered_and_sorted() {
    let (emulator, controller, inbox) = set_up("chosen").await;
    let agent = controller.add_agent(NewAgent::new());
    let content = controller.add_content(NewContent::new().thread("t1")).unwrap();
    let talked = controller.open(&content).unwrap();
    let [closed, reopened, deferred] = [(); 3].map(|()| controller.open_new());
    for id in [&closed, &reopened] {
        controller.reply(id).unwrap();
        controller.close(id).unwrap();
    }
    controller.reopen(&reopened).unwrap();
    controller.defer(&deferred, emulator.clock().now() + std::time::Duration::from_secs(60)).unwrap();
    controller.reassign(&talked, &agent).unwrap();
    for (arguments, ids) in [
        (&["--status", "opened"][..], &[&deferred, &reopened, &talked][..]),
        (&["--status", "active"], &[&reopened, &talked]),
        (&["--status", "deferred"], &[&deferred]),
        (&["--status", "reopened"], &[&reopened]),
        (&["--status", "closed"], &[&closed]),
        (&["--status", "all"], &[&deferred, &reopened, &closed, &talked]),
        (&["--thread", "t1"], &[&talked]),
        (&["--user", &agent], &[&talked]),
        (&["--status", "all", "--sort", "updated"], &[&talked, &deferred, &reopened, &closed]),
        (&["--most", "2"], &[&deferred, &reopened]),
        (&["--most", "2", "--limit", "1"], &[&deferred, &reopened]),
    ] {
        let listed = csv_ids(&inbox.lists(&[&["--format", "csv"], arguments].concat()));
        assert_eq!(listed.iter().collect::<Vec<_>>(), ids, "{arguments:?}");
    }
    assert!(inbox.run(&["--most", "2"]).stderr.ends_with("Interventions: 2 of 3 on the server.\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_impersonate_a_user() {
    let (_emulator, controller, inbox) = set_up("impersonated").await;
    let (agent, _) = (controller.add_agent(NewAgent::new()), controller.open_new());
    let mut command = inbox.command(&["--format", "jsonl"]);
    // This agent reads no source.
    let end = Program::run(command.env("ENGAGEMENT_IMPERSONATE", &agent));
    assert_eq!((end.code, &*end.stdout), (Some(0), ""), "{}", end.stderr);
    assert_eq!(json_ids(&inbox.lists(&["--format", "jsonl"])).len(), 1);
}

#[test]
fn without_a_server_an_emulator_is_used_and_stdout_holds_only_the_list() {
    let demo = |arguments: &[&str]| {
        let end = Program::run(example(env!("CARGO_BIN_EXE_engagement_inbox")).args(arguments));
        assert_eq!(end.code, Some(0), "{}", end.stderr);
        assert!(end.stderr.starts_with("ENGAGEMENT_BASE_URL is not set: using an emulator"), "{}", end.stderr);
        end.stdout
    };
    let exported = rows(&demo(&["--format", "csv", "--status", "all"]));
    let open = exported.iter().filter(|row| row["closed"] == "false").count();
    assert!(open >= 24 && exported.len() > open, "{open} of {}", exported.len());
    assert_eq!(json(&demo(&["--format", "jsonl"])).len(), open);
    let table = demo(&[]);
    assert_eq!(table.lines().filter(|line| line.ends_with("Opened") || line.ends_with("Deferred")).count(), open);
}

#[test]
fn it_lists_the_interventions_of_the_emulators_program() {
    let emulators = EmulatorProcess::start();
    let ids = [emulators.engagement.open(), emulators.engagement.open()];
    let mut program = example(env!("CARGO_BIN_EXE_engagement_inbox"));
    let end = Program::run(emulators.engagement.name_to(&mut program).args(["--format", "jsonl"]));
    assert_eq!((end.code, json_ids(&end.stdout)), (Some(0), vec![ids[1].clone(), ids[0].clone()]), "{}", end.stderr);
}

/// How `engagement_inbox` is started in a directory, again and again.
pub(crate) struct Inbox {
    pub(crate) directory: PathBuf,
    pub(crate) url: String,
    token: String,
}

impl Inbox {
    /// One that talks to an emulator of the test's own.
    pub(crate) fn of(emulator: &Emulator, directory: PathBuf) -> Self {
        Self { directory, url: emulator.base_url(), token: emulator.access_token().to_owned() }
    }

    /// One that talks to whoever is there.
    pub(crate) fn at(url: &str, directory: PathBuf) -> Self {
        Self { directory, url: url.to_owned(), token: "canary-token".to_owned() }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = example(env!("CARGO_BIN_EXE_engagement_inbox"));
        command.env("ENGAGEMENT_BASE_URL", &self.url).env("ENGAGEMENT_ACCESS_TOKEN", &self.token);
        command.current_dir(&self.directory).args(arguments);
        command
    }

    /// Runs it to its end. Whatever happens, it never shows the token.
    pub(crate) fn run(&self, arguments: &[&str]) -> End {
        let end = Program::run(&mut self.command(arguments));
        assert!(!end.stdout.contains(&self.token) && !end.stderr.contains(&self.token), "{end:?}");
        end
    }

    /// Runs it to a good end, and gives what it lists.
    pub(crate) fn lists(&self, arguments: &[&str]) -> String {
        let end = self.run(arguments);
        assert_eq!(end.code, Some(0), "{}", end.stderr);
        end.stdout
    }

    /// The names of all files in the directory.
    pub(crate) fn files(&self) -> Vec<String> {
        let files = fs::read_dir(&self.directory).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }
}
