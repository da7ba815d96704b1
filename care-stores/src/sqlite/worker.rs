//! A thread with a connection of its own. Changes wait in a queue; the thread takes all that wait, runs them in one
//! transaction, and commits once: group commit. While the disk syncs one group, the next one gathers.
//!
//! A change that fails is undone alone, since each is one statement, or undoes itself by a savepoint. A commit that
//! fails fails its whole group: nothing of it is stored.
//!
//! Before and after each transaction it is looked at whether the path still names the file: what is written to a file
//! that was moved away would be lost.
//!
//! The thread ends when the last handle is dropped and nothing waits.

use super::{database::Identity, failure::Failure};
use rusqlite::Connection;
use std::{
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};
use tokio::sync::oneshot;

/// How many changes one transaction has at most.
const GROUP: usize = 2_000;

/// Runs, unless there is no transaction to run in, and gives what hands the result out once it is certain.
type Job = Box<dyn FnOnce(Option<&mut Connection>) -> HandOut + Send>;
type HandOut = Box<dyn FnOnce(Option<&Failure>)>;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Commits {
    /// What waits is one transaction.
    Together,
    /// Queries alone, each by itself.
    Nothing,
}

pub(super) struct Worker(Sender<Job>);

impl Worker {
    pub(super) fn start(connection: Connection, identity: Identity, commits: Commits) -> Result<Self, Failure> {
        let (sender, jobs) = channel();
        let name = if commits == Commits::Together { "care-sqlite-write" } else { "care-sqlite-read" };
        thread::Builder::new().name(name.to_owned()).spawn(move || work(connection, &identity, commits, &jobs))?;
        Ok(Self(sender))
    }

    /// Runs it on the thread; returns when its commit is on the disk. Whoever stops waiting doesn't take it back.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Failure> {
        let (done, end) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let not_run = || Err(Failure::new("it was not run"));
            let result = connection.map_or_else(not_run, |connection| act(connection).map_err(Failure::from));
            Box::new(move |failed: Option<&Failure>| {
                // Whoever has stopped waiting needs no answer.
                let _ = done.send(failed.map_or(result, |failure| Err(failure.clone())));
            })
        });
        let ended = || Failure::new("the thread that works on it has ended");
        self.0.send(job).map_err(|_| ended())?;
        end.await.unwrap_or_else(|_| Err(ended()))
    }
}

fn work(mut connection: Connection, identity: &Identity, commits: Commits, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        match commits {
            Commits::Nothing => match identity.check() {
                Ok(()) => first(Some(&mut connection))(None),
                Err(failure) => first(None)(Some(&failure)),
            },
            Commits::Together => commit(&mut connection, identity, first, jobs),
        }
    }
}

fn commit(connection: &mut Connection, identity: &Identity, first: Job, jobs: &Receiver<Job>) {
    // Waits for other processes; meanwhile more come.
    let begun = identity.check().and_then(|()| Ok(connection.execute_batch("BEGIN IMMEDIATE")?));
    let group = std::iter::once(first).chain(jobs.try_iter().take(GROUP - 1));
    let mut failed = begun.err();
    let mut waiting = Vec::new();
    for job in group {
        // Without a transaction none may run: each would be committed by itself.
        let is_open = failed.is_none() && !connection.is_autocommit();
        waiting.push(job(is_open.then_some(&mut *connection)));
    }
    if failed.is_none() {
        // It may have been moved meanwhile, too.
        failed = end(connection).and_then(|()| identity.check()).err();
    }
    for hand_out in waiting {
        hand_out(failed.as_ref());
    }
}

fn end(connection: &Connection) -> Result<(), Failure> {
    if connection.is_autocommit() {
        // SQLite itself rolls everything back after some failures, such as a full disk.
        return Err(Failure::new("the disk is full or failing: nothing of this commit was stored"));
    }
    connection.execute_batch("COMMIT").map_err(|error| {
        let _ = connection.execute_batch("ROLLBACK");
        Failure::from(error)
    })
}
