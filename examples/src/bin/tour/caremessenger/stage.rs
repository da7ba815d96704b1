//! Where the story is played.

use super::{Hook, settled};
use care_emulators::caremessenger::{AttemptOutcome, Controller, Emulator, RESIDENT_ID, Schedule, Transcript};
use caremessenger_client::{CareMessenger, ProviderId, webhook::Notification};
use examples::{Failure, Teller, caremessenger};

/// A server with its residents, a client of it, and a receiver that it calls.
pub(super) struct Stage<'t> {
    pub(super) teller: &'t Teller,
    pub(super) emulator: Emulator,
    pub(super) portal: Controller,
    pub(super) care: CareMessenger,
    pub(super) hook: Hook,
}

impl<'t> Stage<'t> {
    /// Starts the server and the receiver.
    pub(super) async fn set(teller: &'t Teller) -> Result<Self, Failure> {
        let emulator = Emulator::builder().schedule(Schedule::default().skip_waits()).start().await?;
        teller.say(format!(
            "Neither CAREMESSENGER_USERNAME nor CAREMESSENGER_TOKEN is set, so an emulator plays CareMessenger's server, at {}.",
            emulator.base_url()
        ));
        teller.say(
            "It plays the residents too. Its clock jumps where CareMessenger would wait, so that minutes take no time.",
        );
        teller.say(
            "`receiver` is a server in this process, behind a real socket: it answers when its disk has the call.",
        );
        let (care, portal) = (caremessenger::client(&emulator)?, emulator.controller());
        let hook = Hook::open("duty desk", emulator.clock(), None).await?;
        Ok(Self { teller, emulator, portal, care, hook })
    }

    /// A resident calls; gives what became of the delivery, and what the receiver has of it.
    pub(super) async fn call(&self, provider: ProviderId) -> Result<(Transcript, Vec<Notification>), Failure> {
        let before = self.hook.calls().await?.len();
        self.teller.tell("resident", "presses the button on the television");
        let request = self.portal.request_assistance(provider.get(), RESIDENT_ID)?;
        if request.mailed.len() != 1 {
            return Err(Failure::failed(format!("{} mails went out for one mail address", request.mailed.len())));
        }
        settled(&self.portal).await?;
        let delivery = self.portal.deliveries().pop().filter(|delivery| delivery.request == Some(request.id));
        let delivery = delivery.ok_or_else(|| Failure::failed("the call wasn't delivered at all"))?;
        self.attempts(&delivery);
        Ok((delivery, self.hook.calls().await?.split_off(before)))
    }

    /// Tells all attempts; those with the same end in one line.
    fn attempts(&self, delivery: &Transcript) {
        for alike in delivery.attempts.chunk_by(|one, other| one.outcome == other.outcome) {
            let seconds: Vec<_> = alike.iter().map(|attempt| attempt.at.as_secs().to_string()).collect();
            let end = match alike[0].outcome {
                AttemptOutcome::Acknowledged(status) => format!("acknowledged with {}", status.as_u16()),
                AttemptOutcome::NoConnection => "nobody is there".to_owned(),
                AttemptOutcome::Dropped => "the receiver has answered, and the network loses that".to_owned(),
                other => format!("{other:?}"),
            };
            self.teller.tell("CareMessenger", format!("posts after {} s: {end}", seconds.join(", ")));
        }
    }
}
