//! One call for help from the press of a button to its end, over restarts.

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

use crate::{Aura, Callout, Comment, Fix, LocationReporter, ReportProgress, Reported, ids::CalloutId};
use care_client_core::{Call, Error, StoreError};
use driver::Driver;
use std::{fmt, sync::Arc};

/// A callout that is being followed: by [`Aura::raise`] from its creation on, by [`Aura::resume`] after a restart. Clones are
/// the same session.
///
/// A task follows the callout until it is closed, and keeps its [`SessionState`] saved. **Dropping the session stops
/// nothing**: help goes on, and so do polling and sending positions. Only [`abandon`](Self::abandon) stops them.
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

    /// The callout as last seen; `None` after a resumption, before the first poll has come through.
    #[must_use]
    pub fn callout(&self) -> Option<Callout> {
        self.0.broadcast.callout()
    }

    /// The news, beginning with what is known already. It ends when the callout is closed, as a [`Watch`](crate::Watch)
    /// does. There may be several readers, each with its own stream.
    pub fn updates(&self) -> Updates {
        self.0.broadcast.reader()
    }

    /// Hands over where the person is; see [`LocationReporter`]. Call it with every fix, also after
    /// a dismissal, until the callout is closed.
    ///
    /// # Errors
    ///
    /// As [`LocationReporter::report`](crate::LocationReporter::report).
    pub fn report_location(&self, fix: Fix) -> Result<Reported, Error> {
        self.0.reporter.report(fix)
    }

    /// What became of the positions so far.
    #[must_use]
    pub fn location_progress(&self) -> ReportProgress {
        self.0.reporter.progress()
    }

    /// The reporter behind [`report_location`](Self::report_location), to set what it takes, and to see what became of the
    /// positions. Clones report to the same place.
    #[must_use]
    pub fn location_reporter(&self) -> LocationReporter {
        self.0.reporter.clone()
    }

    /// Says something to the control room; its answers come with [`updates`](Self::updates). As
    /// [`Callouts::comment`](crate::Callouts::comment), it is sent once.
    pub fn say(&self, text: impl Into<String>) -> Call<Comment> {
        self.0.aura.callouts().comment(self.id(), text)
    }

    /// Cancels softly, and notes that the person did: show the callout as gone. **Help, polling and sending positions go on**
    /// until a controller has closed it, for the cancellation may have been forced.
    ///
    /// # Errors
    ///
    /// As [`Callouts::dismiss`](crate::Callouts::dismiss); it isn't noted then, and may be tried again.
    pub async fn dismiss(&self) -> Result<(), Error> {
        let driver = Arc::clone(&self.0);
        // A task of its own: a dismissal that was sent is noted, even if the caller stopped waiting for it.
        let work = tokio::spawn(async move {
            driver.aura.callouts().dismiss(driver.id).await?;
            driver.persister.update(SessionState::set_dismissed).await;
            Ok(())
        });
        work.await.unwrap_or_else(|_| Err(Error::unknown("the task that dismisses the callout broke off")))
    }

    /// What to keep of it, as it is now. With a store it is saved there already.
    #[must_use]
    pub fn state(&self) -> SessionState {
        self.0.persister.state()
    }

    /// Why the newest state could not be saved, if it couldn't: the callout goes on, but a restart would lose it. Keep
    /// [`state`](Self::state) in another way, and show the id to somebody.
    #[must_use]
    pub fn unsaved(&self) -> Option<Arc<StoreError>> {
        self.0.persister.unsaved()
    }

    /// Stops following the callout and sending positions, for good, also after a restart. It doesn't cancel help, and AURA is
    /// told nothing.
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
    /// What a session uses: created callouts are followed from here on.
    fn session(&self, id: CalloutId, persister: persister::Persister, known: Option<Callout>) -> CalloutSession {
        CalloutSession(Driver::start(self.clone(), id, Arc::new(persister), known))
    }
}
