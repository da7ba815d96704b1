//! A server that is as fast as it can be: AURA's callouts (created with rising numbers, never closed) and LEAP's
//! requests (unacknowledged until they are acknowledged). `POST /reset?leap=N` begins anew, `GET /stats` tells what
//! came.

use peers_driver::Arguments;
use std::{
    collections::HashMap,
    fmt::Write,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::sleep,
};

struct World {
    callout: String,
    delay: Duration,
    log: Mutex<Log>,
    connections: AtomicUsize,
}

struct Log {
    begin: Instant,
    created: Vec<Duration>,
    /// When each callout was last read, and the longest time between two reads of one.
    reads: HashMap<u64, Instant>,
    longest_gap: Duration,
    requests: u64,
    most_connections: usize,
    leap: Vec<bool>,
}

impl Log {
    fn new(leap: usize) -> Self {
        let (reads, longest_gap) = (HashMap::new(), Duration::ZERO);
        let leap = vec![true; leap];
        Self { begin: Instant::now(), created: Vec::new(), reads, longest_gap, requests: 0, most_connections: 0, leap }
    }
}

pub(crate) async fn run(arguments: &Arguments) {
    let callout = std::fs::read_to_string(arguments.text("callout")).expect("the file of the callout");
    let world = Arc::new(World {
        callout: callout.replacen("\"id\": 570", "\"id\": @ID@", 1),
        delay: Duration::from_millis(arguments.number("delay", 0)),
        log: Mutex::new(Log::new(0)),
        connections: AtomicUsize::new(0),
    });
    let listener = TcpListener::bind(("127.0.0.1", arguments.number("port", 0) as u16)).await.expect("the port");
    println!("listening on {}", listener.local_addr().expect("its address"));
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            let _ = stream.set_nodelay(true);
            let world = Arc::clone(&world);
            tokio::spawn(async move {
                let now = world.connections.fetch_add(1, Relaxed) + 1;
                {
                    let mut log = world.log.lock().expect("the log");
                    log.most_connections = log.most_connections.max(now);
                }
                connection(&world, stream).await;
                world.connections.fetch_sub(1, Relaxed);
            });
        }
    }
}

async fn connection(world: &World, mut stream: TcpStream) {
    let mut buffer = Vec::new();
    loop {
        let (head, body) = match request(&mut stream, &mut buffer).await {
            Some(request) => request,
            None => return,
        };
        let (line, _) = head.split_once("\r\n").unwrap_or((&head, ""));
        let mut words = line.split(' ');
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let (status, kind, answer) = answer(world, method, target, &body);
        if !world.delay.is_zero() && !target.starts_with("/stats") && !target.starts_with("/reset") {
            sleep(world.delay).await;
        }
        let head = format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n", answer.len());
        if stream.write_all(&[head.as_bytes(), answer.as_bytes()].concat()).await.is_err() {
            return;
        }
    }
}

async fn request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<(String, String)> {
    loop {
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok()).flatten()
            });
            let whole = end + 4 + length.unwrap_or(0);
            if buffer.len() >= whole {
                let body = String::from_utf8_lossy(&buffer[end + 4..whole]).into_owned();
                buffer.drain(..whole);
                return Some((head, body));
            }
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

fn answer(world: &World, method: &str, target: &str, body: &str) -> (&'static str, &'static str, String) {
    let mut log = world.log.lock().expect("the log");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let parameter = |name: &str| {
        let pair = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        pair.and_then(|value| value.parse::<usize>().ok())
    };
    let json = |text: String| ("200 OK", "application/json", text);
    let xml = |text: String| ("200 OK", "application/xml", text);
    match (method, path) {
        ("POST", "/reset") => {
            *log = Log::new(parameter("leap").unwrap_or(0));
            return json("{}".to_owned());
        }
        ("GET", "/stats") => return json(stats(&log)),
        _ => log.requests += 1,
    }
    if method == "POST" && path.ends_with("/callouts") {
        let since = log.begin.elapsed();
        log.created.push(since);
        let id = log.created.len() + 569;
        return ("201 Created", "application/json", world.callout.replacen("@ID@", &id.to_string(), 1));
    }
    if let Some(id) = path.split("/callouts/").nth(1).and_then(|id| id.parse::<u64>().ok()) {
        let now = Instant::now();
        if let Some(before) = log.reads.insert(id, now) {
            log.longest_gap = log.longest_gap.max(now - before);
        }
        return json(world.callout.replacen("@ID@", &id.to_string(), 1));
    }
    if path.ends_with("/requests/acked") {
        let ids = body.split("<acknowledgement>").skip(1).filter_map(|rest| rest.split('<').next()?.parse().ok());
        for id in ids.collect::<Vec<usize>>() {
            if let Some(flag) = log.leap.get_mut(id) {
                *flag = false;
            }
        }
        return xml(String::new());
    }
    if let Some(id) = path.split("/requests/").nth(1).and_then(|id| id.parse::<usize>().ok()) {
        return match log.leap.get(id) {
            Some(unacked) => xml(support_request(id, *unacked)),
            None => ("404 Not Found", "text/plain", String::new()),
        };
    }
    if path.ends_with("/requests/") {
        let (offset, limit) = (parameter("offset").unwrap_or(0), parameter("limit").unwrap_or(100));
        let unacked = log.leap.iter().enumerate().filter(|(_, unacked)| **unacked);
        let mut text = "<support-requests xmlns=\"http://schema.majitek.com/leap-ws-v1.0\">".to_owned();
        unacked.skip(offset).take(limit).for_each(|(id, _)| text.push_str(&support_request(id, true)));
        text.push_str("</support-requests>");
        return xml(text);
    }
    ("404 Not Found", "text/plain", String::new())
}

fn support_request(id: usize, unacked: bool) -> String {
    let flag = if unacked { " unacked-since=\"2011-02-08T22:07:43.000+0000\"" } else { "" };
    format!(
        "<support-request xmlns=\"http://schema.majitek.com/leap-ws-v1.0\" identifier=\"{id}\" \
         ref=\"http://company.example.com/api/v1/requests/{id}\"{flag}><state>NEW</state>\
         <topic identifier=\"Parking\"/>\
         <summary>My parking spot has been taken.</summary><creation-time>2011-02-08T22:06:43.000+0000</creation-time>\
         <last-update-time>2011-02-08T22:07:43.000+0000</last-update-time></support-request>"
    )
}

fn stats(log: &Log) -> String {
    let mut created = log.created.clone();
    created.sort_unstable();
    let within = |part: f64| {
        let at = ((created.len() as f64 * part).ceil() as usize).max(1) - 1;
        created.get(at).map_or(0.0, Duration::as_secs_f64)
    };
    let now = Instant::now();
    let waiting = log.reads.values().map(|at| now - *at).max().unwrap_or_default();
    let mut text = String::new();
    let _ = write!(
        text,
        "{{\"created\":{},\"created_p50\":{:.4},\"created_p99\":{:.4},\"watched\":{},\"longest_gap\":{:.3},\
         \"longest_wait\":{:.3},\"requests\":{},\"most_connections\":{},\"unacknowledged\":{}}}",
        created.len(),
        within(0.5),
        within(0.99),
        log.reads.len(),
        log.longest_gap.as_secs_f64(),
        waiting.as_secs_f64(),
        log.requests,
        log.most_connections,
        log.leap.iter().filter(|unacked| **unacked).count()
    );
    text
}
