//! All deliveries of an emulator.

use crate::{
    caremessenger::delivery::{
        faults::DeliveryFaults,
        handler::{Handler, Receivers},
        job::Job,
        payload::Payload,
        schedule::Schedule,
        transcript::{Transcript, TranscriptWriter},
    },
    clock::Clock,
    lock::lock,
};
use std::{fmt, sync::Mutex};
use tokio::{runtime::Handle, sync::watch, task::JoinSet};

/// A delivery to start.
pub(crate) struct PendingDelivery {
    pub(crate) request: u64,
    pub(crate) notifier: u64,
    pub(crate) url: String,
    pub(crate) payload: Payload,
}

/// Runs deliveries and keeps their transcripts. Dropping it aborts the deliveries in flight.
pub(crate) struct Dispatch {
    schedule: Schedule,
    clock: Clock,
    receivers: Receivers,
    faults: DeliveryFaults,
    runtime: Handle,
    tasks: Mutex<JoinSet<()>>,
    logs: Mutex<Vec<TranscriptWriter>>,
    running: watch::Sender<usize>,
}

impl fmt::Debug for Dispatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dispatch")
    }
}

/// Counts a delivery as running until it is dropped.
struct RunningGuard(watch::Sender<usize>);

impl Drop for RunningGuard {
    fn drop(&mut self) {
        self.0.send_modify(|running| *running -= 1);
    }
}

impl Dispatch {
    /// Must be called within a tokio runtime.
    pub(crate) fn new(schedule: Schedule, clock: Clock) -> Self {
        Self {
            schedule,
            clock,
            receivers: Receivers::default(),
            faults: DeliveryFaults::default(),
            runtime: Handle::current(),
            tasks: Mutex::default(),
            logs: Mutex::default(),
            running: watch::Sender::new(0),
        }
    }

    pub(crate) fn connect(&self, url_start: String, handler: Handler) {
        self.receivers.add(url_start, handler);
    }

    pub(crate) fn faults(&self) -> DeliveryFaults {
        self.faults.clone()
    }

    /// Starts a delivery.
    pub(crate) fn send(&self, due: PendingDelivery) {
        let PendingDelivery { request, notifier, url, payload } = due;
        let log = TranscriptWriter::new(Some(request), Some(notifier));
        lock(&self.logs).push(log.clone());
        self.running.send_modify(|running| *running += 1);
        let runs = RunningGuard(self.running.clone());
        let job = Job {
            url,
            payload,
            schedule: self.schedule.clone(),
            receivers: self.receivers.clone(),
            faults: self.faults.clone(),
            clock: self.clock.clone(),
        };
        let mut tasks = lock(&self.tasks);
        // A finished task stays in the set until it is joined.
        while tasks.try_join_next().is_some() {}
        tasks.spawn_on(
            async move {
                let _runs = runs;
                job.run(log).await;
            },
            &self.runtime,
        );
    }

    pub(crate) fn transcripts(&self) -> Vec<Transcript> {
        lock(&self.logs).iter().map(TranscriptWriter::read).collect()
    }

    /// Waits until no delivery is in flight.
    pub(crate) async fn settled(&self) {
        // This can't fail: the sender lives as long as this value.
        let _ = self.running.subscribe().wait_for(|running| *running == 0).await;
    }
}
