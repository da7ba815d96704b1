//! The company's own system: what it reads of a request, and does about it.

use examples::{Failure, Teller, leap};
use futures_util::StreamExt;
use leap_client::{
    Change, ChangeStore, Changes, Leap, MemoryChangeStore, RequestId, RequestKey, Settled, State, StateChange,
    WorkflowFailure,
};
use std::time::Duration;

/// One request on the desk. Changes of other requests are left as they are.
pub(super) struct Desk<'t> {
    teller: &'t Teller,
    pub(super) leap: Leap,
    pub(super) id: RequestId,
    store: MemoryChangeStore,
    changes: Changes,
}

impl<'t> Desk<'t> {
    pub(super) fn new(teller: &'t Teller, leap: Leap, id: RequestId, interval: Duration) -> Self {
        let store = MemoryChangeStore::new();
        let changes = leap.requests().changes(store.clone()).with_interval(interval);
        Self { teller, leap, id, store, changes }
    }

    /// Waits for the next change of the request, and tells it.
    pub(super) async fn next(&mut self) -> Result<Change, Failure> {
        self.teller.wait_for(format!("waiting for a change of request {}", self.id));
        while let Some(change) = self.changes.next().await {
            match change {
                Ok(change) if change.request().identifier == self.id => {
                    self.teller.tell("feed", leap::news(&change));
                    return Ok(change);
                }
                Ok(other) => other.retry(),
                Err(error) => self.teller.tell("no news", format!("for the moment: {error}")),
            }
        }
        Err(Failure::failed("the feed has ended"))
    }

    /// Moves the request on, with a word to the customer.
    pub(super) async fn move_on(&self, to: State, comment: &str) -> Result<(), Failure> {
        self.teller.wait_for(format!("moving the request to {to}"));
        let change = self.leap.requests().change_state_checked(self.key(), to.clone()).with_comment(comment).await?;
        let does = if change == StateChange::Changed { "moves it to" } else { "finds it already" };
        self.teller.tell("client", format!("{does} {to}, and says: {comment}"));
        Ok(())
    }

    /// Says that a change was dealt with, and tells what came of it.
    pub(super) async fn done(&self, change: Change) -> Result<Settled, Failure> {
        self.teller.wait_for("acknowledging the change");
        let settled = change.done().await?;
        let tells = match settled {
            Settled::Acknowledged => "is done: the change is acknowledged, and nothing unseen with it",
            Settled::ChangedSince => "is done, but the request has changed since it was read: that comes next",
            _ => "is done, and the request is gone",
        };
        self.teller.tell("client", tells);
        Ok(settled)
    }

    /// Says that a change was dealt with, and deals in the same way with all that comes of it.
    pub(super) async fn settle(&mut self, change: Change) -> Result<(), Failure> {
        let mut change = change;
        while self.done(change).await? == Settled::ChangedSince {
            change = self.next().await?;
        }
        Ok(())
    }

    /// Shows that a request that has ended can't be moved any more, and that this is known without asking for it.
    pub(super) async fn is_refused(&self, to: State) -> Result<(), Failure> {
        match self.leap.requests().change_state_checked(self.key(), to.clone()).await {
            Err(error) => match WorkflowFailure::of(&error) {
                Some(refusal @ WorkflowFailure::TerminalState { .. }) => {
                    self.teller.tell("client", format!("asks for {to} no more: {refusal}, and nothing was posted"));
                    Ok(())
                }
                _ => Err(error.into()),
            },
            Ok(_) => Err(Failure::failed(format!("a request that has ended was moved to {to}"))),
        }
    }

    /// Whether the store has nothing to look at after a restart.
    pub(super) async fn is_clear(&self) -> bool {
        self.store.load().await.is_ok_and(|pending| pending.is_empty())
    }

    fn key(&self) -> RequestKey {
        RequestKey::Id(self.id.clone())
    }
}
