use crate::{Aura, auth::user_key};
use care_client_core::{BoxFuture, Call, Endpoint, Error, Pipeline, Response, Token, TokenStore};
use std::{fmt, future::IntoFuture, sync::Arc};

/// A [`Call`] whose answer can hold a user's token, which is then saved in the client's
/// [`token_store`](crate::AuraBuilder::token_store). Nothing is sent before it is awaited.
///
/// A store that fails doesn't fail the call: the token is in the value, and the
/// [observer](crate::Observe::store_failed) is told.
#[must_use = "a call does nothing until it is awaited"]
pub struct UserCall<E: Endpoint> {
    call: Call<E>,
    pick: fn(&E::Output) -> Option<&Token>,
    saving: Option<Saving>,
}

/// Where the token is saved, under which key, and whose observer is told.
struct Saving(Arc<dyn TokenStore>, String, Pipeline);

impl<E: Endpoint> UserCall<E> {
    pub(super) fn new(aura: &Aura, email: &str, call: Call<E>, pick: fn(&E::Output) -> Option<&Token>) -> Self {
        let store = aura.shared.token_store.as_ref();
        let saving = store.map(|store| Saving(Arc::clone(store), user_key(email), aura.public.clone()));
        Self { call, pick, saving }
    }

    fn map(mut self, change: impl FnOnce(Call<E>) -> Call<E>) -> Self {
        self.call = change(self.call);
        self
    }

    care_client_core::call_settings!();

    /// Sends it, and returns the value with what came along; see [`Call::response`].
    ///
    /// # Errors
    ///
    /// As the operation says.
    pub fn response(self) -> BoxFuture<'static, Result<Response<E::Output>, Error>> {
        let Self { call, pick, saving } = self;
        Box::pin(async move {
            let response = call.response().await?;
            let token = pick(&response.value).cloned();
            if let (Some(Saving(store, key, pipeline)), Some(token)) = (saving, token) {
                pipeline.save_token(&*store, &key, &token).await;
            }
            Ok(response)
        })
    }
}

impl<E: Endpoint> IntoFuture for UserCall<E> {
    type Output = Result<E::Output, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let response = self.response();
        Box::pin(async move { response.await.map(|response| response.value) })
    }
}

impl<E: Endpoint> fmt::Debug for UserCall<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserCall").field("call", &self.call).field("stored", &self.saving.is_some()).finish()
    }
}
