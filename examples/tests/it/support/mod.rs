//! Real processes: the example programs as children, the emulators for them, and servers that hang.

mod emulators;

pub(crate) use self::emulators::{EmulatorProcess, LeapProcess};

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread::{JoinHandle, sleep, spawn},
    time::{Duration, Instant},
};

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

    /// Stops it like a service manager or a container.
    #[cfg(unix)]
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

/// A directory for one test, which is empty at first.
pub(crate) fn directory(test: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples").join(test);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    directory
}

/// A server that answers one reading, again and again, and never anything else.
pub(crate) struct Server {
    pub(crate) url: String,
    requests: Receiver<String>,
}

impl Server {
    /// One that lists classifications of AURA's.
    pub(crate) fn start(classifications: &str) -> Self {
        Self::answering("/callout-classifications", classifications)
    }

    /// One that answers whoever gets a path with this end.
    pub(crate) fn answering(path_end: &'static str, body: impl Into<String>) -> Self {
        let body = body.into();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        spawn(move || {
            let mut unanswered = Vec::new();
            for line in listener.incoming() {
                let mut line = BufReader::new(line.unwrap());
                let mut head = String::new();
                while !head.ends_with("\r\n\r\n") && line.read_line(&mut head).unwrap() > 0 {}
                let request = head.split(" HTTP/").next().unwrap_or_default().to_owned();
                let path = request.split('?').next().unwrap_or_default();
                if path.starts_with("GET ") && path.ends_with(path_end) {
                    let (kind, length) = ("application/json", body.len());
                    let head = format!(
                        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {length}"
                    );
                    line.get_mut().write_all(format!("{head}\r\n\r\n{body}").as_bytes()).unwrap();
                } else {
                    unanswered.push(line);
                }
                if sender.send(request).is_err() {
                    return;
                }
            }
        });
        Self { url, requests }
    }

    /// The next request, which may still be under way.
    pub(crate) fn next_request(&self) -> String {
        self.requests.recv_timeout(Duration::from_secs(120)).unwrap()
    }

    /// The requests that have come since, when no more can come.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.try_iter().collect()
    }
}

/// Waits until it is so. The guard is only against waiting for ever.
pub(crate) fn until(what: &str, is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < Duration::from_secs(120), "it never came to this: {what}");
        sleep(Duration::from_millis(2));
    }
}
