//! Opening, reading and changing interventions.

use crate::support::engagement::{agent, bare, done, form_request, refusal, refused, request, send};
use care_emulators::engagement::{
    AGENT_ID, ControlError, Controller, CustomFieldsKey, Emulator, Language, NewAgent, NewContent, SOURCE_ID,
};
use chrono::{SecondsFormat, TimeDelta};
use serde_json::{Value, json};
use std::time::Duration;

async fn one() -> (Emulator, Controller, String) {
    let emulator = Emulator::start().await.unwrap();
    emulator.clock().freeze();
    let controller = emulator.controller();
    let id = controller.open_new();
    (emulator, controller, id)
}

fn creating(content: &str) -> String {
    format!("/interventions?content_id={content}")
}

#[tokio::test]
async fn a_create_opens_an_intervention_for_the_caller() {
    let (emulator, controller, _) = one().await;
    let (other, token) = agent(&controller, NewAgent::new());
    let new = NewContent::new().thread("t1").identity("i1").identity_group("g1");
    let content = controller.add_content(new).unwrap();
    let (status, opened) = bare("POST", &creating(&content)).token(&token).send_for_json(&emulator).await;
    assert_eq!(status, 200);
    let expected = json!({
        "content_id": content, "thread_id": "t1", "identity_id": "i1", "identity_group_id": "g1",
        "source_id": SOURCE_ID, "user_id": other, "closed": false, "closed_at": null, "status": "Opened",
        "user_replies_count": 0, "comments_count": 0, "category_ids": [], "custom_field_values": {},
    });
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(opened[key], *value, "{key}");
    }
    let id = opened["id"].as_str().unwrap();
    assert_eq!(controller.interventions()[0], id);
    assert_eq!(controller.intervention(id).unwrap().created_at.timestamp(), emulator.clock().now().timestamp());

    let content = controller.add_content(NewContent::new()).unwrap();
    let created = done(&emulator, "POST", &format!("{}&impersonated_user_id={other}", creating(&content))).await;
    assert_eq!(created["user_id"], other);
    // In a form, too.
    let content = controller.add_content(NewContent::new()).unwrap();
    let form = form_request("POST", "/interventions", &format!("content_id={content}"));
    assert_eq!(form.send_for_json(&emulator).await.1["user_id"], AGENT_ID);
}

#[tokio::test]
async fn a_create_on_the_same_conversation_reopens_a_closed_intervention() {
    let (emulator, controller, _) = one().await;
    let new = || NewContent::new().thread("t1").identity("i1");
    let first = controller.add_content(new()).unwrap();
    let id = controller.open(&first).unwrap();
    let second = controller.add_content(new()).unwrap();
    controller.reply(&id).unwrap();
    controller.close(&id).unwrap();
    let closed_at = controller.intervention(&id).unwrap().closed_at;
    emulator.clock().advance(Duration::from_secs(5));
    let (other, token) = agent(&controller, NewAgent::new());
    let (_, reopened) = bare("POST", &creating(&second)).token(&token).send_for_json(&emulator).await;
    assert_eq!((&reopened["id"], &reopened["content_id"]), (&json!(id), &json!(first)));
    assert_eq!((&reopened["user_id"], &reopened["status"]), (&json!(other), &json!("Reopened")));
    let known = controller.intervention(&id).unwrap();
    assert_eq!((known.closed, known.reopened, known.closed_at), (false, true, closed_at));
    assert!(reopened["closed_at"].is_string() && closed_at.is_some());
    controller.close(&id).unwrap();
    assert!(!controller.intervention(&id).unwrap().reopened);
    // Another thread, another identity and another source are other conversations.
    for other in [NewContent::new().thread("t1"), NewContent::new().identity("i1")] {
        let content = controller.add_content(other).unwrap();
        assert_ne!(done(&emulator, "POST", &creating(&content)).await["id"], id);
    }
    let source = controller.add_source();
    let elsewhere = controller.add_content(new().source(source)).unwrap();
    assert_ne!(controller.open(&elsewhere).unwrap(), id);
}

