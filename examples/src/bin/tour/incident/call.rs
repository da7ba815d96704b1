//! CareMessenger: a resident presses the button, and the receiver stores the call.

use crate::caremessenger::{LocalReceiver, settled};
use care_emulators::caremessenger::{Emulator, RESIDENT_ID, SITE_ID, Schedule};
use caremessenger_client::{NewAssistanceProvider, SiteId, webhook::Notification};
use examples::{Failure, Reporter, caremessenger};

/// The received call.
pub(super) struct Call {
    /// Everything that was posted.
    posts: Vec<Notification>,
}

impl Call {
    pub(super) async fn receive(reporter: &Reporter) -> Result<Self, Failure> {
        let emulator = Emulator::builder().schedule(Schedule::default().skip_waits()).start().await?;
        let (care, controller) = (caremessenger::client(&emulator)?, emulator.controller());
        // The place of the id in the emulator's posts. It identifies a redelivery with certainty.
        let receiver = LocalReceiver::open("duty desk", emulator.clock(), Some("/id")).await?;
        let desk = NewAssistanceProvider::for_site(SiteId(SITE_ID), "Acacia Avenue, duty desk", "Duty desk")
            .email("Duty desk", "duty@example.com")
            .webhook("Duty desk", &receiver.url);
        let ensured = care.assistance_providers().ensure(desk).await?;

        reporter.step("resident", "presses the button on the television; the connection is bad");
        controller.delivery_faults().lose_answer();
        controller.request_assistance(ensured.provider().id.get(), RESIDENT_ID)?;
        settled(&controller).await?;
        let posts = receiver.calls().await?;
        for post in &posts {
            reporter.step("receiver", format!("has stored: {}", caremessenger::describe_call(post)));
        }
        match posts.iter().filter(|post| post.duplicate.needs_action()).count() {
            1 => Ok(Self { posts }),
            calls => Err(Failure::failed(format!("one call was received as {calls}"))),
        }
    }

    /// The posts to act on.
    pub(super) fn to_act_on(&self) -> impl Iterator<Item = &Notification> {
        self.posts.iter().filter(|post| post.duplicate.needs_action())
    }

    pub(super) fn posts(&self) -> usize {
        self.posts.len()
    }
}
