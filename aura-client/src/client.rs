//! The client: one pipeline for each kind of credentials, and what all handles of one `build()` share.
//!
//! The four pipelines have the same transport, retry budget and options; they differ in credentials alone.

use crate::{
    auth::user_key,
    builder::AuraBuilder,
    callouts::Callouts,
    classifications::{ClassificationList, Classifications},
    ids::ClassificationId,
    pace::Pace,
    users::Users,
};
use care_client_core::{
    Call, Credentials, Endpoint, Error, Operation, Pipeline, RequestParts, Safety, Token, TokenCache, TokenStore,
};
use std::{
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

/// A request of the caller's own.
pub(crate) const RAW: Operation = Operation::new("aura.raw", "", Safety::Once, crate::environment::DOCUMENT);

/// A client of the AURA emergency-response API. Cheap to clone, and safe to share between threads and tasks.
///
/// One client serves many people: [`with_user_token`](Self::with_user_token) makes a handle for one of them on the same
/// connections, retry budget and options.
///
/// | handle | whose credentials |
/// |---|---|
/// | [`users`](Self::users) | the server's |
/// | [`callouts`](Self::callouts) | the user's; the server's if [allowed](AuraBuilder::allow_server_callouts) |
/// | [`classifications`](Self::classifications), [`raw`](Self::raw) | the user's, else the server's |
///
/// The guide doesn't say which token each operation takes: defect [`AURA-45`](crate::defects). A call without them
/// fails with [`Kind::Config`](crate::Kind::Config) before anything is sent.
#[derive(Clone)]
pub struct Aura {
    pub(crate) public: Pipeline,
    pub(crate) for_users: Pipeline,
    pub(crate) for_callouts: Pipeline,
    pub(crate) for_any: Pipeline,
    pub(crate) server: Option<Credentials>,
    pub(crate) shared: Arc<Shared>,
}

/// What all handles of one `build()` share.
pub(crate) struct Shared {
    pub(crate) token_store: Option<Arc<dyn TokenStore>>,
    pub(crate) user_token_path: Box<str>,
    pub(crate) comment_path: Box<str>,
    pub(crate) test_mode: Option<ClassificationId>,
    pub(crate) allow_server_callouts: bool,
    pub(crate) poll_pace: Pace,
    pub(crate) location_interval: Duration,
    pub(crate) keep_last_callout: bool,
    /// The last list that was read, for callouts that name their classification.
    pub(crate) classifications: Mutex<ClassificationList>,
}

impl Aura {
    /// Begins a client.
    pub fn builder() -> AuraBuilder {
        AuraBuilder::new()
    }

    /// The same client for the user with this token. Nothing is stored, and nothing is sent.
    ///
    /// A token with invalid header characters is a [`Kind::Config`](crate::Kind::Config) error of the first call.
    #[must_use]
    pub fn with_user_token(&self, token: impl Into<Token>) -> Self {
        self.with_token(&token.into())
    }

    /// The same client for the user whose token was saved in the [`token_store`](AuraBuilder::token_store) by
    /// [`register`](Users::register) or [`token`](Users::token) under this mail address.
    ///
    /// After a 401 the store is read once more, in case another process saved a newer token.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if the client has no token store, [`Kind::Auth`](crate::Kind::Auth) if it
    /// has no token for this user, or fails.
    pub async fn with_user(&self, email: impl AsRef<str>) -> Result<Self, Error> {
        let Some(store) = &self.shared.token_store else {
            return Err(Error::config(
                "there is no token store to load the user's token from: give one by token_store() on the builder",
            ));
        };
        let cache = TokenCache::only_stored(Arc::clone(store), user_key(email.as_ref()));
        let aura = self.with_user_credentials(Credentials::Token(cache));
        aura.for_callouts.prepare().await?;
        Ok(aura)
    }

    /// Registering users, and their tokens.
    #[must_use]
    pub fn users(&self) -> Users<'_> {
        Users { aura: self }
    }

    /// What a callout can be classified as: real, or a test.
    #[must_use]
    pub fn classifications(&self) -> Classifications<'_> {
        Classifications { aura: self }
    }

    /// Callouts: create one, follow it, and talk to the control room.
    #[must_use]
    pub fn callouts(&self) -> Callouts<'_> {
        Callouts { aura: self }
    }

    /// Any other request below the client's base, with the user's credentials, else the server's. It is sent by the
    /// same rules as every call, and counts as [`Safety::Once`] unless told otherwise.
    ///
    /// What needs the server's token on a client that has a user's too goes through [`Users::raw`].
    pub fn raw(&self, parts: RequestParts) -> Call<RequestParts> {
        self.for_any.call(parts).as_operation(&RAW)
    }

    /// An operation of your own, with the user's credentials, else the server's: what this crate lacks, as an
    /// [`Endpoint`].
    ///
    /// What needs the server's token on a client that has a user's too goes through [`Users::call`].
    pub fn call<E: Endpoint>(&self, endpoint: E) -> Call<E> {
        self.for_any.call(endpoint)
    }
}

impl fmt::Debug for Aura {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aura")
            .field("origin", &self.public.origin())
            .field("callouts", &self.for_callouts)
            .field("test_mode", &self.shared.test_mode)
            .finish_non_exhaustive()
    }
}
