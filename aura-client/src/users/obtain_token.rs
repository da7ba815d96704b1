//! Operations whose answer can hold a user's token, which is saved before it is returned.

use crate::{auth::user_key, client::Aura};
use care_client_core::{
    BoxFuture, Call, Endpoint, Error, Pipeline, RequestParts, Response, RetryPolicy, Token, TokenStore,
    workflow::impl_into_future,
};
use std::{fmt, sync::Arc, time::Duration};

/// Sends an operation, and saves the user's token of its answer in the client's
/// [`token_store`](crate::AuraBuilder::token_store), if there are both. Made by
/// [`Users::register`](super::Users::register) and [`Users::token`](super::Users::token).
///
/// A store that fails doesn't fail the operation: the token is in the value, and the
/// [observer](crate::Observe::store_failed) hears of it.
#[must_use = "nothing is sent until it is awaited"]
#[doc(alias = "UserCall")]
pub struct ObtainUserToken<E: Endpoint> {
    call: Call<E>,
    token: fn(&E::Output) -> Option<&Token>,
    store: Option<(Arc<dyn TokenStore>, String)>,
    pipeline: Pipeline,
}

impl<E: Endpoint> ObtainUserToken<E> {
    pub(super) fn new(aura: &Aura, email: &str, call: Call<E>, token: fn(&E::Output) -> Option<&Token>) -> Self {
        let store = aura.shared.token_store.as_ref().map(|store| (Arc::clone(store), user_key(email)));
        Self { call, token, store, pipeline: aura.public.clone() }
    }

    /// Sets the deadline of the call; see [`Call::with_timeout`].
    pub fn with_timeout(self, total: Duration) -> Self {
        self.with_call(|call| call.with_timeout(total))
    }

    /// Sets how the call is repeated; see [`Call::with_retry`].
    pub fn with_retry(self, policy: RetryPolicy) -> Self {
        self.with_call(|call| call.with_retry(policy))
    }

    /// Changes the call that is sent: its headers, its query, its safety.
    pub fn with_call(mut self, change: impl FnOnce(Call<E>) -> Call<E>) -> Self {
        self.call = change(self.call);
        self
    }

    /// What would be sent, without sending it.
    ///
    /// # Errors
    ///
    /// As [`Call::parts`].
    pub fn parts(&self) -> Result<RequestParts, Error> {
        self.call.parts()
    }

    /// Sends it, and returns the value with status, headers, request id, attempts and body; see [`Call::response`].
    ///
    /// # Errors
    ///
    /// As the operation says.
    pub fn response(self) -> BoxFuture<'static, Result<Response<E::Output>, Error>> {
        let Self { call, token, store, pipeline } = self;
        Box::pin(async move {
            let response = call.response().await?;
            let token = token(&response.value).cloned();
            if let (Some((store, key)), Some(token)) = (store, token) {
                pipeline.save_token(&*store, &key, &token).await;
            }
            Ok(response)
        })
    }

    async fn run(self) -> Result<E::Output, Error> {
        self.response().await.map(|response| response.value)
    }
}

impl_into_future!(<E: Endpoint> ObtainUserToken<E> => E::Output);

impl<E: Endpoint> fmt::Debug for ObtainUserToken<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObtainUserToken").field("call", &self.call).field("stored", &self.store.is_some()).finish()
    }
}
