//! `aura_callout` is killed, and started again.

use crate::support::{EmulatorProcess, Program, Server, directory, example};
use std::{fs, path::Path, process::Command};

fn aura_callout(directory: &Path, url: &str, token: &str) -> Command {
    let mut program = example(env!("CARGO_BIN_EXE_aura_callout"));
    program.current_dir(directory).env("AURA_BASE_URL", url).env("AURA_USER_TOKEN", token).env("AURA_POLL_MS", "10");
    program
}

#[tokio::test]
async fn a_killed_callout_is_resumed_and_no_second_one_is_raised() {
    let (directory, emulator) = (directory("callout_kill/resumed"), EmulatorProcess::start());
    let token = emulator.user_token().await;
    let mut first = Program::start(&mut aura_callout(&directory, &emulator.url, &token));
    first.until("Callout 570 was created");
    first.until("created: ");
    emulator.act("570", "verify");
    first.until("verified");
    first.kill();

    emulator.act("570", "dispatch");
    let mut second = Program::start(&mut aura_callout(&directory, &emulator.url, &token));
    second.until("holds callout 570 of");
    second.until("Responder Dispatched");
    for (action, status) in [("arrive", "Responder Arrived"), ("complete", "Responder Completed"), ("close", "closed")]
    {
        emulator.act("570", action);
        second.until(status);
    }
    let end = second.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(
        !end.stdout.contains(&token) && !end.stdout.contains('@') && !end.stdout.contains("-26."),
        "{}",
        end.stdout
    );
    assert_eq!(emulator.callouts().len(), 1);

    // The closed callout is no longer in the way of another call for help.
    Program::start(&mut aura_callout(&directory, &emulator.url, &token)).until("Callout 571 was created");
}

#[tokio::test]
async fn a_callout_of_unknown_outcome_is_not_raised_again_without_forget() {
    let (directory, server) = (directory("callout_kill/unknown"), Server::start(r#"[{"id":2,"value":"TEST"}]"#));
    let first = Program::start(&mut aura_callout(&directory, &server.url, "token"));
    assert_eq!(server.next_request(), "GET /panic-api/callout-classifications");
    assert_eq!(server.next_request(), "POST /panic-api/callouts");
    first.kill();

    let emulator = EmulatorProcess::start();
    let token = emulator.user_token().await;
    for _ in 0..2 {
        let end = Program::run(&mut aura_callout(&directory, &emulator.url, &token));
        assert_eq!(end.code, Some(3), "{}", end.stdout);
        for part in
            ["aura.callouts.create", "the server may or may not have done it", "Phone the control room", "--forget"]
        {
            assert!(end.stderr.contains(part), "{part} is not in {}", end.stderr);
        }
    }
    assert_eq!(emulator.callouts(), [(); 0].map(serde_json::Value::from));

    let forgets = Program::run(aura_callout(&directory, &emulator.url, &token).arg("--forget"));
    assert_eq!(forgets.code, Some(0), "{}", forgets.stderr);
    assert!(emulator.callouts().is_empty());
    let mut raises = Program::start(&mut aura_callout(&directory, &emulator.url, &token));
    raises.until("Callout 570 was created");
    drop(raises);
    let keeps = Program::run(aura_callout(&directory, &emulator.url, &token).arg("--forget"));
    assert_eq!(keeps.code, Some(2), "{}", keeps.stdout);
    assert_eq!(emulator.callouts().len(), 1);
}

#[test]
fn with_server_credentials_the_same_user_is_used_after_a_kill() {
    let (directory, emulator) = (directory("callout_kill/registered"), EmulatorProcess::start());
    let program = || {
        let mut program = aura_callout(&directory, &emulator.url, "");
        program.env("AURA_CLIENT_ID", &emulator.client_id).env("AURA_CLIENT_SECRET", &emulator.client_secret);
        Program::start(&mut program)
    };
    let mut first = program();
    first.until("Callout 570 was created");
    first.kill();
    #[cfg(unix)]
    {
        let kept = fs::metadata(directory.join("aura-callout.json.token")).unwrap();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&kept.permissions()) & 0o777, 0o600);
    }
    let mut second = program();
    second.until("holds callout 570 of");
    second.until("created: ");
    emulator.act("570", "close");
    let end = second.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert_eq!(emulator.callouts().len(), 1);

    // Another server doesn't know the token: the error names the file with the token.
    let other = EmulatorProcess::start();
    let mut program = aura_callout(&directory, &other.url, "");
    program.env("AURA_CLIENT_ID", &other.client_id).env("AURA_CLIENT_SECRET", &other.client_secret);
    let end = Program::run(&mut program);
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("401") && end.stderr.contains("aura-callout.json.token"), "{}", end.stderr);
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_leaves_the_callout_open_and_says_how_to_resume() {
    leaves_the_callout_open("callout_kill/interrupted", Program::interrupt).await;
}

#[cfg(unix)]
#[tokio::test]
async fn sigterm_leaves_the_callout_open_and_says_how_to_resume() {
    leaves_the_callout_open("callout_kill/interrupted_sigterm", Program::terminate).await;
}

#[cfg(unix)]
async fn leaves_the_callout_open(name: &str, stop: fn(&Program)) {
    let (directory, emulator) = (directory(name), EmulatorProcess::start());
    let token = emulator.user_token().await;
    let mut program = Program::start(&mut aura_callout(&directory, &emulator.url, &token));
    program.until("Callout 570 was created");
    stop(&program);
    let end = program.end();
    assert_eq!(end.code, Some(130), "{}", end.stderr);
    assert!(
        end.stdout.contains("Callout 570 continues") && end.stdout.contains("Run the same command again"),
        "{}",
        end.stdout
    );
    assert_eq!(emulator.callouts()[0]["dismissed"], false);
    Program::start(&mut aura_callout(&directory, &emulator.url, &token)).until("holds callout 570 of");
}

#[test]
fn a_callout_of_a_previous_emulator_is_reported_and_the_file_kept() {
    let directory = directory("callout_kill/embedded");
    let embedded = || {
        let mut program = example(env!("CARGO_BIN_EXE_aura_callout"));
        program.current_dir(&directory);
        program
    };
    let mut first = Program::start(&mut embedded());
    first.until("whose state a kill loses");
    first.until("Callout 570 was created");
    first.kill();
    let kept = fs::read(directory.join("aura-callout.json")).unwrap();
    let end = Program::run(&mut embedded());
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("callout 570") && end.stderr.contains("remove the file"), "{}", end.stderr);
    assert_eq!(fs::read(directory.join("aura-callout.json")).unwrap(), kept);
}
