//! One emergency: the person who called, and the control room.

use super::{embedded::listed, stage::Stage};
use crate::patience::patiently;
use aura_client::{
    Callout, CalloutSession, CalloutStatus, CalloutUpdate, EventRole, Fix, NewCallout, Reported, SessionStore, Updates,
};
use care_emulators::aura::{ControlError, Controller};
use examples::{Failure, aura, aura::News};
use futures_util::TryStreamExt;
use std::time::Duration;
use tokio::time::sleep;

/// A callout that is being played. Each step waits until the client has seen the step before, so that no status is missed.
pub(super) struct Emergency<'s> {
    pub(super) stage: &'s Stage<'s>,
    pub(super) session: CalloutSession,
    room: Controller,
    updates: Updates,
    news: News,
    end: End,
}

/// What became of it.
#[derive(Default)]
pub(super) struct End {
    /// The statuses as they came.
    pub(super) statuses: Vec<CalloutStatus>,
    /// How often the person said something.
    pub(super) comments: usize,
    /// How many positions AURA took.
    pub(super) positions: usize,
    pub(super) dismissals: usize,
}

impl<'s> Emergency<'s> {
    /// The person calls for help: the documented callout.
    pub(super) async fn raise(stage: &'s Stage<'s>) -> Result<Self, Failure> {
        let teller = stage.teller;
        teller.wait_for("creating the callout");
        teller.tell("person", "presses the panic button");
        let new = NewCallout::new(aura::customer(), aura::position())
            .classification(stage.test)
            .response_type(aura::response_type());
        let session = stage.aura.raise(new, &stage.store).await?;
        teller
            .tell("client", format!("has created callout {}, saved its id, and follows it from now on", session.id()));
        let (room, updates) = (stage.emulator.controller(), session.updates());
        let mut emergency = Self { stage, session, room, updates, news: News::new(), end: End::default() };
        emergency.until_status(&CalloutStatus::Created).await?;
        Ok(emergency)
    }

    /// The control room does something, and what it does is told.
    pub(super) fn room(
        &self,
        does: &str,
        action: impl FnOnce(&Controller, u64) -> Result<(), ControlError>,
    ) -> Result<(), Failure> {
        self.stage.teller.tell("control room", does);
        Ok(action(&self.room, self.session.id().get())?)
    }

    /// Waits for the callout to be as described.
    pub(super) async fn until(&mut self, what: &str, is_so: impl Fn(&Callout) -> bool) -> Result<(), Failure> {
        self.until_told(what, |update| matches!(update, CalloutUpdate::Changed(callout) if is_so(callout))).await
    }

    pub(super) async fn until_status(&mut self, status: &CalloutStatus) -> Result<(), Failure> {
        let is_so = |update: &CalloutUpdate| status_of(update) == Some(status);
        self.until_told(status.as_str(), is_so).await
    }

    async fn until_told(&mut self, what: &str, is_it: impl Fn(&CalloutUpdate) -> bool) -> Result<(), Failure> {
        self.stage.teller.wait_for(format!("polling callout {} for: {what}", self.session.id()));
        let told = async {
            while let Some(update) = self.updates.try_next().await? {
                self.news.tell(&update, self.stage.teller);
                if let Some(status) = status_of(&update)
                    && self.end.statuses.last() != Some(status)
                {
                    self.end.statuses.push(status.clone());
                }
                if is_it(&update) {
                    return Ok(());
                }
            }
            Err(Failure::failed(format!("the callout has ended before this came: {what}")))
        };
        patiently(what, told).await
    }

    /// The person says something, and sees it come back with the callout's events.
    pub(super) async fn say(&mut self, text: &str) -> Result<(), Failure> {
        self.session.comment(text).await?;
        self.end.comments += 1;
        self.until_heard(EventRole::User, text).await
    }

    /// The control room says something, and the person reads it.
    pub(super) async fn hear(&mut self, text: &str) -> Result<(), Failure> {
        self.room.say(self.session.id().get(), text)?;
        self.until_heard(EventRole::Admin, text).await
    }

    async fn until_heard(&mut self, role: EventRole, text: &str) -> Result<(), Failure> {
        let heard = |update: &CalloutUpdate| matches!(update, CalloutUpdate::Message(event) if event.role() == Some(&role) && event.body() == Some(text));
        self.until_told("a message", heard).await
    }

    /// The phone measures where it is, once for each accuracy in metres, a few steps further each time.
    pub(super) async fn walk(&mut self, accuracies: &[f64]) -> Result<(), Failure> {
        self.stage.teller.wait_for("sending positions");
        let before = self.session.location_progress().dropped;
        for (steps, accuracy) in (0_u8..).zip(accuracies) {
            let start = aura::position();
            let fix = Fix::new(start.latitude() + f64::from(steps) * 1e-5, start.longitude()).accuracy(*accuracy);
            if self.session.report_location(fix)? == Reported::Queued {
                self.end.positions += 1;
                self.until_sent().await?;
            }
        }
        let dropped = self.session.location_progress().dropped - before;
        let mut line = match accuracies.len() as u64 - dropped {
            1 => "says where it is, once".to_owned(),
            sent => format!("says where it is, {sent} times"),
        };
        if dropped > 0 {
            line += &format!("; {dropped} more positions could be off by 50 m or more, and were dropped");
        }
        self.stage.teller.tell("phone", line);
        Ok(())
    }

    async fn until_sent(&self) -> Result<(), Failure> {
        let sent = async {
            while self.session.location_progress().sent < self.end.positions as u64 {
                sleep(Duration::from_millis(2)).await;
            }
            Ok(())
        };
        patiently("a position's sending", sent).await
    }

    /// The person dismisses the callout: a soft cancel.
    pub(super) async fn dismiss(&mut self) -> Result<(), Failure> {
        self.session.dismiss().await?;
        self.end.dismissals += 1;
        self.news.hide();
        Ok(())
    }

    /// Waits for the end, and checks that nothing is left to follow, that AURA has the positions, and that the statuses came
    /// as they should.
    pub(super) async fn closes(mut self, expected: &[CalloutStatus]) -> Result<End, Failure> {
        self.room("closes the callout", Controller::close)?;
        self.until_status(&CalloutStatus::Closed).await?;
        if self.end.statuses != expected {
            let (came, expected) = (listed(&self.end.statuses), listed(expected));
            return Err(Failure::failed(format!("the statuses came as {came}, and should have been {expected}")));
        }
        if self.updates.try_next().await?.is_some() || !self.session.state().is_ended() {
            return Err(Failure::failed("the session goes on after its callout was closed"));
        }
        if !self.stage.store.load().await.unwrap_or_default().is_empty() {
            return Err(Failure::failed("the closed callout is still in the session store"));
        }
        if self.room.locations(self.session.id().get())?.len() != self.end.positions {
            return Err(Failure::failed("AURA has other positions than were sent"));
        }
        Ok(self.end)
    }
}

fn status_of(update: &CalloutUpdate) -> Option<&CalloutStatus> {
    match update {
        CalloutUpdate::Summary(callout) => Some(&callout.status),
        CalloutUpdate::Changed(callout) => Some(&callout.status),
        _ => None,
    }
}
