//! A read that goes on in a task of its own while the caller works, and is aborted when it is dropped.

use crate::{
    endpoint::BoxFuture,
    error::{Error, Kind, Outcome},
    observe::spans,
};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::{
    runtime::Handle,
    task::{JoinError, JoinHandle},
};

/// A read that runs in a task of its own, or inline where there is no runtime. It ends when it is dropped.
pub(super) enum Running<T> {
    Spawned(JoinHandle<T>),
    Inline(BoxFuture<'static, T>),
}

impl<T: Send + 'static> Running<T> {
    /// Runs only while it is polled.
    pub(super) fn inline(read: impl Future<Output = T> + Send + 'static) -> Self {
        Self::Inline(Box::pin(read))
    }

    /// Starts it in a task. Without a runtime it runs inline.
    pub(super) fn spawned(read: impl Future<Output = T> + Send + 'static) -> Self {
        match Handle::try_current() {
            Ok(runtime) => Self::Spawned(runtime.spawn(spans::in_current_span(read))),
            Err(_) => Self::inline(read),
        }
    }
}

impl<T> Future for Running<T> {
    type Output = Result<T, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match self.get_mut() {
            Self::Spawned(task) => ready!(Pin::new(task).poll(context)).map_err(broken_off),
            Self::Inline(read) => Ok(ready!(read.as_mut().poll(context))),
        })
    }
}

impl<T> Drop for Running<T> {
    fn drop(&mut self) {
        if let Self::Spawned(task) = self {
            task.abort();
        }
    }
}

// Without the panic's message, which may hold anything.
fn broken_off(error: JoinError) -> Error {
    if error.is_panic() {
        Error::new(
            Kind::Decode,
            Outcome::Unknown,
            "the task that reads ahead panicked: the decoder or the key of the list has a bug",
        )
    } else {
        Error::new(Kind::Interrupted, Outcome::Unknown, "the runtime that was reading ahead has shut down")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    #[test]
    fn without_a_runtime_the_work_is_done_by_whoever_waits_for_it() {
        let mut running = Running::spawned(async { 7 });
        let polled = Pin::new(&mut running).poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(polled, Poll::Ready(Ok(7))), "{polled:?}");
    }
}
