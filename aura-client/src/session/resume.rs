//! Continuing a session after a restart. Nothing is ever created again: a session that was being created when the
//! program stopped is an error of unknown outcome, for a person to decide.

use super::{
    CalloutSession,
    persister::Persister,
    state::{SessionPhase, SessionState},
    store::SessionStore,
};
use crate::{callouts::NewCallout, client::Aura};
use care_client_core::{Endpoint, Error, workflow::impl_into_future};
use std::{borrow::Borrow, fmt, sync::Arc};

/// Continues a saved session. Made by [`Aura::resume`].
#[must_use = "nothing is resumed until it is awaited"]
pub struct ResumeSession {
    aura: Aura,
    state: SessionState,
    store: Option<Arc<dyn SessionStore>>,
}

impl Aura {
    /// Follows a callout again after a restart, after a dismissal too: polls at once (many that are resumed together
    /// spread over one interval), reports the callout and all of its messages, and takes positions again. The client
    /// must act for the same user as before; [`SessionState::label`] helps to find that user.
    ///
    /// Without [`with_store`](ResumeSession::with_store) later changes of the state aren't saved.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use aura_client::{Fix, MemorySessionStore, NewCallout, NewCustomer};
    /// # let emulator = care_emulators::aura::Emulator::start().await?;
    /// # let token = emulator.issue_user_token("id_1@example.com");
    /// # let aura = aura_client::Aura::builder().base_url(emulator.url()).user_token(token).build()?;
    /// # let store = MemorySessionStore::new();
    /// # let customer = NewCustomer::new("Alex", "Example", "+12025550103");
    /// # let new = NewCallout::new(customer, Fix::new(-26.1, 28.05));
    /// # let id = aura.raise(new, &store).await?.id();
    /// use aura_client::{Outcome, SessionStore};
    ///
    /// for state in store.load().await? {
    ///     match aura.resume(&state).with_store(&store).await {
    ///         Ok(session) => println!("following callout {} again", session.id()),
    ///         Err(error) if error.outcome() == Outcome::Unknown => {
    ///             // The program stopped while the callout was created. Ask the person, then:
    ///             println!("{}", error.report());
    ///             store.save(&state.ended()).await?;
    ///         }
    ///         Err(error) => return Err(error.into()),
    ///     }
    /// }
    /// # let _ = id;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Outcome::Unknown`](crate::Outcome::Unknown) for a session in the phase [`Creating`](SessionPhase::Creating):
    /// its callout may or may not exist, and is never created again. Once the person was asked, save
    /// [`state.ended()`](SessionState::ended). [`Kind::Request`](crate::Kind::Request) for one that has ended. An
    /// unreachable server is no error: the session waits for it.
    pub fn resume(&self, state: impl Borrow<SessionState>) -> ResumeSession {
        ResumeSession { aura: self.clone(), state: state.borrow().clone(), store: None }
    }
}

impl ResumeSession {
    /// Saves the state in this store, which it was loaded from, now and at every change.
    pub fn with_store<S: SessionStore + Clone + 'static>(mut self, store: &S) -> Self {
        self.store = Some(Arc::new(store.clone()));
        self
    }
}

impl ResumeSession {
    async fn run(self) -> Result<CalloutSession, Error> {
        match self.state.phase() {
            SessionPhase::Active(id) => {
                let persister = Persister::new(self.store, self.state);
                persister.save().await;
                Ok(self.aura.session(id, persister, None))
            }
            SessionPhase::Creating => Err(Error::unknown(
                "the program stopped while this callout was being created, and AURA can't be asked whether it \
                 exists: let \
                 the person decide, or phone the control room",
            )
            .in_operation(NewCallout::OPERATION)),
            SessionPhase::Ended => {
                Err(Error::request("this session has ended: raise a new callout if help is needed again"))
            }
        }
    }
}

impl_into_future!(ResumeSession => CalloutSession);

impl fmt::Debug for ResumeSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResumeSession")
            .field("state", &self.state)
            .field("stored", &self.store.is_some())
            .finish_non_exhaustive()
    }
}
