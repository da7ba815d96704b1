//! An id is one segment of one address, or one value of one parameter, whatever is in it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod mocked;

use care_testkit::documented::fails;
use engagement_client::{Engagement, Error, InterventionId, InterventionPatch, ListInterventions, UserId};
use mocked::{engagement, lines, received};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// Ids, the segments that they must be, and the values of a query.
const NAMES: [(&str, &str, &str); 14] = [
    ("64b0c3a1f2d94e0007a1b2c3", "64b0c3a1f2d94e0007a1b2c3", "64b0c3a1f2d94e0007a1b2c3"),
    ("007", "007", "007"),
    ("a/b", "a%2Fb", "a%2Fb"),
    ("/", "%2F", "%2F"),
    ("a\\b", "a%5Cb", "a%5Cb"),
    ("100%", "100%25", "100%25"),
    ("%2F", "%252F", "%252F"),
    ("%2e%2e", "%252e%252e", "%252e%252e"),
    ("what?", "what%3F", "what%3F"),
    ("a#b", "a%23b", "a%23b"),
    ("a;b=c&d+e", "a%3Bb%3Dc%26d%2Be", "a%3Bb%3Dc%26d%2Be"),
    ("Tür", "T%C3%BCr", "T%C3%BCr"),
    ("[]", "%5B%5D", "%5B%5D"),
    ("close", "close", "close"),
];

/// A server that knows nothing, so that only what it was asked counts.
async fn knows_nothing(server: &MockServer) {
    server.reset().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(404)).mount(server).await;
}

/// Every operation that has an intervention's id in its address.
async fn by_id(engagement: &Engagement, id: &str) -> Vec<Error> {
    let one = engagement.interventions();
    vec![
        fails(one.get(id)).await,
        fails(one.categorize(id, ["a"])).await,
        fails(one.clear_categories(id)).await,
        fails(one.reassign(id, "a")).await,
        fails(one.close(id)).await,
        fails(one.cancel(id)).await,
        fails(one.update(id, InterventionPatch::new().custom_field("a", "b"))).await,
        fails(one.close_confirmed(id)).await,
        fails(one.cancel_confirmed(id)).await,
        fails(one.close_or_cancel(id)).await,
        fails(one.add_categories(id, ["a"])).await,
        fails(one.remove_categories(id, ["a"])).await,
    ]
}

#[tokio::test]
async fn an_id_is_one_segment_in_every_address() {
    // ENG-07: no form of an id is documented.
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    for (name, segment, _) in NAMES {
        knows_nothing(&server).await;
        let errors = by_id(&engagement, name).await;
        assert!(errors.iter().all(Error::is_not_found), "{name}: {errors:?}");
        let paths: Vec<_> = received(&server).await.iter().map(|request| request.url.path().to_owned()).collect();
        let verbs =
            ["", "/update_categories", "/update_categories", "/reassign", "/close", "/cancel", "", "", "", "", "", ""];
        assert_eq!(paths, verbs.map(|verb| format!("/1.0/interventions/{segment}{verb}")), "{name}");
    }
}

#[tokio::test]
async fn an_id_is_one_value_in_every_query() {
    // ENG-07, ENG-10, ENG-11, ENG-12
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    let one = engagement.interventions();
    for (name, _, value) in NAMES {
        knows_nothing(&server).await;
        let new = ListInterventions::new;
        for list in [new().thread(name), new().user(name), new().identity_group(name), new().identities([name, name])] {
            fails(one.list(list)).await;
        }
        fails(one.create(name)).await;
        fails(one.categorize("1", [name, name])).await;
        fails(one.reassign("1", name)).await;
        fails(engagement.as_user(name).unwrap().interventions().get("1")).await;
        let wanted = [
            format!("GET /1.0/interventions?thread_id={value}&offset=0&limit=150"),
            format!("GET /1.0/interventions?user_id={value}&offset=0&limit=150"),
            format!("GET /1.0/interventions?identity_group_id={value}&offset=0&limit=150"),
            format!("GET /1.0/interventions?identity_id%5B%5D={value}&identity_id%5B%5D={value}&offset=0&limit=150"),
            format!("POST /1.0/interventions?content_id={value}"),
            format!("PUT /1.0/interventions/1/update_categories?category_ids%5B%5D={value}&category_ids%5B%5D={value}"),
            format!("PUT /1.0/interventions/1/reassign?user_id={value}"),
            format!("GET /1.0/interventions/1?impersonated_user_id={value}"),
        ];
        assert_eq!(lines(&server).await, wanted, "{name}");
    }
}

#[test]
fn ids_are_compared_as_they_are() {
    // ENG-07
    assert_ne!(InterventionId::from("007"), InterventionId::from("7"));
    assert_ne!(UserId::from("A"), UserId::from("a"));
    assert_eq!(serde_json::from_str::<InterventionId>("7").unwrap(), InterventionId::from("7"));
    assert_eq!(serde_json::to_string(&InterventionId::from("7")).unwrap(), "\"7\"");
    assert_eq!(UserId::from("5e8c").to_string(), "5e8c");
}
