//! What each operation sends: method, path, query, headers and body, and nothing else.

use crate::{
    documented::operations::{OPERATIONS, Operation},
    mock_server::{BEARER, ID, answer_all, engagement, fixture, lines, ok, received},
};
use care_testkit::documented::{Wanted, assert_sent};
use engagement_client::{InterventionPatch, ListInterventions, Sort, StatusFilter};
use serde_json::json;
use wiremock::{Mock, MockServer, matchers::method};

/// What this crate's requests have in common.
pub(crate) fn wanted(line: impl Into<String>) -> Wanted {
    let agent = concat!("engagement-client/", env!("CARGO_PKG_VERSION"));
    let wanted = Wanted::new(line).header("accept", "application/json").header("user-agent", agent);
    wanted.header("authorization", BEARER)
}

pub(crate) async fn server(operation: &Operation) -> MockServer {
    let server = MockServer::start().await;
    answer_all(&server, operation.good_answer()).await;
    server
}

#[tokio::test]
async fn every_operation_is_sent_as_documented() {
    // ENG-08: the token, where the page has none. ENG-12: parameters stand in the query. ENG-10, ENG-11: the brackets.
    // ENG-21: the filter by status, and the update. ENG-03: the name that custom fields are written under.
    // ENG-25: `identity_group_id`, without the page's slip.
    for operation in &OPERATIONS {
        let server = server(operation).await;
        assert_eq!((operation.call)(engagement(&server)).await.unwrap(), 1, "{}", operation.what);
        assert_sent(&server, &[wanted(operation.line())]).await;
    }
}

#[tokio::test]
async fn a_put_or_post_without_a_body_has_content_length_zero() {
    // ENG-13
    for operation in &OPERATIONS {
        let server = server(operation).await;
        (operation.call)(engagement(&server)).await.unwrap();
        let sent = received(&server).await;
        let length = sent[0].headers.get("content-length").map(|value| value.to_str().unwrap());
        match operation.verb {
            "PUT" | "POST" => assert_eq!(length, Some("0"), "{}", operation.what),
            _ => assert!(matches!(length, None | Some("0")), "{}: {length:?}", operation.what),
        }
        for absent in ["content-type", "transfer-encoding", "expect"] {
            assert!(!sent[0].headers.contains_key(absent), "{}: {absent}", operation.what);
        }
        assert!(sent[0].body.is_empty(), "{}", operation.what);
    }
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
    let wanted: Vec<_> = lines.iter().map(|query| wanted(format!("GET /1.0/interventions{query}"))).collect();
    assert_sent(&server, &wanted).await;
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
        &[wanted(line("/update_categories")).text(form, pairs.join("&")), wanted(line("")).text(form, fields)],
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
