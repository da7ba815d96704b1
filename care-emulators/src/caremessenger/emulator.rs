//! The emulator's handle.

use std::io;
use std::ops::Deref;
use std::sync::Arc;

use super::builder::EmulatorBuilder;
use super::controller::Controller;
use super::world::World;
use crate::ground::Ground;
use crate::unseen::Unseen;

/// A CareMessenger server in this process. It stops when it is dropped. Its port, journal, fault plan and clock are those of its [`Ground`].
#[derive(Debug)]
pub struct Emulator {
    pub(super) ground: Ground,
    pub(super) world: Unseen<Arc<World>>,
}

impl Deref for Emulator {
    type Target = Ground;

    fn deref(&self) -> &Ground {
        &self.ground
    }
}

impl Emulator {
    /// Starts one with the defaults of [`EmulatorBuilder`], on a free port of 127.0.0.1. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// The system gives no port.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A builder, to start one that differs from the defaults.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::new()
    }

    /// What stands before `/v2/…` and `/api-token-auth/`, such as `http://127.0.0.1:7004`, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}{}", self.url(), self.path_prefix())
    }

    /// The user name that it accepts.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.world.settings.username
    }

    /// The password that it accepts.
    #[must_use]
    pub fn password(&self) -> &str {
        &self.world.settings.password
    }

    /// A new token of the account, valid for as long as those that a sign-in gives.
    #[must_use]
    pub fn token(&self) -> String {
        let now = self.world.now();
        self.world.state().tokens.issue(&self.world.settings, now)
    }

    /// Its residents, and the vendor's portal.
    #[must_use]
    pub fn controller(&self) -> Controller {
        Controller::new(self.world.0.clone())
    }
}
