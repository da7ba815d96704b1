//! The parts of a window as a stream.

use crate::{
    requests::scope::Scope,
    workflows::sync_window::{synced::Synced, windows::Windows},
};
use care_client_core::{BoxFuture, Error};
use futures_core::Stream;
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// The parts of a [`SyncWindow`](crate::SyncWindow), the earliest first: a `Stream` of `Result<Synced, Error>`. Made by
/// [`SyncWindow::parts`](crate::SyncWindow::parts).
///
/// - The [checkpoint](Synced::checkpoint) of a part is the time until which all has been delivered: save it once you
///   have handled the part, and begin there after a crash. That of the last part is the end of the window. A part can
///   be empty.
/// - A request that is updated while a window is read whose end lies in the future may come again, in a later part.
/// - It ends after an error. To go on, begin a new window at the last checkpoint.
#[must_use = "a stream does nothing until it is polled"]
pub struct SyncParts(Option<BoxFuture<'static, Next>>);

/// The next part, and the work for the one after it.
type Next = (Option<Result<Synced, Error>>, Option<Box<dyn Source>>);

/// Windows over any list.
trait Source: Send {
    fn next(self: Box<Self>) -> BoxFuture<'static, Next>;
}

impl<S: Scope> Source for Windows<S> {
    fn next(mut self: Box<Self>) -> BoxFuture<'static, Next> {
        Box::pin(async move {
            match Windows::next(&mut self).await {
                Ok(Some(part)) => (Some(Ok(part)), Some(self as Box<dyn Source>)),
                Ok(None) => (None, None),
                Err(error) => (Some(Err(error)), None),
            }
        })
    }
}

impl SyncParts {
    pub(super) fn new<S: Scope>(windows: Result<Windows<S>, Error>) -> Self {
        Self(Some(match windows {
            Ok(windows) => Box::new(windows).next_part(),
            Err(error) => Box::pin(std::future::ready((Some(Err(error)), None))),
        }))
    }
}

impl<S: Scope> Windows<S> {
    fn next_part(self: Box<Self>) -> BoxFuture<'static, Next> {
        Source::next(self)
    }
}

impl Stream for SyncParts {
    type Item = Result<Synced, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(work) = &mut self.0 else { return Poll::Ready(None) };
        let (part, source) = ready!(work.as_mut().poll(cx));
        self.0 = source.map(Source::next);
        Poll::Ready(part)
    }
}

impl fmt::Debug for SyncParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncParts").finish_non_exhaustive()
    }
}
