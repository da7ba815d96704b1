//! Engagement: the family asks, an agent answers, and the conversation is closed at the end.

use crate::checks::with_timeout;
use care_emulators::engagement::{Emulator, NewContent};
use engagement_client::{ContentId, Engagement, InterventionId};
use examples::{Failure, Reporter, engagement};

pub(super) struct Family {
    emulator: Emulator,
    engagement: Engagement,
    id: InterventionId,
}

impl Family {
    /// The family asks, and an agent answers.
    pub(super) async fn run(reporter: &Reporter) -> Result<Self, Failure> {
        let emulator = Emulator::start().await?;
        let (engagement, controller) = (engagement::client(&emulator).build()?, emulator.controller());
        let content = ContentId::from(controller.add_content(NewContent::new())?);
        reporter.step("daughter", "writes: My mother has pressed her button, and doesn't pick up the phone");
        let opened = async { Ok(engagement.interventions().create(&content).await?) };
        let opened = with_timeout("opening the intervention", opened).await?;
        reporter.step("client", format!("opens intervention {} on that message in Engagement", opened.id));
        controller.reply(opened.id.as_str())?;
        reporter.step("agent", "replies: Somebody is on the way to her");
        Ok(Self { emulator, engagement, id: opened.id })
    }

    pub(super) async fn hears_the_end(&self, reporter: &Reporter) -> Result<(), Failure> {
        self.emulator.controller().reply(self.id.as_str())?;
        reporter.step("agent", "replies: She has fallen and is well, the responder has helped her up");
        let closed = async { Ok(self.engagement.interventions().close_confirmed(&self.id).await?) };
        let closed = with_timeout("closing the intervention", closed).await?;
        if !closed.intervention.is_closed() || !self.emulator.controller().intervention(self.id.as_str())?.closed {
            return Err(Failure::failed("the intervention isn't closed"));
        }
        reporter.step("Engagement", engagement::describe(&closed.intervention));
        Ok(())
    }

    /// The number of interventions.
    pub(super) fn made(&self) -> usize {
        self.emulator.controller().interventions().len()
    }
}
