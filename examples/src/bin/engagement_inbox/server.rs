use crate::{demo, progress::Progress};
use care_emulators::engagement::Emulator;
use engagement_client::{Engagement, Interventions};
use examples::{
    Failure,
    engagement::{self, LiveEngagement},
};

/// Whom the program talks to.
pub(crate) struct Server {
    engagement: Engagement,
    /// Kept here because it stops when it is dropped.
    _emulator: Option<Emulator>,
}

impl Server {
    /// Takes the server that the environment names, else starts an emulator with customers and agents.
    pub(crate) async fn choose(live: Option<LiveEngagement>, progress: &Progress) -> Result<Self, Failure> {
        match live {
            Some(live) => {
                let engagement = live.builder().build()?;
                progress.note(&format!("{} is set: this talks to {}.", live.variable(), live.server()));
                Ok(Self { engagement, _emulator: None })
            }
            None => {
                let emulator = Emulator::start().await?;
                demo::fill(&emulator)?;
                let engagement = engagement::client(&emulator).build()?;
                progress.note(
                    "No ENGAGEMENT_BASE_URL is set, so an emulator in this process plays Engagement's server. All of this is made \
                     up; for yours, see --help.",
                );
                Ok(Self { engagement, _emulator: Some(emulator) })
            }
        }
    }

    pub(crate) fn interventions(&self) -> Interventions<'_> {
        self.engagement.interventions()
    }
}
