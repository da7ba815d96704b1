use crate::mock_server;
use care_client_core::{Error, Kind, Outcome};
use std::fmt::Debug;
use wiremock::MockServer;

/// What is wrong, the error, and what its text must tell.
pub type Refusal<'a> = (&'a str, Error, &'a str);

/// The error of a call that must fail.
pub async fn fails<T: Debug>(call: impl IntoFuture<Output = Result<T, Error>>) -> Error {
    call.await.unwrap_err()
}

/// Panics unless all are of this kind, each tells what to do, and the server heard of none.
pub async fn assert_unsent(server: &MockServer, kind: Kind, refusals: &[Refusal<'_>]) {
    for (what, error, tells) in refusals {
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::NotSent), "{what}: {error}");
        assert_eq!((error.attempts(), error.status(), error.is_retryable()), (0, None, false), "{what}");
        assert!(error.to_string().contains(tells), "{what}: {error}");
    }
    assert_eq!(mock_server::lines(server).await, [""; 0]);
}
