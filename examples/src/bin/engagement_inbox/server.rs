//! The server that is read, or an emulator with made-up interventions.

use crate::Progress;
use care_emulators::engagement::{AGENT_ID, Emulator, NewAgent};
use engagement_client::{Engagement, Interventions};
use examples::{
    Failure,
    engagement::{self, LiveEngagement},
};
use std::time::Duration;

/// The server, and a client of it.
pub(crate) struct Server {
    engagement: Engagement,
    /// Held because dropping it stops it.
    _emulator: Option<Emulator>,
}

impl Server {
    /// Uses the server that the environment names, or starts an emulator with customers and agents.
    pub(crate) async fn choose(live: Option<LiveEngagement>, progress: &Progress) -> Result<Self, Failure> {
        match live {
            Some(live) => {
                let engagement = live.builder().build()?;
                progress.note(&format!("{} is set: using {}.", live.variable(), live.server()));
                Ok(Self { engagement, _emulator: None })
            }
            None => {
                let emulator = Emulator::start().await?;
                fill(&emulator)?;
                let engagement = engagement::client(&emulator).build()?;
                progress.note(
                    "ENGAGEMENT_BASE_URL is not set: using an emulator with made-up interventions. For a real account, \
                     see --help.",
                );
                Ok(Self { engagement, _emulator: Some(emulator) })
            }
        }
    }

    pub(crate) fn interventions(&self) -> Interventions<'_> {
        self.engagement.interventions()
    }
}

/// The number of interventions.
const ALL: usize = 40;
const CATEGORIES: [&str; 3] = ["5d10aa0be4b0a20001c0de01", "5d10aa0be4b0a20001c0de02", "5d10aa0be4b0a20001c0de03"];
/// The time between two of them.
const STEP: Duration = Duration::from_secs(20);
const DAY: Duration = Duration::from_secs(86_400);

/// Fills an emulator with interventions of the last minutes.
fn fill(emulator: &Emulator) -> Result<(), Failure> {
    let controller = emulator.controller();
    let agents = [AGENT_ID.to_owned(), controller.add_agent(NewAgent::new()), controller.add_agent(NewAgent::new())];
    for number in 0..ALL {
        let id = controller.open_new();
        controller.reassign(&id, &agents[number % agents.len()])?;
        controller.categorize(&id, &CATEGORIES[..number % (CATEGORIES.len() + 1)])?;
        controller.set_custom_field(&id, "order_number", format!("A-{}", 1000 + number))?;
        emulator.clock().advance(STEP);
        let replies = number % 3;
        for _ in 0..replies {
            controller.reply(&id)?;
        }
        if replies == 2 && number % 4 == 0 {
            controller.close(&id)?;
        } else if number % 11 == 3 {
            controller.defer(&id, emulator.clock().now() + DAY)?;
        }
    }
    Ok(())
}
