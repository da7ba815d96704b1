//! What is misspelt or half there in CareMessenger's documents is in no name and no text of this crate.

use care_testkit::{defects::Catalogue, fixtures::Fixtures};
use caremessenger_client::{Call, CareMessenger, CustomerId, NewAssistanceProvider, ResidentId, SiteId};
use serde_json::Value;

#[test]
fn misspelt_words_of_the_documents_are_only_quoted() {
    // CARE-17, CARE-18: and the values of the examples are invented ones.
    let words = ["notiifcations", "obect", "assiciate", "assitance", "respone", "montitoring"];
    let catalogue = Catalogue::of(env!("CARGO_MANIFEST_DIR"), "CARE", caremessenger_client::defects::ALL);
    catalogue.misspelt_words_are_only_quoted(&words, &[]);
    for file in Fixtures::of(env!("CARGO_MANIFEST_DIR")).files() {
        let text = Fixtures::of(env!("CARGO_MANIFEST_DIR")).text(&file).to_lowercase();
        assert!(!words.iter().any(|word| text.contains(word)), "{file}");
    }
}

#[test]
fn nothing_is_sent_for_push_notifications() {
    // CARE-19, CARE-20
    let care = CareMessenger::builder().token("abc").build().unwrap();
    let keys = ["name", "label", "content_type", "object_id", "email_notifiers", "webhook_notifiers"];
    for new in [
        NewAssistanceProvider::for_customer(CustomerId(2), "a", "b"),
        NewAssistanceProvider::for_site(SiteId(5), "a", "b"),
        NewAssistanceProvider::for_resident_not_yet_implemented(ResidentId(7), "a", "b"),
    ] {
        let new = new.email("c", "c@example.com").webhook("d", "https://example.com/d");
        let call: Call<_> = care.assistance_providers().create(new);
        let body: Value = serde_json::from_slice(call.parts().unwrap().body_bytes()).unwrap();
        let sent: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
        let mut wanted = keys;
        wanted.sort_unstable();
        assert_eq!(sent, wanted);
    }
}
