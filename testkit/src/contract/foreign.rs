//! Which answers with a status of success are the service's own.

use super::{Answer, Contract, Operation};
use care_client_core::{Error, Kind, Outcome};
use wiremock::MockServer;

const PAGE: &str = "<!DOCTYPE html><html><body><h1>canary</h1><p>Sign in to the network</p></body></html>";

impl<C: 'static> Contract<C> {
    /// Panics unless a page of HTML with status 200 is a decode error of unknown outcome for each operation, whatever
    /// media type it is called.
    pub async fn foreign_pages_are_refused(&self) {
        let server = MockServer::start().await;
        for operation in &self.operations {
            for media_type in ["text/html", "text/html; charset=utf-8", self.media_type] {
                let answer = Answer::text(media_type, PAGE);
                let error = self.decode_error(&server, operation, answer, Outcome::Unknown).await;
                assert!(error.to_string().contains("HTML"), "{} {media_type}: {error}", operation.case_name());
            }
        }
    }

    /// Panics unless this document with status 200 is a decode error for each operation that reads its answer: with
    /// [`Outcome::Unknown`] where it isn't the service's, with [`Outcome::Completed`] where it is and can't be read.
    pub async fn documents_are_refused(&self, documents: &[&str], outcome: Outcome) {
        let server = MockServer::start().await;
        for operation in self.operations.iter().filter(|operation| operation.reads_answer()) {
            for document in documents {
                let answer = Answer::text(self.media_type, (*document).to_owned());
                self.decode_error(&server, operation, answer, outcome).await;
            }
        }
    }

    /// Panics unless a documented answer without its end is a decode error of a completed call, or will do where
    /// nothing is read from it.
    pub async fn truncated_answers_were_answers(&self) {
        let server = MockServer::start().await;
        for operation in self.operations.iter().filter(|operation| operation.reads_answer()) {
            let answer = operation.answer();
            assert!(answer.body().len() > 2, "{} reads an answer that it has not", operation.case_name());
            let length = answer.body().len();
            // Of JSON hardly anything is left: from more, some operations save an id.
            let is_json = answer.body().starts_with(b"{") || answer.body().starts_with(b"[");
            let cut = answer.clone().truncated(if is_json { length - length.min(20) / 2 } else { length.min(20) / 2 });
            self.decode_error(&server, operation, cut, Outcome::Completed).await;
        }
    }

    /// Panics unless an empty answer with status 200 or 204 is a decode error with this outcome for each operation that
    /// reads its answer, and will do for each that doesn't.
    pub async fn empty_answers_mean(&self, outcome: Outcome) {
        let server = MockServer::start().await;
        for operation in &self.operations {
            for status in [200, 204] {
                let answer = Answer::empty(status);
                if operation.reads_answer() {
                    self.decode_error(&server, operation, answer, outcome).await;
                } else {
                    self.exchange(&server, operation, &[answer]).await.attempts(operation.case_name());
                }
            }
        }
    }

    /// Panics unless each documented answer is read with any status of success and any of these media types.
    pub async fn any_success_is_read(&self, media_types: &[&str]) {
        let server = MockServer::start().await;
        for operation in self.operations.iter().filter(|operation| operation.reads_answer()) {
            for status in [200, 201, 202, 206] {
                for media_type in media_types {
                    let answer = operation.answer().clone().status(status).media_type(media_type);
                    self.exchange(&server, operation, &[answer]).await.attempts(operation.case_name());
                }
            }
        }
    }

    async fn decode_error(
        &self,
        server: &MockServer,
        operation: &Operation<C>,
        answer: Answer,
        outcome: Outcome,
    ) -> Error {
        let exchange = self.exchange(server, operation, std::slice::from_ref(&answer)).await;
        assert_eq!(exchange.requests, 1, "{}", operation.case_name());
        let error = exchange.error(&format!("{} {answer:?}", operation.case_name()));
        let at = format!("{}: {error}", operation.case_name());
        assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Decode, outcome, 1), "{at}");
        assert_eq!(error.operation(), operation.name(), "{at}");
        assert!(error.status().is_some_and(|status| status.is_success()), "{at}");
        assert!(!error.is_retryable() && !error.is_transient(), "{at}");
        assert!(!format!("{at}{error:?}{}", error.report()).contains("canary"), "{at}");
        error
    }
}
