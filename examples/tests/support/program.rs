use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

/// Only a guard against waiting for ever: nothing is expected to come near it.
const GUARD: Duration = Duration::from_secs(120);

/// A process that ends when this value does, whatever becomes of the test.
pub(crate) struct Program {
    child: Child,
    lines: Receiver<String>,
    seen: String,
    complaints: Option<JoinHandle<String>>,
}

/// How a process ended, and all that it said.
#[derive(Debug)]
pub(crate) struct End {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// One of the examples, without what the environment of the test says about the services.
pub(crate) fn example(path: &str) -> Command {
    let mut command = Command::new(path);
    for (name, _) in std::env::vars_os() {
        if ["AURA_", "CAREMESSENGER_", "CARE_WEBHOOK_", "ENGAGEMENT_", "LEAP_", "NEWFIES_"]
            .iter()
            .any(|service| name.to_string_lossy().starts_with(service))
        {
            command.env_remove(name);
        }
    }
    command
}

impl Program {
    pub(crate) fn start(command: &mut Command) -> Self {
        let piped = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let (stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let (sender, lines) = channel();
        spawn(move || {
            for line in BufReader::new(stdout).lines() {
                if sender.send(line.unwrap()).is_err() {
                    return;
                }
            }
        });
        let complaints = spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).unwrap();
            text
        });
        Self { child, lines, seen: String::new(), complaints: Some(complaints) }
    }

    /// Runs a command to its end.
    pub(crate) fn run(command: &mut Command) -> End {
        Self::start(command).end()
    }

    fn next_line(&mut self) -> Option<String> {
        match self.lines.recv_timeout(GUARD) {
            Ok(line) => {
                self.seen += &line;
                self.seen.push('\n');
                Some(line)
            }
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("it hangs after saying:\n{}", self.seen),
        }
    }

    /// The next line with this in it.
    pub(crate) fn until(&mut self, part: &str) -> String {
        while let Some(line) = self.next_line() {
            if line.contains(part) {
                return line;
            }
        }
        panic!("it never said `{part}`, but:\n{}{}", self.seen, self.complaints.take().unwrap().join().unwrap());
    }

    pub(crate) fn end(mut self) -> End {
        while self.next_line().is_some() {}
        let code = self.child.wait().unwrap().code();
        let stderr = self.complaints.take().unwrap().join().unwrap();
        End { code, stdout: std::mem::take(&mut self.seen), stderr }
    }

    /// Kills it in a way that it can't notice.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Presses Ctrl-C.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        self.signal("-INT");
    }

    /// Ends it as a service manager or a container does.
    #[cfg(unix)]
    #[allow(dead_code, reason = "each test binary compiles its own copy and uses a part")]
    pub(crate) fn terminate(&self) {
        self.signal("-TERM");
    }

    #[cfg(unix)]
    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
