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

/// Work that goes on in a task of its own while nobody waits for it, and ends when it is dropped.
pub(super) enum Running<T> {
    Spawned(JoinHandle<T>),
    Inline(BoxFuture<'static, T>),
}

impl<T: Send + 'static> Running<T> {
    /// Work that is done while somebody waits for it only.
    pub(super) fn inline(work: impl Future<Output = T> + Send + 'static) -> Self {
        Self::Inline(Box::pin(work))
    }

    /// Begins it in a task. Without a runtime it is done inline.
    pub(super) fn spawned(work: impl Future<Output = T> + Send + 'static) -> Self {
        match Handle::try_current() {
            Ok(runtime) => Self::Spawned(runtime.spawn(spans::in_current_span(work))),
            Err(_) => Self::inline(work),
        }
    }
}

impl<T> Future for Running<T> {
    type Output = Result<T, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match self.get_mut() {
            Self::Spawned(task) => ready!(Pin::new(task).poll(context)).map_err(broken_off),
            Self::Inline(work) => Ok(ready!(work.as_mut().poll(context))),
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
            "reading ahead ended in a panic: the list's decoder or key is broken",
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
