//! What workflows of the service crates share: several operations behind one `.await`.
//!
//! A workflow is a struct with `with_*` setters that does nothing until it is awaited:
//!
//! - [`impl_into_future!`](impl_into_future) makes it awaitable: it runs the struct's own `async fn run(self)`.
//! - [`poll_until`] repeats a look until it shows what is waited for: to wait for a state, or to read back what a
//!   call of unknown outcome has done.
//! - [`Refusals`] says when refused polls end the following of something.
//!
//! ```
//! use care_client_core::{
//!     Endpoint, Error, Pipeline, RequestParts, Safety,
//!     workflow::{Polling, impl_into_future, poll_until},
//! };
//! use std::{ops::ControlFlow, time::Duration};
//!
//! /// Waits until the door is open.
//! #[must_use = "a workflow does nothing until it is awaited"]
//! struct WaitForOpen {
//!     pipeline: Pipeline,
//!     timeout: Option<Duration>,
//! }
//!
//! impl WaitForOpen {
//!     /// Sets how long to wait. Default: forever.
//!     fn with_timeout(mut self, timeout: Duration) -> Self {
//!         self.timeout = Some(timeout);
//!         self
//!     }
//!
//!     async fn run(self) -> Result<(), Error> {
//!         let schedule = Polling::every(Duration::from_secs(15)).timeout(self.timeout);
//!         let look = || async {
//!             let read = self.pipeline.call(RequestParts::get(["door"]));
//!             let door = read.with_safety(Safety::Read).await?;
//!             let is_open = &*door.body == b"open";
//!             Ok(if is_open { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
//!         };
//!         let opened = poll_until(schedule, look).await;
//!         let late = "the door did not open in time";
//!         opened.map_err(|error| error.into_error(late, RequestParts::OPERATION))
//!     }
//! }
//!
//! impl_into_future!(WaitForOpen => ());
//! # use care_client_core::{BoxFuture, Options, RawResponse, Transport, TransportError};
//! # struct Open;
//! # impl Transport for Open {
//! #     fn send(
//! #         &self, _: http::Request<bytes::Bytes>, _: Duration, _: usize,
//! #     ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
//! #         let headers = http::HeaderMap::new();
//! #         Box::pin(async { Ok(RawResponse::new(http::StatusCode::OK, headers, "open")) })
//! #     }
//! # }
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Error> {
//! # let options = Options::new().transport(Open);
//! # let pipeline = Pipeline::builder("http://localhost", "demo/1.0").options(options).build()?;
//! # let wait = WaitForOpen { pipeline, timeout: None };
//! wait.with_timeout(Duration::from_secs(3600)).await?;
//! # Ok(()) }
//! ```

mod poll_until;
mod refusals;

#[doc(inline)]
pub use crate::__impl_into_future as impl_into_future;
pub use poll_until::{PollError, Polling, poll_until};
pub use refusals::{PollFailure, Refusals};

/// Makes a workflow awaitable: `.await` runs its own `async fn run(self) -> Result<Output, Error>`.
///
/// The future is boxed, owns what it needs, and is `Send`. Parameters of the type come first, in angle brackets.
///
/// ```
/// use care_client_core::{Endpoint, Error, Pipeline, workflow::impl_into_future};
///
/// /// Sends a request, and the same once more.
/// struct Twice<E> {
///     pipeline: Pipeline,
///     endpoint: E,
/// }
///
/// impl<E: Endpoint + Clone> Twice<E> {
///     async fn run(self) -> Result<E::Output, Error> {
///         self.pipeline.call(self.endpoint.clone()).await?;
///         self.pipeline.call(self.endpoint).await
///     }
/// }
///
/// impl_into_future!(<E: Endpoint + Clone> Twice<E> => E::Output);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_into_future {
    (<$($param:ident: $bound:ident $(+ $more:ident)*),+> $name:ty => $output:ty) => {
        $crate::__impl_into_future!(@ [<$($param: $bound $(+ $more)*),+>] $name => $output);
    };
    (@ [$($params:tt)*] $name:ty => $output:ty) => {
        impl $($params)* ::std::future::IntoFuture for $name {
            type Output = ::std::result::Result<$output, $crate::Error>;
            type IntoFuture = $crate::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::boxed::Box::pin(self.run())
            }
        }
    };
    ($name:ty => $output:ty) => {
        $crate::__impl_into_future!(@ [] $name => $output);
    };
}
