//! The receiver's figures as one table: `cargo bench -p care-webhook`.
//!
//! With `LD_PRELOAD` set to the library of `peers/slow-disk`, each fsync takes 5 ms more, here and in the processes
//! that this starts. Rounds with and without fsync alternate in one run. Needs 20,000 file descriptors:
//! `ulimit -n 20000`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench that can't go on fails")]

use care_webhook::{BoxFuture, FileJournal, Notification, Receiver, SecretInPath, Sink, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use std::{
    env,
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Mutex,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const SECRET: &str = "0123456789abcdef-bench";
const BODY: &str = r#"{"id":71,"resident":14,"site":5,"words":"please come"}"#;
/// Set in the process that serves.
const SERVE: &str = "CARE_WEBHOOK_BENCH_SERVE";
const AT_ONCE: usize = 64;
const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_millis(700);
const MANY: usize = 10_000;
const LINES: i64 = 1_000_000;

/// Writes a line for each notification, and doesn't wait for the disk.
struct Unsynced(Mutex<File>);

impl Sink for Unsynced {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let mut line = serde_json::to_vec(notification).map_err(StoreError::new)?;
            line.push(b'\n');
            Ok(self.0.lock().unwrap().write_all(&line)?)
        })
    }
}

fn receiver(sink: impl Sink + 'static) -> Receiver {
    Receiver::builder(SecretInPath::new(), sink).notifier("desk", SECRET).build().unwrap()
}

#[tokio::main(worker_threads = 2)]
async fn main() {
    if let Some(journal) = env::var_os(SERVE) {
        return serve(Path::new(&journal)).await;
    }
    let folder = env::temp_dir().join(format!("care-webhook-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    println!("| what | figure |\n|---|---|");
    at_once(&folder).await;
    many_over_http(&folder).await;
    start_with_a_long_journal(&folder);
    fs::remove_dir_all(folder).unwrap();
}

/// Serves a receiver in this process.
async fn served(receiver: Receiver) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(receiver.serve(listener).into_future());
    address
}

/// Posts a second, and the latencies, of so many connections that post again and again.
async fn round(address: &str, posters: usize) -> (f64, Vec<Duration>) {
    let begun = Instant::now();
    let poster = |n: usize| {
        let address = address.to_owned();
        tokio::spawn(async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let (mut latencies, mut answer) = (Vec::new(), [0; 512]);
            while begun.elapsed() < ROUND {
                // No two have the same bytes: repetitions would wait for each other.
                let body = format!("{BODY}{n} {}", latencies.len());
                let head = format!("POST /{SECRET} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", body.len());
                let sent = Instant::now();
                stream.write_all([head, body].concat().as_bytes()).await.unwrap();
                let length = stream.read(&mut answer).await.unwrap();
                assert!(answer[..length].starts_with(b"HTTP/1.1 200 ") && answer[..length].ends_with(b"\r\n\r\n"));
                latencies.push(sent.elapsed());
            }
            latencies
        })
    };
    let ends = join_all((0..posters).map(poster)).await;
    let mut latencies: Vec<_> = ends.into_iter().flat_map(Result::unwrap).collect();
    latencies.sort_unstable();
    (latencies.len() as f64 / begun.elapsed().as_secs_f64(), latencies)
}

async fn at_once(folder: &Path) {
    let synced = served(receiver(FileJournal::open(folder.join("synced.jsonl")).unwrap())).await;
    let unsynced = Unsynced(Mutex::new(File::create(folder.join("unsynced.jsonl")).unwrap()));
    let unsynced = served(receiver(unsynced)).await;
    for posters in [AT_ONCE, 1] {
        let (mut rates, mut ratios, mut latencies) = ([Vec::new(), Vec::new()], Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let (with, of_round) = round(&synced, posters).await;
            let (without, _) = round(&unsynced, posters).await;
            latencies.extend(of_round);
            ratios.push(with / without);
            rates[0].push(with);
            rates[1].push(without);
        }
        latencies.sort_unstable();
        let percentile = |part: usize| latencies[latencies.len() * part / 100];
        println!("| {posters} at once over HTTP, a second, synced | {:.0} |", median(&mut rates[0]));
        println!("| the same without fsync | {:.0} |", median(&mut rates[1]));
        println!("| ratio, the median of {ROUNDS} pairs | {:.2} |", median(&mut ratios));
        println!("| p50 and p99, synced | {:.1?}, {:.1?} |", percentile(50), percentile(99));
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The process that serves: says where, and when it does.
async fn serve(journal: &Path) {
    let journal = FileJournal::open(journal).unwrap();
    let receiver = receiver(journal.clone());
    receiver.remember_journal(&journal).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    receiver.serve(listener).await;
}

fn start(journal: &Path) -> (Child, String) {
    let mut child =
        Command::new(env::current_exe().unwrap()).env(SERVE, journal).stdout(Stdio::piped()).spawn().unwrap();
    let mut address = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
    (child, address.trim().to_owned())
}

async fn many_over_http(folder: &Path) {
    let path = folder.join("many.jsonl");
    let (mut child, address) = start(&path);
    let streams = join_all((0..MANY).map(|_| TcpStream::connect(&address))).await;
    let begun = Instant::now();
    let posts = streams.into_iter().enumerate().map(|(n, stream)| {
        tokio::spawn(async move {
            let (mut stream, body) = (stream.unwrap(), format!("{BODY}{n}"));
            let head = format!(
                "POST /{SECRET} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            stream.write_all([head, body].concat().as_bytes()).await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            (answer.starts_with("HTTP/1.1 200 "), begun.elapsed())
        })
    });
    let ends: Vec<_> = join_all(posts).await.into_iter().map(Result::unwrap).collect();
    let threads = status(child.id(), "Threads:");
    child.kill().unwrap();
    child.wait().unwrap();
    let refused = ends.iter().filter(|(is_taken, _)| !is_taken).count();
    let last = ends.iter().map(|(_, after)| *after).max().unwrap();
    println!("| {MANY} connections post at once over HTTP: not answered 200 | {refused} |");
    println!("| the last is answered after | {last:.2?} |");
    println!("| threads of the receiver | {threads} |");
    assert_eq!(FileJournal::read_file(&path).unwrap().notifications.len(), MANY - refused);
}

fn start_with_a_long_journal(folder: &Path) {
    let path = long_journal(folder);
    let begun = Instant::now();
    let (mut child, _) = start(&path);
    let until = begun.elapsed();
    let memory = status(child.id(), "VmHWM:");
    child.kill().unwrap();
    child.wait().unwrap();
    let size = fs::metadata(&path).unwrap().len() >> 20;
    println!("| start with a journal of {LINES} lines ({size} MB): serves after | {until:.2?} |");
    println!("| the most memory by then | {memory} kB |");
}

/// A call every twenty seconds until now.
fn long_journal(folder: &Path) -> PathBuf {
    let path = folder.join("long.jsonl");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    let start: DateTime<Utc> = Utc::now() - TimeDelta::seconds(20 * LINES);
    for n in 0..LINES {
        let at = (start + TimeDelta::seconds(20 * n)).to_rfc3339_opts(chrono::SecondsFormat::Nanos, true);
        let headers = r#"[["host",{"text":"hooks.example.com"}],["content-type",{"text":"application/json"}]]"#;
        let head = format!(r#"{{"received_at":"{at}","notifier":"desk","duplicate":"no","headers":{headers}"#);
        writeln!(file, r#"{head},"body":{{"text":"call {n}"}}}}"#).unwrap();
    }
    file.flush().unwrap();
    path
}

/// A figure of a process, as Linux tells it.
fn status(process: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}
