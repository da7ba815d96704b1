//! Raising a callout: look its classification up, save, create once, save the id, follow.

use super::{
    CalloutSession,
    persister::Persister,
    state::{SessionPhase, SessionState},
    store::SessionStore,
};
use crate::{
    callouts::{ClassifiedCallout, NewCallout},
    classifications::{CalloutClass, ClassificationList},
    client::Aura,
    ids::ClassificationId,
};
use care_client_core::{Endpoint, Error, Kind, Outcome, RetryPolicy};
use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

impl Aura {
    /// Calls for help, and follows the callout until it is closed.
    ///
    /// 1. A classification by name is looked up. If that fails, a real callout is created without one; a test isn't
    ///    sent.
    /// 2. The state `Creating` is saved in `store` before anything is sent.
    /// 3. The callout is created, once.
    /// 4. Its id is saved, before this returns.
    /// 5. A task follows it.
    ///
    /// Steps 2 to 5 run to their end even if the future of this method is dropped. A store that fails doesn't stop
    /// them: see [`CalloutSession::unsaved`].
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use std::time::Duration;
    /// # let emulator = care_emulators::aura::Emulator::builder().autoplay(Duration::from_millis(20));
    /// # let emulator = emulator.start().await?;
    /// # let token = emulator.issue_user_token("id_1@example.com");
    /// # let aura = aura_client::Aura::builder().base_url(emulator.url()).user_token(token)
    /// #     .poll_interval(Duration::from_millis(5)..Duration::from_millis(10)).build()?;
    /// use aura_client::{
    ///     CalloutClass, CalloutUpdate, Fix, MemorySessionStore, NewCallout, NewCustomer,
    /// };
    /// use futures_util::TryStreamExt;
    ///
    /// let store = MemorySessionStore::new(); // a FileSessionStore in production
    /// let customer = NewCustomer::new("Alex", "Example", "+12025550103");
    /// let here = Fix::new(-26.100054, 28.051).accuracy(50.0);
    /// let new = NewCallout::new(customer, here).classification(CalloutClass::Real);
    /// let session = aura.raise(new, &store).await?;
    ///
    /// session.report_location(here.accuracy(12.0))?; // with every fix of the phone
    /// session.comment("The gate is open").await?;
    /// let mut updates = session.updates();
    /// while let Some(update) = updates.try_next().await? {
    ///     if let CalloutUpdate::Changed(callout) = update {
    ///         println!("{}", callout.status);
    ///     }
    /// }
    /// assert!(session.state().is_ended());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Callouts::create`](crate::Callouts::create). After [`Outcome::Unknown`] and [`Outcome::Completed`] the
    /// state stays in the store as [`Creating`](SessionPhase::Creating), so that a person can be asked; after any other
    /// error it is removed again, if the store can.
    pub async fn raise<S>(&self, new: impl Into<ClassifiedCallout>, store: &S) -> Result<CalloutSession, Error>
    where
        S: SessionStore + Clone + 'static,
    {
        let named = |error: Error| error.in_operation(NewCallout::OPERATION);
        let new = new.into();
        new.new.checked().map_err(named)?;
        let new = self.classified(new).await.map_err(named)?.guarded(self.shared.test_mode);
        new.checked().map_err(named)?;
        let persister = Persister::new(Some(Arc::new(store.clone())), SessionState::creating(new.own_label()));
        // In a task: the answer with the id must not get lost if the caller stops waiting for it.
        let work = tokio::spawn(create_saved(self.clone(), new, persister));
        work.await.unwrap_or_else(|_| {
            let why =
                "the task that creates the callout was aborted: the program is ending, or the session store panicked";
            Err(named(Error::unknown(why)))
        })
    }
}

async fn create_saved(aura: Aura, new: NewCallout, persister: Persister) -> Result<CalloutSession, Error> {
    persister.save().await;
    match aura.callouts().create(new).await {
        Ok(callout) => {
            persister.update(|state| state.set_phase(SessionPhase::Active(callout.id))).await;
            Ok(aura.session(callout.id, persister, Some(callout)))
        }
        Err(error) => {
            // The cached classification may be the reason.
            aura.forget_classifications();
            if error.outcome() <= Outcome::Refused {
                persister.update(|state| state.set_phase(SessionPhase::Ended)).await;
            }
            Err(error)
        }
    }
}

/// The error of a test that can't be marked as one.
fn test_not_sent(why: &str) -> Error {
    let error = Error::request(format!(
        "could not look up AURA's classification TEST, so the test was not sent, since it would have called a \
         responder; {why}"
    ));
    error.after_reads()
}

/// A lookup that hangs must not delay a call for help for longer than this.
const LOOKUP_LIMIT: Duration = Duration::from_secs(3);

impl Aura {
    /// Replaces a classification given by name with AURA's id.
    ///
    /// A failed lookup never delays a real callout: the id is optional, so it is left out. A test that can't be marked
    /// as one isn't sent: it would send a responder to nobody.
    pub(super) async fn classified(&self, classified: ClassifiedCallout) -> Result<NewCallout, Error> {
        let class = classified.class();
        let new = classified.new;
        match class {
            None => Ok(new),
            // Test mode refuses it without a request.
            Some(CalloutClass::Real) if self.shared.test_mode.is_some() => Ok(new.classified(None)),
            Some(CalloutClass::Real) => {
                let id = self.class_id(ClassificationList::real).await.ok().flatten();
                Ok(new.classified(id))
            }
            Some(CalloutClass::Test) => {
                if let Some(id) = self.shared.test_mode {
                    return Ok(new.classified(Some(id)));
                }
                match self.class_id(ClassificationList::test).await {
                    Ok(Some(id)) => Ok(new.classified(Some(id))),
                    Ok(None) => Err(test_not_sent("its list has none: give the id")),
                    Err(why) => Err(test_not_sent(&self.why_not_looked_up(&why)).with_source(why)),
                }
            }
        }
    }

    /// Why the classifications could not be looked up, and what to do.
    fn why_not_looked_up(&self, why: &Error) -> String {
        let refused = why.cause().filter(|_| why.kind() == Kind::Auth).unwrap_or(why);
        if why.kind() == Kind::Auth && refused.kind() == Kind::Api && !refused.is_transient() {
            "AURA refused ClientId and ClientSecret: check that they are those of this environment".to_owned()
        } else if why.is_unauthorized() {
            let credentials = self.for_any.credentials_name().unwrap_or("the credentials".into());
            format!("AURA refused {credentials}: check that it is of this environment and has not expired")
        } else if why.is_forbidden() {
            "these credentials may not read the classifications: give the id".to_owned()
        } else if why.is_transient() {
            "try again, or give the id".to_owned()
        } else {
            "give the id".to_owned()
        }
    }

    /// Makes the next callout look the classifications up again.
    pub(super) fn forget_classifications(&self) {
        *self.shared.classifications.lock().unwrap_or_else(PoisonError::into_inner) = ClassificationList::default();
    }

    async fn class_id(
        &self,
        find: fn(&ClassificationList) -> Option<ClassificationId>,
    ) -> Result<Option<ClassificationId>, Error> {
        let kept = || self.shared.classifications.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = find(&kept()) {
            return Ok(Some(id));
        }
        let lookup = self.classifications().list().with_timeout(LOOKUP_LIMIT).with_retry(RetryPolicy::never());
        let list = lookup.await?;
        let id = find(&list);
        *kept() = list;
        Ok(id)
    }
}
