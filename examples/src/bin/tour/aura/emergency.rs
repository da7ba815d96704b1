//! One emergency: the server where it happens, the person who called, and the control room.

use crate::checks::with_timeout;
use aura_client::{
    Aura, Callout, CalloutSession, CalloutStatus, CalloutUpdate, ClassificationId, EventRole, Fix, MemorySessionStore,
    MemoryTokenStore, NewCallout, NewUser, Reported, SessionStore, Updates,
};
use care_emulators::aura::{ControlError, Controller, Emulator};
use examples::{
    Failure, Reporter,
    aura::{self, UpdateReporter, status_of},
};
use futures_util::TryStreamExt;
use std::time::Duration;
use tokio::time::sleep;

/// An id in the form of a mail address, which is all that AURA requires.
const USER: &str = "tour@example.com";

/// A server, a client for one of its users, and the reporter.
pub(super) struct Setup<'t> {
    pub(super) reporter: &'t Reporter,
    pub(super) emulator: Emulator,
    pub(super) aura: Aura,
    pub(super) test: ClassificationId,
    pub(super) store: MemorySessionStore,
}

impl<'t> Setup<'t> {
    /// Does what an app's backend does once: registers the user, stores the token, lists the classifications.
    pub(super) async fn start(reporter: &'t Reporter) -> Result<Self, Failure> {
        let emulator = Emulator::start().await?;
        reporter.line(format!("AURA_BASE_URL is not set: using an emulator at {}.", emulator.url()));
        reporter.line(
            "It also simulates the control room and the responders. The HTTP is real; people and places are not.",
        );
        reporter
            .line("The left column says who acts. `status` and `update` are what the client reads from the server.");

        reporter.title("First, what an app's backend does once");
        let backend = Aura::builder()
            .base_url(emulator.url())
            .server_credentials(emulator.client_id(), emulator.client_secret())
            .token_store(MemoryTokenStore::new())
            // An app keeps the defaults: AURA recommends a poll every 10 to 20 s and a position every 10 s.
            .poll_interval(Duration::from_millis(80)..=Duration::from_millis(120))
            .location_interval(Duration::from_millis(80))
            .build()?;

        reporter.wait_for("registering a user");
        let user = backend.users().register(NewUser::new(USER, "tour-password")).await?;
        reporter.step("backend", "registers the app's user with AURA, with the server's credentials");
        if user.token.is_none() {
            backend.users().token(USER, "tour-password").await?;
        }
        reporter.step("backend", "stores the user's token, which every callout uses");
        let aura = backend.with_user(USER).await?;

        let list = aura.classifications().list().await?;
        let names: Vec<_> = list.iter().filter_map(|class| class.name.as_deref()).collect();
        reporter.step("backend", format!("lists the classifications: {}", names.join(" or ")));
        let test = list.test().ok_or_else(|| Failure::failed("AURA has no classification TEST"))?;
        reporter.step("backend", "chooses TEST: nobody is sent until a controller has verified the call");
        Ok(Self { reporter, emulator, aura, test, store: MemorySessionStore::new() })
    }
}

/// A callout in progress. Each step waits until the client has seen the previous one, so that no status is missed.
pub(super) struct Emergency<'s> {
    pub(super) setup: &'s Setup<'s>,
    pub(super) session: CalloutSession,
    controller: Controller,
    updates: Updates,
    update_reporter: UpdateReporter,
    end: End,
}

/// What happened.
#[derive(Default)]
pub(super) struct End {
    /// The statuses, in order.
    pub(super) statuses: Vec<CalloutStatus>,
    /// The number of the person's comments.
    pub(super) comments: usize,
    /// The number of positions that AURA accepted.
    pub(super) positions: usize,
    pub(super) dismissals: usize,
}

impl<'s> Emergency<'s> {
    /// The person calls for help: the documented callout.
    pub(super) async fn raise(setup: &'s Setup<'s>) -> Result<Self, Failure> {
        let reporter = setup.reporter;
        reporter.wait_for("creating the callout");
        reporter.step("person", "presses the panic button");
        let new = NewCallout::new(aura::customer(), aura::position())
            .classification(setup.test)
            .response_type(aura::response_type());
        let session = setup.aura.raise(new, &setup.store).await?;
        reporter.step("client", format!("creates callout {}, saves its id and follows it", session.id()));
        let (controller, updates) = (setup.emulator.controller(), session.updates());
        let mut emergency =
            Self { setup, session, controller, updates, update_reporter: UpdateReporter::new(), end: End::default() };
        emergency.until_status(&CalloutStatus::Created).await?;
        Ok(emergency)
    }

