//! The running emulator.

use crate::{
    handle::{account_methods, emulator},
    newfies::{
        builder::EmulatorBuilder,
        controller::{Controller, calls::ACTIONS},
        seed_data::{GATEWAY_ID, SMS_GATEWAY_ID, SURVEY_ID},
        world::World,
    },
};

emulator! {
    /// A Newfies-Dialer server in this process. Dropping it stops it. It dereferences to its [`Ground`](crate::Ground):
    /// the port, journal, fault plan and clock. Its [`controller`](Self::controller) acts as administrators, workers
    /// and called people.
}

impl Emulator {
    /// The actions of `POST /_emulator/alarms/{id}/{action}`. Each calls the method of [`Controller`] with this name,
    /// with underscores for hyphens.
    pub const ACTIONS: [&str; ACTIONS.len()] = {
        let mut names = [""; ACTIONS.len()];
        let mut n = 0;
        while n < names.len() {
            names[n] = ACTIONS[n].0;
            n += 1;
        }
        names
    };

    /// The base URL of the API, such as `http://127.0.0.1:7005/rest-api/`, with a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}{}/", self.url(), self.path_prefix())
    }

    account_methods!();

    /// The token of the default manager, for `Authorization: Token …`.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.world.settings.token
    }

    /// The link of the gateway [`GATEWAY_ID`].
    #[must_use]
    pub fn gateway_link(&self) -> String {
        format!("{}gateway/{GATEWAY_ID}/", self.base_url())
    }

    /// The link of the gateway [`SMS_GATEWAY_ID`].
    #[must_use]
    pub fn sms_gateway_link(&self) -> String {
        format!("{}sms-gateway/{SMS_GATEWAY_ID}/", self.base_url())
    }

    /// The link of the sealed survey [`SURVEY_ID`].
    #[must_use]
    pub fn survey_link(&self) -> String {
        format!("{}sealed-survey/{SURVEY_ID}/", self.base_url())
    }
}
