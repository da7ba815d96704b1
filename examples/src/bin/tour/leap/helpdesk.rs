//! The company's own system, which follows one request and handles its changes.

use examples::{Failure, Reporter, leap};
use futures_util::StreamExt;
use leap_client::{
    Change, ChangeStore, Changes, Leap, MemoryChangeStore, RequestId, RequestKey, Settled, State, StateChange,
    WorkflowFailure,
};
use std::time::Duration;

/// One request at the helpdesk. Changes of other requests are left unacknowledged.
pub(super) struct Helpdesk<'t> {
    reporter: &'t Reporter,
    pub(super) leap: Leap,
    pub(super) id: RequestId,
    store: MemoryChangeStore,
    changes: Changes,
}

impl<'t> Helpdesk<'t> {
    pub(super) fn new(reporter: &'t Reporter, leap: Leap, id: RequestId, interval: Duration) -> Self {
        let store = MemoryChangeStore::new();
        let changes = leap.requests().changes(store.clone()).with_interval(interval);
        Self { reporter, leap, id, store, changes }
    }

    /// Waits for the next change of the request, and reports it.
    pub(super) async fn next(&mut self) -> Result<Change, Failure> {
        self.reporter.wait_for(format!("waiting for a change of request {}", self.id));
        while let Some(change) = self.changes.next().await {
            match change {
                Ok(change) if change.request().identifier == self.id => {
                    self.reporter.step("feed", leap::describe_change(&change));
                    return Ok(change);
                }
                Ok(other) => other.retry(),
                Err(error) => self.reporter.step("poll failed", format!("trying again: {error}")),
            }
        }
        Err(Failure::failed("the feed has ended"))
    }

    /// Changes the request's state, with a comment to the customer.
    pub(super) async fn move_on(&self, to: State, comment: &str) -> Result<(), Failure> {
        self.reporter.wait_for(format!("moving the request to {to}"));
        let change = self.leap.requests().change_state_checked(self.key(), to.clone()).with_comment(comment).await?;
        let does = if change == StateChange::Changed { "moves it to" } else { "finds it already" };
        self.reporter.step("client", format!("{does} {to} and comments: {comment}"));
        Ok(())
    }

    /// Acknowledges a change, and reports the result.
    pub(super) async fn done(&self, change: Change) -> Result<Settled, Failure> {
        self.reporter.wait_for("acknowledging the change");
        let settled = change.done().await?;
        let text = match settled {
            Settled::Acknowledged => "acknowledges the change; nothing else was acknowledged with it",
            Settled::ChangedSince => "is done, but the request has changed since it was read: that change comes next",
            _ => "is done; the request no longer exists",
        };
        self.reporter.step("client", text);
        Ok(settled)
    }

    /// Acknowledges a change, and every change that follows from it.
    pub(super) async fn settle(&mut self, change: Change) -> Result<(), Failure> {
        let mut change = change;
        while self.done(change).await? == Settled::ChangedSince {
            change = self.next().await?;
        }
        Ok(())
    }

    /// Checks that the state of an ended request can't be changed, and that the client knows without sending anything.
    pub(super) async fn is_refused(&self, to: State) -> Result<(), Failure> {
        match self.leap.requests().change_state_checked(self.key(), to.clone()).await {
            Err(error) => match WorkflowFailure::of(&error) {
                Some(refusal @ WorkflowFailure::TerminalState { .. }) => {
                    self.reporter.step("client", format!("doesn't ask for {to}: {refusal}; nothing was sent"));
                    Ok(())
                }
                _ => Err(error.into()),
            },
            Ok(_) => Err(Failure::failed(format!("an ended request was moved to {to}"))),
        }
    }

    /// Whether the store holds nothing for a restart.
    pub(super) async fn is_clear(&self) -> bool {
        self.store.load().await.is_ok_and(|pending| pending.is_empty())
    }

    fn key(&self) -> RequestKey {
        RequestKey::Id(self.id.clone())
    }
}
