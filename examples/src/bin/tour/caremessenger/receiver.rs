//! A receiver of calls for help, behind a real socket.

use crate::checks::with_timeout;
use care_emulators::{Clock, caremessenger::Controller};
use caremessenger_client::webhook::{FileJournal, Notification};
use examples::{
    Failure,
    caremessenger::{Notifiers, random_secret},
};
use std::net::Ipv4Addr;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

/// A receiver that stores a call before it answers. It listens until it is dropped, and then removes its file.
pub(crate) struct LocalReceiver {
    /// The URL to register.
    pub(crate) url: String,
    journal: FileJournal,
    server: JoinHandle<()>,
    _folder: TempDir,
}

impl LocalReceiver {
    /// Starts listening for calls to this notifier.
    pub(crate) async fn open(notifier: &str, clock: Clock, id_pointer: Option<&str>) -> Result<Self, Failure> {
        let (secret, folder) = (random_secret(), TempDir::new()?);
        let journal = FileJournal::open(folder.path().join("calls.jsonl"))?;
        let mut builder = Notifiers::from((notifier, &*secret)).receiver(journal.clone()).clock(move || clock.now());
        if let Some(pointer) = id_pointer {
            builder = builder.id_pointer(pointer);
        }
        let receiver = builder.build()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}/care/{secret}", listener.local_addr()?);
        let server = tokio::spawn(receiver.serve(listener).into_future());
        Ok(Self { url, journal, server, _folder: folder })
    }

    /// All stored calls, in the order of arrival.
    pub(crate) async fn calls(&self) -> Result<Vec<Notification>, Failure> {
        Ok(self.journal.read().await?.notifications)
    }
}

/// Waits until all deliveries have ended.
pub(crate) async fn settled(controller: &Controller) -> Result<(), Failure> {
    let settled = async {
        controller.settled().await;
        Ok(())
    };
    with_timeout("the end of the deliveries", settled).await
}

impl Drop for LocalReceiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}
