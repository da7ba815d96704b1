//! The contract kit passes a service that keeps its contract, and fails each that breaks one of its promises.

use care_client_core::{
    Call, DecodeError, Endpoint, Error, Kind, Options, Outcome, Pipeline, RawResponse, RequestParts, RetryPolicy,
    Safety,
};
use care_testkit::{
    SocketlessTransport,
    canary::Echo,
    contract::{Answer, Contract, ExpectedRequest, Operation, StatusMeaning, assert_sent, assert_unsent, error_of},
    mock_server::{answer, lines, ok, ok_text},
};
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use wiremock::MockServer;

async fn panics(check: impl Future<Output = ()>) -> bool {
    AssertUnwindSafe(check).catch_unwind().await.is_err()
}

fn pipeline(server: &MockServer) -> Pipeline {
    Pipeline::builder(server.uri(), "tests/1.0").build().unwrap()
}

#[tokio::test]
async fn a_request_is_told_by_line_headers_and_body() {
    let server = MockServer::start().await;
    answer(&server, "POST", "/x", ok(&json!({}))).await;
    answer(&server, "GET", "/y", ok_text("<a/>", "application/xml")).await;
    let parts = RequestParts::post(["x"]).query("a", "1").json(&json!({"k": [1, 2]})).unwrap();
    pipeline(&server).call(parts).await.unwrap();
    let found = pipeline(&server).call(RequestParts::get(["y"])).await.unwrap();
    assert_eq!((&found.body[..], found.headers["content-type"].to_str().unwrap()), (&b"<a/>"[..], "application/xml"));
    assert_eq!(lines(&server).await, ["POST /x?a=1", "GET /y"]);

    let requests = server.received_requests().await.unwrap();
    let line =
        |line: &str| ExpectedRequest::new(line).header("user-agent", "tests/1.0").header("accept", "application/json");
    let post = || line("POST /x?a=1");
    let body = || json!({"k": [1, 2]});
    let all = [post().text("application/json", r#"{"k":[1,2]}"#), line("GET /y")];
    post().json(body()).assert(&requests[0]);
    assert_sent(&server, &all).await;
    for other in [
        post(),
        post().header("content-type", "application/json"),
        line("POST /x").json(body()),
        line("PUT /x?a=1").json(body()),
        post().json(json!({"k": [2, 1]})),
        post().json(body()).header("x-more", "1"),
        post().json(body()).header("accept", "text/html"),
        post().text("application/json", r#"{"k": [1, 2]}"#),
        post().text("application/xml", r#"{"k":[1,2]}"#),
    ] {
        assert!(catch_unwind(AssertUnwindSafe(|| other.assert(&requests[0]))).is_err(), "{other:?} passes");
    }
    let only = all[..1].to_vec();
    assert!(panics(async move { assert_sent(&server, &only).await }).await, "one more came");
}

#[tokio::test]
async fn a_refusal_is_compared_with_what_was_sent_and_with_another() {
    for (path, kind, tells, passes) in [
        ("..", Kind::Request, "`.` or `..`", true),
        ("..", Kind::Config, "`.` or `..`", false),
        ("..", Kind::Request, "other words", false),
        ("sent", Kind::Api, "404", false),
        ("..", Kind::Request, "", false),
    ] {
        let server = MockServer::start().await;
        if tells.is_empty() {
            pipeline(&server).call(RequestParts::get(["before"])).await.unwrap_err();
        }
        let error = error_of(pipeline(&server).call(RequestParts::get([path]))).await;
        let check = async move { assert_unsent(&server, kind, &[("it", error, tells)]).await };
        assert_eq!(!panics(check).await, passes, "{path} {kind} {tells}");
    }
}

async fn refused(status: u16, safety: Safety) -> Error {
    let options = Options::new().transport(SocketlessTransport::script(move |_| (status, "{}")));
    let pipeline = Pipeline::builder("http://localhost", "tests/1.0").options(options).build().unwrap();
    pipeline.call(RequestParts::post(["x"])).with_safety(safety).with_retry(RetryPolicy::new()).await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn an_error_means_what_its_status_means_and_nothing_else() {
    for safety in [Safety::Read, Safety::Idempotent, Safety::Once] {
        let meaning = StatusMeaning { operation: "raw", safety, renewable: false };
        for status in [400, 401, 403, 404, 408, 409, 421, 425, 429, 500, 501, 502, 503, 504] {
            meaning.assert(&refused(status, safety).await, status);
        }
        let renewable = StatusMeaning { renewable: true, ..meaning };
        let other = if safety == Safety::Once { Safety::Read } else { Safety::Once };
        for (wrong, status) in [
            (meaning, 403),
            (renewable, 401),
            (StatusMeaning { safety: other, ..meaning }, 500),
            (StatusMeaning { operation: "other", ..meaning }, 500),
        ] {
            let error = refused(if status == 403 { 404 } else { status }, safety).await;
            assert!(catch_unwind(AssertUnwindSafe(|| wrong.assert(&error, status))).is_err(), "{wrong:?} {status}");
        }
    }
}

macro_rules! order_endpoint {
    ($type:ident, $name:literal, $safety:expr) => {
        struct $type(RequestParts);

        impl Endpoint for $type {
            type Output = Value;
            const OPERATION: &'static care_client_core::Operation =
                &care_client_core::Operation::new($name, "/orders", $safety, "");

            fn parts(&self) -> Result<RequestParts, Error> {
                Ok(self.0.clone())
            }

            fn decode(&self, response: &RawResponse) -> Result<Value, DecodeError> {
                response.json()
            }
        }
    };
}

order_endpoint!(GetOrder, "shop.orders.get", Safety::Read);
order_endpoint!(NewOrder, "shop.orders.create", Safety::Once);

fn get(shop: Pipeline) -> Call<GetOrder> {
    shop.call(GetOrder(RequestParts::get(["orders", "7"]).query("full", "true")))
}

fn create(item: &str, shop: &Pipeline) -> Call<NewOrder> {
    shop.call(NewOrder(RequestParts::post(["orders"]).json(&json!({"item": item})).unwrap()))
}

fn shop(server: &MockServer, options: Options) -> Pipeline {
    Pipeline::builder(server.uri(), "shop/1.0").options(options).build().unwrap()
}

fn get_row() -> Operation<Pipeline> {
    let answer = Answer::json(&json!({"id": 7}));
    Operation::read("shop.orders.get").sends("GET /orders/7?full=true").answers(answer).call(get)
}

fn create_row() -> Operation<Pipeline> {
    Operation::once("shop.orders.create")
        .sends("POST /orders")
        .json(json!({"item": "tea"}))
        .answers(Answer::json(&json!({"id": 8})).status(201))
        .call(|shop: Pipeline| create("tea", &shop))
        .marked(|shop: Pipeline| create("canary", &shop))
}

fn with_rows(rows: Vec<Operation<Pipeline>>) -> Contract<Pipeline> {
    let contract = Contract::new(shop, rows).header("user-agent", "shop/1.0").header("accept", "application/json");
    contract.error_answers(|status| Answer::json(&json!({"error": "no"})).status(status))
}

fn contract() -> Contract<Pipeline> {
    with_rows(vec![get_row(), create_row()])
}

care_testkit::contract_tests!(contract());

#[tokio::test]
async fn what_a_service_may_promise_beyond_that_is_tested_of_each_operation_too() {
    contract().any_success_is_read(&["text/plain", "application/json"]).await;
    contract().empty_answers_mean(Outcome::Completed).await;
    contract().documents_are_refused(&["\"tea", "{\"id\":"], Outcome::Completed).await;
    contract().documents_are_refused(&["tea"], Outcome::Unknown).await;
    contract().statuses_have_hints(&[404], &["everything so far"], |_, _| vec![]).await;
    let adjust = |expected: ExpectedRequest| expected.header("user-agent", "other/1.0");
    let other = |server: &MockServer, options: Options| {
        Pipeline::builder(server.uri(), "other/1.0").options(options).build().unwrap()
    };
    contract().requests_match_with(other, adjust).await;
    contract().errors_reveal_nothing(shop, &[Echo::Message(418)], async |_, _| ()).await;
}

#[tokio::test]
async fn a_row_that_says_something_else_fails() {
    for (what, row) in [
        ("path", get_row().sends("GET /orders/8?full=true")),
        ("query", get_row().sends("GET /orders/7")),
        ("header", get_row().header("x-more", "1")),
        ("answer", get_row().answers(Answer::empty(404))),
    ] {
        assert!(panics(with_rows(vec![row]).requests_match_the_documents()).await, "{what}");
    }
    assert!(panics(with_rows(vec![get_row(), get_row()]).requests_match_the_documents()).await, "one case twice");
    let read = || {
        let create = |shop: Pipeline| create("tea", &shop);
        Operation::read("shop.orders.create").sends("POST /orders").json(json!({"item": "tea"})).call(create)
    };
    assert!(panics(with_rows(vec![read()]).statuses_mean_what_they_should()).await, "safety");
    assert!(panics(with_rows(vec![read()]).passing_errors_are_repeated_where_that_is_safe()).await, "safety");
    let not_found = get_row().ignores_answer();
    assert!(panics(with_rows(vec![not_found]).empty_answers_mean(Outcome::Completed)).await, "it reads its answer");
    assert!(panics(contract().empty_answers_mean(Outcome::Unknown)).await, "the outcome");
    assert!(panics(contract().documents_are_refused(&[r#"{"id": 7}"#], Outcome::Completed)).await, "it is read");
    assert!(panics(contract().faults(|_, status| assert_ne!(status, 409)).statuses_mean_what_they_should()).await);
    assert!(panics(contract().redirect_hint("base_url").redirects_are_not_followed()).await, "the hint");
    assert!(panics(contract().a_404_to_everything_has_the_hint("prefix")).await, "the hint");
    assert!(panics(contract().statuses_have_hints(&[404], &["404"], |_, _| vec![])).await, "the hint");
    assert!(panics(contract().nothing_is_sent_without_credentials(shop)).await, "none is needed");
}

#[tokio::test]
async fn what_an_operation_or_a_workflow_reveals_fails() {
    let leak = |shop: Pipeline| shop.call(GetOrder(RequestParts::get(["orders"]))).as_operation(&LEAK);
    let leaking = Operation::read("leak").sends("GET /orders").call(leak);
    assert!(panics(with_rows(vec![leaking]).errors_reveal_nothing(shop, &[], async |_, _| ())).await);
    let printing = contract();
    assert!(
        panics(printing.errors_reveal_nothing(shop, &[], async |_, printed| printed.text(["canary".to_owned()]))).await
    );
}

const LEAK: care_client_core::Operation = care_client_core::Operation::new("canary", "", Safety::Read, "");