#[tokio::test]
async fn an_impossible_create_gets_422_with_the_reason() {
    let (emulator, controller, id) = one().await;
    let open = controller.intervention(&id).unwrap().content_id;
    let hidden = controller.add_content(NewContent::new().source(controller.add_source())).unwrap();
    let of = |response: &(u16, Value)| {
        assert_eq!(refusal(response), (422, "validation_error".to_owned()));
        assert_eq!(response.1["errors"].as_array().unwrap().len(), 1);
        let flaw = &response.1["errors"][0];
        assert!(flaw["message"].is_string() && flaw["attribute"] == "content_id", "{flaw}");
        flaw["type"].as_str().unwrap().to_owned()
    };
    for (content, kind) in [(open.as_str(), "taken"), (&hidden, "invalid"), ("640000000000000000000000", "invalid")] {
        assert_eq!(of(&send(&emulator, "POST", &creating(content)).await), kind, "{content}");
    }
    assert_eq!(controller.interventions(), [&*id]);
    for path in ["/interventions", "/interventions?content_id=", "/interventions?content_id[]=a"] {
        assert_eq!(refused(&emulator, "POST", path).await, (400, "missing_parameter".to_owned()), "{path}");
    }
    assert_eq!(controller.open(&open), Err(ControlError::AlreadyOpen { id: id.clone() }));
    assert_eq!(controller.reopen(&id), Err(ControlError::AlreadyOpen { id }));
    assert_eq!(controller.open("x"), Err(ControlError::UnknownContent { id: "x".to_owned() }));
    let nowhere = controller.add_content(NewContent::new().source("x"));
    assert_eq!(nowhere, Err(ControlError::UnknownSource { id: "x".to_owned() }));
}

#[tokio::test]
async fn an_option_answers_a_create_with_a_list() {
    let emulator = Emulator::builder().created_as_list().start().await.unwrap();
    let controller = emulator.controller();
    let content = controller.add_content(NewContent::new()).unwrap();
    let list = done(&emulator, "POST", &creating(&content)).await;
    let id = &controller.interventions()[0];
    assert_eq!(list["records"], json!([done(&emulator, "GET", &format!("/interventions/{id}")).await]));
    assert_eq!((&list["count"], &list["offset"], &list["limit"]), (&json!(1), &json!(0), &json!(30)));
}

#[tokio::test]
async fn missing_and_unreadable_interventions_look_the_same() {
    let (emulator, controller, id) = one().await;
    let (stranger, token) = agent(&controller, NewAgent::new().update_intervention());
    controller.deny_read(&stranger, SOURCE_ID).unwrap();
    for (method, path) in [
        ("GET", ""),
        ("PUT", "?custom_field_values[a]=1"),
        ("PUT", ""),
        ("DELETE", "/cancel"),
        ("PUT", "/close"),
        ("PUT", "/reassign?user_id=e00000000000000000000001"),
        ("PUT", "/reassign"),
        ("PUT", "/update_categories?category_ids[]=a"),
        ("PUT", "/update_categories"),
    ] {
        let hidden = bare(method, &format!("/interventions/{id}{path}")).token(&token).send_for_json(&emulator).await;
        let missing = send(&emulator, method, &format!("/interventions/640000000000000000000000{path}")).await;
        assert_eq!(refusal(&hidden), (404, "not_found".to_owned()), "{method} {path}");
        assert_eq!(hidden, missing);
    }
    assert_eq!(refused(&emulator, "GET", "/interventions/%ff").await.0, 404);
    assert_eq!(done(&emulator, "GET", &format!("/interventions/{id}")).await["id"], id);
}

