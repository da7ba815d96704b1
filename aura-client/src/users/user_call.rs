use crate::{Aura, auth::keys};
use care_client_core::{BoxFuture, Call, Endpoint, Error, RequestParts, Response, RetryPolicy, Token, TokenStore};
use http::{HeaderName, HeaderValue};
use std::{fmt, future::IntoFuture, sync::Arc, time::Duration};
use tokio::time::timeout;

/// A store that hangs must not keep the token from the caller.
const STORE_LIMIT: Duration = Duration::from_secs(5);

/// A [`Call`] whose answer can hold a user's token, which is then saved in the client's
/// [`token_store`](crate::AuraBuilder::token_store). Nothing is sent before it is awaited.
///
/// A store that fails doesn't fail the call: the token is in the value.
#[must_use = "a call does nothing until it is awaited"]
pub struct UserCall<E> {
    call: Call<E>,
    store: Option<(Arc<dyn TokenStore>, String)>,
}

/// An answer that can hold a token.
pub trait HasToken: sealed::Sealed {
    /// The token, if there is one.
    fn token(&self) -> Option<&Token>;
}

pub(super) mod sealed {
    /// Keeps [`HasToken`](super::HasToken) to this crate's answers.
    pub trait Sealed {}
}

impl<E: Endpoint> UserCall<E>
where
    E::Output: HasToken + Sync,
{
    pub(super) fn new(aura: &Aura, email: &str, call: Call<E>) -> Self {
        let store = aura.shared.token_store.as_ref().map(|store| (Arc::clone(store), keys::user(email)));
        Self { call, store }
    }

    /// Sets the deadline; see [`Call::with_timeout`].
    pub fn with_timeout(mut self, total: Duration) -> Self {
        self.call = self.call.with_timeout(total);
        self
    }

    /// Sets how it is repeated; see [`Call::with_retry`].
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.call = self.call.with_retry(policy);
        self
    }

    /// Adds a header; see [`Call::with_header`].
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.call = self.call.with_header(name, value);
        self
    }

    /// What would be sent, without sending it; see [`Call::parts`].
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the input can't be sent as it is.
    pub fn parts(&self) -> Result<RequestParts, Error> {
        self.call.parts()
    }

    /// Sends it, and returns the value with what came along; see [`Call::response`].
    ///
    /// # Errors
    ///
    /// As the operation says.
    pub fn response(self) -> BoxFuture<'static, Result<Response<E::Output>, Error>> {
        let Self { call, store } = self;
        Box::pin(async move {
            let response = call.response().await?;
            if let (Some((store, key)), Some(token)) = (store, response.value.token()) {
                // The caller has the token in any case.
                let _ = timeout(STORE_LIMIT, store.save(&key, token)).await;
            }
            Ok(response)
        })
    }
}

impl<E: Endpoint> IntoFuture for UserCall<E>
where
    E::Output: HasToken + Sync,
{
    type Output = Result<E::Output, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let response = self.response();
        Box::pin(async move { response.await.map(|response| response.value) })
    }
}

impl<E: Endpoint> fmt::Debug for UserCall<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserCall").field("call", &self.call).field("stored", &self.store.is_some()).finish()
    }
}
