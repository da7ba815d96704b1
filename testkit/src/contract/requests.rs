//! What each operation sends, and that nothing is sent before it is awaited.

use super::{Connect, Contract, ExpectedRequest};
use crate::{error_texts::assert_each_sentence_once, mock_server};
use care_client_core::{Error, Kind, Options, Outcome};
use std::{collections::BTreeSet, fmt::Debug};
use wiremock::MockServer;

impl<C: 'static> Contract<C> {
    /// Panics unless each operation sends its documented request, and nothing else, and reads the documented answer.
    pub async fn requests_match_the_documents(&self) {
        self.requests_match_with(self.connect, |expected| expected).await;
    }

    /// The same with another client, whose requests are expected to differ: another credential, say, or one more
    /// parameter.
    pub async fn requests_match_with(&self, connect: Connect<C>, expect: impl Fn(ExpectedRequest) -> ExpectedRequest) {
        let cases: BTreeSet<_> = self.operations.iter().map(|operation| operation.case_name()).collect();
        assert_eq!(cases.len(), self.operations.len(), "each case is there once");
        let server = MockServer::start().await;
        for operation in &self.operations {
            let at = operation.case_name();
            let client = connect(&server, mock_server::options());
            let exchange = self.exchange_of(&server, client, operation, &[operation.answer().clone()]).await;
            assert_eq!((exchange.requests, exchange.attempts(at)), (1, 1), "{at}");
            let received = mock_server::received(&server).await;
            // Credentials that are renewed are fetched first.
            let fetches = usize::from(operation.meaning().renewable);
            assert_eq!(received.len(), fetches + 1, "{at}");
            expect(self.expected(operation)).assert(&received[fetches]);
        }
    }

    /// Panics unless each call that shows its request shows the one that is sent, and nothing is sent before it is
    /// awaited.
    pub async fn calls_show_their_request_and_send_nothing(&self) {
        let server = MockServer::start().await;
        for operation in &self.operations {
            let prepared = operation.prepared((self.connect)(&server, mock_server::options()));
            let Some((shown, parts)) = prepared.shown else { continue };
            let at = operation.case_name();
            assert!(shown.contains(operation.name()), "{at}: {shown}");
            let parts = parts.unwrap();
            assert_eq!(parts.method().as_str(), operation.method(), "{at}");
            let path: Vec<_> = operation.path().trim_end_matches('/').rsplit('/').collect();
            assert!(path.len() > parts.path().len() || parts.path().is_empty(), "{at}: {:?}", parts.path());
            for (sent, segment) in path.iter().zip(parts.path().iter().rev()) {
                assert!(sent.contains('%') || sent == segment, "{at}: {segment} of {:?}", parts.path());
            }
            assert_eq!(parts.body_bytes().is_empty(), !operation.has_body(), "{at}");
        }
        assert_eq!(mock_server::lines(&server).await, [""; 0]);
    }

    /// Panics unless each call outlives its client and its handle, and can be spawned.
    pub async fn calls_can_be_spawned(&self) {
        let server = MockServer::start().await;
        for operation in &self.operations {
            let client = (self.connect)(&server, mock_server::options());
            let call = operation.prepared(client);
            server.reset().await;
            operation.mount_credentials(&server).await;
            mock_server::answer(&server, operation.method(), operation.path(), operation.answer().into()).await;
            let answered = tokio::spawn(call.sent).await.unwrap();
            assert_eq!(answered.unwrap_or_else(|error| panic!("{}", error.report())).attempts, 1);
        }
    }

    /// Panics unless each operation that needs credentials is refused by a client without them, with an error that
    /// names what sets them, and nothing is sent.
    pub async fn nothing_is_sent_without_credentials(&self, connect: fn(&MockServer, Options) -> C) {
        let server = MockServer::start().await;
        let mut errors = Vec::new();
        for operation in &self.operations {
            if let Some(setter) = operation.missing_credentials() {
                let client = connect(&server, mock_server::options());
                errors.push((operation.case_name(), operation.run(client).await.unwrap_err(), setter));
            }
        }
        assert!(!errors.is_empty(), "no operation needs credentials");
        assert_unsent(&server, Kind::Config, &errors).await;
    }
}

/// What is wrong with a call, its error, and what the error's text must contain.
pub type Unsent<'a> = (&'a str, Error, &'a str);

/// The error of a call that must fail.
pub async fn error_of<T: Debug>(call: impl IntoFuture<Output = Result<T, Error>>) -> Error {
    let error = call.await.unwrap_err();
    assert_each_sentence_once(&error);
    error
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
