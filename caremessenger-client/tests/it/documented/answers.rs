//! How the documented answers are read: here are the values by which a program acts. `tests/it/documents.rs` compares
//! all of them.

use crate::{
    documented::operations::{for_customer, for_site},
    support::mock_server::{care, fixture, ok},
};
use caremessenger_client::{
    AssistanceProvider, CalendarId, ContentObject, CustomerId, Echo, Kind, ListAssistanceProviders, Outcome,
    ProviderId, SiteId, Target, UserType,
};
use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

async fn serving(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

async fn read(body: &Value) -> Result<AssistanceProvider, caremessenger_client::Error> {
    care(&serving(ok(body)).await).assistance_providers().get(10).await
}

/// The documented answer with one value changed.
fn changed(pointer: &str, value: Value) -> Value {
    let mut body = fixture("created");
    *body.pointer_mut(pointer).unwrap() = value;
    body
}

#[tokio::test]
async fn the_documented_provider_is_read_and_says_what_a_request_for_it_is() {
    // CARE-05, CARE-07, CARE-08, CARE-15
    let server = serving(ok(&fixture("created"))).await;
    for provider in [
        care(&server).assistance_providers().create(for_site()).await.unwrap(),
        care(&server).assistance_providers().get(10).await.unwrap(),
    ] {
        assert_eq!((provider.id, provider.target()), (ProviderId(10), Target::Site(SiteId(5))));
        assert_eq!((provider.label.as_str(), provider.email_notifiers[0].id.get()), ("Duty Manager", 7));
        let ContentObject::Site(site) = &provider.content_object else { panic!("{provider:?}") };
        assert_eq!((site.customer, site.calendar, site.is_active), (CustomerId(2), Some(CalendarId(1)), true));
        assert_eq!((&site.lat, &site.lon), (&None, &None));
        assert_eq!((site.modified - site.created).num_microseconds(), Some(3_343), "CARE-14");
    }
}

#[tokio::test]
async fn names_of_a_request_in_an_answer_mean_nothing() {
    // CARE-07, CARE-08
    let mut body = fixture("created");
    (body["content_type"], body["object_id"]) = (json!("customer"), json!(2));
    assert_eq!(read(&body).await.unwrap().target(), Target::Site(SiteId(5)));
    for missing in ["type", "id", "name", "label"] {
        let mut body = body.clone();
        body.as_object_mut().unwrap().remove(missing);
        let error = read(&body).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed), "{missing}");
        assert!(error.to_string().contains(missing), "{error}");
    }
}

#[tokio::test]
async fn other_objects_and_none_are_states_and_no_errors() {
    // CARE-09, CARE-10, CARE-19
    for (kind, object, target) in [
        ("customer", json!({"id": 2, "name": "Example Homes"}), Target::Customer(CustomerId(2))),
        ("resident", json!({"id": 14, "first_name": "Jo"}), Target::Resident(14.into())),
        ("site", json!({"id": 5}), Target::Site(SiteId(5))),
        ("site", json!({"id": 5, "created": "yesterday"}), Target::Site(SiteId(5))),
    ] {
        let mut body = changed("/content_object", object.clone());
        body["type"] = json!(kind);
        let provider = read(&body).await.unwrap();
        assert_eq!(provider.target(), target);
        assert_eq!(serde_json::to_value(&provider).unwrap()["content_object"], object, "all of it is kept");
    }
    let mut gone = fixture("created");
    for _ in 0..2 {
        let kind = "site".into();
        gone["content_object"] = Value::Null;
        assert_eq!(read(&gone).await.unwrap().content_object, ContentObject::Missing { kind });
        gone.as_object_mut().unwrap().remove("content_object");
    }
}

#[tokio::test]
async fn webhooks_that_are_not_shown_are_not_known_to_be_missing() {
    // CARE-11, CARE-12
    let wanted = for_customer();
    let provider = read(&fixture("created")).await.unwrap();
    assert_eq!((&provider.webhook_notifiers, provider.webhook_echo(&wanted)), (&None, Echo::NotEchoed));
    let hook = |url: &str| json!({"name": "Example Support Assistance Requests", "url": url});
    let same = hook("https://example.com/webhooks/assistance-requests");
    let mut with_id = same.clone();
    with_id["id"] = json!(3);
    for (shown, ids, echo) in [
        (json!([]), vec![], Echo::Mismatch { missing: 1, extra: 0 }),
        (json!([same]), vec![None], Echo::Confirmed),
        (json!([with_id]), vec![Some(3.into())], Echo::Confirmed),
        (json!([hook("https://example.com/")]), vec![None], Echo::Mismatch { missing: 1, extra: 1 }),
    ] {
        let mut body = fixture("created");
        body["webhook_notifiers"] = shown;
        let provider = read(&body).await.unwrap();
        let shown: Vec<_> = provider.webhook_notifiers.as_ref().unwrap().iter().map(|hook| hook.id).collect();
        assert_eq!((shown, provider.webhook_echo(&wanted)), (ids, echo), "{body}");
        assert_eq!(serde_json::to_value(&provider).unwrap()["webhook_notifiers"], body["webhook_notifiers"]);
    }
    assert_eq!(serde_json::to_value(read(&fixture("created")).await.unwrap()).unwrap().get("webhook_notifiers"), None);
}

