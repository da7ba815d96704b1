use crate::mock_server;
use care_client_core::{Error, Kind, Outcome};
use std::fmt::Debug;
use wiremock::MockServer;

/// What is wrong with a call, its error, and what the error's text must contain.
pub type Unsent<'a> = (&'a str, Error, &'a str);

/// The error of a call that must fail.
pub async fn error_of<T: Debug>(call: impl IntoFuture<Output = Result<T, Error>>) -> Error {
    call.await.unwrap_err()
}

/// Panics unless all errors are of this kind, each tells what to do, and the server received nothing.
pub async fn assert_unsent(server: &MockServer, kind: Kind, errors: &[Unsent<'_>]) {
    for (what, error, text) in errors {
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::NotSent), "{what}: {error}");
        assert_eq!((error.attempts(), error.status(), error.is_retryable()), (0, None, false), "{what}");
        assert!(error.to_string().contains(text), "{what}: {error}");
    }
    assert_eq!(mock_server::lines(server).await, [""; 0]);
}
