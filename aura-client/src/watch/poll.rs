//! How a watch polls: a state machine that is driven by polling it for items.

use super::{CalloutUpdate, Trouble, Watch};
use crate::callouts::Callout;
use care_client_core::{Error, RetryPolicy, workflow::PollFailure};
use futures_core::Stream;
use std::{
    future::{Future, IntoFuture},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    task::JoinHandle,
    time::{Sleep, sleep},
};

/// However long a server that is down asks to wait, a callout is polled again after this.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

pub(super) enum State {
    /// Not polled for items yet.
    New,
    Waiting(Pin<Box<Sleep>>),
    Polling(Task<Result<Callout, Error>>),
    Ended,
}

impl Watch {
    fn first_wait(&mut self) -> State {
        let member = self.member.insert(self.pipeline.poll_gate().join());
        let wait = self.pace.first(member.first_spread());
        if wait.is_zero() { self.poll_once() } else { State::Waiting(Box::pin(sleep(wait))) }
    }

    fn poll_once(&self) -> State {
        // The next poll is the retry: retries would use up the budget of calls that matter more.
        let call = self.pipeline.call(self.get).with_retry(RetryPolicy::never());
        let gate = self.pipeline.poll_gate().clone();
        State::Polling(Task::run(async move { gate.pass(call.into_future()).await }))
    }

    fn take(&mut self, answer: Result<Callout, Error>) -> State {
        let mut wait = self.pace.next();
        match answer {
            Ok(callout) => {
                if self.get.wants_events() {
                    let said = callout.events.iter().filter(|event| self.changes.is_new_event(event)).cloned();
                    self.ready.extend(said.map(|event| Ok(CalloutUpdate::Message(event))));
                }
                self.refusals.success();
                self.may_be_closed = false;
                let recovered = self.trouble.take().is_some();
                let closed = callout.status.is_closed();
                if self.changes.has_changed(&callout) || recovered || closed {
                    self.ready.push_back(Ok(CalloutUpdate::Changed(Box::new(callout))));
                }
                if closed {
                    return State::Ended;
                }
            }
            Err(error) => {
                if self.read_part(&error) {
                    return State::Ended;
                }
                wait = wait.max(error.retry_after().unwrap_or_default().min(LONGEST_WAIT));
                let trouble = match self.refusals.failure(&error, &self.pipeline) {
                    PollFailure::Refused => Trouble::Refused,
                    PollFailure::Final => {
                        self.ready.push_back(Err(error));
                        return State::Ended;
                    }
                    _ => Trouble::Outage,
                };
                if self.trouble.replace(trouble) != Some(trouble) {
                    self.ready.push_back(Ok(match trouble {
                        Trouble::Refused => CalloutUpdate::Refused(error),
                        Trouble::Outage => CalloutUpdate::Delayed(error),
                    }));
                }
            }
        }
        State::Waiting(Box::pin(sleep(wait)))
    }

    /// Takes the status out of an answer that can't be read, if it is about this callout: a new one must get through.
    /// Whether the callout is closed by what two such answers in a row say.
    fn read_part(&mut self, error: &Error) -> bool {
        let Some(callout) = Callout::readable_part(error).filter(|callout| callout.id == self.get.id()) else {
            return false;
        };
        let closed = callout.status.is_closed();
        let agreed = closed && std::mem::replace(&mut self.may_be_closed, closed);
        self.may_be_closed = closed;
        if agreed || (!closed && self.changes.has_new_status(&callout)) {
            self.ready.push_back(Ok(CalloutUpdate::Changed(Box::new(callout))));
        }
        agreed
    }
}

impl Stream for Watch {
    type Item = Result<CalloutUpdate, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let me = self.get_mut();
        loop {
            if let Some(item) = me.ready.pop_front() {
                // Most watchers wait, and spare capacity would be half of their memory.
                me.ready.shrink_to_fit();
                return Poll::Ready(Some(item));
            }
            me.state = match &mut me.state {
                State::New => me.first_wait(),
                State::Waiting(wait) => {
                    ready!(wait.as_mut().poll(cx));
                    me.poll_once()
                }
                State::Polling(call) => {
                    let broken = || Err(Error::unknown("the task that polls the callout was aborted or panicked"));
                    let answer = ready!(Pin::new(call).poll(cx)).unwrap_or_else(broken);
                    me.take(answer)
                }
                State::Ended => {
                    me.member = None;
                    return Poll::Ready(None);
                }
            };
        }
    }
}

/// A task that runs on while the watch isn't polled, and ends when this is dropped: a poll that holds a place in the
/// gate must not wait for a busy caller.
pub(super) struct Task<T>(JoinHandle<T>);

impl<T: Send + 'static> Task<T> {
    pub(super) fn run(work: impl Future<Output = T> + Send + 'static) -> Self {
        Self(tokio::spawn(work))
    }
}

impl<T> Future for Task<T> {
    /// `None` if it panicked, or its runtime ended.
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        Pin::new(&mut self.get_mut().0).poll(cx).map(Result::ok)
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
