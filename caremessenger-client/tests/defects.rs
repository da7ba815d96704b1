//! The catalogue of defects is whole: its entries are sound, each has a test that names it, and lenient code names the defect
//! that it is lenient for.

use care_testkit::defects::Catalogue;

care_testkit::defect_tests!("CARE", caremessenger_client::defects::ALL, caremessenger_client::defects::find);

#[test]
fn misspelt_words_of_the_documents_are_only_quoted() {
    // CARE-17, CARE-18: and the values of the examples are invented ones.
    let words = ["notiifcations", "obect", "assiciate", "assitance", "respone", "montitoring"];
    let catalogue = Catalogue::of(env!("CARGO_MANIFEST_DIR"), "CARE", caremessenger_client::defects::ALL);
    catalogue.misspelt_words_are_only_quoted(&words, &[]);
    for file in care_testkit::fixtures::Fixtures::of(env!("CARGO_MANIFEST_DIR")).files() {
        let text = care_testkit::fixtures::Fixtures::of(env!("CARGO_MANIFEST_DIR")).text(&file).to_lowercase();
        assert!(!words.iter().any(|word| text.contains(word)), "{file}");
    }
}
