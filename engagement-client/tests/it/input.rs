//! An id is one segment of an address, or one value of a parameter, whatever it contains; and invalid input is rejected
//! before anything is sent.

use crate::mock_server::{ID, engagement, lines, received};
use care_testkit::contract::{assert_unsent, error_of};
use engagement_client::{
    CategoryId, Engagement, Error, IdentityId, InterventionId, InterventionPatch, Kind, ListInterventions, UserId,
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// Ids with their encoding as a path segment and as a query value.
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

/// Makes the server answer 404 to everything, so that only the requests matter.
async fn knows_nothing(server: &MockServer) {
    server.reset().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(404)).mount(server).await;
}

/// Every operation with an intervention's id in its path.
async fn by_id(engagement: &Engagement, id: &str) -> Vec<Error> {
    let one = engagement.interventions();
    vec![
        error_of(one.get(id)).await,
        error_of(one.categorize(id, ["a"])).await,
        error_of(one.clear_categories(id)).await,
        error_of(one.reassign(id, "a")).await,
        error_of(one.close(id)).await,
        error_of(one.cancel(id)).await,
        error_of(one.update(id, InterventionPatch::new().custom_field("a", "b"))).await,
        error_of(one.close_confirmed(id)).await,
        error_of(one.cancel_confirmed(id)).await,
        error_of(one.close_or_cancel(id)).await,
        error_of(one.add_categories(id, ["a"])).await,
        error_of(one.remove_categories(id, ["a"])).await,
    ]
}

