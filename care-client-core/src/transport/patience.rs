//! A background poll that finds no free connection waits for one that another poll is about to give back, before it
//! opens one more.
//!
//! A connection is free again a moment after its answer was read, when a task of the HTTP library has had its turn.
//! The next poll through the [`PollGate`] can be faster than that, and thousands of polls would open more connections
//! than there are places. A call that a person waits for never waits here.

use crate::gate::PollGate;
use std::{
    error::Error as StdError,
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll},
    time::Duration,
};
use tokio::{sync::watch, time::timeout};
use tower::{Layer, Service};

/// After this the connections that there are count as broken. No machine is so busy that a free one shows up later.
const LIMIT: Duration = Duration::from_secs(2);

type BoxError = Box<dyn StdError + Send + Sync>;

tokio::task_local! {
    /// The gate that the poll of this task has passed, and what is closed at its end.
    static PASSED: (PollGate, watch::Receiver<()>);
}

/// Runs a poll that has passed the gate.
async fn patiently<F: Future>(gate: &PollGate, poll: F) -> F::Output {
    let (_running, end) = watch::channel(());
    PASSED.scope((gate.clone(), end), poll).await
}

impl PollGate {
    /// Waits for a place, in the order of asking, and runs the poll there.
    pub async fn pass<F: Future>(&self, poll: F) -> F::Output {
        let _place = self.enter().await;
        patiently(self, poll).await
    }
}

/// Makes a connector patient.
#[derive(Clone, Default)]
pub(super) struct Patience {
    /// How many connections were opened since they last counted as broken.
    opened: Arc<AtomicUsize>,
}

#[derive(Clone)]
pub(super) struct Patient<C> {
    connector: C,
    opened: Arc<AtomicUsize>,
}

impl<C> Layer<C> for Patience {
    type Service = Patient<C>;

    fn layer(&self, connector: C) -> Patient<C> {
        Patient { connector, opened: Arc::clone(&self.opened) }
    }
}

impl<C, T> Service<T> for Patient<C>
where
    C: Service<T, Error = BoxError> + Clone + Send + 'static,
    C::Future: Send,
    C::Response: 'static,
    T: Send + 'static,
{
    type Response = C::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(cx)
    }

    fn call(&mut self, target: T) -> Self::Future {
        let is_enough = self.opened.fetch_add(1, Relaxed) >= PollGate::PLACES;
        let others_poll = |gate: &PollGate| gate.free() + 1 < PollGate::PLACES;
        let passed = PASSED.try_with(|(gate, end)| (is_enough && others_poll(gate)).then(|| end.clone()));
        let opened = Arc::clone(&self.opened);
        let fresh = self.connector.clone();
        // The one that was asked whether it is ready.
        let mut connector = std::mem::replace(&mut self.connector, fresh);
        Box::pin(async move {
            if let Ok(Some(mut end)) = passed {
                let mut doubt = Doubt(Some(opened));
                // At its end the poll has had a connection, and this one isn't needed.
                if timeout(LIMIT, end.changed()).await.is_ok() {
                    doubt.dispel();
                    return Err("another connection became free".into());
                }
            }
            connector.call(target).await
        })
    }
}

/// Ends a wait for a connection in any way but a good one, and none of them counts any more: the next polls open
/// their own at once. The way may be a connect timeout that is shorter than [`LIMIT`].
struct Doubt(Option<Arc<AtomicUsize>>);

impl Doubt {
    fn dispel(&mut self) {
        self.0 = None;
    }
}

impl Drop for Doubt {
    fn drop(&mut self) {
        if let Some(opened) = &self.0 {
            opened.store(0, Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::{Instant, sleep};

    const AT_ONCE: Option<u64> = Some(0);

    /// Tells when it opens its connection.
    fn patient(patience: &Patience) -> impl Service<(), Response = Instant, Error = BoxError, Future: Send> + use<> {
        patience.layer(tower::service_fn(|()| async { Ok(Instant::now()) }))
    }

    /// A poll that lasts for some seconds. Tells after how many its own connection was opened, if it was.
    async fn poll(patience: &Patience, gate: &PollGate, lasts: u64) -> Option<u64> {
        let begin = Instant::now();
        let work = async {
            // The HTTP library lets it go on by itself, too.
            let own = tokio::spawn(patient(patience).call(()));
            sleep(Duration::from_secs(lasts)).await;
            [own]
        };
        let [own] = patiently(gate, work).await;
        own.await.unwrap().ok().map(|at| (at - begin).as_secs())
    }

    #[tokio::test(start_paused = true)]
    async fn after_sixteen_a_poll_opens_its_own_only_if_no_other_becomes_free() {
        let (patience, gate) = (Patience::default(), PollGate::default());
        let _two = (gate.enter().await, gate.enter().await);
        for _ in 0..PollGate::PLACES {
            assert_eq!(poll(&patience, &gate, 1).await, AT_ONCE);
        }
        assert_eq!(poll(&patience, &gate, 1).await, None);
        assert_eq!(poll(&patience, &gate, 9).await, Some(2));
        // The others are broken, and nobody need wait for them.
        assert_eq!(poll(&patience, &gate, 1).await, AT_ONCE);
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_alone_and_who_passed_no_gate_opens_one_at_once() {
        let (patience, gate) = (Patience { opened: Arc::new(AtomicUsize::new(99)) }, PollGate::default());
        let _one = gate.enter().await;
        assert_eq!(poll(&patience, &gate, 1).await, AT_ONCE);
        let (_another, begin) = (gate.enter().await, Instant::now());
        assert_eq!(patient(&patience).call(()).await.unwrap(), begin);
        assert_eq!(poll(&patience, &gate, 1).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_connect_timeout_that_is_shorter_fails_one_poll_and_not_all() {
        let (patience, gate) = (Patience { opened: Arc::new(AtomicUsize::new(99)) }, PollGate::default());
        let _two = (gate.enter().await, gate.enter().await);
        // The call is made inside: who calls a connector ahead of the poll has passed no gate.
        patiently(&gate, async { timeout(LIMIT / 2, patient(&patience).call(())).await }).await.unwrap_err();
        assert_eq!(poll(&patience, &gate, 1).await, AT_ONCE);
    }
}
