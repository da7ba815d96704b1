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
