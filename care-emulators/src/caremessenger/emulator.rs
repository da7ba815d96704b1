//! The running emulator.

use crate::{
    caremessenger::{builder::EmulatorBuilder, controller::Controller, world::World},
    handle::{account_methods, emulator},
};

emulator! {
    /// A CareMessenger server in this process. Dropping it stops it. It dereferences to its [`Ground`](crate::Ground):
    /// the port, journal, fault plan and clock. Its [`controller`](Self::controller) acts as residents and
    /// administrators.
}

impl Emulator {
    /// The base URL before `/v2/…` and `/api-token-auth/`, such as `http://127.0.0.1:7004`, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}{}", self.url(), self.path_prefix())
    }

    account_methods!();

    /// Issues a token of the account, with the lifetime of those from a sign-in.
    #[must_use]
    pub fn token(&self) -> String {
        let now = self.world.now();
        self.world.state().tokens.issue(&self.world.settings, now)
    }
}
