//! Every documented operation on the wire: what is sent, and what each error means.

use crate::{
    mock_server::{ID, answer_all, engagement, fixture, lines, ok, received},
    operations::{contract, expected, without_token},
};
use care_testkit::contract::{Answer, Operation, assert_sent};
use engagement_client::{
    ApiFault, Engagement, InterventionPatch, ListInterventions, Outcome, Safety, Sort, StatusFilter,
};
use serde_json::json;
use wiremock::{Mock, MockServer, matchers::method};

const ALL_404: &str = "the server has answered 404 to everything so far: account, platform or base URL may be wrong";
const RATE: &str = "the service allows 500 requests a minute: use rate_limited() on the builder";
const PARAMETER: &str =
    "a parameter is invalid, or the token's user may not impersonate (role flag `impersonate_user`)";
const TOKEN: &str = "the token is wrong or disabled: check access_token() on the builder";
const RIGHTS: &str = "the token's user lacks permission or can't read the source, or the token is wrong";
const MISSING: &str =
    "there is no such intervention, or the token's user can't read its source: the service answers 404 to both";
const BUSY: &str = "another request is closing or cancelling it: wait a few seconds, then read it";
const NOT_OPENED: &str = "it can't be created or reopened: one may already be open in this conversation";
const TO_CLOSE: &str =
    "it is already closed, or has no agent reply (then cancel it instead), or belongs to another user";
const TO_CANCEL: &str = "it is already closed, or has agent replies (then close it instead); or";
const TO_UPDATE: &str =
    "the token's user needs `update_intervention`, or `update_own_intervention` for its own interventions; or";
const ALL: [&str; 11] =
    [ALL_404, RATE, PARAMETER, TOKEN, RIGHTS, MISSING, BUSY, NOT_OPENED, TO_CLOSE, TO_CANCEL, TO_UPDATE];

care_testkit::contract_tests!(contract());

#[tokio::test]
async fn every_operation_requires_a_token() {
    // ENG-08
    contract().nothing_is_sent_without_credentials(without_token).await;
}

#[tokio::test]
async fn a_put_or_post_without_a_body_has_content_length_zero() {
    // ENG-13
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations() {
        let at = operation.case_name();
        contract.exchange(&server, operation, &[operation.answer().clone()]).await.attempts(at);
        let sent = received(&server).await;
        let length = sent[0].headers.get("content-length").map(|value| value.to_str().unwrap());
        match operation.method() {
            "PUT" | "POST" => assert_eq!(length, Some("0"), "{at}"),
            _ => assert!(matches!(length, None | Some("0")), "{at}: {length:?}"),
        }
        for absent in ["content-type", "transfer-encoding", "expect"] {
            assert!(!sent[0].headers.contains_key(absent), "{at}: {absent}");
        }
        assert!(sent[0].body.is_empty(), "{at}");
    }
}

#[test]
fn only_create_close_and_cancel_are_once() {
    // ENG-28
    let contract = contract();
    let once = contract.operations().iter().filter(|operation| operation.safety() == Safety::Once);
    assert_eq!(once.map(Operation::verb).collect::<Vec<_>>(), ["create", "close", "cancel"]);
}

#[tokio::test]
async fn no_refusal_counts_as_success() {
    // ENG-28: only the intervention itself shows that it is gone or closed.
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations().iter().filter(|operation| operation.safety() == Safety::Once) {
        for refused in [403, 404, 409, 422] {
            let answers = [Answer::empty(429), Answer::empty(refused)];
            let error = contract.exchange(&server, operation, &answers).await.error(operation.case_name());
            assert_eq!((error.outcome(), error.attempts()), (Outcome::Refused, 2), "{error}");
        }
    }
}

