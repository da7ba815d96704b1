use bytes::Bytes;
use caremessenger_client::webhook::{FileJournal, Receiver};
use http::{Request, Response};

async fn receiver(path: &str, secret: &str) -> Result<(FileJournal, Receiver), Box<dyn std::error::Error>> {
    let journal = FileJournal::open(path)?;
    let receiver = Receiver::builder(journal.clone())
        .notifier("duty desk", secret) // the last segment of the URL that was registered
        .on_failure(|error| eprintln!("a call for help is not stored, or lacks its mark: {error}"))
        .build()?;
    receiver.remember(&journal.read().await?.notifications).await?; // so that their repetitions are marked
    Ok((journal, receiver))
}

/// What your web framework calls for each request.
async fn on_request(receiver: &Receiver, request: Request<Bytes>) -> Response<Bytes> {
    receiver.handle(request).await // 200 after the disk has it, 503 if it could not be stored
}

/// What you act on: after the answer, and not before it. The file only grows, so the new calls are those behind the ones that are
/// `done`; gives how many are done by now.
async fn calls(journal: &FileJournal, done: usize) -> std::io::Result<usize> {
    let calls = journal.read().await?.notifications;
    for call in calls.iter().skip(done).filter(|call| call.duplicate.needs_action()) {
        println!("{}: a call for {}, {} bytes", call.received_at, call.notifier, call.body.len());
    }
    Ok(calls.len())
}
