//! What is refused before anything is sent: bad input and a missing token.

use crate::{
    mocked::{ID, bare, engagement},
    operations::OPERATIONS,
};
use care_testkit::documented::{assert_unsent, fails};
use engagement_client::{CategoryId, IdentityId, InterventionPatch, Kind, ListInterventions};
use wiremock::MockServer;

/// Texts that are no ids, and what the error says of them.
const NO_IDS: [(&str, &str); 7] = [
    ("", "is empty"),
    (" \t", "is empty"),
    ("a,b", "holds a comma: give each id by itself"),
    ("a b", "holds a blank or a line break"),
    ("a\n", "holds a blank or a line break"),
    ("a\u{a0}", "holds a blank or a line break"),
    ("\u{0}a", "holds a blank or a line break"),
];

#[tokio::test]
async fn lists_that_would_be_others() {
    // ENG-29: what a limit beyond the greatest does is not said. ENG-10
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    let listed = |list| fails(engagement.interventions().list(list));
    let new = ListInterventions::new;
    let limit = "between 1 and 150";
    let mut refusals = vec![
        ("no rows", listed(new().limit(0)).await, limit),
        ("too many rows", listed(new().limit(151)).await, limit),
        ("far too many rows", listed(new().limit(u32::MAX)).await, limit),
        ("nobody's", listed(new().identities(Vec::<IdentityId>::new())).await, "leave identities() out"),
    ];
    for (text, tells) in NO_IDS {
        refusals.extend([
            ("thread", listed(new().thread(text)).await, tells),
            ("user", listed(new().user(text)).await, tells),
            ("identity group", listed(new().identity_group(text)).await, tells),
            ("identity", listed(new().identities([text])).await, tells),
            ("identities", listed(new().identities(["a", text])).await, tells),
        ]);
    }
    assert_unsent(&server, Kind::Request, &refusals).await;
}

#[tokio::test]
async fn ids_that_are_none() {
    // ENG-11: joined ids would be one that nobody has.
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    let one = engagement.interventions();
    let mut refusals = Vec::new();
    for (id, tells) in NO_IDS.into_iter().chain([(".", "`.` or `..`"), ("..", "`.` or `..`")]) {
        let patch = InterventionPatch::new().custom_field("a", "b");
        refusals.extend([
            ("get", fails(one.get(id)).await, tells),
            ("categorize", fails(one.categorize(id, ["a"])).await, tells),
            ("clear_categories", fails(one.clear_categories(id)).await, tells),
            ("reassign", fails(one.reassign(id, "a")).await, tells),
            ("close", fails(one.close(id)).await, tells),
            ("cancel", fails(one.cancel(id)).await, tells),
            ("update", fails(one.update(id, patch)).await, tells),
        ]);
    }
    for (id, tells) in NO_IDS {
        refusals.extend([
            ("create", fails(one.create(id)).await, tells),
            ("categorize", fails(one.categorize(ID, [id])).await, tells),
            ("categorize", fails(one.categorize(ID, ["a", id])).await, tells),
            ("reassign", fails(one.reassign(ID, id)).await, tells),
            ("as_user", engagement.as_user(id).unwrap_err(), tells),
        ]);
    }
    assert_unsent(&server, Kind::Request, &refusals).await;
}

#[tokio::test]
async fn changes_that_are_none_or_others() {
    // ENG-11: to empty a list is an explicit call. ENG-03, ENG-21
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    let one = engagement.interventions();
    let updated = |patch| fails(one.update(ID, patch));
    let new = InterventionPatch::new;
    let key = "take the key of its definition, not its label";
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("no category", fails(one.categorize(ID, Vec::<CategoryId>::new())).await, "use clear_categories(..)"),
            ("nothing", updated(new()).await, "name at least one custom field"),
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
async fn workflows_of_what_is_none() {
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    let one = engagement.interventions();
    let mut refusals = vec![
        ("no change", fails(one.add_categories(ID, [""; 0])).await, "no category is named"),
        ("no change", fails(one.remove_categories(ID, [""; 0])).await, "no category is named"),
        ("both", fails(one.add_categories(ID, ["a"]).and_remove(["a"])).await, "added and taken away at once"),
    ];
    for (id, tells) in NO_IDS {
        let within = one.updated_since(None).within(ListInterventions::new().thread(id));
        refusals.extend([
            ("close_confirmed", fails(one.close_confirmed(id)).await, tells),
            ("cancel_confirmed", fails(one.cancel_confirmed(id)).await, tells),
            ("close_or_cancel", fails(one.close_or_cancel(id)).await, tells),
            ("add_categories", fails(one.add_categories(id, ["a"])).await, tells),
            ("add_categories", fails(one.add_categories(ID, [id])).await, tells),
            ("remove_categories", fails(one.remove_categories(ID, [id])).await, tells),
            ("updated_since", fails(within).await, tells),
        ]);
    }
    assert_unsent(&server, Kind::Request, &refusals).await;
}

#[tokio::test]
async fn everything_without_a_token() {
    // ENG-08
    let server = MockServer::start().await;
    let engagement = bare(&server).build().unwrap();
    let mut refusals = Vec::new();
    for operation in &OPERATIONS {
        refusals.push((operation.what, (operation.call)(engagement.clone()).await.unwrap_err(), "access_token()"));
    }
    assert_unsent(&server, Kind::Config, &refusals).await;
}
