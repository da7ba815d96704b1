//! The working tree at work: `raise watch save done-all call receive`. The numbers are printed, one line a row.

use aura_client::{
    AttemptEvent, Aura, FileSessionStore, Fix, MemorySessionStore, NewCallout, NewCustomer, Observe, Options,
    SessionPhase, SessionState, SessionStore,
};
use care_webhook::{FileJournal, MemorySink, Receiver, SecretInPath, Sink};
use futures_util::{StreamExt, future::join_all};
use leap_client::{Change, ChangeStore, FileChangeStore, Leap};
use peers_driver::{Arguments, Times, row, threads, used};
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::time::sleep;

#[tokio::main]
async fn main() {
    let arguments = Arguments::read();
    match arguments.command.as_str() {
        "raise" => raise(&arguments).await,
        "watch" => watch(&arguments).await,
        "save" => save(&arguments).await,
        "done-all" => done_all(&arguments).await,
        "call" => call(&arguments).await,
        "receive" => receive(&arguments).await,
        other => panic!("unknown command {other:?}: raise, watch, save, done-all, call or receive"),
    }
}

/// When each create was handed to the transport.
#[derive(Clone, Default)]
struct Sent(Arc<Mutex<Vec<Instant>>>);

impl Observe for Sent {
    fn attempt(&self, event: &AttemptEvent<'_>) {
        if event.operation.name() == "aura.callouts.create" {
            self.0.lock().expect("the times").push(Instant::now());
        }
    }
}

fn aura(arguments: &Arguments) -> (Aura, Sent) {
    let sent = Sent::default();
    let options = Options::new().observer(sent.clone());
    let aura = Aura::builder().base_url(arguments.text("base")).user_token("token").options(options).build();
    (aura.expect("a client"), sent)
}

fn new_callout() -> NewCallout {
    NewCallout::new(NewCustomer::new("Alex", "Example", "+12025550103"), Fix::new(-26.125, 28.25).accuracy(12.0))
}

/// N callouts at once, with K sessions in the store already. When each was sent, the server knows.
async fn raise(arguments: &Arguments) {
    match arguments.text("store").as_str() {
        "memory" => raise_with(arguments, MemorySessionStore::new()).await,
        path => raise_with(arguments, FileSessionStore::open(path).expect("the store")).await,
    }
}

async fn raise_with<S: SessionStore + Clone + 'static>(arguments: &Arguments, store: S) {
    let (aura, sent) = aura(arguments);
    let kept = arguments.number("kept", 0);
    join_all((0..kept).map(|id| {
        let store = store.clone();
        async move { store.save(&SessionState::active(1_000_000 + id)).await.expect("saved") }
    }))
    .await;
    println!("ready");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).expect("a line to begin at");
    let n = arguments.number("n", 1000);
    let begin = Instant::now();
    let raised: Vec<_> = (0..n)
        .map(|_| {
            let (aura, store) = (aura.clone(), store.clone());
            tokio::spawn(async move {
                let session = aura.raise(new_callout(), &store).await;
                (session, begin.elapsed())
            })
        })
        .collect();
    let (mut times, mut sessions, mut failed) = (Times::default(), Vec::new(), 0.0);
    for one in raised {
        let (session, took) = one.await.expect("a task");
        times.push(took);
        match session {
            Ok(session) => sessions.push(session),
            Err(_) => failed += 1.0,
        }
    }
    let unsaved = sessions.iter().filter(|session| session.unsaved().is_some()).count();
    sleep(Duration::from_secs(arguments.number("seconds", 5))).await;
    let still = sessions.iter().filter(|session| session.unsaved().is_some()).count();
    let states = store.load().await.expect("the states");
    let active = states.iter().filter(|state| matches!(state.phase(), SessionPhase::Active(_))).count();
    let memory = used().1;
    let mut sent: Times = sent.0.lock().expect("the times").iter().map(|at| *at - begin).collect();
    row(
        &format!("raise {n}, {kept} kept"),
        &[
            ("sent_p50", sent.within(0.5)),
            ("sent_p99", sent.within(0.99)),
            ("returned_p50", times.within(0.5)),
            ("returned_p99", times.within(0.99)),
            ("failed", failed),
            ("unsaved_at_return", unsaved as f64),
            ("unsaved_later", still as f64),
            ("active_in_store", active as f64),
            ("peak_bytes", memory),
        ],
    );
}

