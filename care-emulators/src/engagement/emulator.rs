//! The running emulator.

use crate::{
    engagement::{
        builder::EmulatorBuilder,
        controller::{Controller, interventions::ACTIONS},
        world::World,
    },
    handle::emulator,
};

emulator! {
    /// An Engagement server in this process. Dropping it stops it. It dereferences to its [`Ground`](crate::Ground):
    /// the port, journal, fault plan and clock. Its [`controller`](Self::controller) acts as agents and customers.
}

impl Emulator {
    /// The actions of `POST /_emulator/interventions/{id}/{action}`. Each calls the method of [`Controller`] with this
    /// name, with underscores for hyphens.
    pub const ACTIONS: [&str; ACTIONS.len()] = {
        let mut names = [""; ACTIONS.len()];
        let mut n = 0;
        while n < names.len() {
            names[n] = ACTIONS[n].0;
            n += 1;
        }
        names
    };

    /// The base URL of the API, such as `http://127.0.0.1:7003/1.0`, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}{}", self.url(), self.path_prefix())
    }

    /// The token of the agent [`AGENT_ID`](super::AGENT_ID).
    #[must_use]
    pub fn access_token(&self) -> &str {
        &self.world.settings.access_token
    }
}
