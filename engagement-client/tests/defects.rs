//! The catalogue of defects is whole: its entries are sound, each has a test that names it, and lenient code names the defect
//! that it is lenient for.

care_testkit::defect_tests!("ENG", engagement_client::defects::ALL, engagement_client::defects::find);

#[test]
fn misspelt_words_of_the_page_stand_in_the_catalogue_only() {
    catalogue().misspelt_words_are_only_quoted(&["indentity", "edit permissions"], &[]);
}