#[tokio::test]
async fn categories_are_replaced_and_need_brackets() {
    let (emulator, controller, id) = one().await;
    let path = format!("/interventions/{id}/update_categories");
    let (_, token) = agent(&controller, NewAgent::new());
    let cases: [(&str, &[&str]); 6] = [
        ("?category_ids[]=a&category_ids[]=b", &["a", "b"]),
        ("?category_ids%5B%5D=c", &["c"]),
        ("?category_ids[]=b&category_ids[]=&category_ids[]=a&category_ids[]=b", &["b", "a"]),
        ("?category_ids[]=", &[]),
        ("?category_ids[]=a,b", &["a,b"]),
        ("?category_ids[]=a&category_ids=x", &["a"]),
    ];
    for (query, expected) in cases {
        // Read access is enough.
        let (status, shown) = bare("PUT", &format!("{path}{query}")).token(&token).send_for_json(&emulator).await;
        assert_eq!((status, &shown["category_ids"]), (200, &json!(expected)), "{query}");
        assert_eq!(controller.intervention(&id).unwrap().category_ids, expected);
    }
    let (_, shown) = form_request("PUT", &path, "category_ids[]=d&category_ids%5B%5D=e").send_for_json(&emulator).await;
    assert_eq!(shown["category_ids"], json!(["d", "e"]));
    for query in ["", "?category_ids=a", "?category_ids=a&category_ids=b", "?category_ids[0]=a"] {
        let missing = (400, "missing_parameter".to_owned());
        assert_eq!(refused(&emulator, "PUT", &format!("{path}{query}")).await, missing, "{query}");
    }
    controller.categorize(&id, ["x", "", "x", "y"]).unwrap();
    assert_eq!(controller.intervention(&id).unwrap().category_ids, ["x", "y"]);
}

#[tokio::test]
async fn reassigning_needs_a_permission() {
    let rights = [
        (NewAgent::new(), [403, 403]),
        (NewAgent::new().update_own_intervention(), [403, 200]),
        (NewAgent::new().update_intervention(), [200, 200]),
    ];
    for (new, expected) in rights {
        for (owner, status) in [false, true].into_iter().zip(expected) {
            let (emulator, controller, id) = one().await;
            let (agent, token) = agent(&controller, new);
            let heir = controller.add_agent(NewAgent::new());
            let before = if owner { agent.as_str() } else { AGENT_ID };
            controller.reassign(&id, before).unwrap();
            let path = format!("/interventions/{id}/reassign?user_id={heir}");
            let (got, _) = bare("PUT", &path).token(&token).send_for_json(&emulator).await;
            let after = if status == 200 { heir.as_str() } else { before };
            assert_eq!((got, &*controller.intervention(&id).unwrap().user_id), (status, after), "{new:?} {owner}");
        }
    }
}

#[tokio::test]
async fn reassigning_needs_a_known_agent() {
    let (emulator, controller, id) = one().await;
    let path = format!("/interventions/{id}/reassign");
    let unknown = send(&emulator, "PUT", &format!("{path}?user_id=x")).await;
    assert_eq!(refusal(&unknown), (422, "validation_error".to_owned()));
    assert_eq!(unknown.1["errors"][0]["attribute"], "user_id");
    assert_eq!(refused(&emulator, "PUT", &path).await, (400, "missing_parameter".to_owned()));
    assert_eq!(controller.reassign(&id, "x"), Err(ControlError::UnknownAgent { id: "x".to_owned() }));
    let other = controller.add_agent(NewAgent::new());
    let (_, shown) = form_request("PUT", &path, &format!("user_id={other}")).send_for_json(&emulator).await;
    assert_eq!(shown["user_id"], other);
}

#[tokio::test]
async fn custom_fields_are_strings_and_lists_under_the_chosen_key() {
    let names = [
        (CustomFieldsKey::Live, [true, false]),
        (CustomFieldsKey::Spec, [false, true]),
        (CustomFieldsKey::Both, [true, true]),
    ];
    for (key, expected) in names {
        let emulator = Emulator::builder().custom_fields_key(key).start().await.unwrap();
        let controller = emulator.controller();
        let id = controller.open_new();
        controller.set_custom_field(&id, "kept", json!(7)).unwrap();
        let path = format!("/interventions/{id}");
        let query = "custom_field_values[order]=A-1&custom_field_values[topics][]=x&custom_field_values[topics][]=y";
        let shown = done(&emulator, "PUT", &format!("{path}?{query}")).await;
        let fields = json!({ "kept": 7, "order": "A-1", "topics": ["x", "y"] });
        let values = ["custom_field_values", "custom_fields"].map(|name| shown.get(name));
        assert_eq!(values, expected.map(|has| has.then_some(&fields)), "{key:?}");
        let form = "custom_field_values%5Btopics%5D%5B%5D=&custom_field_values[order]=a%26b";
        assert_eq!(form_request("PUT", &path, form).send_for_json(&emulator).await.0, 200);
        let fields = controller.intervention(&id).unwrap().custom_fields;
        assert_eq!(Value::from(fields), json!({ "kept": 7, "order": "a&b", "topics": [] }));
    }
}

