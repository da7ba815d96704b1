//! `engagement_inbox`: what it lists, and in which forms.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by panicking")]

mod support;

use care_emulators::engagement::{AGENT_ID, Controller, Emulator, NewAgent, NewContent};
use engagement_client::{Engagement, Intervention, ListInterventions};
use futures_util::TryStreamExt;
use std::collections::HashMap;
use support::{Inbox, Program, directory, example};

async fn set_up(test: &str) -> (Emulator, Controller, Inbox) {
    let emulator = Emulator::start().await.unwrap();
    let inbox = Inbox::of(&emulator, directory(&format!("engagement_inbox/{test}")));
    let room = emulator.controller();
    (emulator, room, inbox)
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
async fn a_table_has_what_is_open_and_no_custom_field() {
    let (emulator, room, inbox) = set_up("table").await;
    let [answered, closed, bare] = [(); 3].map(|()| room.open_new());
    room.reply(&closed).unwrap();
    room.close(&closed).unwrap();
    room.reply(&answered).unwrap();
    room.categorize(&answered, ["c1", "c2"]).unwrap();
    room.set_custom_field(&answered, "name", "canary").unwrap();
    let end = inbox.run(&[]);
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    let lines: Vec<Vec<_>> = end.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines.iter().map(|line| line[0]).collect::<Vec<_>>(), ["id", &bare, &answered, "c2"], "{}", end.stdout);
    assert_eq!(lines[1][5..], [AGENT_ID, "0", "Opened"]);
    assert_eq!(lines[2][5..], [AGENT_ID, "1", "c1", "Opened"]);
    assert!(!end.stdout.contains("canary"), "{}", end.stdout);
    let says = format!("ENGAGEMENT_BASE_URL is set: this talks to {}.\nInterventions: 2.\n", emulator.base_url());
    assert_eq!(end.stderr, says);
}

#[tokio::test(flavor = "multi_thread")]
async fn csv_has_all_but_custom_fields_and_json_has_all() {
    let (emulator, room, inbox) = set_up("exported").await;
    let [one, other] = [(); 2].map(|()| room.open_new());
    room.reply(&one).unwrap();
    room.categorize(&one, ["=c1", "c2"]).unwrap();
    room.set_custom_field(&one, "name", "canary").unwrap();
    room.send_survey(&one).unwrap();
    room.answer_survey(&one, 4).unwrap();

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
async fn all_pages_are_listed_in_their_order() {
    let (emulator, room, inbox) = set_up("pages").await;
    let mut all: Vec<_> = (0..23).map(|_| room.open_new()).collect();
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
async fn a_list_that_grows_loses_none_and_has_none_twice() {
    let (_emulator, room, inbox) = set_up("growing").await;
    let mut there: Vec<_> = (0..30).map(|_| room.open_new()).collect();
    there.reverse();
    for coming in [3, 5, 0, 1, 4] {
        room.after_next("GET", "/interventions", move |room| (0..coming).for_each(|_| drop(room.open_new())));
    }
    let end = inbox.run(&["--format", "jsonl", "--limit", "7"]);
    assert_eq!((end.code, json_ids(&end.stdout)), (Some(0), there), "{}", end.stderr);
    assert!(end.stderr.ends_with("Interventions: 30 of the 43 that the server counts.\n"), "{}", end.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_listed_can_be_chosen() {
    let (emulator, room, inbox) = set_up("chosen").await;
    let agent = room.add_agent(NewAgent::new());
    let content = room.add_content(NewContent::new().thread("t1")).unwrap();
    let talked = room.open(&content).unwrap();
    let [closed, reopened, deferred] = [(); 3].map(|()| room.open_new());
    for id in [&closed, &reopened] {
        room.reply(id).unwrap();
        room.close(id).unwrap();
    }
    room.reopen(&reopened).unwrap();
    room.defer(&deferred, emulator.clock().now() + std::time::Duration::from_secs(60)).unwrap();
    room.reassign(&talked, &agent).unwrap();
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
    assert!(inbox.run(&["--most", "2"]).stderr.ends_with("Interventions: 2 of the 3 that the server counts.\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_act_as_somebody_else() {
    let (_emulator, room, inbox) = set_up("impersonated").await;
    let (agent, _) = (room.add_agent(NewAgent::new()), room.open_new());
    let mut command = inbox.command(&["--format", "jsonl"]);
    // This agent reads no source.
    let end = Program::run(command.env("ENGAGEMENT_IMPERSONATE", &agent));
    assert_eq!((end.code, &*end.stdout), (Some(0), ""), "{}", end.stderr);
    assert_eq!(json_ids(&inbox.lists(&["--format", "jsonl"])).len(), 1);
}

#[test]
fn without_a_server_an_emulator_plays_and_stdout_is_the_list_alone() {
    let demo = |arguments: &[&str]| {
        let end = Program::run(example(env!("CARGO_BIN_EXE_engagement_inbox")).args(arguments));
        assert_eq!(end.code, Some(0), "{}", end.stderr);
        assert!(end.stderr.starts_with("No ENGAGEMENT_BASE_URL is set, so an emulator"), "{}", end.stderr);
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
fn it_lists_what_the_standing_emulator_has() {
    let standing = support::Emulator::start();
    let ids = [standing.engagement.open(), standing.engagement.open()];
    let mut program = example(env!("CARGO_BIN_EXE_engagement_inbox"));
    let end = Program::run(standing.engagement.name_to(&mut program).args(["--format", "jsonl"]));
    assert_eq!((end.code, json_ids(&end.stdout)), (Some(0), vec![ids[1].clone(), ids[0].clone()]), "{}", end.stderr);
}
