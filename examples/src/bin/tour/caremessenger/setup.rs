//! The scenario's setup: the server and its clients.

use crate::caremessenger::{LocalReceiver, settled};
use care_emulators::caremessenger::{AttemptOutcome, Controller, Emulator, RESIDENT_ID, Schedule, Transcript};
use caremessenger_client::{CareMessenger, ProviderId, webhook::Notification};
use examples::{Failure, Reporter, caremessenger};

/// A server with its residents, a client of it, and a receiver that it calls.
pub(super) struct Setup<'t> {
    pub(super) reporter: &'t Reporter,
    pub(super) emulator: Emulator,
    pub(super) controller: Controller,
    pub(super) care: CareMessenger,
    pub(super) receiver: LocalReceiver,
}

impl<'t> Setup<'t> {
    /// Starts the server and the receiver.
    pub(super) async fn start(reporter: &'t Reporter) -> Result<Self, Failure> {
        let emulator = Emulator::builder().schedule(Schedule::default().skip_waits()).start().await?;
        reporter.line(format!(
            "CAREMESSENGER_USERNAME and CAREMESSENGER_TOKEN are not set: using an emulator at {}.",
            emulator.base_url()
        ));
        reporter.line(
            "It also simulates the residents. Its clock skips CareMessenger's waits, so that minutes take no time.",
        );
        reporter
            .line("`receiver` is a server in this process, behind a real socket: it answers once the call is on disk.");
        let (care, controller) = (caremessenger::client(&emulator)?, emulator.controller());
        let receiver = LocalReceiver::open("duty desk", emulator.clock(), None).await?;
        Ok(Self { reporter, emulator, controller, care, receiver })
    }

    /// A resident calls; returns the delivery and the calls that the receiver stored.
    pub(super) async fn call(&self, provider: ProviderId) -> Result<(Transcript, Vec<Notification>), Failure> {
        let before = self.receiver.calls().await?.len();
        self.reporter.step("resident", "presses the button on the television");
        let request = self.controller.request_assistance(provider.get(), RESIDENT_ID)?;
        if request.mailed.len() != 1 {
            return Err(Failure::failed(format!("{} mails were sent to one mail address", request.mailed.len())));
        }
        settled(&self.controller).await?;
        let delivery = self.controller.deliveries().pop().filter(|delivery| delivery.request == Some(request.id));
        let delivery = delivery.ok_or_else(|| Failure::failed("the call wasn't delivered at all"))?;
        self.attempts(&delivery);
        Ok((delivery, self.receiver.calls().await?.split_off(before)))
    }

    /// Reports all attempts, consecutive ones with the same result in one line.
    fn attempts(&self, delivery: &Transcript) {
        for alike in delivery.attempts.chunk_by(|one, other| one.outcome == other.outcome) {
            let seconds: Vec<_> = alike.iter().map(|attempt| attempt.at.as_secs().to_string()).collect();
            let end = match alike[0].outcome {
                AttemptOutcome::Acknowledged(status) => format!("acknowledged with {}", status.as_u16()),
                AttemptOutcome::NoConnection => "no connection".to_owned(),
                AttemptOutcome::Dropped => "the receiver answered, but the network lost the answer".to_owned(),
                other => format!("{other:?}"),
            };
            self.reporter.step("CareMessenger", format!("posts after {} s: {end}", seconds.join(", ")));
        }
    }
}
