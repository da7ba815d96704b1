//! The catalogue of defects is complete, and fixtures hold no person's data, parse strictly, and are accounted for in
//! `fixtures/README.md`.

use care_testkit::{
    fixtures::{Fixtures, PersonRule},
    json_leaves::leaves,
};
use std::collections::BTreeSet;

care_testkit::defect_tests!("ENG", engagement_client::defects::ALL, engagement_client::defects::find);

#[test]
fn misspelt_words_of_the_page_appear_only_in_the_catalogue() {
    catalogue().misspelt_words_are_only_quoted(&["indentity", "edit permissions"], &[]);
}

/// All ids, which are invented. In other crates' fixtures an id that looks real is all zeros; here each one differs, so
/// that a swapped id is detected.
const IDS: [&str; 18] = [
    "5d10aa0be4b0a20001c0de01",
    "5e8c4a02c1d2e30006aa77b1",
    "5e8c4a02c1d2e30006aa77b2",
    "5f0d1c7be4b0a20008c0ffee",
    "5f0d1c7be4b0a20008c0ffef",
    "5f99d2c8a7e3b1000812ab35",
    "5f99d2c8a7e3b1000912ab34",
    "5fa1d2c8a7e3b1000812ab36",
    "5fb2d2c8a7e3b1000812ab37",
    "64b0c39ef2d94e0007a1b2a0",
    "64b0c39ef2d94e0007a1b2a1",
    "64b0c3a1f2d94e0007a1b2c3",
    "64b0c3d5f2d94e0007a1b2d9",
    "64b1f0cfe3a94e0007b2c3a0",
    "64b1f0cfe3a94e0007b2c3a1",
    "64b1f0d2e3a94e0007b2c3d4",
    "64b1f0dde3a94e0007b2c3d9",
    "64b2a0d2e3a94e0007b2c3e5",
];

fn fixtures() -> Fixtures {
    Fixtures::of(env!("CARGO_MANIFEST_DIR"))
}

fn strange(text: &str) -> Option<String> {
    let without_ids = IDS.iter().fold(text.to_owned(), |text, id| text.replace(id, "an id"));
    without_ids.split(['"', '`', '<', '>', ',', '\n']).find_map(|piece| PersonRule::default().strange(piece))
}

#[test]
fn fixtures_and_their_readme_name_no_real_person() {
    for file in fixtures().files().into_iter().chain(["README.md".to_owned()]) {
        assert_eq!(strange(&fixtures().text(&file)), None, "{file}");
    }
    let id = "\"0123456789abcdef01234567\"";
    assert!(strange(id).is_some() && strange("\"jo@mail.test\"").is_some(), "what is strange is found");
}

#[test]
fn the_readme_lists_exactly_the_fixtures() {
    fixtures().are_listed_in_the_readme();
    assert!(fixtures().text("README.md").contains("**All of these are ours.**"));
}

#[test]
fn every_fixture_is_strict_json_and_every_id_is_known() {
    let mut found = BTreeSet::new();
    for file in fixtures().files() {
        for (_, leaf) in leaves(&fixtures().json(&file)) {
            let text = leaf.as_str().unwrap_or_default();
            if text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                found.insert(text.to_owned());
            }
        }
    }
    assert_eq!(found, IDS.map(str::to_owned).into());
}

#[test]
fn an_intervention_contains_no_id_twice() {
    for file in ["intervention.json", "intervention-french.json"] {
        let ids: Vec<_> = leaves(&fixtures().json(file))
            .into_iter()
            .filter_map(|(_, leaf)| leaf.as_str().filter(|text| IDS.contains(text)).map(str::to_owned))
            .collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{file}");
    }
}

#[test]
fn the_list_answer_of_a_create_contains_the_one_intervention() {
    // ENG-01
    let list = fixtures().json("created-as-list.json");
    assert_eq!(list["records"].as_array().unwrap(), &[fixtures().json("intervention.json")]);
    assert_eq!(list["count"], 1);
}
