//! Fixtures hold no person's data, parse strictly, and are accounted for in `fixtures/README.md`.

use care_testkit::fixtures::Fixtures;

fn fixtures() -> Fixtures {
    Fixtures::of(env!("CARGO_MANIFEST_DIR"))
}

care_testkit::fixture_tests!(fixtures());

#[test]
fn a_person_has_one_value_everywhere() {
    let customers = [
        "created",
        "responder-dispatched-tech",
        "responder-cancelled",
        "responder-arrived",
        "responder-completed",
        "closed",
    ];
    for file in customers {
        let callout = fixtures().json(&format!("{file}.json"));
        let customer = &callout["customer"];
        assert_eq!(customer["email"], "customer@example.com", "{file}");
        assert_eq!(customer["mobile"], "+12025550103", "{file}");
        for key in ["firstAcknowledgedBy", "verifiedBy", "ownedBy", "lastUpdatedBy"] {
            let staff = &callout[key];
            assert!(staff.is_null() || staff == "controller@example.com", "{file}: {key} is {staff}");
        }
        let responder = &callout["calloutincidentdetail"]["responder"];
        assert!(responder.is_null() || responder["mobile"] == "responder@example.com", "{file}");
    }
}
