//! The emulator's handle.

use crate::{
    engagement::{
        builder::EmulatorBuilder,
        controller::{Controller, interventions::ACTIONS},
        world::World,
    },
    handle::emulator,
};

emulator! {
    /// An Engagement server in this process. It stops when it is dropped. Its port, journal, fault plan and clock are those of its
    /// [`Harness`](crate::Harness), its agents and customers those of its [`controller`](Self::controller).
}

impl Emulator {
    /// The actions that `POST /_emulator/interventions/{id}/{action}` knows; each does what the method of [`Controller`] with this name
    /// does, with underscores for its hyphens.
    pub const ACTIONS: [&str; ACTIONS.len()] = {
        let mut names = [""; ACTIONS.len()];
        let mut n = 0;
        while n < names.len() {
            names[n] = ACTIONS[n].0;
            n += 1;
        }
        names
    };

    /// The address of the API, such as `http://127.0.0.1:7003/1.0`, without a slash at its end.
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
