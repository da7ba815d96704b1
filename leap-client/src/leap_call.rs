use care_client_core::{BoxFuture, Call, Endpoint, Error, Response};
use std::{fmt, future::IntoFuture};

/// A [`Call`] whose operation has settings of its own: `keep_updates` of an acknowledgement, `comment` of a change of state.
/// Nothing is sent before it is awaited.
#[must_use = "a call does nothing until it is awaited"]
pub struct LeapCall<E: Endpoint> {
    call: Call<E>,
}

impl<E: Endpoint> LeapCall<E> {
    pub(crate) fn new(call: Call<E>) -> Self {
        Self { call }
    }

    pub(crate) fn map_endpoint(self, change: impl FnOnce(E) -> E) -> Self {
        self.map(|call| call.map_endpoint(change))
    }

    fn map(self, change: impl FnOnce(Call<E>) -> Call<E>) -> Self {
        Self { call: change(self.call) }
    }

    care_client_core::call_settings!();

    /// Sends it, and returns the value with what came along; see [`Call::response`].
    ///
    /// # Errors
    ///
    /// As the operation says.
    pub fn response(self) -> BoxFuture<'static, Result<Response<E::Output>, Error>> {
        self.call.response()
    }
}

impl<E: Endpoint> IntoFuture for LeapCall<E> {
    type Output = Result<E::Output, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.call.into_future()
    }
}

impl<E: Endpoint> fmt::Debug for LeapCall<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LeapCall").field(&self.call).finish()
    }
}