/// N watchers for so many seconds; the server knows how often it was asked.
async fn watch(arguments: &Arguments) {
    let (aura, _) = aura(arguments);
    let n = arguments.number("n", 10_000);
    let watchers: Vec<_> = (0..n)
        .map(|id| {
            let mut updates = aura.callouts().watch(570 + id);
            tokio::spawn(async move { while updates.next().await.is_some() {} })
        })
        .collect();
    sleep(Duration::from_secs(arguments.number("seconds", 60))).await;
    let (cpu, peak) = used();
    row(&format!("watch {n}"), &[("cpu_seconds", cpu), ("peak_bytes", peak)]);
    watchers.iter().for_each(tokio::task::JoinHandle::abort);
}

/// One save, with K kept.
async fn save(arguments: &Arguments) {
    let (kept, n) = (arguments.number("kept", 100), arguments.number("n", 50));
    let store = FileSessionStore::open(arguments.text("store")).expect("the store");
    join_all((0..kept).map(|id| {
        let store = store.clone();
        async move { store.save(&SessionState::active(id)).await.expect("saved") }
    }))
    .await;
    let mut times = Times::default();
    for id in 0..n {
        let state = SessionState::active(2_000_000 + id);
        let begin = Instant::now();
        store.save(&state).await.expect("saved");
        store.save(&state.ended()).await.expect("saved");
        times.push(begin.elapsed() / 2);
    }
    row(&format!("save, {kept} kept"), &[("p50", times.within(0.5)), ("p99", times.within(0.99))]);
}

/// Acknowledges N changes by one `done_all`.
async fn done_all(arguments: &Arguments) {
    let n = arguments.number("n", 1000) as usize;
    let leap = Leap::builder().base_url(arguments.text("base")).basic_auth("crm", "secret").build().expect("a client");
    let store = FileChangeStore::open(arguments.text("store")).expect("the store");
    let mut feed = leap.requests().changes(store.clone());
    let mut changes: Vec<Change> = Vec::with_capacity(n);
    while changes.len() < n {
        changes.push(feed.next().await.expect("a feed has no end").expect("a change"));
    }
    let (before, begin) = (used().0, Instant::now());
    let settled = Change::done_all(changes).await;
    let took = begin.elapsed().as_secs_f64();
    let done = settled.iter().filter(|one| one.is_ok()).count();
    let left = store.load().await.expect("the entries").len();
    row(
        &format!("done-all {n}"),
        &[("cpu_seconds", used().0 - before), ("wall", took), ("done", done as f64), ("left", left as f64)],
    );
}

/// N calls, one after the other or so many at once.
async fn call(arguments: &Arguments) {
    let (aura, _) = aura(arguments);
    let (n, at_once) = (arguments.number("n", 1000), arguments.number("at-once", 1));
    let (before, begin) = (used().0, Instant::now());
    let each = n / at_once;
    join_all((0..at_once).map(|_| {
        let aura = aura.clone();
        async move {
            for _ in 0..each {
                aura.callouts().get(570).await.expect("a callout");
            }
        }
    }))
    .await;
    let took = begin.elapsed().as_secs_f64();
    row(&format!("call {n}, {at_once} at once"), &[("cpu_seconds", used().0 - before), ("wall", took)]);
}

/// The receiver on a port, with its journal or with a sink in memory, until a line comes on standard input.
async fn receive(arguments: &Arguments) {
    let begin = Instant::now();
    let secret = "0123456789abcdef0123456789abcdef";
    let receiver = match arguments.text("journal").as_str() {
        "memory" => receiver(MemorySink::new(), secret),
        path => {
            let journal = FileJournal::open(path).expect("the journal");
            let receiver = receiver(journal.clone(), secret);
            receiver.remember_journal(&journal).await.expect("remembered");
            receiver
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("listening on {} at /{secret}", listener.local_addr().expect("its address"));
    row("start", &[("seconds", begin.elapsed().as_secs_f64()), ("peak_bytes", used().1)]);
    tokio::spawn(receiver.serve(listener).into_future());
    let most = tokio::spawn(async {
        let mut most = 0;
        loop {
            most = most.max(threads());
            println!("threads {most}");
            sleep(Duration::from_millis(250)).await;
        }
    });
    let wait = || std::io::stdin().read_line(&mut String::new()).map(drop);
    tokio::task::spawn_blocking(wait).await.expect("a thread").expect("a line");
    most.abort();
    row("receive", &[("cpu_seconds", used().0), ("peak_bytes", used().1)]);
}

fn receiver(sink: impl Sink + 'static, secret: &str) -> Receiver {
    Receiver::builder(SecretInPath::new(), sink).notifier("desk", secret).build().expect("a receiver")
}
