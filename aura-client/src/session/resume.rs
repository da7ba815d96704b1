use super::{
    CalloutSession,
    persister::Persister,
    state::{SessionPhase, SessionState},
    store::SessionStore,
};
use crate::{Aura, NewCallout};
use care_client_core::{BoxFuture, Endpoint, Error};
use std::{borrow::Borrow, fmt, future::IntoFuture, sync::Arc};

/// Goes on with a saved session when it is awaited. Made by [`Aura::resume`].
#[must_use = "nothing is resumed until it is awaited"]
pub struct ResumeSession {
    aura: Aura,
    state: SessionState,
    store: Option<Arc<dyn SessionStore>>,
}

impl Aura {
    /// Goes on with a callout after a restart, also after a dismissal: polls at once (many that are resumed together spread
    /// over one interval), tells the callout and all that was said, and takes positions again. The client must act for the
    /// same user as before; [`SessionState::label`] helps to find out who that was.
    ///
    /// Without [`with_store`](ResumeSession::with_store) the state and its later changes aren't saved.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use aura_client::{Fix, MemorySessionStore, NewCallout, NewCustomer};
    /// # let emulator = care_emulators::aura::Emulator::start().await?;
    /// # let token = emulator.issue_user_token("id_1@example.com");
    /// # let aura = aura_client::Aura::builder().base_url(emulator.url()).user_token(token).build()?;
    /// # let store = MemorySessionStore::new();
    /// # let new = NewCallout::new(NewCustomer::new("Alex", "Example", "+12025550103"), Fix::new(-26.1, 28.05));
    /// # let id = aura.raise(new, &store).await?.id();
    /// use aura_client::{Outcome, SessionStore};
    ///
    /// for state in store.load().await? {
    ///     match aura.resume(&state).with_store(&store).await {
    ///         Ok(session) => println!("callout {} goes on", session.id()),
    ///         Err(error) if error.outcome() == Outcome::Unknown => {
    ///             // The program stopped while the callout was created. Ask the person; then forget it:
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
    /// Of a session that was [`Creating`](SessionPhase::Creating) nobody knows whether its callout exists: the error's outcome
    /// is [`Unknown`](crate::Outcome::Unknown), and nothing is ever created again. Once the person was asked, save
    /// [`state.ended()`](SessionState::ended).
    /// [`Kind::Request`](crate::Kind::Request) if it has ended. A server that can't be reached is no error: the session waits
    /// for it.
    pub fn resume(&self, state: impl Borrow<SessionState>) -> ResumeSession {
        ResumeSession { aura: self.clone(), state: state.borrow().clone(), store: None }
    }
}

impl ResumeSession {
    /// Saves the state in this store, where it came from, now and at every change.
    pub fn with_store<S: SessionStore + Clone + 'static>(mut self, store: &S) -> Self {
        self.store = Some(Arc::new(store.clone()));
        self
    }
}

impl IntoFuture for ResumeSession {
    type Output = Result<CalloutSession, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            match self.state.phase() {
                SessionPhase::Active(id) => {
                    let persister = Persister::new(self.store, self.state);
                    persister.save().await;
                    Ok(self.aura.session(id, persister, None))
                }
                SessionPhase::Creating => Err(Error::unknown(
                    "the program stopped while this callout was created, and AURA has no way to ask whether it exists: let the \
                     person decide, or phone the control room",
                )
                .in_operation(NewCallout::OPERATION)),
                SessionPhase::Ended => {
                    Err(Error::request("this session has ended: raise a new callout if help is needed again"))
                }
            }
        })
    }
}

impl fmt::Debug for ResumeSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResumeSession")
            .field("state", &self.state)
            .field("stored", &self.store.is_some())
            .finish_non_exhaustive()
    }
}
