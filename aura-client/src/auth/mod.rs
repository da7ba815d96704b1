//! Which credentials each handle of a client has, and the keys that tokens are stored under.

mod token;

pub(crate) use token::{ServerTokenSource, TokenAnswer};

use crate::client::{Aura, Shared};
use care_client_core::{Credentials, Pipeline, Secret, Token};
use std::{borrow::Cow, sync::Arc};

/// A user's token as credentials. One with invalid header characters fails when it is used.
pub(crate) fn bearer(token: &Secret) -> Credentials {
    Credentials::bearer(token).unwrap_or(Credentials::Missing(
        "the user's token is empty or has invalid header characters: check for a line break",
    ))
}

/// The segments of a path that the caller gave as one text.
pub(crate) fn segments(path: &str) -> Vec<Cow<'static, str>> {
    path.split('/').filter(|segment| !segment.is_empty()).map(|segment| Cow::Owned(segment.to_owned())).collect()
}

const NO_USER_BUT_SERVER: &str = "this needs a user's token, and only the server's credentials were given: use \
                                  aura.with_user_token(..), or allow_server_callouts() on the builder if AURA \
                                  enabled that for \
                                  you";
const NO_USER: &str = "this needs a user's token: give one by user_token() on the builder, or use \
                       aura.with_user_token(..) or \
                       aura.with_user(..)";
const NO_SERVER: &str =
    "this needs the server's credentials: give ClientId and ClientSecret by server_credentials() on the builder";
const NO_ANY: &str = "this needs a token: give user_token() or server_credentials() on the builder";

impl Aura {
    /// Chooses the credentials of each handle.
    pub(crate) fn assembled(
        public: Pipeline,
        server: Option<Credentials>,
        user: Option<Credentials>,
        shared: Arc<Shared>,
    ) -> Self {
        let missing = Credentials::Missing;
        let for_callouts = match (&user, &server) {
            (Some(user), _) => user.clone(),
            (None, Some(server)) if shared.allow_server_callouts => server.clone(),
            (None, Some(_)) => missing(NO_USER_BUT_SERVER),
            (None, None) => missing(NO_USER),
        };
        let either = user.or_else(|| server.clone()).unwrap_or_else(|| missing(NO_ANY));
        Self {
            for_users: public.with_credentials(server.clone().unwrap_or_else(|| missing(NO_SERVER))),
            for_callouts: public.with_credentials(for_callouts),
            for_any: public.with_credentials(either),
            public,
            server,
            shared,
        }
    }

    /// The same client for another user.
    pub(crate) fn with_user_credentials(&self, user: Credentials) -> Self {
        Self::assembled(self.public.clone(), self.server.clone(), Some(user), Arc::clone(&self.shared))
    }

    /// The same client with this user's token.
    pub(crate) fn with_token(&self, token: &Token) -> Self {
        self.with_user_credentials(bearer(token.secret()))
    }
}

/// The key of the server's token.
pub(crate) fn server_key(client_id: &Secret) -> String {
    format!("server:{}", client_id.expose())
}

/// The key of a user's token.
pub(crate) fn user_key(email: &str) -> String {
    format!("user:{email}")
}
