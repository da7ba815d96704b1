//! Receiving: every stored call is printed, and a stop answers the posts in flight first.
//!
//! Calls are answered by the server's own task. It never waits for the terminal: what it has to print goes through an
//! unbounded channel.

use crate::server::Server;
use caremessenger_client::{
    BoxFuture, StoreError,
    webhook::{FileJournal, Notification, Sink},
};
use examples::{Failure, INTERRUPTED, Reporter, Stop, caremessenger};
use std::{process::ExitCode, time::Duration};
use tokio::{
    sync::{mpsc::UnboundedSender, oneshot},
    time::timeout,
};

/// How long to wait for posts in flight when stopping; longer than storing one may take.
const GRACE: Duration = Duration::from_secs(15);

/// Receives calls until the program is stopped.
pub(crate) async fn receive(
    server: Server,
    most: Option<u64>,
    mut stop: Stop,
    reporter: &Reporter,
) -> Result<ExitCode, Failure> {
    let Server { receiver, listener, mut events, .. } = server;
    let (end, ended) = oneshot::channel::<()>();
    let serving = receiver.serve(listener).with_shutdown(async move { drop(ended.await) });
    // A separate task, because printing may have to wait for the terminal.
    let mut serving = tokio::spawn(serving.into_future());
    let mut stored = 0;
    while most.is_none_or(|most| stored < most) {
        reporter.wait_for(format!("waiting for calls, {stored} stored so far; Ctrl-C stops the program"));
        tokio::select! {
            biased;
            () = stop.asked() => break,
            Some(event) = events.recv() => stored += report(event, reporter)?,
            served = &mut serving => return Err(broken(served)),
        }
    }
    reporter.wait_for("answering the posts in flight");
    drop(end);
    tokio::select! {
        biased;
        served = timeout(GRACE, &mut serving) => match served {
            Ok(Ok(())) => {}
            Ok(served) => return Err(broken(served)),
            Err(_) => {
                reporter.line("Some posts were not complete in time. CareMessenger repeats posts without an answer.");
            }
        },
        () = stop.insisted() => {
            reporter.line("Stopped at once. Calls printed as stored are in the file.");
            reporter.line("CareMessenger repeats posts without an answer.");
            return Ok(ExitCode::from(INTERRUPTED));
        }
    }
    while let Ok(event) = events.try_recv() {
        stored += report(event, reporter)?;
    }
    reporter.line(format!("Stopped. Calls stored: {stored}."));
    Ok(ExitCode::SUCCESS)
}

/// Prints an event, and returns how many calls it says are stored.
fn report(event: Event, reporter: &Reporter) -> Result<u64, Failure> {
    match event {
        Event::Stored(call) => {
            reporter.step("stored", call);
            return Ok(1);
        }
        Event::NotStored(why) => {
            reporter.step("NOT STORED", format!("not acknowledged, so it may be redelivered: {why}"))
        }
        Event::Does(who, what) => reporter.step(who, what),
        Event::Broken(failure) => return Err(failure),
    }
    Ok(0)
}

fn broken(served: Result<(), tokio::task::JoinError>) -> Failure {
    let why = served.map_or_else(|error| error.to_string(), |()| "the server has stopped".to_owned());
    Failure::failed(format!("can't receive calls any more: {why}"))
}

/// What the terminal is to show.
pub(crate) enum Event {
    /// A call is on disk.
    Stored(String),
    /// A call could not be stored.
    NotStored(String),
    /// A simulated person does something.
    Does(&'static str, String),
    /// The simulation failed.
    Broken(Failure),
}

/// Stores calls in the journal and reports them by a channel, so that a blocked terminal delays no call.
pub(crate) struct ReportingSink {
    pub(crate) journal: FileJournal,
    pub(crate) events: UnboundedSender<Event>,
}

impl Sink for ReportingSink {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.journal.store(notification).await?;
            // The receiver of the channel may already be gone.
            drop(self.events.send(Event::Stored(caremessenger::describe_call(notification))));
            Ok(())
        })
    }
}
