//! CareMessenger: a resident presses the button, and the receiver has the call.

use crate::caremessenger::{Hook, settled};
use care_emulators::caremessenger::{Emulator, RESIDENT_ID, SITE_ID, Schedule};
use caremessenger_client::{NewAssistanceProvider, SiteId, webhook::Notification};
use examples::{Failure, Teller, caremessenger};

/// The call that is acted on.
pub(super) struct Call {
    /// All that was posted.
    posts: Vec<Notification>,
}

impl Call {
    pub(super) async fn receive(teller: &Teller) -> Result<Self, Failure> {
        let emulator = Emulator::builder().schedule(Schedule::default().skip_waits()).start().await?;
        let (care, portal) = (caremessenger::client(&emulator)?, emulator.controller());
        // Where the id stands in what the emulator posts. With it a repetition is known for certain.
        let hook = Hook::open("duty desk", emulator.clock(), Some("/id")).await?;
        let desk = NewAssistanceProvider::for_site(SiteId(SITE_ID), "Acacia Avenue, duty desk", "Duty desk")
            .email("Duty desk", "duty@example.com")
            .webhook("Duty desk", &hook.url);
        let ensured = care.assistance_providers().ensure(desk).await?;

        teller.tell("resident", "presses the button on the television, and the network is bad today");
        portal.delivery_faults().lose_answer();
        portal.request_assistance(ensured.provider().id.get(), RESIDENT_ID)?;
        settled(&portal).await?;
        let posts = hook.calls().await?;
        for post in &posts {
            teller.tell("receiver", format!("has stored: {}", caremessenger::call(post)));
        }
        match posts.iter().filter(|post| post.duplicate.needs_action()).count() {
            1 => Ok(Self { posts }),
            calls => Err(Failure::failed(format!("one call came as {calls}"))),
        }
    }

    /// What there is to be acted on.
    pub(super) fn to_act_on(&self) -> impl Iterator<Item = &Notification> {
        self.posts.iter().filter(|post| post.duplicate.needs_action())
    }

    pub(super) fn posts(&self) -> usize {
        self.posts.len()
    }
}
