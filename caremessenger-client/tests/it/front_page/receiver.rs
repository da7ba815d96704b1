use caremessenger_client::webhook::{self, FileJournal, Notification, Receiver, Sink};
use caremessenger_client::{BoxFuture, StoreError};
use tokio::{net::TcpListener, sync::mpsc::UnboundedSender};

/// Keeps each call in a file, and hands it on then.
struct Desk {
    journal: FileJournal,
    calls: UnboundedSender<Notification>,
}

impl Sink for Desk {
    fn store<'a>(&'a self, call: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.journal.store(call).await?; // the disk has it; only now it is acknowledged
            let _ = self.calls.send(call.clone()); // act on it elsewhere, after the answer
            Ok(())
        })
    }
}

async fn receiver(
    path: &str,
    secret: &str,
    calls: UnboundedSender<Notification>,
) -> Result<Receiver, Box<dyn std::error::Error>> {
    let journal = FileJournal::open(path)?;
    let receiver = webhook::receiver(Desk { journal: journal.clone(), calls })
        .notifier("duty desk", secret) // the last segment of the URL that was registered
        .on_failure(|error| eprintln!("a call is not stored, or lacks its mark: {error}"))
        .build()?;
    receiver.remember_journal(&journal).await?; // so that repetitions are marked
    Ok(receiver)
}

/// Runs until `stop` resolves, and answers what is in hand by then.
async fn serve(
    receiver: Receiver,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    receiver.serve(listener).with_shutdown(stop).await;
}
