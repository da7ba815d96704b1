//! The emulator's handle.

use super::accounts::Holder;
use super::builder::EmulatorBuilder;
use super::controller::{ACTIONS, Controller};
use super::world::World;
use crate::handle::emulator;

emulator! {
    /// An AURA server in this process. It stops when it is dropped. Its port, journal, fault plan and clock are those of its
    /// [`Ground`](crate::Ground), its control room is its [`controller`](Self::controller).
}

impl Emulator {
    /// The actions of the control room that `POST /_emulator/callouts/{id}/{action}` knows; each does what the method of
    /// [`Controller`] with this name does, with underscores for its hyphens.
    pub const ACTIONS: [&str; ACTIONS.len()] = {
        let mut names = [""; ACTIONS.len()];
        let mut n = 0;
        while n < names.len() {
            names[n] = ACTIONS[n].0;
            n += 1;
        }
        names
    };

    /// The client id that it accepts.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.world.settings.client_id
    }

    /// The client secret that it accepts.
    #[must_use]
    pub fn client_secret(&self) -> &str {
        &self.world.settings.client_secret
    }

    /// Issues a user token for `email`, as a log-in does; who isn't registered yet is registered with a password that nobody knows.
    #[must_use]
    pub fn issue_user_token(&self, email: &str) -> String {
        let holder = Holder::User(email.into());
        {
            let mut state = self.world.state();
            // An empty password is refused wherever one is asked for. Who is registered already stays as they are.
            let _ = state.accounts.register(email, "", self.world.clock.now());
        }
        self.world.issue(&holder).text
    }

    /// Issues a server token, as `POST /oauth/token` does.
    #[must_use]
    pub fn issue_server_token(&self) -> String {
        self.world.issue(&Holder::Server).text
    }

    /// Refuses all tokens that were issued until now, with 401.
    pub fn revoke_tokens(&self) {
        self.world.state().accounts.revoke_all();
    }
}
