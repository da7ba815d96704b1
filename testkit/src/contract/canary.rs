//! No secret and no personal value that a call sends is printed, by any operation.

use super::{Connect, Contract};
use crate::{
    RecordingObserver,
    canary::{Echo, Printed, Traced},
    mock_server,
};
use care_client_core::Error;
use std::fmt::Debug;
use wiremock::MockServer;

impl<C: Clone + 'static> Contract<C> {
    /// Sends the [marked](super::Operation::marked) call of every row by this client, and adds all that it prints: the
    /// call, its request, and its answer or its error.
    pub async fn print_every_call(&self, client: &C, printed: &mut Printed) {
        for operation in &self.operations {
            let prepared = operation.prepared_with_marks(client.clone());
            if let Some((shown, parts)) = prepared.shown {
                printed.text([shown]);
                printed.debug(&parts);
            }
            match prepared.sent.await {
                Ok(answered) => printed.text(answered.shown),
                Err(error) => printed.error(&error),
            }
        }
    }

    /// Panics if a mark is printed of the errors of a server that answers all that it was sent: to every operation, and
    /// to what `more` does with the client, such as workflows. `connect` gives the client marked credentials; `own` are
    /// answers of the service's own form, beside those that any server may [give](Echo::all).
    pub async fn errors_reveal_nothing(&self, connect: Connect<C>, own: &[Echo], more: impl AsyncFn(&C, &mut Printed)) {
        let server = MockServer::start().await;
        for echo in Echo::all().into_iter().chain(own.iter().copied()) {
            let (mut printed, observer) = (Printed::default(), RecordingObserver::default());
            self.against(&server, echo, connect, &observer, &mut printed, &more).await;
            assert!(!observer.events().is_empty(), "{echo:?}");
            printed.text(observer.events());
            assert!(printed.texts().len() > 4 * self.operations.len(), "{echo:?}: {}", printed.texts().len());
            printed.shows_nothing();
        }
    }

    /// Panics if a mark stands in the spans and events of such calls, or one of the operations' names or of `told`
    /// doesn't.
    pub async fn traces_reveal_nothing(
        &self,
        connect: Connect<C>,
        own: &[Echo],
        told: &[&str],
        more: impl AsyncFn(&C, &mut Printed),
    ) {
        let (traced, _guard) = Traced::here();
        let server = MockServer::start().await;
        let common = [Echo::Message(401), Echo::Message(503), Echo::Redirect];
        for echo in common.into_iter().chain(own.iter().copied()) {
            let observer = RecordingObserver::default();
            self.against(&server, echo, connect, &observer, &mut Printed::default(), &more).await;
        }
        let names = self.operations.iter().map(|operation| operation.name());
        let told: Vec<_> =
            names.chain(told.iter().copied()).chain(["http.response.status_code=503", "number=2"]).collect();
        traced.tells_and_shows_nothing(&told);
    }

    async fn against(
        &self,
        server: &MockServer,
        echo: Echo,
        connect: Connect<C>,
        observer: &RecordingObserver,
        printed: &mut Printed,
        more: &impl AsyncFn(&C, &mut Printed),
    ) {
        mock_server::answer_all(server, echo).await;
        let client = connect(server, mock_server::options().observer(observer.clone()));
        self.print_every_call(&client, printed).await;
        more(&client, printed).await;
    }
}

impl Printed {
    /// Adds what is printed of a result: its value, or its error.
    pub fn result<T: Debug>(&mut self, result: Result<T, Error>) {
        match result {
            Ok(value) => self.debug(&value),
            Err(error) => self.error(&error),
        }
    }
}
