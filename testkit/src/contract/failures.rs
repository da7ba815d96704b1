//! What each error status means for each operation, and which calls are repeated.

use super::{Answer, Contract};
use crate::{mock_server, secs};
use care_client_core::{Error, Kind, Outcome, RetryPolicy, Safety, StopReason};
use wiremock::MockServer;

/// What an error says of a call that must not be repeated blindly.
const NOT_AGAIN: &str = "don't send it again before you know";
const ELSEWHERE: &str = "https://elsewhere.example.com";

impl<C: 'static> Contract<C> {
    /// Panics unless each status means for each operation what it should: kind, outcome, predicates, the number of
    /// requests, and the service's own fault. A 500 to a [`Safety::Once`] is one request.
    pub async fn statuses_mean_what_they_should(&self) {
        let server = MockServer::start().await;
        for operation in &self.operations {
            for &status in &self.statuses {
                let at = format!("{} {status}", operation.case_name());
                let exchange = self.exchange(&server, operation, &[self.error_answer(status)]).await;
                assert_eq!(exchange.requests, operation.meaning().attempts(status) as usize, "{at}");
                let error = exchange.error(&at);
                operation.meaning().assert(&error, status);
                (self.fault)(&error, status);
            }
        }
    }

    /// Panics unless an error without a body means the same.
    pub async fn errors_without_a_body_mean_the_same(&self) {
        let server = MockServer::start().await;
        for operation in &self.operations {
            let error = self.exchange(&server, operation, &[Answer::empty(400)]).await.error(operation.case_name());
            operation.meaning().assert(&error, 400);
            assert!(error.body().is_none_or(|body| body.is_empty()), "{}", operation.case_name());
        }
    }

    /// Panics unless every operation is repeated after a 429, by the server's `Retry-After` or the client's own wait.
    pub async fn throttled_calls_are_repeated(&self) {
        let server = MockServer::start().await;
        for operation in &self.operations {
            let at = operation.case_name();
            let answers = [self.error_answer(429), (self.error_answer)(429), operation.answer().clone()];
            let exchange = self.exchange(&server, operation, &answers).await;
            assert_eq!((exchange.requests, exchange.attempts(at)), (3, 3), "{at}");
        }
    }

    /// Panics unless a `Retry-After` goes before the client's own waits, and a wait that doesn't fit the deadline ends
    /// the call at once.
    pub async fn the_servers_wait_goes_before_the_policys(&self) {
        let server = MockServer::start().await;
        let read = self.operations.iter().find(|operation| operation.safety() == Safety::Read);
        let operation = read.unwrap_or(&self.operations[0]);
        let at = operation.case_name();
        // By its own waits of up to a year the call would miss its deadline at once.
        let year = secs(31_536_000);
        let options = || mock_server::options().retry(RetryPolicy::new().first_delay(year).max_delay(year));
        let answers = [self.error_answer(429), operation.answer().clone()];
        assert_eq!(self.exchange_with(&server, options(), operation, &answers).await.attempts(at), 2);
        for (answer, wait) in [
            ((self.error_answer)(429), None),
            ((self.error_answer)(429).header("retry-after", "3600"), Some(secs(3600))),
        ] {
            let error = self.exchange_with(&server, options(), operation, &[answer]).await.error(at);
            assert_eq!((error.stop_reason(), error.attempts()), (StopReason::Deadline, 1), "{error}");
            assert_eq!(error.retry_after(), wait, "{error}");
            assert!(error.is_throttled() && error.is_retryable(), "{error}");
        }
    }

    /// Panics unless a passing 500 or 503 is seen by nobody where a repeat is safe.
    pub async fn passing_errors_are_repeated_where_that_is_safe(&self) {
        let server = MockServer::start().await;
        for operation in self.operations.iter().filter(|operation| operation.safety() != Safety::Once) {
            for status in [500, 503] {
                let at = operation.case_name();
                let failing = Answer::empty(status);
                let answers = [failing.clone(), failing, operation.answer().clone()];
                let exchange = self.exchange(&server, operation, &answers).await;
                assert_eq!((exchange.requests, exchange.attempts(at)), (3, 3), "{at} {status}");
            }
        }
    }

    /// Panics unless a call of [`Safety::Once`] whose outcome is unknown is one request, also where the server asks for
    /// another one, and its error says not to send it again blindly.
    pub async fn unknown_onces_are_not_repeated(&self) {
        let server = MockServer::start().await;
        for operation in self.operations.iter().filter(|operation| operation.safety() == Safety::Once) {
            for status in [408, 500, 502, 503, 504] {
                for answer in [Answer::empty(status), Answer::empty(status).header("retry-after", "0")] {
                    let at = format!("{} {status}", operation.case_name());
                    let exchange = self.exchange(&server, operation, &[answer]).await;
                    assert_eq!(exchange.requests, 1, "{at}");
                    let error = exchange.error(&at);
                    operation.meaning().assert(&error, status);
                    assert!(error.to_string().contains(NOT_AGAIN), "{at}: {error}");
                }
            }
        }
    }

    /// Panics unless a redirect is an error that names the target's origin, and isn't followed.
    pub async fn redirects_are_not_followed(&self) {
        let server = MockServer::start().await;
        for operation in &self.operations {
            for (status, outcome) in [(302, Outcome::Unknown), (301, Outcome::Refused), (307, Outcome::Refused)] {
                let target = format!("{ELSEWHERE}/v1/things?canary=1");
                let redirect = Answer::empty(status).header("location", target);
                let exchange = self.exchange(&server, operation, &[redirect]).await;
                assert_eq!(exchange.requests, 1, "{} {status}", operation.case_name());
                let error = exchange.error(operation.case_name());
                let at = format!("{} {status}: {error}", operation.case_name());
                assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Origin, outcome, 1), "{at}");
                assert_eq!((error.stop_reason(), error.is_retryable()), (StopReason::Final, false), "{at}");
                assert_eq!(error.operation(), operation.name(), "{at}");
                let text = error.to_string();
                assert!(text.contains(ELSEWHERE) && text.contains(self.redirect_hint), "{at}");
                assert!(!text.contains("canary"), "{at}");
            }
        }
    }

    /// Panics unless the text and the report of each error have those of the hints in `all` that `expected` has for the
    /// operation and the status, and no others. The client has had an answer before, so a 404 is no sign of a wrong
    /// address.
    pub async fn statuses_have_hints<'h>(
        &self,
        statuses: &[u16],
        all: &[&'h str],
        expected: impl Fn(&super::Operation<C>, u16) -> Vec<&'h str>,
    ) where
        C: Clone,
    {
        let server = MockServer::start().await;
        for operation in &self.operations {
            for &status in statuses {
                let client = (self.connect)(&server, mock_server::options());
                let greeting = [operation.answer().clone()];
                self.exchange_of(&server, client.clone(), operation, &greeting).await.attempts(operation.case_name());
                let failing = [Answer::empty(status)];
                let error = self.exchange_of(&server, client, operation, &failing).await.error(operation.case_name());
                for text in [error.to_string(), error.report()] {
                    let found: Vec<_> = all.iter().copied().filter(|hint| text.contains(hint)).collect();
                    assert_eq!(found, expected(operation, status), "{} {status}: {text}", operation.case_name());
                }
            }
        }
    }

    /// Panics unless the error of a server that answers 404 to everything has this text. Not of operations whose
    /// credentials the server has just given out.
    pub async fn a_404_to_everything_has_the_hint(&self, hint: &str) {
        let server = MockServer::start().await;
        for operation in self.operations.iter().filter(|operation| !operation.meaning().renewable) {
            let error = self.exchange(&server, operation, &[Answer::empty(404)]).await.error(operation.case_name());
            assert!(error.to_string().contains(hint), "{}: {error}", operation.case_name());
        }
    }
}

