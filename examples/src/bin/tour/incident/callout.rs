//! AURA: help is called for the resident and arrives.

use crate::{checks::with_timeout, incident::Call};
use aura_client::{
    Aura, CalloutClass, CalloutId, CalloutSession, CalloutStatus, MemorySessionStore, NewCallout, Updates,
};
use care_emulators::aura::{ControlError, Controller, Emulator};
use examples::{
    Failure, Reporter,
    aura::{self, UpdateReporter, status_of},
};
use futures_util::TryStreamExt;
use std::time::Duration;

pub(super) struct Callout {
    emulator: Emulator,
    session: CalloutSession,
    updates: Updates,
    update_reporter: UpdateReporter,
}

impl Callout {
    /// Raises a callout for each call that isn't certainly a redelivery.
    pub(super) async fn raise(reporter: &Reporter, call: &Call) -> Result<Self, Failure> {
        let emulator = Emulator::start().await?;
        let aura = Aura::builder()
            .base_url(emulator.url())
            .user_token(emulator.issue_user_token("duty@example.com"))
            .poll_interval(Duration::from_millis(40)..=Duration::from_millis(60))
            .build()?;
        let mut raised = None;
        for post in call.to_act_on() {
            let new = NewCallout::new(aura::customer(), aura::position()).classification(CalloutClass::Test);
            let session = aura.raise(new, &MemorySessionStore::new()).await?;
            reporter.step(
                "client",
                format!("raises TEST callout {} with AURA for the call to the {}", session.id(), post.notifier),
            );
            raised = Some(session);
        }
        let session = raised.ok_or_else(|| Failure::failed("no callout was raised"))?;
        let updates = session.updates();
        let mut callout = Self { emulator, session, updates, update_reporter: UpdateReporter::new() };
        with_timeout("the callout", callout.until(&CalloutStatus::Created, reporter)).await?;
        Ok(callout)
    }

    pub(super) fn id(&self) -> CalloutId {
        self.session.id()
    }

    /// The control room sends somebody; follows the callout until it is closed.
    pub(super) async fn comes(&mut self, reporter: &Reporter) -> Result<(), Failure> {
        let controller = self.emulator.controller();
        type Act = fn(&Controller, u64) -> Result<(), ControlError>;
        let acts: [(&str, &[Act], CalloutStatus); 4] = [
            (
                "phones back and dispatches the nearest responder",
                &[Controller::verify, Controller::dispatch],
                CalloutStatus::ResponderDispatched,
            ),
            ("hears from the responder: arrived", &[Controller::arrive], CalloutStatus::ResponderArrived),
            ("hears from the responder: completed", &[Controller::complete], CalloutStatus::ResponderCompleted),
            ("closes the callout", &[Controller::close], CalloutStatus::Closed),
        ];
        for (does, acts, status) in acts {
            reporter.step("control room", does);
            acts.iter().try_for_each(|act| act(&controller, self.session.id().get()))?;
            with_timeout(status.as_str(), self.until(&status, reporter)).await?;
        }
        Ok(())
    }

    async fn until(&mut self, status: &CalloutStatus, reporter: &Reporter) -> Result<(), Failure> {
        while let Some(update) = self.updates.try_next().await? {
            self.update_reporter.report(&update, reporter);
            if status_of(&update) == Some(status) {
                return Ok(());
            }
        }
        Err(Failure::failed(format!("the callout ended before it was `{status}`")))
    }

    /// The number of callouts.
    pub(super) fn made(&self) -> usize {
        self.emulator.controller().callouts().len()
    }
}
