//! One call of a row against a server that gives planned answers.

use super::{Answer, Contract, Operation};
use crate::{error_texts::assert_each_sentence_once, mock_server};
use care_client_core::{BoxFuture, Call, Endpoint, Error, Options, RequestParts, Response};
use std::fmt::Debug;
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

/// What came of one call, and what the server received.
#[derive(Debug)]
pub struct Exchange {
    /// How the call ended.
    pub result: Result<Answered, Error>,
    /// How many requests of the operation itself were received.
    pub requests: usize,
}

impl Exchange {
    /// The error of a call that must fail.
    #[track_caller]
    pub fn error(self, at: &str) -> Error {
        match self.result {
            Ok(answered) => panic!("{at}: succeeds after {} attempts", answered.attempts),
            Err(error) => {
                assert_each_sentence_once(&error);
                error
            }
        }
    }

    /// The number of attempts of a call that must succeed.
    #[track_caller]
    pub fn attempts(self, at: &str) -> u32 {
        self.result.unwrap_or_else(|error| panic!("{at}: {}", error.report())).attempts
    }
}

impl<C: 'static> Contract<C> {
    /// Sends a row's call to a server that gives these answers, one after the other and the last for good.
    pub async fn exchange(&self, server: &MockServer, operation: &Operation<C>, answers: &[Answer]) -> Exchange {
        self.exchange_with(server, mock_server::options(), operation, answers).await
    }

    /// The same with a client of these options.
    pub async fn exchange_with(
        &self,
        server: &MockServer,
        options: Options,
        operation: &Operation<C>,
        answers: &[Answer],
    ) -> Exchange {
        let client = (self.connect)(server, options);
        self.exchange_of(server, client, operation, answers).await
    }

    /// The same with a client of the caller's.
    pub async fn exchange_of(
        &self,
        server: &MockServer,
        client: C,
        operation: &Operation<C>,
        answers: &[Answer],
    ) -> Exchange {
        server.reset().await;
        operation.mount_credentials(server).await;
        let on = || Mock::given(method(operation.method())).and(path(operation.path()));
        for (n, answer) in answers.iter().enumerate() {
            let mock = on().respond_with(ResponseTemplate::from(answer));
            let mock = if n + 1 < answers.len() { mock.up_to_n_times(1) } else { mock };
            mock.mount(server).await;
        }
        let result = operation.run(client).await;
        let received = mock_server::received(server).await;
        let own = |request: &&Request| {
            request.method.as_str() == operation.method() && request.url.path() == operation.path()
        };
        Exchange { result, requests: received.iter().filter(own).count() }
    }
}

/// A call that isn't sent yet, without its type.
pub(super) struct Prepared {
    pub(super) shown: Option<(String, Result<RequestParts, Error>)>,
    pub(super) sent: BoxFuture<'static, Result<Answered, Error>>,
}

/// An answer without its type.
#[derive(Debug)]
#[non_exhaustive]
pub struct Answered {
    /// How many requests it took.
    pub attempts: u32,
    /// The answer and its value as `Debug` shows them, in both forms.
    pub shown: [String; 2],
}

impl Answered {
    fn of<T: Debug>(response: &Response<T>) -> Self {
        Self { attempts: response.attempts(), shown: [format!("{response:?}"), format!("{response:#?}")] }
    }
}

impl Prepared {
    pub(super) fn of<E>(call: Call<E>) -> Self
    where
        E: Endpoint,
        E::Output: Debug + 'static,
    {
        let shown = Some((format!("{call:?}{call:#?}"), call.parts()));
        Self { shown, ..Self::of_future(call.response()) }
    }

    pub(super) fn of_future<T: Debug>(sent: impl Future<Output = Result<Response<T>, Error>> + Send + 'static) -> Self {
        Self { shown: None, sent: Box::pin(async move { sent.await.map(|response| Answered::of(&response)) }) }
    }
}
