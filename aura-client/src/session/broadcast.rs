//! Hands the updates of one callout to any number of readers, without a channel's limit and without blocking the
//! sender.
//!
//! A reader that comes late begins with what is known. A reader that is slow loses no message, and of the callout
//! itself only what a newer update replaced. Of the callout a summary is kept, and the whole of it only if the client
//! [says so](crate::AuraBuilder::keep_last_callout): there may be thousands of sessions.

use crate::{
    callouts::{Callout, CalloutEvent, CalloutSummary},
    watch::CalloutUpdate,
};
use care_client_core::Error;
use futures_core::Stream;
use std::{
    collections::VecDeque,
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    task::{Context, Poll, Waker},
};

type Item = Result<CalloutUpdate, Error>;

/// What is known of a session's callout, and its readers. Later readers get what came before.
#[derive(Default)]
pub(super) struct Broadcast {
    keeps_callout: bool,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    summary: Option<Box<CalloutSummary>>,
    callout: Option<Box<Callout>>,
    messages: Vec<CalloutEvent>,
    /// Set at the end: the error that ended it, if it was one.
    end: Option<Option<Error>>,
    readers: Vec<Weak<Reader>>,
}

#[derive(Default)]
struct Reader(Mutex<Queue>);

#[derive(Default)]
struct Queue {
    items: VecDeque<Item>,
    ended: bool,
    waker: Option<Waker>,
}

/// The updates of a session: a `Stream` of `Result<CalloutUpdate, Error>`. Made by
/// [`CalloutSession::updates`](crate::CalloutSession::updates).
///
/// It begins with what is known already: the [`Summary`](CalloutUpdate::Summary) of the callout, if there was an
/// answer, and all messages; then the callout itself, if the client [keeps](crate::AuraBuilder::keep_last_callout) it.
/// For a slow reader only the newest [`Changed`](CalloutUpdate::Changed) is kept, and every
/// [`Message`](CalloutUpdate::Message). Dropping it stops nothing.
#[must_use = "a stream does nothing until it is polled for items"]
pub struct Updates(Arc<Reader>);

impl Broadcast {
    pub(super) fn new(keeps_callout: bool) -> Self {
        Self { keeps_callout, known: Mutex::default() }
    }

    fn locked(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a reader, which begins with all that is known.
    pub(super) fn reader(&self) -> Updates {
        let mut known = self.locked();
        let mut queue = Queue::default();
        queue.items.extend(known.summary.clone().map(|summary| Ok(CalloutUpdate::Summary(summary))));
        queue.items.extend(known.messages.iter().cloned().map(|event| Ok(CalloutUpdate::Message(event))));
        queue.items.extend(known.callout.clone().map(|callout| Ok(CalloutUpdate::Changed(callout))));
        if let Some(end) = &known.end {
            queue.items.extend(end.clone().map(Err));
            queue.ended = true;
        }
        let reader = Arc::new(Reader(Mutex::new(queue)));
        known.readers.retain(|reader| reader.strong_count() > 0);
        known.readers.push(Arc::downgrade(&reader));
        Updates(reader)
    }

    /// Sends an update to all readers.
    pub(super) fn send(&self, item: Item) {
        let mut known = self.locked();
        match &item {
            Ok(CalloutUpdate::Changed(callout)) => {
                known.summary = Some(Box::new(callout.summary()));
                known.callout = self.keeps_callout.then(|| callout.clone());
            }
            Ok(CalloutUpdate::Message(event)) => known.remember(event),
            Ok(CalloutUpdate::Summary(_) | CalloutUpdate::Delayed(_) | CalloutUpdate::Refused(_)) => {}
            Err(error) => known.end = Some(Some(error.clone())),
        }
        known.notify(|queue| queue.push(item.clone()));
    }

    /// The callout in short, as last seen.
    pub(super) fn summary(&self) -> Option<CalloutSummary> {
        self.locked().summary.as_deref().cloned()
    }

    /// Ends the streams of all readers.
    pub(super) fn end(&self) {
        let mut known = self.locked();
        known.end.get_or_insert(None);
        known.notify(|queue| queue.ended = true);
    }

    /// The callout as last seen, if it is kept.
    pub(super) fn callout(&self) -> Option<Callout> {
        self.locked().callout.as_deref().cloned()
    }
}

impl Known {
    /// A changed event replaces its earlier form.
    fn remember(&mut self, event: &CalloutEvent) {
        match self.messages.iter_mut().find(|known| known.id.is_some() && known.id == event.id) {
            Some(known) => known.clone_from(event),
            None => self.messages.push(event.clone()),
        }
    }

    fn notify(&mut self, change: impl Fn(&mut Queue)) {
        self.readers.retain(|reader| {
            let Some(reader) = reader.upgrade() else { return false };
            let waker = {
                let mut queue = reader.locked();
                change(&mut queue);
                queue.waker.take()
            };
            if let Some(waker) = waker {
                waker.wake();
            }
            true
        });
    }
}

impl Queue {
    fn push(&mut self, item: Item) {
        if matches!(item, Ok(CalloutUpdate::Changed(_))) {
            let older = |item: &Item| matches!(item, Ok(CalloutUpdate::Summary(_) | CalloutUpdate::Changed(_)));
            self.items.retain(|waiting| !older(waiting));
        }
        self.items.push_back(item);
    }
}

impl Reader {
    fn locked(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stream for Updates {
    type Item = Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Item>> {
        let mut queue = self.0.locked();
        if let Some(item) = queue.items.pop_front() {
            return Poll::Ready(Some(item));
        }
        if queue.ended {
            return Poll::Ready(None);
        }
        queue.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl fmt::Debug for Updates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let queue = self.0.locked();
        f.debug_struct("Updates").field("waiting", &queue.items.len()).field("ended", &queue.ended).finish()
    }
}
