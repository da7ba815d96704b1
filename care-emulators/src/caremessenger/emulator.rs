//! The emulator's handle.

use crate::{
    caremessenger::{builder::EmulatorBuilder, controller::Controller, world::World},
    handle::{account_methods, emulator},
};

emulator! {
    /// A CareMessenger server in this process. It stops when it is dropped. Its port, journal, fault plan and clock are those of its
    /// [`Harness`](crate::Harness), its residents and the vendor's portal those of its [`controller`](Self::controller).
}

impl Emulator {
    /// What stands before `/v2/…` and `/api-token-auth/`, such as `http://127.0.0.1:7004`, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}{}", self.url(), self.path_prefix())
    }

    account_methods!();

    /// A new token of the account, valid for as long as those that a sign-in gives.
    #[must_use]
    pub fn token(&self) -> String {
        let now = self.world.now();
        self.world.state().tokens.issue(&self.world.settings, now)
    }
}
