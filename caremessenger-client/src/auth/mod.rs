//! Signing in with name and password.

mod sign_in;
mod user;

pub use sign_in::{SignIn, SignedIn};
pub use user::{User, UserType};

use care_client_core::{BoxFuture, Error, Pipeline, Secret, Token, TokenSource};

/// Fetches a token with name and password, whenever one is needed: defect `CARE-35`.
pub(crate) struct SignInSource {
    pipeline: Pipeline,
    sign_in: SignIn,
}

impl SignInSource {
    /// `pipeline` has no credentials.
    pub(crate) fn new(pipeline: Pipeline, username: String, password: Secret) -> Self {
        Self { pipeline, sign_in: SignIn::new(username, password) }
    }
}

impl TokenSource for SignInSource {
    fn fetch(&self) -> BoxFuture<'_, Result<Token, Error>> {
        Box::pin(async move { Ok(self.pipeline.call(self.sign_in.clone()).await?.to_token()) })
    }

    fn credentials(&self) -> &'static str {
        "the user name and password"
    }
}