#[tokio::test]
async fn wrong_custom_fields_get_400_and_change_nothing() {
    let (emulator, controller, id) = one().await;
    for (query, error) in [
        ("", "missing_parameter"),
        ("?custom_fields[a]=1", "missing_parameter"),
        ("?custom_field_values=1", "missing_parameter"),
        ("?custom_field_values[]=1", "invalid_parameter"),
        ("?custom_field_values[a]=1&custom_field_values[a][]=2", "invalid_parameter"),
        ("?custom_field_values[a][b]=1", "invalid_parameter"),
    ] {
        let got = refused(&emulator, "PUT", &format!("/interventions/{id}{query}")).await;
        assert_eq!(got, (400, error.to_owned()), "{query}");
    }
    assert!(controller.intervention(&id).unwrap().custom_fields.is_empty());
}

#[tokio::test]
async fn only_a_change_moves_updated_at() {
    let (emulator, controller, id) = one().await;
    let path = format!("/interventions/{id}");
    let opened = controller.intervention(&id).unwrap().updated_at;
    let moved = async |method: &'static str, path: String, by: i64| {
        emulator.clock().advance(Duration::from_secs(1));
        let shown = done(&emulator, method, &path).await;
        let updated = opened + TimeDelta::seconds(by);
        assert_eq!(shown["updated_at"], updated.to_rfc3339_opts(SecondsFormat::Secs, true), "{path}");
        assert_eq!(controller.intervention(&id).unwrap().updated_at, updated, "{path}");
    };
    moved("GET", path.clone(), 0).await;
    moved("PUT", format!("{path}/update_categories?category_ids[]=a"), 2).await;
    moved("PUT", format!("{path}/update_categories?category_ids[]=a"), 2).await;
    moved("PUT", format!("{path}?custom_field_values[a]=1"), 4).await;
    moved("PUT", format!("{path}?custom_field_values[a]=1"), 4).await;
    moved("PUT", format!("{path}/reassign?user_id={AGENT_ID}"), 4).await;
    controller.begin_cancel(&id).unwrap();
    controller.abandon(&id).unwrap();
    let intervention = controller.intervention(&id).unwrap();
    let conversation = NewContent::new().thread(&*intervention.thread_id).identity(&*intervention.identity_id);
    let _content = controller.add_content(conversation).unwrap();
    moved("GET", path.clone(), 4).await;
    controller.touch(&id).unwrap();
    moved("GET", path.clone(), 7).await;
    controller.reply(&id).unwrap();
    moved("PUT", format!("{path}/close"), 9).await;
}

#[tokio::test]
async fn a_reply_without_a_waiting_message_counts_but_is_no_exchange() {
    let (emulator, controller, id) = one().await;
    let shown = async || {
        let shown = done(&emulator, "GET", &format!("/interventions/{id}")).await;
        ["user_replies_count", "last_user_reply_in", "user_reply_in_average", "user_reply_in_average_count"]
            .map(|key| shown[key].as_i64())
    };
    assert_eq!(shown().await, [Some(0), None, None, None]);
    for seconds in [10, 20] {
        emulator.clock().advance(Duration::from_secs(10));
        controller.reply(&id).unwrap();
        assert_eq!(shown().await, [Some(seconds / 10), Some(seconds), Some(10), Some(1)]);
    }
}

#[tokio::test]
async fn all_times_are_whole_seconds() {
    let (emulator, controller, _) = one().await;
    let second = u64::from(1_000_000_000 - emulator.clock().now().timestamp_subsec_nanos());
    emulator.clock().advance(Duration::from_nanos(second) + Duration::from_millis(900));
    let id = controller.open_new();
    emulator.clock().advance(Duration::from_millis(200));
    controller.reply(&id).unwrap();
    controller.defer(&id, emulator.clock().now()).unwrap();
    let known = controller.intervention(&id).unwrap();
    let times = [Some(known.created_at), Some(known.updated_at), known.deferred_at, known.replies.last_at];
    assert_eq!(times.map(|time| time.unwrap().timestamp_subsec_nanos()), [0; 4]);
    assert_eq!((known.updated_at - known.created_at, known.replies.first_in), (TimeDelta::seconds(1), Some(1)));
}

