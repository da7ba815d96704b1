//! One call for help from the press of a button to its end, across restarts.
//!
//! [`Aura::raise`] saves a [`SessionState`] in a [`SessionStore`] before it creates the callout, and again with its id
//! before it returns. A task then follows the callout until it is closed: updates go to every reader ([`broadcast`]),
//! changes of the state to the store ([`persister`]). After a restart [`Aura::resume`] continues from a loaded state. A
//! store that fails or hangs never delays a call for help by more than two seconds; [`CalloutSession::unsaved`] says
//! why the state isn't saved.

mod broadcast;
mod driver;
mod file_store;
mod persister;
mod raise;
mod resume;
mod state;
mod store;

pub use broadcast::Updates;
pub use file_store::FileSessionStore;
pub use resume::ResumeSession;
pub use state::{SessionKey, SessionPhase, SessionState};
pub use store::{MemorySessionStore, SessionStore};

use crate::{
    callouts::{Callout, CalloutSummary, Comment, Fix},
    client::Aura,
    ids::CalloutId,
    report::{LocationReporter, ReportProgress, Reported},
};
use care_client_core::{Call, Error, StoreError};
use driver::Driver;
use std::{fmt, sync::Arc};

/// A callout that is being followed. [`Aura::raise`] starts it, [`Aura::resume`] continues it after a restart. Clones
/// share the same session.
///
/// A task follows the callout until it is closed, and keeps its [`SessionState`] saved. **Dropping the session stops
/// nothing**: help is still on its way, and polling and sending positions continue. Only [`abandon`](Self::abandon)
/// stops them.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Maintaining Callout State",
/// <https://docs.aura.services/integration-guidelines.html>.
#[derive(Clone)]
pub struct CalloutSession(Arc<Driver>);

impl CalloutSession {
    /// The callout's id.
    #[must_use]
    pub fn id(&self) -> CalloutId {
        self.0.id
    }

    /// The callout in short, as last seen; `None` after a resumption until the first poll succeeds.
    #[must_use]
    pub fn summary(&self) -> Option<CalloutSummary> {
        self.0.broadcast.summary()
    }

    /// The callout as last seen, if the client [keeps](crate::AuraBuilder::keep_last_callout) it; `None` otherwise, and
    /// after a resumption until the first poll succeeds. [`updates`](Self::updates) yields it at every change.
    #[must_use]
    pub fn callout(&self) -> Option<Callout> {
        self.0.broadcast.callout()
    }

    /// The updates, beginning with what is known already. The stream ends when the callout is closed, as a
    /// [`Watch`](crate::Watch) does. There may be several readers, each with its own stream.
    pub fn updates(&self) -> Updates {
        self.0.broadcast.reader()
    }

    /// Reports where the person is; see [`LocationReporter`]. Call it with every fix, after a dismissal too, until the
    /// callout is closed.
    ///
    /// # Errors
    ///
    /// As [`LocationReporter::report`](crate::LocationReporter::report).
    pub fn report_location(&self, fix: Fix) -> Result<Reported, Error> {
        self.0.reporter.report(fix)
    }

    /// How many positions were sent, dropped and lost so far.
    #[must_use]
    pub fn location_progress(&self) -> ReportProgress {
        self.0.reporter.progress()
    }

    /// The reporter behind [`report_location`](Self::report_location), to change its settings and to see its progress.
    /// Clones share the same reporter.
    #[must_use]
    pub fn location_reporter(&self) -> LocationReporter {
        self.0.reporter.clone()
    }

    /// Sends a message to the control room, whose answers come with [`updates`](Self::updates). It is sent once, as
    /// [`Callouts::comment`](crate::Callouts::comment).
    #[doc(alias = "say")]
    pub fn comment(&self, text: impl Into<String>) -> Call<Comment> {
        self.0.aura.callouts().comment(self.id(), text)
    }

    /// Cancels softly, and saves that the person did: show the callout as gone. **Help, polling and sending positions
    /// continue** until a controller closes it, since the person may have been forced to cancel.
    ///
    /// # Errors
    ///
    /// As [`Callouts::dismiss`](crate::Callouts::dismiss); it isn't saved then, and may be tried again.
    pub async fn dismiss(&self) -> Result<(), Error> {
        let driver = Arc::clone(&self.0);
        // In a task: a dismissal that was sent is saved even if the caller stops waiting for it.
        let work = tokio::spawn(async move {
            driver.aura.callouts().dismiss(driver.id).await?;
            driver.persister.update(SessionState::set_dismissed).await;
            Ok(())
        });
        work.await
            .unwrap_or_else(|_| Err(Error::unknown("the task that dismisses the callout was aborted or panicked")))
    }

    /// The state to save, as it is now. With a store it is saved there already.
    #[must_use]
    pub fn state(&self) -> SessionState {
        self.0.persister.state()
    }

    /// Why the newest state could not be saved; `None` if it is saved. The callout is followed all the same, but a
    /// restart would lose it: save [`state`](Self::state) elsewhere, and show the id to a person.
    #[must_use]
    pub fn unsaved(&self) -> Option<Arc<StoreError>> {
        self.0.persister.unsaved()
    }

    /// Stops following the callout and sending positions for good, across restarts too. It doesn't cancel help, and
    /// sends nothing to AURA.
    pub async fn abandon(self) {
        self.0.stop();
        self.0.persister.update(|state| state.set_phase(SessionPhase::Ended)).await;
    }
}

impl fmt::Debug for CalloutSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CalloutSession").field("state", &self.state()).finish_non_exhaustive()
    }
}

impl Aura {
    /// Starts the session that follows a callout.
    fn session(&self, id: CalloutId, persister: persister::Persister, known: Option<Callout>) -> CalloutSession {
        CalloutSession(Driver::start(self.clone(), id, persister, known))
    }
}
