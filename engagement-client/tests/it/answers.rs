//! How answers are read: the values by which programs act (`json_leaves` compares all of them), and which answers with
//! a 2xx are not the service's.

use crate::{
    mock_server::{CATEGORY, CONTENT, ID, answer_all, engagement, fixture, lines, ok, received},
    operations::contract,
};
use care_testkit::contract::Answer;
use engagement_client::{Engagement, Error, Intervention, InterventionPatch, Kind, ListInterventions, Outcome};
use futures_util::TryStreamExt;
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

async fn serving(body: &Value) -> (MockServer, Engagement) {
    let server = MockServer::start().await;
    answer_all(&server, ok(body)).await;
    let engagement = engagement(&server);
    (server, engagement)
}

#[tokio::test]
async fn each_operation_on_an_intervention_answers_with_it() {
    // ENG-01, ENG-02: create and cancel, too.
    let (_server, engagement) = serving(&fixture("intervention.json")).await;
    let interventions = engagement.interventions();
    let patch = InterventionPatch::new().custom_field("order_number", "A-1042");
    for one in [
        interventions.get(ID).await.unwrap(),
        interventions.create(CONTENT).await.unwrap(),
        interventions.categorize(ID, [CATEGORY]).await.unwrap(),
        interventions.clear_categories(ID).await.unwrap(),
        interventions.reassign(ID, "5e8c4a02c1d2e30006aa77b1").await.unwrap(),
        interventions.close(ID).await.unwrap(),
        interventions.cancel(ID).await.unwrap().unwrap(),
        interventions.update(ID, patch).await.unwrap(),
    ] {
        assert_eq!((one.id.as_str(), one.closed, one.is_closed()), (ID, Some(false), false));
        assert_eq!(one.content_id, Some(CONTENT.into()));
        assert_eq!((one.identity_group_id, one.closed_at, one.deferred_at), (None, None, None));
        assert_eq!(one.category_ids, Some(vec![CATEGORY.into()]));
        assert_eq!((one.user_replies_count, one.last_user_reply_in), (Some(2), Some(2905)));
        assert_eq!(one.custom_fields.text("order_number"), Some("A-1042"));
        assert_eq!(one.created_at.unwrap().to_rfc3339(), "2024-03-05T09:12:44+00:00");
    }
}

#[tokio::test]
async fn a_list_has_a_page_of_rows_and_the_total_count() {
    // ENG-05: more than 32 bits. ENG-14: the count and the offset are rows.
    let mut body = fixture("list.json");
    for count in [412_u64, 5_000_000_000] {
        body["count"] = json!(count);
        let (_server, engagement) = serving(&body).await;
        let page = engagement.interventions().list(ListInterventions::new().offset(150)).await.unwrap();
        assert_eq!((page.total, page.items.len(), page.undecodable.len()), (Some(count), 1, 0));
        assert_eq!((page.items[0].id.as_str(), page.items[0].is_closed()), (ID, true));
    }
}

#[tokio::test]
async fn a_creates_answer_is_read_in_both_documented_forms() {
    // ENG-01
    let one = fixture("intervention.json");
    let mut beside_another = fixture("created-as-list.json");
    beside_another["records"].as_array_mut().unwrap().insert(0, fixture("intervention-french.json"));
    let null_records = json!({"id": ID, "content_id": CONTENT, "records": null});
    for body in [one, fixture("created-as-list.json"), beside_another, null_records] {
        let (_server, engagement) = serving(&body).await;
        let created = engagement.interventions().create(CONTENT).await.unwrap();
        assert_eq!((created.id.as_str(), created.content_id), (ID, Some(CONTENT.into())), "{body}");
    }
}

#[tokio::test]
async fn a_create_may_answer_201() {
    // ENG-01
    let server = MockServer::start().await;
    answer_all(&server, ResponseTemplate::new(201).set_body_json(fixture("intervention.json"))).await;
    assert_eq!(engagement(&server).interventions().create(CONTENT).await.unwrap().id.as_str(), ID);
}

#[tokio::test]
async fn a_cancel_answers_with_the_destroyed_intervention_or_nothing() {
    // ENG-02
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    answer_all(&server, ok(&fixture("intervention.json"))).await;
    let gone = engagement.interventions().cancel(ID).await.unwrap();
    assert_eq!(gone.unwrap().id.as_str(), ID);
    for nothing in [
        ResponseTemplate::new(200),
        ResponseTemplate::new(204),
        ResponseTemplate::new(200).set_body_raw("\n", "application/json; charset=utf-8"),
    ] {
        answer_all(&server, nothing).await;
        assert_eq!(engagement.interventions().cancel(ID).await.unwrap(), None);
        assert_eq!(received(&server).await.len(), 1);
    }
}

