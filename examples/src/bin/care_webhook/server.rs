//! The receiver, its file and its address: those of the command line, or those of a demonstration with an emulator.
//!
//! The address is bound before the file is opened, because a file whose address is taken belongs to another process.

use crate::{
    arguments::Arguments,
    receive::{Event, ReportingSink},
};
use care_emulators::caremessenger::{Emulator, RESIDENT_ID, SITE_ID, Schedule};
use caremessenger_client::{
    NewAssistanceProvider, SiteId,
    webhook::{FileJournal, Receiver},
};
use examples::{
    Failure, Reporter,
    caremessenger::{self, Notifiers, random_secret},
};
use std::{
    env,
    future::pending,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::sleep,
};

/// For tests: while this is set, calls are stored but never answered, so that the program can be killed in between.
const HOLD: &str = "CARE_WEBHOOK_HOLD_ANSWERS";

/// A file up to this size, in bytes, is counted before the first call is received.
const COUNTED_FIRST: u64 = 4 << 20;

/// What receives calls.
pub(crate) struct Server {
    pub(crate) receiver: Receiver,
    pub(crate) listener: TcpListener,
    pub(crate) events: UnboundedReceiver<Event>,
    /// Removed when this is dropped.
    _folder: Option<TempDir>,
}

impl Server {
    /// Uses what the arguments and the environment name, or else an emulator with a resident who calls.
    pub(crate) async fn choose(arguments: &Arguments, reporter: &Reporter) -> Result<Self, Failure> {
        let notifiers = Notifiers::from_env_and(&arguments.secrets)?;
        match (notifiers.is_empty(), arguments.is_real()) {
            (false, _) => Self::live(&notifiers, arguments, reporter).await,
            (true, false) => Self::embedded(reporter).await,
            (true, true) => Err(Failure::usage(
                "no notifier is configured: set CARE_WEBHOOK_SECRETS or --secret, as NAME=SECRET. Nothing was \
                 received.",
            )),
        }
    }

    async fn live(notifiers: &Notifiers, arguments: &Arguments, reporter: &Reporter) -> Result<Self, Failure> {
        let (events, received) = unbounded_channel();
        // Before the file: if another process has the address, the file is its own.
        let listener = listen(arguments.listen()).await?;
        let receiver = receiver(notifiers, &arguments.journal(), events, reporter).await?;
        let (address, names) = (listener.local_addr()?, notifiers.names().join(", "));
        reporter.line(format!("Listening at http://{address} for calls to: {names}."));
        Ok(Self { receiver, listener, events: received, _folder: None })
    }

    async fn embedded(reporter: &Reporter) -> Result<Self, Failure> {
        let (events, received) = unbounded_channel();
        let (name, secret) = ("duty desk", random_secret());
        reporter.line("No notifier is configured: using a random secret and an emulator of CareMessenger.");
        reporter.line("Calls go to a temporary file. To receive real calls, see --help.");
        let folder = TempDir::new()?;
        let notifiers = Notifiers::from((name, &*secret));
        let receiver = receiver(&notifiers, &folder.path().join("calls.jsonl"), events.clone(), reporter).await?;
        let listener = listen((Ipv4Addr::LOCALHOST, 0).into()).await?;
        let url = format!("http://{}/care/{secret}", listener.local_addr()?);
        reporter.line(format!("The URL to register for the {name} is {url}"));
        tokio::spawn(play_demo(name, url, events));
        Ok(Self { receiver, listener, events: received, _folder: Some(folder) })
    }
}

/// A receiver that stores calls in this file and knows those that it already holds.
async fn receiver(
    notifiers: &Notifiers,
    path: &Path,
    events: UnboundedSender<Event>,
    reporter: &Reporter,
) -> Result<Receiver, Failure> {
    let file = path.display();
    let unusable = |error| Failure::failed(format!("can't use {file}: {error}"));
    let journal = FileJournal::open(path).map_err(unusable)?;
    let failures = events.clone();
    let mut builder = notifiers
        .receiver(ReportingSink { journal: journal.clone(), events })
        .on_failure(move |error| drop(failures.send(Event::NotStored(error.to_string()))));
    if env::var_os(HOLD).is_some_and(|set| !set.is_empty()) {
        builder = builder.before_answer(|_| Box::pin(pending()));
    }
    let receiver = builder.build()?;
    let remembered = receiver.remember_journal(&journal).await;
    remembered.map_err(|error| Failure::failed(format!("can't use {file}: {error}")))?;
    let size = journal.path().metadata().map_err(unusable)?.len();
    if size <= COUNTED_FIRST {
        report_content(&journal, reporter).await.map_err(unusable)?;
    } else {
        reporter
            .line(format!("{file} already holds calls; redeliveries of recent ones are marked. --show counts them."));
    }
    Ok(receiver)
}

/// Prints how many calls and how many damaged lines a file holds.
async fn report_content(journal: &FileJournal, reporter: &Reporter) -> std::io::Result<()> {
    let (file, content) = (journal.path().display(), journal.read().await?);
    match content.notifications.len() {
        0 => {}
        calls => reporter.line(format!("{file} already holds {calls} calls; redeliveries of recent ones are marked.")),
    }
    match content.damaged.len() {
        0 => {}
        lines => reporter.line(format!(
            "{file} has unreadable lines: {lines}. Check them: each may be a call that was never answered."
        )),
    }
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    let unusable = |error| Failure::failed(format!("can't listen on {address}: {error}"));
    TcpListener::bind(address).await.map_err(unusable)
}

/// The time between two steps, and before the first redelivery.
const STEP: Duration = Duration::from_millis(500);

/// Registers the receiver with an emulator, and simulates a resident who calls.
async fn play_demo(name: &'static str, url: String, events: UnboundedSender<Event>) {
    // The receiver of the channel may already be gone.
    if let Err(failure) = call(name, url, &events).await {
        drop(events.send(Event::Broken(failure)));
    }
}

async fn call(name: &str, url: String, events: &UnboundedSender<Event>) -> Result<(), Failure> {
    let does = |who, what: &str| drop(events.send(Event::Does(who, what.to_owned())));
    let emulator = Emulator::builder().schedule(Schedule::default().first_delay(STEP)).start().await?;
    let (care, controller) = (caremessenger::client(&emulator)?, emulator.controller());
    let desk = NewAssistanceProvider::for_site(SiteId(SITE_ID), "Acacia Avenue, duty desk", "Duty desk")
        .email(name, "duty@example.com")
        .webhook(name, url);
    let provider = care.assistance_providers().ensure(desk).await?.provider().id.get();
    does("manager", "registers that URL and a mail address for the residents of a site");
    for is_answer_lost in [false, true] {
        sleep(STEP).await;
        if is_answer_lost {
            controller.delivery_faults().lose_answer();
            does("resident", "presses the button again, and the network loses the answer");
        } else {
            does("resident", "presses the button on the television");
        }
        controller.request_assistance(provider, RESIDENT_ID)?;
        controller.settled().await;
    }
    does("resident", "makes no more calls");
    Ok(())
}
