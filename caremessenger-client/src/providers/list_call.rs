use super::{ListAssistanceProviders, ProviderItems, ProviderPage, ProviderPages};
use care_client_core::{BoxFuture, Call, Error, Response};
use std::future::IntoFuture;

/// A list of providers that is asked for when it is awaited: `.await` gives its first page, [`items`](Self::items) and
/// [`pages`](Self::pages) walk all of it.
#[derive(Debug)]
#[must_use = "a list does nothing until it is awaited or walked"]
pub struct ListCall {
    call: Call<ListAssistanceProviders>,
}

impl ListCall {
    pub(super) fn new(call: Call<ListAssistanceProviders>) -> Self {
        Self { call }
    }

    fn map(self, change: impl FnOnce(Call<ListAssistanceProviders>) -> Call<ListAssistanceProviders>) -> Self {
        Self { call: change(self.call) }
    }

    care_client_core::call_settings!();

    /// Adds a pair to the query of the first page; see [`ListAssistanceProviders::query`].
    pub fn query(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.map(|call| call.map_endpoint(|list| list.query(key, value)))
    }

    /// Walks the whole list, provider by provider, as a stream that owns what it needs: see [`ProviderItems`].
    pub fn items(self) -> ProviderItems {
        ProviderItems::new(self.pages())
    }

    /// Walks the whole list, page by page, as a stream that owns what it needs: see [`ProviderPages`].
    pub fn pages(self) -> ProviderPages {
        ProviderPages::new(self.call)
    }

    /// Sends it, and returns the first page with what came along; see [`Call::response`].
    ///
    /// # Errors
    ///
    /// As [`AssistanceProviders::list`](crate::AssistanceProviders::list).
    pub fn response(self) -> BoxFuture<'static, Result<Response<ProviderPage>, Error>> {
        self.call.response()
    }
}

impl IntoFuture for ListCall {
    type Output = Result<ProviderPage, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.call.into_future()
    }
}