#[tokio::test]
async fn only_the_field_closed_says_whether_it_is_closed() {
    // ENG-04
    let mut body = fixture("intervention-french.json");
    for (closed, status, is_closed) in [
        (json!(true), json!("Fermée"), true),
        (json!(true), json!("Opened"), true),
        (json!(false), json!("Closed"), false),
        (Value::Null, json!("Closed"), false),
    ] {
        body["closed"] = closed;
        body["status"] = status.clone();
        let (_server, engagement) = serving(&body).await;
        let one = engagement.interventions().get("64b1f0d2e3a94e0007b2c3d4").await.unwrap();
        assert_eq!((one.is_closed(), one.status.as_deref()), (is_closed, status.as_str()));
        assert!(one.closed_at.is_some(), "it proves nothing");
    }
}

#[tokio::test]
async fn custom_fields_are_read_under_either_name() {
    // ENG-03
    let values = json!({"order_number": "A-1042", "topics": ["delivery", "refund"]});
    for body in [
        json!({"id": ID, "custom_field_values": values}),
        json!({"id": ID, "custom_fields": values}),
        json!({"id": ID, "custom_fields": values, "custom_field_values": null}),
        json!({"id": ID, "custom_fields": {"topics": []}, "custom_field_values": values}),
        json!({"id": ID, "custom_fields": {"order_number": "old"}, "custom_field_values": values}),
    ] {
        let (_server, engagement) = serving(&body).await;
        let fields = engagement.interventions().get(ID).await.unwrap().custom_fields;
        assert_eq!(json!(fields.all()), values, "{body}");
    }
}

#[tokio::test]
async fn numbers_ids_and_times_are_read_in_all_documented_forms() {
    // ENG-05, ENG-06, ENG-07, ENG-26: durations stay whole numbers, without a unit.
    let body = json!({
        "id": 7, "user_id": 12, "category_ids": [1, "b"],
        "user_replies_count": "2", "comments_count": 9_000_000_000_u64,
        "first_user_reply_in": "52", "last_user_reply_in": 9_000_000_000_u64, "user_reply_in_average": -1,
        "created_at": "2024-03-05T09:12:44Z", "updated_at": "2024-03-05T09:12:44.512Z",
        "deferred_at": "2024-03-05T10:12:44+01:00",
    });
    let (_server, engagement) = serving(&body).await;
    let one = engagement.interventions().get("7").await.unwrap();
    assert_eq!(
        (one.id.as_str(), one.user_id, one.category_ids),
        ("7", Some("12".into()), Some(vec!["1".into(), "b".into()]))
    );
    assert_eq!((one.user_replies_count, one.comments_count), (Some(2), Some(9_000_000_000)));
    assert_eq!((one.first_user_reply_in, one.last_user_reply_in), (Some(52), Some(9_000_000_000)));
    assert_eq!((one.user_reply_in_average, one.deferred_at), (Some(-1), one.created_at));
    assert_eq!((one.updated_at.unwrap() - one.created_at.unwrap()).num_milliseconds(), 512);
}

#[tokio::test]
async fn an_undecodable_row_hides_no_other() {
    let rows = json!([{"id": "1"}, {"id": "2", "closed": "canary"}, {"closed": true}, {"id": "4", "closed": true}]);
    let (_server, engagement) = serving(&json!({"count": 4, "records": rows})).await;
    let page = engagement.interventions().list(ListInterventions::new()).await.unwrap();
    let ids: Vec<_> = page.items.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["1", "4"]);
    assert_eq!((page.undecodable.len(), &*page.undecodable[0].id, page.undecodable[0].index), (2, "2", 1));
    assert!(page.undecodable[1].id.starts_with("row #"), "{:?}", page.undecodable[1]);
    // As items, each comes in its place.
    let mut seen = Vec::new();
    let mut items = engagement.interventions().list(ListInterventions::new()).items();
    for _ in 0..4 {
        match items.try_next().await {
            Ok(Some(one)) => seen.push(one.id.to_string()),
            Ok(None) => break,
            Err(error) => seen.push(format!("{}", error.kind())),
        }
    }
    assert_eq!((seen[0].as_str(), seen[3].as_str(), seen.len()), ("1", "4", 4), "{seen:?}");
}

