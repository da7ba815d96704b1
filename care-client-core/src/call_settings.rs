//! What every call can be told, for types of service crates that wrap a [`Call`](crate::Call).

/// Gives a type that wraps a [`Call`](crate::Call) the call's settings: `with_timeout`, `with_retry`, `with_safety`,
/// `with_header`, `with_query` and `parts`. It stands in an `impl<E: Endpoint>` block of a type with a field `call:
/// Call<E>` and a method `fn map(self, change: impl FnOnce(Call<E>) -> Call<E>) -> Self`.
///
/// ```
/// use care_client_core::{Call, Endpoint, Pipeline, RequestParts, Safety};
///
/// struct NoisyCall<E> {
///     call: Call<E>,
/// }
///
/// impl<E: Endpoint> NoisyCall<E> {
///     fn map(self, change: impl FnOnce(Call<E>) -> Call<E>) -> Self {
///         Self { call: change(self.call) }
///     }
///     care_client_core::call_settings!();
/// }
///
/// let pipeline = Pipeline::builder("http://localhost", "demo").build()?;
/// let call = NoisyCall { call: pipeline.call(RequestParts::get(["notes"])) }.with_safety(Safety::Read);
/// assert_eq!(call.parts()?.path(), ["notes"]);
/// # Ok::<(), care_client_core::Error>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __call_settings {
    () => {
        /// Sets the deadline; see [`Call::with_timeout`]($crate::Call::with_timeout).
        pub fn with_timeout(self, total: ::std::time::Duration) -> Self {
            self.map(|call| call.with_timeout(total))
        }

        /// Sets how it is repeated; see [`Call::with_retry`]($crate::Call::with_retry).
        pub fn with_retry(self, policy: $crate::RetryPolicy) -> Self {
            self.map(|call| call.with_retry(policy))
        }

        /// Says what a repeat would do; see [`Call::with_safety`]($crate::Call::with_safety).
        pub fn with_safety(self, safety: $crate::Safety) -> Self {
            self.map(|call| call.with_safety(safety))
        }

        /// Adds a header; see [`Call::with_header`]($crate::Call::with_header).
        pub fn with_header(
            self,
            name: $crate::__private::http::HeaderName,
            value: $crate::__private::http::HeaderValue,
        ) -> Self {
            self.map(|call| call.with_header(name, value))
        }

        /// Adds a pair to the query; see [`Call::with_query`]($crate::Call::with_query).
        pub fn with_query(
            self,
            key: impl ::std::convert::Into<::std::borrow::Cow<'static, str>>,
            value: impl ::std::convert::Into<::std::borrow::Cow<'static, str>>,
        ) -> Self {
            self.map(|call| call.with_query(key, value))
        }

        /// What would be sent, without sending it; see [`Call::parts`]($crate::Call::parts).
        ///
        /// # Errors
        ///
        /// Kind [`Request`]($crate::Kind::Request) if the input can't be sent as it is.
        pub fn parts(&self) -> ::std::result::Result<$crate::RequestParts, $crate::Error> {
            self.call.parts()
        }
    };
}
