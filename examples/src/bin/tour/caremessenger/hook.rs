//! A receiver of calls for help, behind a real socket.

use crate::patience::patiently;
use care_emulators::{Clock, caremessenger::Controller};
use caremessenger_client::webhook::{FileJournal, Notification};
use examples::{
    Failure,
    caremessenger::{Notifiers, made_up_secret},
};
use std::net::Ipv4Addr;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

/// It stores first and answers after. It listens until it is dropped, and its file is removed then.
pub(crate) struct Hook {
    /// The URL to register.
    pub(crate) url: String,
    journal: FileJournal,
    server: JoinHandle<()>,
    _folder: TempDir,
}

impl Hook {
    /// Begins to listen for calls to this notifier.
    pub(crate) async fn open(notifier: &str, clock: Clock, id_pointer: Option<&str>) -> Result<Self, Failure> {
        let (secret, folder) = (made_up_secret(), TempDir::new()?);
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

    /// All calls that the disk has, in the order of arrival.
    pub(crate) async fn calls(&self) -> Result<Vec<Notification>, Failure> {
        Ok(self.journal.read().await?.notifications)
    }
}

/// Waits until nothing is on its way to a receiver any more.
pub(crate) async fn settled(portal: &Controller) -> Result<(), Failure> {
    let settled = async {
        portal.settled().await;
        Ok(())
    };
    patiently("the end of the deliveries", settled).await
}

impl Drop for Hook {
    fn drop(&mut self) {
        self.server.abort();
    }
}
