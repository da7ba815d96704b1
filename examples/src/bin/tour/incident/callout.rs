//! AURA: help is called to the resident, and comes.

use super::Call;
use crate::patience::patiently;
use aura_client::{
    Aura, CalloutClass, CalloutId, CalloutSession, CalloutStatus, CalloutUpdate, MemorySessionStore, NewCallout,
    Updates,
};
use care_emulators::aura::{ControlError, Controller, Emulator};
use examples::{Failure, Teller, aura, aura::News};
use futures_util::TryStreamExt;
use std::time::Duration;

pub(super) struct Callout {
    emulator: Emulator,
    session: CalloutSession,
    updates: Updates,
    news: News,
}

impl Callout {
    /// Raises a callout for each call that isn't certainly a repetition.
    pub(super) async fn raise(teller: &Teller, call: &Call) -> Result<Self, Failure> {
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
            teller.tell(
                "client",
                format!("raises TEST callout {} with AURA for what came to the {}", session.id(), post.notifier),
            );
            raised = Some(session);
        }
        let session = raised.ok_or_else(|| Failure::failed("no callout was raised"))?;
        let updates = session.updates();
        let mut callout = Self { emulator, session, updates, news: News::new() };
        patiently("the callout", callout.until(&CalloutStatus::Created, teller)).await?;
        Ok(callout)
    }

    pub(super) fn id(&self) -> CalloutId {
        self.session.id()
    }

    /// Lets the control room send somebody, and follows the callout until it is closed.
    pub(super) async fn comes(&mut self, teller: &Teller) -> Result<(), Failure> {
        let room = self.emulator.controller();
        type Act = fn(&Controller, u64) -> Result<(), ControlError>;
        let acts: [(&str, &[Act], CalloutStatus); 4] = [
            (
                "phones back, and dispatches the nearest responder",
                &[Controller::verify, Controller::dispatch],
                CalloutStatus::ResponderDispatched,
            ),
            ("hears from the responder: arrived", &[Controller::arrive], CalloutStatus::ResponderArrived),
            ("hears from the responder: completed", &[Controller::complete], CalloutStatus::ResponderCompleted),
            ("closes the callout", &[Controller::close], CalloutStatus::Closed),
        ];
        for (does, acts, status) in acts {
            teller.tell("control room", does);
            acts.iter().try_for_each(|act| act(&room, self.session.id().get()))?;
            patiently(status.as_str(), self.until(&status, teller)).await?;
        }
        Ok(())
    }

    async fn until(&mut self, status: &CalloutStatus, teller: &Teller) -> Result<(), Failure> {
        while let Some(update) = self.updates.try_next().await? {
            self.news.tell(&update, teller);
            let is_so = match &update {
                CalloutUpdate::Summary(callout) => callout.status == *status,
                CalloutUpdate::Changed(callout) => callout.status == *status,
                _ => false,
            };
            if is_so {
                return Ok(());
            }
        }
        Err(Failure::failed(format!("the callout has ended before it was `{status}`")))
    }

    /// How many callouts there are.
    pub(super) fn made(&self) -> usize {
        self.emulator.controller().callouts().len()
    }
}
