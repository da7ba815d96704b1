//! Users of your system, and their tokens.

mod obtain_token;
mod register;
mod token;

pub use obtain_token::ObtainUserToken;
pub use register::{NewUser, RegisteredUser};
pub use token::FetchUserToken;

use crate::client::{Aura, RAW};
use care_client_core::{Call, Endpoint, RequestParts, Secret};
use std::fmt;

/// Users of your system in AURA. Made by [`Aura::users`]; all operations need the server's credentials.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Differentiating Token Types",
/// <https://docs.aura.services/integration-guidelines.html>.
#[derive(Clone, Copy)]
pub struct Users<'c> {
    pub(crate) aura: &'c Aura,
}

impl Users<'_> {
    /// Registers a user: `POST /oauth/user`.
    ///
    /// Returns the user's token if the answer has one (the guide shows no answer), and then saves it in the
    /// [`token_store`](crate::AuraBuilder::token_store) under the mail address. Otherwise fetch one with
    /// [`token`](Self::token).
    ///
    /// # Errors
    ///
    /// It is [`Safety::Once`](crate::Safety::Once). After [`Outcome::Unknown`](crate::Outcome::Unknown) the user may
    /// exist: ask for its token before you register it again.
    pub fn register(self, user: NewUser) -> ObtainUserToken<NewUser> {
        let email = user.email().to_owned();
        ObtainUserToken::new(self.aura, &email, self.aura.for_users.call(user), |user| user.token.as_ref())
    }

    /// Fetches a user's token: **unverified**. AURA's pages name a password grant for users and show neither its path
    /// nor its body (defect [`AURA-33`](crate::defects)); this posts `email` and `password` to
    /// [`user_token_path`](crate::AuraBuilder::user_token_path).
    ///
    /// The token lives for about 500 years and is saved in the [`token_store`](crate::AuraBuilder::token_store), so
    /// fetch it once.
    ///
    /// # Errors
    ///
    /// [`Kind::Api`](crate::Kind::Api) if the password is refused or the path is wrong.
    pub fn token(self, email: impl Into<String>, password: impl Into<Secret>) -> ObtainUserToken<FetchUserToken> {
        let grant = FetchUserToken::new(email.into(), password.into(), &self.aura.shared.user_token_path);
        let email = grant.email().to_owned();
        ObtainUserToken::new(self.aura, &email, self.aura.public.call(grant), |token| Some(token))
    }

    /// Sends any other request with the server's credentials, such as the subscription operations that the guide names
    /// without a path (defect [`AURA-34`](crate::defects)). It is [`Safety::Once`](crate::Safety::Once) unless set
    /// otherwise.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::aura::Emulator::start().await?;
    /// # let aura = aura_client::Aura::builder().base_url(emulator.url())
    /// #     .server_credentials(emulator.client_id(), emulator.client_secret()).build()?;
    /// use aura_client::{RequestParts, Safety};
    ///
    /// let subscription = RequestParts::get(["subscriptions", "7"]);
    /// let answer = aura.users().raw(subscription).with_safety(Safety::Read).await;
    /// assert!(answer.unwrap_err().is_not_found()); // the emulator has no such path either
    /// # Ok(()) }
    /// ```
    pub fn raw(self, parts: RequestParts) -> Call<RequestParts> {
        self.aura.for_users.call(parts).as_operation(&RAW)
    }

    /// Prepares an operation of your own with the server's credentials.
    pub fn call<E: Endpoint>(self, endpoint: E) -> Call<E> {
        self.aura.for_users.call(endpoint)
    }
}

impl fmt::Debug for Users<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Users")
    }
}