#[tokio::test]
async fn an_error_in_plain_text_or_without_a_body_means_the_same() {
    // ENG-22
    const TEXT: &str = "it can't be done";
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations() {
        let at = operation.case_name();
        for status in [400, 401, 403, 404, 409, 422, 429, 500, 503] {
            let plain = Answer::text("text/plain", TEXT).status(status);
            let error = contract.exchange(&server, operation, &[plain]).await.error(at);
            operation.meaning().assert(&error, status);
            let fault = error.fault::<ApiFault>().unwrap();
            assert_eq!(fault.message.as_deref().map(String::as_str), Some(TEXT), "{at} {status}");
            assert_eq!((fault.error, fault.status), (None, Some(status.into())));
            assert_eq!(error.body().unwrap(), TEXT);
            assert!(error.report().contains(TEXT) && !error.to_string().contains(TEXT), "{at}");
        }
        let error = contract.exchange(&server, operation, &[Answer::empty(400)]).await.error(at);
        operation.meaning().assert(&error, 400);
        assert_eq!((error.fault::<ApiFault>(), error.body().unwrap().len()), (None, 0), "{at}");
    }
}

/// What the status means for the operation, where it says more than its number.
fn meaning(operation: &Operation<Engagement>, status: u16) -> Vec<&'static str> {
    match (operation.verb(), status) {
        (_, 400) => vec![PARAMETER],
        (_, 401) => vec![TOKEN],
        (_, 429) => vec![RATE],
        ("close", 403) => vec![RIGHTS, TO_CLOSE],
        ("cancel", 403) => vec![RIGHTS, TO_CANCEL],
        ("reassign" | "update", 403) => vec![RIGHTS, TO_UPDATE],
        (_, 403) => vec![RIGHTS],
        ("create", 422) => vec![NOT_OPENED],
        ("list" | "create", 404 | 409) => vec![],
        (_, 404) => vec![MISSING],
        (_, 409) => vec![BUSY],
        _ => vec![],
    }
}

#[tokio::test]
async fn each_status_says_what_it_can_mean_for_the_operation() {
    // ENG-15: a cancel names what stands against a cancel. ENG-16: the permission to edit interventions, not
    // permissions. ENG-17, ENG-18, ENG-23, ENG-28
    contract().statuses_have_hints(&[400, 401, 403, 404, 409, 422, 429, 500], &ALL, meaning).await;
}

#[tokio::test]
async fn hints_of_close_and_cancel_name_each_other() {
    // ENG-15, ENG-16, ENG-18
    let (contract, server) = (contract(), MockServer::start().await);
    let mut hints = Vec::new();
    for case in ["engagement.interventions.close", "engagement.interventions.cancel"] {
        let exchange = contract.exchange(&server, contract.operation(case), &[Answer::empty(403)]).await;
        hints.push(exchange.error(case).to_string());
    }
    let [close, cancel] = hints.try_into().unwrap();
    assert!(close.contains("cancel it instead") && close.contains("may not edit interventions"), "{close}");
    assert!(cancel.contains("close it instead") && !cancel.contains("edit"), "{cancel}");
    assert!(!close.contains("permissions"), "{close}");
}

#[tokio::test]
async fn a_server_that_answers_only_404_may_be_the_wrong_one() {
    // ENG-09
    contract().a_404_to_everything_has_the_hint(ALL_404).await;
}

#[tokio::test]
async fn a_list_sends_its_filters_and_always_its_limit() {
    // ENG-04: the words of the filter. ENG-14: the offset counts rows. ENG-20: the two orders. ENG-29: the limit is
    // never left to the service.
    let server = MockServer::start().await;
    answer_all(&server, ok(&fixture("list.json"))).await;
    let engagement = engagement(&server);
    let mut lines = vec!["?offset=0&limit=150".to_owned(), "?offset=3&limit=1".to_owned()];
    let mut lists = vec![ListInterventions::new(), ListInterventions::new().limit(1).offset(3)];
    for (status, word) in [
        (StatusFilter::Active, "active"),
        (StatusFilter::Closed, "closed"),
        (StatusFilter::Deferred, "deferred"),
        (StatusFilter::Opened, "opened"),
        (StatusFilter::Reopened, "reopened"),
    ] {
        lists.push(ListInterventions::new().status(status));
        lines.push(format!("?status={word}&offset=0&limit=150"));
    }
    for (sort, word) in [(Sort::CreatedAt, "created_at"), (Sort::UpdatedAt, "updated_at")] {
        lists.push(ListInterventions::new().sort(sort).offset(u64::MAX));
        lines.push(format!("?sort={word}&offset=18446744073709551615&limit=150"));
    }
    for list in lists {
        engagement.interventions().list(list).await.unwrap();
    }
    let requests: Vec<_> = lines.iter().map(|query| expected(format!("GET /1.0/interventions{query}"))).collect();
    assert_sent(&server, &requests).await;
}