#[tokio::test]
async fn the_label_is_in_the_language_of_the_account() {
    for (language, labels) in [
        (Language::English, ["Opened", "Deferred", "Opened", "Closed", "Reopened"]),
        (Language::French, ["Ouverte", "Différée", "Ouverte", "Fermée", "Rouverte"]),
    ] {
        let emulator = Emulator::builder().language(language).start().await.unwrap();
        emulator.clock().freeze();
        let controller = emulator.controller();
        let id = controller.open_new();
        controller.reply(&id).unwrap();
        let until = emulator.clock().now() + TimeDelta::seconds(10);
        let acts: [&dyn Fn(); 5] = [
            &|| (),
            &|| controller.defer(&id, until).unwrap(),
            &|| emulator.clock().advance(Duration::from_secs(10)),
            &|| controller.close(&id).unwrap(),
            &|| controller.reopen(&id).unwrap(),
        ];
        for (act, label) in acts.into_iter().zip(labels) {
            act();
            assert_eq!(done(&emulator, "GET", &format!("/interventions/{id}")).await["status"], label);
        }
        // Labels aren't values of the filter.
        assert_eq!(refused(&emulator, "GET", &format!("/interventions?status={}", labels[3])).await.0, 400);
    }
}

#[tokio::test]
async fn fields_of_extensions_are_absent_until_used() {
    let (emulator, controller, id) = one().await;
    let path = format!("/interventions/{id}");
    let keys = [
        "detected_language",
        "translation_enabled",
        "satisfaction_grade",
        "satisfaction_sent_at",
        "satisfaction_answered_at",
        "survey_id",
        "survey_response_id",
    ];
    let show = async || {
        let shown = done(&emulator, "GET", &path).await;
        keys.map(|key| shown.get(key).cloned())
    };
    assert_eq!(show().await, [const { None }; 7]);
    assert_eq!(controller.answer_survey(&id, 4), Err(ControlError::NoSurvey { id: id.clone() }));
    controller.translate(&id, "fr").unwrap();
    controller.send_survey(&id).unwrap();
    let sent = controller.intervention(&id).unwrap().survey.unwrap();
    let time = |time: chrono::DateTime<chrono::Utc>| json!(time.to_rfc3339_opts(SecondsFormat::Secs, true));
    let [language, on, null, at, survey] = [json!("fr"), json!(true), Value::Null, time(sent.sent_at), json!(sent.id)];
    let expected = [&language, &on, &null, &at, &null, &survey, &null].map(|value| Some(value.clone()));
    assert_eq!(show().await, expected);
    emulator.clock().advance(Duration::from_secs(60));
    controller.answer_survey(&id, 4).unwrap();
    let answered = controller.intervention(&id).unwrap().survey.unwrap();
    let later = time(answered.sent_at + TimeDelta::seconds(60));
    let response = json!(answered.response_id.unwrap());
    let expected = [&language, &on, &json!(4), &at, &later, &survey, &response].map(|value| Some(value.clone()));
    assert_eq!(show().await, expected);
}

#[tokio::test]
async fn hooks_change_the_world_before_and_after_a_call() {
    let (emulator, controller, id) = one().await;
    let path = format!("/interventions/{id}");
    let of = id.clone();
    controller.before_next("PUT", "/update_categories", move |controller| controller.categorize(&of, ["a"]).unwrap());
    let of = id.clone();
    controller.after_next("GET", &id, move |controller| controller.remove(&of).unwrap());
    assert_eq!(
        done(&emulator, "PUT", &format!("{path}/update_categories?category_ids[]=b")).await["category_ids"],
        json!(["b"])
    );
    assert_eq!(done(&emulator, "GET", &path).await["id"], id);
    assert_eq!(request("GET", &path).send(&emulator).await.status, 404);
    // A rejected request takes its hooks, too.
    controller.before_next("GET", "", |controller| drop(controller.open_new()));
    assert_eq!(bare("GET", &path).send(&emulator).await.status, 403);
    assert_eq!(controller.interventions().len(), 1);
}
