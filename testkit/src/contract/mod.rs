//! The contract kit: what holds for every documented operation of a service is tested for every one, from one table.
//!
//! A crate writes a table of [`Operation`]s, one row each, in `tests/it/operations.rs`, and wraps it in a [`Contract`]
//! that holds what differs from service to service: the client, the headers, the form of an error. One more operation
//! is one more row. A row says what the documents say: name, safety, request, answer, and how the client calls it.
//!
//! ```
//! use care_client_core::{Options, Pipeline, RequestParts, Safety};
//! use care_testkit::contract::{Answer, Contract, Operation};
//! use serde_json::json;
//! use wiremock::MockServer;
//!
//! fn client(server: &MockServer, options: Options) -> Pipeline {
//!     Pipeline::builder(server.uri(), "shop/1.0").options(options).build().unwrap()
//! }
//!
//! fn operations() -> Vec<Operation<Pipeline>> {
//!     vec![
//!         Operation::once("raw")
//!             .sends("POST /orders?dry=true")
//!             .json(json!({"item": 7}))
//!             .answers(Answer::json(&json!({"id": 1})))
//!             .call(|shop: Pipeline| {
//!                 let order = RequestParts::post(["orders"]).query("dry", "true");
//!                 shop.call(order.json(&json!({"item": 7})).unwrap())
//!             }),
//!     ]
//! }
//!
//! fn contract() -> Contract<Pipeline> {
//!     let contract = Contract::new(client, operations());
//!     contract.header("user-agent", "shop/1.0").header("accept", "application/json")
//! }
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! contract().requests_match_the_documents().await;
//! contract().statuses_mean_what_they_should().await;
//! # });
//! ```
//!
//! # How a crate uses it
//!
//! 1. `tests/it/operations.rs`: `operations()`, and `contract()` with the crate's client, its headers
//!    ([`header`](Contract::header)), its form of an error ([`error_answers`](Contract::error_answers)) and the check
//!    of its fault ([`faults`](Contract::faults)).
//! 2. `tests/it/documented.rs`: [`contract_tests!`](crate::contract_tests)`(contract())` makes a test of each promise
//!    that holds for every service. What a service promises beyond that is a test of its own, by the methods that the
//!    macro doesn't call: [`statuses_have_hints`](Contract::statuses_have_hints),
//!    [`requests_match_with`](Contract::requests_match_with),
//!    [`nothing_is_sent_without_credentials`](Contract::nothing_is_sent_without_credentials),
//!    [`empty_answers_mean`](Contract::empty_answers_mean) and their like; or in a loop over
//!    [`operations`](Contract::operations) with [`exchange`](Contract::exchange).
//! 3. `tests/it/canary.rs`: [`errors_reveal_nothing`](Contract::errors_reveal_nothing) and
//!    [`traces_reveal_nothing`](Contract::traces_reveal_nothing), with the rows' [`marked`](Operation::marked) calls.
//! 4. `tests/it/refused.rs`: input that is refused before anything is sent, by [`assert_unsent`].
//! 5. `tests/it/end_to_end.rs`: failures of real sockets, by [`broken`].
//!
//! Ids of defects that a row or the whole contract is the test of stand in [`Operation::defects`] and
//! [`Contract::defects`], where the [catalogue's](crate::defects) tests find them.

pub mod broken;
mod canary;
mod exchange;
mod failures;
mod foreign;
mod messages;
mod operation;
mod requests;
mod tests_macro;

pub use self::{
    exchange::{Answered, Exchange},
    failures::StatusMeaning,
    messages::{Answer, ExpectedRequest, assert_sent},
    operation::Operation,
    requests::{Unsent, assert_unsent, error_of},
};

use care_client_core::{Error, Options};
use std::fmt;
use wiremock::MockServer;

/// Makes a client of a server with these options.
pub type Connect<C> = fn(&MockServer, Options) -> C;

/// A table of operations, and how its service differs from others. See the [module](self).
pub struct Contract<C> {
    connect: Connect<C>,
    operations: Vec<Operation<C>>,
    headers: Vec<(&'static str, String)>,
    statuses: Vec<u16>,
    error_answer: fn(u16) -> Answer,
    fault: fn(&Error, u16),
    media_type: &'static str,
    redirect_hint: &'static str,
}

impl<C> fmt::Debug for Contract<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contract").field("operations", &self.operations).finish_non_exhaustive()
    }
}

impl<C: 'static> Contract<C> {
    /// A contract of these operations, with a client that has all credentials that they need.
    pub fn new(connect: Connect<C>, operations: Vec<Operation<C>>) -> Self {
        Self {
            connect,
            operations,
            headers: Vec::new(),
            statuses: vec![400, 401, 403, 404, 409, 422, 429, 500, 503],
            error_answer: Answer::empty,
            fault: |_, _| {},
            media_type: "application/json",
            redirect_hint: "",
        }
    }

    /// Adds a header that every operation sends, its name in lowercase.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sets the statuses of [`statuses_mean_what_they_should`](Self::statuses_mean_what_they_should). Default: 400,
    /// 401, 403, 404, 409, 422, 429, 500, 503.
    #[must_use]
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = statuses.into_iter().collect();
        self
    }

    /// Sets the service's answer with an error status. Default: no body.
    #[must_use]
    pub fn error_answers(mut self, answer: fn(u16) -> Answer) -> Self {
        self.error_answer = answer;
        self
    }

    /// Sets the check of an error that was made of such an answer: that its fault is read, and that the server's own
    /// words stand in the report and not in the line.
    #[must_use]
    pub fn faults(mut self, check: fn(&Error, u16)) -> Self {
        self.fault = check;
        self
    }

    /// Sets the media type of the service's answers. Default: `application/json`.
    #[must_use]
    pub fn media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = media_type;
        self
    }

    /// Sets what an error of a redirect tells beyond the target's origin, such as the builder's `base_url`.
    #[must_use]
    pub fn redirect_hint(mut self, hint: &'static str) -> Self {
        self.redirect_hint = hint;
        self
    }

    /// Names the defects that the tests of every operation are the tests of. They are read from the source.
    #[must_use]
    pub fn defects<const N: usize>(self, _ids: [&'static str; N]) -> Self {
        self
    }

    /// The rows.
    pub fn operations(&self) -> &[Operation<C>] {
        &self.operations
    }

    /// The row with this case or name.
    pub fn operation(&self, case: &str) -> &Operation<C> {
        let fits = |operation: &&Operation<C>| operation.case_name() == case || operation.name() == case;
        self.operations.iter().find(fits).unwrap_or_else(|| panic!("there is no operation {case}"))
    }

    /// What a row's request must be.
    fn expected(&self, operation: &Operation<C>) -> ExpectedRequest {
        self.headers.iter().fold(operation.expected(), |expected, (name, value)| expected.header(name, value))
    }

    fn error_answer(&self, status: u16) -> Answer {
        let answer = (self.error_answer)(status);
        if status == 429 { answer.header("retry-after", "0") } else { answer }
    }
}
