//! Fixtures hold no person's data, parse strictly, and are accounted for in `fixtures/README.md`.

use care_testkit::fixtures::Fixtures;

fn fixtures() -> Fixtures {
    Fixtures::of(env!("CARGO_MANIFEST_DIR"))
}

care_testkit::fixture_tests!(fixtures());

#[test]
fn documents_are_strict_json() {
    // CARE-01, CARE-02, CARE-03, CARE-04, CARE-05: each comment and each missing comma is repaired by hand.
    for file in fixtures().files() {
        assert!(fixtures().json(&file).is_object(), "{file}");
    }
}

#[test]
fn addresses_keep_the_mark_that_comments_begin_with() {
    // CARE-06
    let url = &fixtures().json("create-customer-request.json")["webhook_notifiers"][0]["url"];
    assert_eq!(url, "https://example.com/webhooks/assistance-requests");
}
