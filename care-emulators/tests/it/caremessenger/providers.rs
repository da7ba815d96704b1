//! Providers: validation, responses, updates and deletes.

use crate::support::{
    RawRequest,
    caremessenger::{PROVIDERS, at_rest, create, email, get, of_site, read, send, webhook},
};
use care_emulators::caremessenger::{
    ControlError, CoordinateForm, Emulator, EmulatorBuilder, NewProvider, RESIDENT_ID, SITE_ID, Target, Updates,
    WebhookEcho,
};
use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;

/// Sends a create that must fail, and returns the errors.
async fn refused(emulator: &Emulator, body: &Value) -> Value {
    let response = send(emulator, "POST", PROVIDERS, body).await;
    assert_eq!(response.status, 400, "{body}");
    assert_eq!(emulator.controller().providers(), [], "{body}");
    response.json()
}

#[tokio::test]
async fn every_create_makes_one_more_provider() {
    let emulator = Emulator::start().await.unwrap();
    let body = of_site(&json!([email(1), email(2)]), &json!([webhook(1)]));
    for id in [10, 11] {
        let response = create(&emulator, &body).await;
        let provider = emulator.controller().provider(id).unwrap();
        assert_eq!((provider.name.as_str(), provider.label.as_str()), ("Night shift", "Night manager"));
        assert_eq!(provider.target, Target::Site(SITE_ID));
        let emails: Vec<_> =
            provider.emails.iter().map(|to| json!({ "id": to.id, "name": to.name, "email": to.email })).collect();
        let hooks: Vec<_> =
            provider.webhooks.iter().map(|to| json!({ "id": to.id, "name": to.name, "url": to.url })).collect();
        assert_eq!((&response["id"], &response["email_notifiers"]), (&json!(id), &json!(emails)));
        assert_eq!(response["webhook_notifiers"], json!(hooks));
        assert_eq!((emails.len(), hooks.len()), (2, 1));
    }
    assert_eq!(emulator.controller().providers().len(), 2);
}

#[tokio::test]
async fn lists_of_notifiers_may_be_absent_or_empty() {
    let emulator = Emulator::start().await.unwrap();
    let whole = of_site(&json!([]), &json!([]));
    create(&emulator, &whole).await;
    let mut bare = whole.clone();
    bare.as_object_mut().unwrap().retain(|key, _| !key.ends_with("notifiers"));
    let response = create(&emulator, &bare).await;
    assert_eq!((&response["email_notifiers"], response.get("webhook_notifiers")), (&json!([]), None));
    bare["unknown"] = json!(7);
    create(&emulator, &bare).await;
}

#[tokio::test]
async fn errors_are_reported_by_field() {
    let emulator = Emulator::start().await.unwrap();
    let fine = of_site(&json!([email(1)]), &json!([webhook(1)]));
    let with = |key: &str, value: Value| {
        let mut body = fine.clone();
        body[key] = value;
        body
    };
    for key in ["name", "label", "content_type", "object_id"] {
        let mut body = fine.clone();
        body.as_object_mut().unwrap().remove(key);
        assert_eq!(refused(&emulator, &body).await, json!({ key: ["This is required."] }));
    }
    for (key, value, what) in [
        ("name", json!(""), "This may not be blank."),
        ("label", json!("  "), "This may not be blank."),
        ("label", json!(null), "This must be a string."),
        ("content_type", json!("house"), "Unknown content type."),
        ("content_type", json!("Site"), "Unknown content type."),
        ("content_type", json!(5), "This must be a string."),
        ("content_type", json!("resident"), "Residents are not yet implemented."),
        ("object_id", json!("5"), "This must be an identifier."),
        ("object_id", json!(-5), "This must be an identifier."),
        ("object_id", json!(99), "Object not found."),
        ("email_notifiers", json!(null), "This must be a list."),
        ("webhook_notifiers", json!({}), "This must be a list."),
    ] {
        assert_eq!(refused(&emulator, &with(key, value)).await, json!({ key: [what] }));
    }
    let all = refused(&emulator, &json!({})).await;
    assert_eq!(all.as_object().unwrap().len(), 4);
}