#[tokio::test]
async fn positions_times_and_calendars_are_read_in_every_likely_form() {
    // CARE-13, CARE-14, CARE-16
    for (lat, text) in [(json!("51.507400"), "51.507400"), (json!(51.5), "51.5"), (json!(-7), "-7")] {
        let provider = read(&changed("/content_object/lat", lat)).await.unwrap();
        let ContentObject::Site(site) = provider.content_object else { panic!("no site") };
        assert_eq!(site.lat.unwrap().as_str(), text);
    }
    for time in [
        "2013-11-08T17:00:04.734597Z",
        "2013-11-08T17:00:04Z",
        "2013-11-08T18:00:04.7+01:00",
        "2013-11-08T17:00:04.734597123Z",
    ] {
        let provider = read(&changed("/content_object/created", json!(time))).await.unwrap();
        let ContentObject::Site(site) = provider.content_object else { panic!("no site: {time}") };
        assert_eq!(site.created.timestamp(), 1_383_930_004, "{time}");
    }
    let provider = read(&changed("/content_object/calendar", Value::Null)).await.unwrap();
    assert!(matches!(provider.content_object, ContentObject::Site(site) if site.calendar.is_none()));
}

#[tokio::test]
async fn any_success_will_do_if_its_body_is_a_provider() {
    // CARE-22
    for status in [200, 201, 202, 206] {
        let server = serving(ResponseTemplate::new(status).set_body_json(fixture("created"))).await;
        assert_eq!(care(&server).assistance_providers().create(for_site()).await.unwrap().id, ProviderId(10));
    }
    // Text isn't the service's: its answers are JSON.
    for (answer, outcome) in [
        (ResponseTemplate::new(204), Outcome::Completed),
        (ResponseTemplate::new(201).set_body_string("Created"), Outcome::Unknown),
    ] {
        let server = serving(answer).await;
        let error = care(&server).assistance_providers().create(for_site()).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome(), error.is_retryable()), (Kind::Decode, outcome, false));
    }
}

#[tokio::test]
async fn comments_in_an_answer_are_an_error_that_says_where() {
    // CARE-05
    let body = fixture("created").to_string().replace(r#""content_object":{"#, r#""content_object":{ // the object "#);
    let server = serving(ResponseTemplate::new(200).set_body_raw(body, "application/json")).await;
    let error = care(&server).assistance_providers().get(10).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Decode);
    assert!(error.to_string().contains("content_object"), "{error}");
}

#[tokio::test]
async fn a_list_has_every_provider_in_its_order() {
    // CARE-21, CARE-38
    let server = serving(ok(&fixture("ours/list"))).await;
    let page = care(&server).assistance_providers().list(ListAssistanceProviders::new()).await.unwrap();
    let shown: Vec<_> = page.items.iter().map(|provider| (provider.id.get(), provider.target().to_string())).collect();
    assert_eq!(shown, [(10, "site 5".to_owned()), (11, "customer 2".to_owned())]);
    assert_eq!((page.count, page.has_more(), page.undecodable.len()), (Some(2), false, 0));
}

#[tokio::test]
async fn signing_in_gives_the_token_and_the_account() {
    let server = serving(ok(&fixture("sign-in"))).await;
    let signed_in = care(&server).sign_in("a", "b").await.unwrap();
    let user = signed_in.user.as_ref().unwrap();
    assert_eq!((user.id.get(), &user.user_type, user.email.as_str()), (14, &UserType::Supporter, "admin@example.com"));
    // CARE-35: the sample's token tells when it expires, though its first part can't be decoded.
    assert_eq!(signed_in.to_token().expiry().unwrap().timestamp(), 1_690_000_000);
    let mut bare = fixture("sign-in");
    for picture in ["avatar", "avatar_original", "avatar_thumb", "avatar_large", "locale"] {
        bare["user"][picture] = Value::Null;
    }
    bare["user"]["user_type"] = json!("staff");
    let server = serving(ok(&bare)).await;
    let user = care(&server).sign_in("a", "b").await.unwrap().user.unwrap();
    assert_eq!((user.user_type.as_str(), user.avatar), ("staff", None));
}
