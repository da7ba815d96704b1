//! Engagement: the family asks, an agent answers, and the conversation is closed when all is over.

use crate::patience::patiently;
use care_emulators::engagement::{Emulator, NewContent};
use engagement_client::{ContentId, Engagement, InterventionId};
use examples::{Failure, Teller, engagement};

pub(super) struct Family {
    emulator: Emulator,
    engagement: Engagement,
    id: InterventionId,
}

impl Family {
    /// Lets the family ask, and an agent answer.
    pub(super) async fn tell(teller: &Teller) -> Result<Self, Failure> {
        let emulator = Emulator::start().await?;
        let (engagement, room) = (engagement::client(&emulator).build()?, emulator.controller());
        let content = ContentId::from(room.add_content(NewContent::new())?);
        teller.tell("daughter", "writes: My mother has pressed her button, and doesn't pick up the phone");
        let opened = async { Ok(engagement.interventions().create(&content).await?) };
        let opened = patiently("the opening", opened).await?;
        teller.tell("client", format!("opens intervention {} on that in Engagement", opened.id));
        room.reply(opened.id.as_str())?;
        teller.tell("agent", "replies: Somebody is on the way to her");
        Ok(Self { emulator, engagement, id: opened.id })
    }

    pub(super) async fn hears_the_end(&self, teller: &Teller) -> Result<(), Failure> {
        self.emulator.controller().reply(self.id.as_str())?;
        teller.tell("agent", "replies: She has fallen and is well, the responder has helped her up");
        let closed = async { Ok(self.engagement.interventions().close_confirmed(&self.id).await?) };
        let closed = patiently("the closing", closed).await?;
        if !closed.intervention.is_closed() || !self.emulator.controller().intervention(self.id.as_str())?.closed {
            return Err(Failure::failed("the intervention isn't closed"));
        }
        teller.tell("Engagement", engagement::intervention(&closed.intervention));
        Ok(())
    }

    /// How many interventions there are.
    pub(super) fn made(&self) -> usize {
        self.emulator.controller().interventions().len()
    }
}
