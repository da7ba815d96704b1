use care_client_core::StoreError;
use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

/// Resolves as the work of a dedupe store does, and to an error if it panics.
pub(crate) async fn catch_panic<T>(work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let mut work = pin!(work);
    // After a panic it is polled no more, so nobody sees what was left half done.
    poll_fn(|context| {
        catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)))
            .unwrap_or_else(|_| Poll::Ready(Err("the dedupe store panicked".into())))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::task::yield_now;

    #[tokio::test]
    async fn a_panic_is_an_error_at_any_point() {
        for point in 0..3 {
            let end = catch_panic(async {
                for n in 0..2 {
                    assert_ne!(n, point, "a panic on purpose");
                    yield_now().await;
                }
                Ok(())
            });
            assert_eq!(end.await.is_ok(), point == 2, "{point}");
        }
    }
}