#[tokio::test]
async fn a_short_page_does_not_end_a_list_whose_count_says_that_more_follows() {
    // ENG-20: each request begins with the last row of the one before. ENG-29: a server may give less than it was asked
    // for.
    let server = MockServer::start().await;
    let answer = |request: &wiremock::Request| {
        let asked = |key: &str| -> usize {
            request.url.query_pairs().find(|(name, _)| name == key).unwrap().1.parse().unwrap()
        };
        let (offset, limit) = (asked("offset"), asked("limit").min(3));
        let rows: Vec<_> = (offset..(offset + limit).min(7)).map(|n| json!({"id": n.to_string()})).collect();
        ok(&json!({"count": 7, "offset": offset, "limit": limit, "records": rows}))
    };
    answer_all(&server, answer).await;
    let list = ListInterventions::new();
    let all: Vec<Intervention> = engagement(&server).interventions().list(list).items().try_collect().await.unwrap();
    let ids: Vec<_> = all.iter().map(|one| one.id.to_string()).collect();
    assert_eq!(ids, (0..7).map(|n| n.to_string()).collect::<Vec<_>>());
    let lines = lines(&server).await;
    assert!(lines.iter().any(|line| line.contains("offset=2&")), "{lines:#?}");
}

fn assert_decode(error: &Error) {
    assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Decode, Outcome::Completed, 1), "{error}");
    assert!(!error.is_retryable() && !error.is_transient(), "{error}");
}

#[tokio::test]
async fn json_of_another_form_is_a_decode_error() {
    let documents = ["{}", "[]", "null", "7", "\"canary\"", "[{\"id\":\"canary\"}]", "{\"canary\":1}"];
    contract().documents_are_refused(&documents, Outcome::Completed).await;
    contract().documents_are_refused(&["{\"id\":{\"canary\":1}}"], Outcome::Completed).await;
}

#[tokio::test]
async fn only_a_cancel_may_have_an_empty_body() {
    // ENG-02
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations() {
        for status in [200, 204] {
            let exchange = contract.exchange(&server, operation, &[Answer::empty(status)]).await;
            match operation.verb() {
                "cancel" => assert_eq!(exchange.attempts("cancel"), 1),
                verb => assert_decode(&exchange.error(verb)),
            }
        }
    }
}

#[tokio::test]
async fn an_answer_with_another_id_is_a_decode_error() {
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations().iter().filter(|one| !["list", "create"].contains(&one.verb())) {
        let at = operation.case_name();
        let another = Answer::json(&fixture("intervention-french.json"));
        let error = contract.exchange(&server, operation, &[another]).await.error(at);
        assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Decode, Outcome::Unknown, 1), "{error}");
        assert!(error.to_string().contains("another intervention"), "{error}");
        // Hexadecimal digits are the same in capital letters.
        let same = Answer::json(&json!({"id": ID.to_uppercase()}));
        assert_eq!(contract.exchange(&server, operation, &[same]).await.attempts(at), 1);
    }
}

#[tokio::test]
async fn any_2xx_and_any_media_type_are_accepted_if_the_document_is_valid() {
    let media_types = ["text/plain", "application/octet-stream", "text/html", "application/json"];
    contract().any_success_is_read(&media_types).await;
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations() {
        let at = operation.case_name();
        let document = String::from_utf8(operation.answer().body().to_vec()).unwrap();
        // No media type at all.
        answer_all(&server, ResponseTemplate::new(200).set_body_bytes(document.clone())).await;
        assert_eq!(operation.run(engagement(&server)).await.unwrap().attempts, 1, "{at}");
        // A byte order mark.
        let marked = Answer::text("application/json", format!("\u{feff}{document}"));
        assert_eq!(contract.exchange(&server, operation, &[marked]).await.attempts(at), 1);
    }
}

#[tokio::test]
async fn an_empty_list_is_not_an_answer_to_a_create() {
    // ENG-01
    let (contract, server) = (contract(), MockServer::start().await);
    let create = contract.operation("engagement.interventions.create");
    let empty = Answer::json(&json!({"count": 0, "records": []}));
    let error = contract.exchange(&server, create, &[empty]).await.error("create");
    assert_decode(&error);
    assert!(error.to_string().contains("records"), "{error}");
}