#[tokio::test]
async fn an_id_is_one_path_segment() {
    // ENG-07: no format of ids is documented.
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
async fn an_id_is_one_query_value() {
    // ENG-07, ENG-10, ENG-11, ENG-12
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    let one = engagement.interventions();
    for (name, _, value) in NAMES {
        knows_nothing(&server).await;
        let new = ListInterventions::new;
        for list in [new().thread(name), new().user(name), new().identity_group(name), new().identities([name, name])] {
            error_of(one.list(list)).await;
        }
        error_of(one.create(name)).await;
        error_of(one.categorize("1", [name, name])).await;
        error_of(one.reassign("1", name)).await;
        error_of(engagement.as_user(name).unwrap().interventions().get("1")).await;
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
fn ids_are_compared_unchanged() {
    // ENG-07
    assert_ne!(InterventionId::from("007"), InterventionId::from("7"));
    assert_ne!(UserId::from("A"), UserId::from("a"));
    assert_eq!(serde_json::from_str::<InterventionId>("7").unwrap(), InterventionId::from("7"));
    assert_eq!(serde_json::to_string(&InterventionId::from("7")).unwrap(), "\"7\"");
    assert_eq!(UserId::from("5e8c").to_string(), "5e8c");
}

/// Texts that are not ids, and the text of their error.
const INVALID_IDS: [(&str, &str); 7] = [
    ("", "is empty"),
    (" \t", "is empty"),
    ("a,b", "contains a comma: pass each id separately"),
    ("a b", "contains whitespace or a control character"),
    ("a\n", "contains whitespace or a control character"),
    ("a\u{a0}", "contains whitespace or a control character"),
    ("\u{0}a", "contains whitespace or a control character"),
];

#[tokio::test]
async fn filters_that_would_list_something_else_are_rejected() {
    // ENG-29: the effect of a limit above the maximum isn't documented. ENG-10
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    let listed = |list| error_of(engagement.interventions().list(list));
    let new = ListInterventions::new;
    let limit = "between 1 and 150 rows";
    let mut refusals = vec![
        ("no rows", listed(new().limit(0)).await, limit),
        ("too many rows", listed(new().limit(151)).await, limit),
        ("far too many rows", listed(new().limit(u32::MAX)).await, limit),
        ("nobody's", listed(new().identities(Vec::<IdentityId>::new())).await, "leave out identities()"),
    ];
    for (text, expected) in INVALID_IDS {
        refusals.extend([
            ("thread", listed(new().thread(text)).await, expected),
            ("user", listed(new().user(text)).await, expected),
            ("identity group", listed(new().identity_group(text)).await, expected),
            ("identity", listed(new().identities([text])).await, expected),
            ("identities", listed(new().identities(["a", text])).await, expected),
        ]);
    }
    assert_unsent(&server, Kind::Request, &refusals).await;
}

#[tokio::test]
async fn invalid_ids_are_rejected() {
    // ENG-11: joined ids would be read as one id that doesn't exist.
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    let one = engagement.interventions();
    let mut refusals = Vec::new();
    for (id, expected) in INVALID_IDS.into_iter().chain([(".", "`.` or `..`"), ("..", "`.` or `..`")]) {
        let patch = InterventionPatch::new().custom_field("a", "b");
        refusals.extend([
            ("get", error_of(one.get(id)).await, expected),
            ("categorize", error_of(one.categorize(id, ["a"])).await, expected),
            ("clear_categories", error_of(one.clear_categories(id)).await, expected),
            ("reassign", error_of(one.reassign(id, "a")).await, expected),
            ("close", error_of(one.close(id)).await, expected),
            ("cancel", error_of(one.cancel(id)).await, expected),
            ("update", error_of(one.update(id, patch)).await, expected),
        ]);
    }
    for (id, expected) in INVALID_IDS {
        refusals.extend([
            ("create", error_of(one.create(id)).await, expected),
            ("categorize", error_of(one.categorize(ID, [id])).await, expected),
            ("categorize", error_of(one.categorize(ID, ["a", id])).await, expected),
            ("reassign", error_of(one.reassign(ID, id)).await, expected),
            ("as_user", engagement.as_user(id).unwrap_err(), expected),
        ]);
    }
    assert_unsent(&server, Kind::Request, &refusals).await;
}

#[tokio::test]
async fn empty_changes_and_invalid_fields_are_rejected() {
    // ENG-11: emptying a list takes an explicit call. ENG-03, ENG-21
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    let one = engagement.interventions();
    let updated = |patch| error_of(one.update(ID, patch));
    let new = InterventionPatch::new;
    let key = "a key of `custom_field_values` is empty or contains a bracket or line break";
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("no category", error_of(one.categorize(ID, Vec::<CategoryId>::new())).await, "use clear_categories(..)"),
            ("nothing", updated(new()).await, "set at least one custom field"),
            ("no key", updated(new().custom_field("", "a")).await, key),
            ("a blank as key", updated(new().custom_field(" ", "a")).await, key),
            ("another key", updated(new().custom_field("a][b", "a")).await, key),
            ("a list's key", updated(new().custom_field("a[]", "a")).await, key),
            ("a line break", updated(new().custom_field("a\nb", "a")).await, key),
            ("no value", updated(new().custom_field("a", [""; 0])).await, "one empty text"),
            (
                "no value beside one",
                updated(new().custom_field("b", "b").custom_field("a", [""; 0])).await,
                "one empty text",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn workflows_reject_invalid_input() {
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    let one = engagement.interventions();
    let mut refusals = vec![
        ("no change", error_of(one.add_categories(ID, [""; 0])).await, "no category given"),
        ("no change", error_of(one.remove_categories(ID, [""; 0])).await, "no category given"),
        ("both", error_of(one.add_categories(ID, ["a"]).with_removed(["a"])).await, "both added and removed"),
    ];
    for (id, expected) in INVALID_IDS {
        let within = one.updated_since(None).with_filter(ListInterventions::new().thread(id));
        refusals.extend([
            ("close_confirmed", error_of(one.close_confirmed(id)).await, expected),
            ("cancel_confirmed", error_of(one.cancel_confirmed(id)).await, expected),
            ("close_or_cancel", error_of(one.close_or_cancel(id)).await, expected),
            ("add_categories", error_of(one.add_categories(id, ["a"])).await, expected),
            ("add_categories", error_of(one.add_categories(ID, [id])).await, expected),
            ("remove_categories", error_of(one.remove_categories(ID, [id])).await, expected),
            ("updated_since", error_of(within).await, expected),
        ]);
    }
    assert_unsent(&server, Kind::Request, &refusals).await;
}