    /// The control room acts, and the action is reported.
    pub(super) fn control_room(
        &self,
        does: &str,
        action: impl FnOnce(&Controller, u64) -> Result<(), ControlError>,
    ) -> Result<(), Failure> {
        self.setup.reporter.step("control room", does);
        Ok(action(&self.controller, self.session.id().get())?)
    }

    /// Waits until a condition holds for the callout.
    pub(super) async fn until(&mut self, what: &str, is_so: impl Fn(&Callout) -> bool) -> Result<(), Failure> {
        self.until_update(what, |update| matches!(update, CalloutUpdate::Changed(callout) if is_so(callout))).await
    }

    pub(super) async fn until_status(&mut self, status: &CalloutStatus) -> Result<(), Failure> {
        self.until_update(status.as_str(), |update| status_of(update) == Some(status)).await
    }

    async fn until_update(&mut self, what: &str, is_it: impl Fn(&CalloutUpdate) -> bool) -> Result<(), Failure> {
        self.setup.reporter.wait_for(format!("polling callout {} for: {what}", self.session.id()));
        let awaited = async {
            while let Some(update) = self.updates.try_next().await? {
                self.update_reporter.report(&update, self.setup.reporter);
                if let Some(status) = status_of(&update)
                    && self.end.statuses.last() != Some(status)
                {
                    self.end.statuses.push(status.clone());
                }
                if is_it(&update) {
                    return Ok(());
                }
            }
            Err(Failure::failed(format!("the callout ended before: {what}")))
        };
        with_timeout(what, awaited).await
    }

    /// The person comments, and the comment appears among the callout's events.
    pub(super) async fn comment(&mut self, text: &str) -> Result<(), Failure> {
        self.session.comment(text).await?;
        self.end.comments += 1;
        self.until_message(EventRole::User, text).await
    }

    /// The control room sends a message, and the person reads it.
    pub(super) async fn receive_message(&mut self, text: &str) -> Result<(), Failure> {
        self.controller.send_message(self.session.id().get(), text)?;
        self.until_message(EventRole::Admin, text).await
    }

    async fn until_message(&mut self, role: EventRole, text: &str) -> Result<(), Failure> {
        let is_it = |update: &CalloutUpdate| match update {
            CalloutUpdate::Message(event) => event.role() == Some(&role) && event.body() == Some(text),
            _ => false,
        };
        self.until_update("a message", is_it).await
    }

    /// The phone measures its position, once per accuracy in metres, a few steps further each time.
    pub(super) async fn walk(&mut self, accuracies: &[f64]) -> Result<(), Failure> {
        self.setup.reporter.wait_for("sending positions");
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
            1 => "sends its position once".to_owned(),
            sent => format!("sends its position {sent} times"),
        };
        if dropped > 0 {
            line += &format!("; {dropped} positions with an accuracy of 50 m or worse were dropped");
        }
        self.setup.reporter.step("phone", line);
        Ok(())
    }

    async fn until_sent(&self) -> Result<(), Failure> {
        let sent = async {
            while self.session.location_progress().sent < self.end.positions as u64 {
                sleep(Duration::from_millis(2)).await;
            }
            Ok(())
        };
        with_timeout("sending a position", sent).await
    }

    /// The person dismisses the callout: a soft cancel.
    pub(super) async fn dismiss(&mut self) -> Result<(), Failure> {
        self.session.dismiss().await?;
        self.end.dismissals += 1;
        self.update_reporter.hide();
        Ok(())
    }

    /// Waits for the end, and checks that nothing is left to follow, that AURA has the positions, and that the statuses
    /// are as expected.
    pub(super) async fn closes(mut self, expected: &[CalloutStatus]) -> Result<End, Failure> {
        self.control_room("closes the callout", Controller::close)?;
        self.until_status(&CalloutStatus::Closed).await?;
        if self.end.statuses != expected {
            let (came, expected) = (listed(&self.end.statuses), listed(expected));
            return Err(Failure::failed(format!("the statuses were {came} instead of {expected}")));
        }
        if self.updates.try_next().await?.is_some() || !self.session.state().is_ended() {
            return Err(Failure::failed("the session continues after its callout was closed"));
        }
        if !self.setup.store.load().await.unwrap_or_default().is_empty() {
            return Err(Failure::failed("the closed callout is still in the session store"));
        }
        if self.controller.locations(self.session.id().get())?.len() != self.end.positions {
            return Err(Failure::failed("AURA has other positions than those sent"));
        }
        Ok(self.end)
    }
}

pub(super) fn listed(statuses: &[CalloutStatus]) -> String {
    statuses.iter().map(CalloutStatus::as_str).collect::<Vec<_>>().join(", ")
}