#[tokio::test]
async fn errors_of_notifiers_are_reported_at_their_position() {
    let emulator = Emulator::start().await.unwrap();
    let mail = |address: &str| json!({ "name": "n", "email": address });
    let response = refused(&emulator, &of_site(&json!([email(1), mail("nobody"), {}]), &json!([]))).await;
    let required = json!(["This is required."]);
    let expected = json!([{}, { "email": ["Enter a valid email address."] }, { "name": required, "email": required }]);
    assert_eq!(response, json!({ "email_notifiers": expected }));
    for address in ["@example.com", "a@", "a b@example.com", "a@b@example.com"] {
        refused(&emulator, &of_site(&json!([mail(address)]), &json!([]))).await;
    }
    for url in ["example.com/hook", "/hook", "ftp://example.com/", "https://", "mailto:a@example.com", "https://a b/"] {
        let response = refused(&emulator, &of_site(&json!([]), &json!([{ "name": "n", "url": url }]))).await;
        assert_eq!(response, json!({ "webhook_notifiers": [{ "url": ["Enter a valid URL."] }] }), "{url}");
    }
    let response = refused(&emulator, &of_site(&json!(["a@example.com"]), &json!([]))).await;
    assert_eq!(response, json!({ "email_notifiers": [{ "non_field_errors": ["This must be an object."] }] }));
}

#[tokio::test]
async fn only_a_json_object_is_accepted() {
    let emulator = Emulator::start().await.unwrap();
    let fine = of_site(&json!([]), &json!([])).to_string();
    let post = async |kind: &str, body: &str| {
        let request = RawRequest::new("POST", PROVIDERS).header(format!("content-type: {kind}")).body(body);
        request.token(&emulator.token()).send(&emulator).await
    };
    for wrong in [
        fine.replacen(',', ", // a comment\n", 1),
        fine.replacen(',', "", 1),
        fine.replace('}', ",}"),
        fine.replace('"', "'"),
        String::new(),
    ] {
        let response = post("application/json", &wrong).await;
        assert_eq!(response.status, 400, "{wrong}");
        let detail = response.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.starts_with("The body is not valid JSON at line ") && !detail.contains("Night"), "{detail}");
    }
    assert_eq!(
        post("application/json", "[]").await.json(),
        json!({ "non_field_errors": ["The body must be an object."] })
    );
    for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
        assert_eq!(post(kind, &fine).await.status, 415, "{kind}");
    }
    assert_eq!(emulator.controller().providers(), []);
    assert_eq!(post("application/json; charset=utf-8", &fine).await.status, 201);
}

#[tokio::test]
async fn an_option_sets_the_status_of_a_create() {
    for status in [200, 201, 202] {
        let builder = Emulator::builder().create_status(StatusCode::from_u16(status).unwrap());
        let emulator = builder.start().await.unwrap();
        let response = send(&emulator, "POST", PROVIDERS, &of_site(&json!([]), &json!([]))).await;
        assert_eq!((response.status, response.json()["id"].clone()), (status, json!(10)));
    }
}

#[tokio::test]
async fn options_decide_whether_webhooks_are_shown() {
    let shown = async |builder: EmulatorBuilder, hooks: Value| {
        let emulator = builder.start().await.unwrap();
        let response = create(&emulator, &of_site(&json!([]), &hooks)).await;
        assert_eq!(read(&emulator, "/v2/assistance-provider/10").await, response);
        response.get("webhook_notifiers").cloned()
    };
    let (with, without) = (json!([webhook(1)]), json!([]));
    let echo = |echo: WebhookEcho| Emulator::builder().webhook_echo(echo).webhooks_without_id();
    assert_eq!(shown(echo(WebhookEcho::WhenAny), with.clone()).await, Some(with.clone()));
    assert_eq!(shown(echo(WebhookEcho::WhenAny), without.clone()).await, None);
    assert_eq!(shown(echo(WebhookEcho::Always), with.clone()).await, Some(with.clone()));
    assert_eq!(shown(echo(WebhookEcho::Always), without.clone()).await, Some(without));
    assert_eq!(shown(echo(WebhookEcho::Never), with.clone()).await, None);
    let numbered = shown(Emulator::builder(), with).await.unwrap();
    assert!(numbered[0]["id"].is_u64());
}

#[tokio::test]
async fn coordinates_are_text_or_numbers_and_calendars_may_be_null() {
    let seen =
        [(CoordinateForm::Text, json!(["51.500000", "-0.125000"])), (CoordinateForm::Number, json!([51.5, -0.125]))];
    for (form, expected) in seen {
        let emulator = Emulator::builder().coordinates(form).start().await.unwrap();
        let controller = emulator.controller();
        controller.set_position(SITE_ID, Some((51.5, -0.125))).unwrap();
        controller.remove_calendar(SITE_ID).unwrap();
        let site = create(&emulator, &of_site(&json!([]), &json!([]))).await["content_object"].clone();
        assert_eq!(json!([site["lat"], site["lon"]]), expected);
        assert_eq!(site["calendar"], Value::Null);
        controller.set_position(SITE_ID, None).unwrap();
        let site = read(&emulator, &format!("/v2/site/{SITE_ID}")).await;
        assert_eq!((&site["lat"], &site["lon"]), (&Value::Null, &Value::Null));
    }
}

