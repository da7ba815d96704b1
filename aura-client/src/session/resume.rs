use super::{
    CalloutSession,
    keeper::Keeper,
    state::{SessionPhase, SessionState},
    store::SessionStore,
};
use crate::{Aura, NewCallout};
use care_client_core::{BoxFuture, Endpoint, Error};
use std::{fmt, future::IntoFuture, sync::Arc};

/// Goes on with a saved session when it is awaited. Made by [`Aura::resume`].
#[must_use = "nothing is resumed until it is awaited"]
pub struct ResumeSession {
    aura: Aura,
    state: SessionState,
    store: Option<Arc<dyn SessionStore>>,
}

impl Aura {
    /// Goes on with a callout after a restart: polls at once, tells what is new, and sends positions again, also after a
    /// dismissal. The client must act for the same user as before.
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
    /// # let new = NewCallout::new(NewCustomer::new("Alex", "Example", "+12025550103"), Fix::new(-26.1, 28.05));
    /// # let id = aura.raise(new, &store).await?.id();
    /// use aura_client::{Outcome, SessionStore};
    ///
    /// for state in store.load().await.map_err(|error| error.to_string())? {
    ///     match aura.resume(state).with_store(&store).await {
    ///         Ok(session) => println!("callout {} goes on", session.id()),
    /// #       // (the next arm is for a crash while the callout was created)
    ///         Err(error) if error.outcome() == Outcome::Unknown => println!("ask the person: {error}"),
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
    /// is [`Unknown`](crate::Outcome::Unknown), and nothing is ever created again.
    /// [`Kind::Request`](crate::Kind::Request) if it has ended. A server that can't be reached is no error: the session waits
    /// for it.
    pub fn resume(&self, state: SessionState) -> ResumeSession {
        ResumeSession { aura: self.clone(), state, store: None }
    }
}

impl ResumeSession {
    /// Saves later changes in this store, where the state came from.
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
                    Ok(self.aura.session(id, Keeper::new(self.store, self.state), None))
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
