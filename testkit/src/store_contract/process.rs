//! The test binary once more, as a program that saves and may be killed. It says each save that has returned, on a line
//! of its own.

use super::Backend;
use std::{
    env,
    io::{self, BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

const BACKEND: &str = "CARE_STORE_CONTRACT_BACKEND";
const PLACE: &str = "CARE_STORE_CONTRACT_PATH";
const WORK: &str = "CARE_STORE_CONTRACT_WORK";

/// A child that saves.
pub(super) struct Saver {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Saver {
    /// Starts one that saves keys from `first` on, `count` of them at once, `rounds` times; `test` is the path of the
    /// test that calls [`child`], as `--exact` takes it.
    pub(super) fn start(test: &str, backend: &Backend, path: &Path, first: u32, count: u32, rounds: u32) -> Self {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture", "--test-threads=1"])
            .env(BACKEND, backend.name)
            .env(PLACE, path)
            .env(WORK, format!("{first} {count} {rounds}"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// The next thing that it says; `None` once it has ended.
    pub(super) fn next(&mut self) -> Option<Said> {
        let mut line = String::new();
        while self.lines.read_line(&mut line).unwrap() > 0 {
            // A line that was cut by the kill was not said.
            let whole = line.strip_suffix('\n').and_then(|line| line.split_once("contract: ")).map(|(_, said)| said);
            if let Some(error) = whole.and_then(|said| said.strip_prefix("error ")) {
                return Some(Said::Error(error.to_owned()));
            }
            if let Some((key, version)) = whole.and_then(|said| said.strip_prefix("saved ")?.split_once(' ')) {
                return Some(Said::Saved(key.parse().unwrap(), version.parse().unwrap()));
            }
            line.clear();
        }
        None
    }

    /// Kills it at once, as `kill -9` does.
    pub(super) fn kill(&mut self) {
        self.child.kill().unwrap();
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a child says.
pub(super) enum Said {
    Saved(u32, u32),
    Error(String),
}

/// Saves as it is told, if a test of the upper levels has started this process; does nothing otherwise. Each round's
/// version is one larger than the newest there.
pub async fn child(backends: &[Backend]) {
    let (Ok(name), Some(path), Ok(work)) = (env::var(BACKEND), env::var_os(PLACE), env::var(WORK)) else { return };
    let backend = backends.iter().find(|backend| backend.name == name).unwrap();
    let work: Vec<u32> = work.split(' ').map(|number| number.parse().unwrap()).collect();
    let (keys, rounds) = (work[0]..work[0] + work[1], work[2]);
    let store = match (backend.open)(path.into()).await {
        Ok(store) => store,
        Err(error) => return say(&format!("error {error}")),
    };
    let begin = store.read(keys.clone().collect()).await.unwrap().into_values().max().unwrap_or_default();
    for version in (begin + 1..).take(rounds as usize) {
        let mut saves = tokio::task::JoinSet::new();
        for key in keys.clone() {
            let store = store.clone();
            saves.spawn(async move {
                let saved = store.put(key, version).await;
                say(&saved.map_or_else(|error| format!("error {error}"), |()| format!("saved {key} {version}")));
            });
        }
        while saves.join_next().await.is_some() {}
    }
}

fn say(what: &str) {
    let mut out = io::stdout().lock();
    let said = out.write_all(format!("contract: {what}\n").as_bytes()).and_then(|()| out.flush());
    said.unwrap();
}