#[tokio::test]
async fn long_parameters_are_sent_as_a_form() {
    // ENG-12: the guide shows that. ENG-11, ENG-03: the names are the same there.
    let server = MockServer::start().await;
    answer_all(&server, ok(&fixture("intervention.json"))).await;
    let engagement = engagement(&server).as_user("a/b").unwrap();
    let categories: Vec<_> = (0..150).map(|n| format!("5d10aa0be4b0a20001{n:06}")).collect();
    engagement.interventions().categorize(ID, categories.clone()).await.unwrap();
    let patch = InterventionPatch::new().custom_field("note", "ä".repeat(20_000)).custom_field("topics", ["a&b"]);
    engagement.interventions().update(ID, patch).await.unwrap();

    let form = "application/x-www-form-urlencoded";
    let pairs: Vec<_> = categories.iter().map(|id| format!("category_ids%5B%5D={id}")).collect();
    let note = "%C3%A4".repeat(20_000);
    let fields = format!("custom_field_values%5Bnote%5D={note}&custom_field_values%5Btopics%5D%5B%5D=a%26b");
    let line = |verb: &str| format!("PUT /1.0/interventions/{ID}{verb}?impersonated_user_id=a%2Fb");
    assert_sent(
        &server,
        &[expected(line("/update_categories")).text(form, pairs.join("&")), expected(line("")).text(form, fields)],
    )
    .await;
}

#[tokio::test]
async fn adding_or_removing_one_category_writes_the_whole_list() {
    // ENG-19: it is read first.
    let server = MockServer::start().await;
    let has = |categories: &[&str]| ok(&json!({"id": ID, "category_ids": categories}));
    let get = || Mock::given(method("GET"));
    get().respond_with(has(&["a", "b"])).up_to_n_times(1).mount(&server).await;
    get().respond_with(has(&["b", "c"])).mount(&server).await;
    Mock::given(method("PUT")).respond_with(has(&["b", "c"])).mount(&server).await;
    engagement(&server).interventions().add_categories(ID, ["c"]).with_removed(["a"]).await.unwrap();
    let lines = lines(&server).await;
    let write = format!("PUT /1.0/interventions/{ID}/update_categories?category_ids%5B%5D=b&category_ids%5B%5D=c");
    assert_eq!(lines[..2], [format!("GET /1.0/interventions/{ID}"), write]);
}

#[tokio::test]
async fn a_field_is_sent_in_the_form_of_its_type() {
    // ENG-03
    let server = MockServer::start().await;
    answer_all(&server, ok(&fixture("intervention.json"))).await;
    let patch = InterventionPatch::new()
        .custom_field("text", "first")
        .custom_field("yes", true)
        .custom_field("whole", -7)
        .custom_field("part", 1.5)
        .custom_field("none", "")
        .custom_field("Größe & Art", String::from("a=b&c d+e"))
        .custom_field("several", vec!["a".to_owned(), String::new()])
        .custom_field("text", "last");
    engagement(&server).interventions().update(ID, patch).await.unwrap();
    let sent: Vec<_> =
        received(&server).await[0].url.query_pairs().map(|(key, value)| format!("{key}={value}")).collect();
    let fields = [
        "[yes]=true",
        "[whole]=-7",
        "[part]=1.5",
        "[none]=",
        "[Größe & Art]=a=b&c d+e",
        "[several][]=a",
        "[several][]=",
        "[text]=last",
    ];
    assert_eq!(sent, fields.map(|field| format!("custom_field_values{field}")));
}