/// What an error status means for an operation, with the default number of attempts.
#[derive(Debug, Clone, Copy)]
pub struct StatusMeaning {
    /// The operation's name.
    pub operation: &'static str,
    /// What a repeat would do.
    pub safety: Safety,
    /// Whether its credentials can be renewed.
    pub renewable: bool,
}

impl StatusMeaning {
    /// How many requests of the operation itself a server receives that answers each with this status.
    #[must_use]
    pub fn attempts(&self, status: u16) -> u32 {
        match proven_by(status) {
            (Outcome::Refused, true) => 3,
            (Outcome::Unknown, true) if self.safety != Safety::Once => 3,
            _ if status == 401 && self.renewable => 2,
            _ => 1,
        }
    }

    /// Panics unless the error of a call that was answered with this status says what it means.
    pub fn assert(&self, error: &Error, status: u16) {
        let at = format!("{} {status}: {error:?}", self.operation);
        let (outcome, is_transient) = proven_by(status);
        let is_unknown_once = self.safety == Safety::Once && outcome == Outcome::Unknown;
        assert_eq!((error.kind(), error.operation()), (Kind::Api, self.operation), "{at}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{at}");
        assert_eq!((error.outcome(), error.is_transient()), (outcome, is_transient), "{at}");
        assert_eq!(error.is_retryable(), is_transient && !is_unknown_once, "{at}");
        assert_eq!(error.attempts(), self.attempts(status), "{at}");
        let stop = match (is_transient, is_unknown_once) {
            (true, true) => StopReason::Once,
            (true, false) => StopReason::Attempts,
            (false, _) => StopReason::Final,
        };
        assert_eq!(error.stop_reason(), stop, "{at}");
        for (about, answer) in [
            (401, error.is_unauthorized()),
            (403, error.is_forbidden()),
            (404, error.is_not_found()),
            (409, error.is_conflict()),
            (422, error.is_unprocessable()),
            (429, error.is_throttled()),
        ] {
            assert_eq!(answer, about == status, "{at}: {about}");
        }
    }
}

/// What the server did, and whether the failure may pass by itself.
fn proven_by(status: u16) -> (Outcome, bool) {
    match status {
        421 | 425 | 429 => (Outcome::Refused, true),
        501 | 505 => (Outcome::Unknown, false),
        408 | 500..=599 => (Outcome::Unknown, true),
        _ => (Outcome::Refused, false),
    }
}