#[tokio::test]
async fn times_have_six_decimals_or_none_and_an_optional_offset() {
    let emulator = at_rest(Emulator::builder().utc_offset(1)).await;
    let controller = emulator.controller();
    let created = async |site: u64| {
        let site = read(&emulator, &format!("/v2/site/{site}")).await;
        site["created"].as_str().unwrap()[19..].to_owned()
    };
    let broken = controller.add_site(2, "Broken").unwrap();
    emulator.clock().advance(Duration::from_nanos(998_766_000));
    let round = controller.add_site(2, "Round").unwrap();
    assert_eq!((created(broken).await.as_str(), created(round).await.as_str()), (".001234+01:00", "+01:00"));

    emulator.clock().advance(Duration::from_secs(5));
    controller.set_position(round, Some((0.0, 0.0))).unwrap();
    let site = read(&emulator, &format!("/v2/site/{round}")).await;
    assert!(site["modified"].as_str().unwrap() > site["created"].as_str().unwrap());
}

#[tokio::test]
async fn an_option_accepts_providers_of_residents() {
    let emulator = Emulator::builder().takes_residents().start().await.unwrap();
    let mut body = of_site(&json!([email(1)]), &json!([]));
    (body["content_type"], body["object_id"]) = (json!("resident"), json!(RESIDENT_ID));
    let response = create(&emulator, &body).await;
    assert_eq!((&response["type"], &response["content_object"]["site"]), (&json!("resident"), &json!(SITE_ID)));
    body["object_id"] = json!(99);
    let response = send(&emulator, "POST", PROVIDERS, &body).await;
    assert_eq!((response.status, response.json()), (400, json!({ "object_id": ["Object not found."] })));
}

#[tokio::test]
async fn a_provider_outlives_its_target() {
    let emulator = Emulator::start().await.unwrap();
    create(&emulator, &of_site(&json!([]), &json!([]))).await;
    let controller = emulator.controller();
    controller.remove(Target::Site(SITE_ID)).unwrap();
    let response = read(&emulator, "/v2/assistance-provider/10").await;
    assert_eq!((&response["type"], response.get("content_object")), (&json!("site"), Some(&Value::Null)));
    let unknown = Err(ControlError::UnknownObject { target: Target::Site(SITE_ID) });
    assert_eq!(controller.remove(Target::Site(SITE_ID)), unknown);
    assert_eq!(controller.set_position(SITE_ID, None), unknown);
    let new = NewProvider::new(Target::Site(SITE_ID), "n", "l");
    assert_eq!(controller.add_provider(new), unknown.map(|()| 0));
    assert_eq!(controller.add_resident(SITE_ID, "Kim Example").unwrap_err().to_string(), "no site 5");
}

#[tokio::test]
async fn updates_and_deletes_get_405_by_default() {
    let emulator = Emulator::start().await.unwrap();
    let body = of_site(&json!([]), &json!([]));
    let before = create(&emulator, &body).await;
    for method in ["PUT", "PATCH", "DELETE"] {
        for path in ["/v2/assistance-provider/10", "/v2/assistance-provider/99", PROVIDERS] {
            let response = send(&emulator, method, path, &body).await;
            assert_eq!(
                (response.status, response.json()),
                (405, json!({ "detail": "Method Not Allowed" })),
                "{method} {path}"
            );
        }
    }
    for (updates, method) in [(Updates::Put, "PATCH"), (Updates::Patch, "PUT")] {
        let emulator = Emulator::builder().updates(updates).start().await.unwrap();
        assert_eq!(send(&emulator, method, "/v2/assistance-provider/10", &body).await.status, 405);
    }
    assert_eq!(read(&emulator, "/v2/assistance-provider/10").await, before);
}

