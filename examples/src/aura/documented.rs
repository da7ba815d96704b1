use aura_client::{Fix, NewCustomer, ResponseTypeId};

/// The person of the documented callout. Nobody real: the mail address and the phone number are reserved for examples.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Creating a Callout",
/// <https://docs.aura.services/integration-guidelines.html>.
pub fn customer() -> NewCustomer {
    NewCustomer::new("Test", "Test", "+12025550103")
        .email("customer@example.com")
        .gender("Neutral")
        .vehicle_make("Alfa Romeo")
        .vehicle_model("4c")
        .vehicle_colour("Red")
        .vehicle_license_plate("TEST GP")
}

/// The position of the documented callout, with its accuracy of 50 m.
///
/// Source: as of [`customer`].
#[must_use]
pub fn position() -> Fix {
    Fix::new(-26.100054, 28.051).accuracy(50.0)
}

/// The response type of the documented callout.
///
/// Source: as of [`customer`].
#[must_use]
pub fn response_type() -> ResponseTypeId {
    1.into()
}

#[cfg(test)]
mod tests {
    use aura_client::{Endpoint, NewCallout};
    use serde_json::Value;

    #[test]
    fn together_they_are_the_documented_callout() {
        let documented: Value =
            serde_json::from_str(include_str!("../../../aura-client/fixtures/create-callout-request.json")).unwrap();
        let class = documented["calloutClassificationId"].as_u64().unwrap();
        let new = NewCallout::new(super::customer(), super::position())
            .classification(class)
            .response_type(super::response_type());
        let sent: Value = serde_json::from_slice(new.parts().unwrap().body_bytes()).unwrap();
        assert_eq!(sent, documented);
    }
}
