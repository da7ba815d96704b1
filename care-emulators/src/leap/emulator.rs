//! The emulator's handle.

use super::builder::EmulatorBuilder;
use super::controller::Controller;
use super::world::World;
use crate::handle::{account_methods, emulator};

emulator! {
    /// A LEAP server in this process. It stops when it is dropped. Its port, journal, fault plan and clock are those of its
    /// [`Harness`](crate::Harness), its customers and agents those of its [`controller`](Self::controller).
}

impl Emulator {
    /// The address of the API, such as `http://127.0.0.1:7002/api/v1/`, with a slash at its end.
    #[must_use]
    pub fn root(&self) -> String {
        format!("{}{}/", self.url(), self.path_prefix())
    }

    account_methods!();
}