#[tokio::test]
async fn a_put_replaces_and_a_patch_changes() {
    let emulator = Emulator::builder().updates(Updates::Both).start().await.unwrap();
    let first = create(&emulator, &of_site(&json!([email(1), email(2)]), &json!([webhook(1)]))).await;
    let path = "/v2/assistance-provider/10";
    let known = first["email_notifiers"][1]["id"].clone();
    let mut kept = email(3);
    kept["id"] = known.clone();
    let mut unknown = email(4);
    unknown["id"] = json!(999);
    let mut put = of_site(&json!([kept, unknown]), &json!([webhook(2)]));
    (put["content_type"], put["object_id"]) = (json!("customer"), json!(2));
    let response = send(&emulator, "PUT", path, &put).await;
    assert_eq!(response.status, 200);
    let response = response.json();
    assert_eq!(
        (&response["id"], &response["type"], &response["content_object"]["id"]),
        (&json!(10), &json!("customer"), &json!(2))
    );
    let emails = response["email_notifiers"].as_array().unwrap();
    assert_eq!((&emails[0]["id"], &emails[0]["email"]), (&known, &email(3)["email"]));
    let taken = first["email_notifiers"].as_array().unwrap().iter().any(|old| old["id"] == emails[1]["id"]);
    assert!(!taken && emails[1]["id"] != json!(999), "{emails:?}");
    assert_eq!(response["webhook_notifiers"][0]["url"], webhook(2)["url"]);

    put.as_object_mut().unwrap().remove("label");
    let refused = send(&emulator, "PUT", path, &put).await;
    assert_eq!((refused.status, refused.json()), (400, json!({ "label": ["This is required."] })));

    let patched = send(&emulator, "PATCH", path, &json!({ "label": "Day manager" })).await.json();
    let mut expected = response.clone();
    expected["label"] = json!("Day manager");
    assert_eq!(patched, expected);
    let refused = send(&emulator, "PATCH", path, &json!({ "object_id": 5 })).await;
    assert_eq!((refused.status, refused.json()), (400, json!({ "content_type": ["This is required."] })));
    assert_eq!(send(&emulator, "PATCH", "/v2/assistance-provider/99", &json!({})).await.status, 404);
    assert_eq!(send(&emulator, "PATCH", path, &json!({ "name": " " })).await.status, 400);
}

#[tokio::test]
async fn absent_and_empty_lists_keep_or_clear_on_an_update() {
    let left = async |builder: EmulatorBuilder, method: &'static str, list: Option<Value>| {
        let emulator = builder.updates(Updates::Both).start().await.unwrap();
        let mut body = of_site(&json!([email(1)]), &json!([webhook(1)]));
        create(&emulator, &body).await;
        for key in ["email_notifiers", "webhook_notifiers"] {
            match &list {
                Some(list) => body[key] = list.clone(),
                None => drop(body.as_object_mut().unwrap().remove(key)),
            }
        }
        assert_eq!(send(&emulator, method, "/v2/assistance-provider/10", &body).await.status, 200);
        let provider = emulator.controller().provider(10).unwrap();
        assert_eq!(provider.emails.len(), provider.webhooks.len());
        provider.emails.len()
    };
    let (plain, clears) = (Emulator::builder(), Emulator::builder().absent_list_clears());
    let keeps = Emulator::builder().empty_list_keeps();
    for method in ["PUT", "PATCH"] {
        assert_eq!(left(plain.clone(), method, None).await, 1, "{method}");
        assert_eq!(left(plain.clone(), method, Some(json!([]))).await, 0, "{method}");
        assert_eq!(left(keeps.clone(), method, Some(json!([]))).await, 1, "{method}");
    }
    assert_eq!(left(clears.clone(), "PUT", None).await, 0);
    assert_eq!(left(clears, "PATCH", None).await, 1);
}

#[tokio::test]
async fn an_option_allows_deletes() {
    let emulator = Emulator::builder().deletes().start().await.unwrap();
    create(&emulator, &of_site(&json!([]), &json!([]))).await;
    let path = "/v2/assistance-provider/10";
    let response = send(&emulator, "DELETE", path, &json!({})).await;
    assert_eq!((response.status, response.body.len()), (204, 0));
    assert_eq!(get(&emulator, path).await.status, 404);
    assert_eq!(send(&emulator, "DELETE", path, &json!({})).await.status, 404);
    assert_eq!(emulator.controller().providers(), []);
}

#[tokio::test]
async fn the_controller_changes_providers() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let id =
        controller.add_provider(NewProvider::new(Target::Customer(2), "n", "l").email("a", "a@example.com")).unwrap();
    controller.relabel(id, "Changed").unwrap();
    let shown = read(&emulator, &format!("/v2/assistance-provider/{id}")).await;
    assert_eq!((&shown["label"], &shown["email_notifiers"][0]["email"]), (&json!("Changed"), &json!("a@example.com")));
    controller.remove_provider(id).unwrap();
    let unknown = ControlError::UnknownProvider { id };
    assert_eq!(controller.provider(id), Err(unknown.clone()));
    assert_eq!(controller.relabel(id, "x"), Err(unknown.clone()));
    assert_eq!(controller.remove_provider(id), Err(unknown));
}
