//! The callout of AURA's guide, and users for it.

use aura_client::{Aura, Error, Fix, NewCustomer, NewUser, ResponseTypeId, Token};
use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher, Hasher},
};

/// The fictitious person of the documented callout; mail address and phone number are reserved for examples.
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
/// Source: as [`customer`].
#[must_use]
pub fn position() -> Fix {
    Fix::new(-26.100054, 28.051).accuracy(50.0)
}

/// The response type of the documented callout.
///
/// Source: as [`customer`].
#[must_use]
pub fn response_type() -> ResponseTypeId {
    1.into()
}

/// Registers a new user with a random address and password, and returns the user's token. The server's credentials
/// allow it.
///
/// # Errors
///
/// Those of [`aura_client::Users::register`] and [`aura_client::Users::token`].
pub async fn register(aura: &Aura) -> Result<Token, Error> {
    let email = format!("id_{:016x}@example.com", random());
    let password = format!("{:016x}{:016x}", random(), random());
    match aura.users().register(NewUser::new(&*email, &*password)).await?.token {
        Some(token) => Ok(token),
        None => aura.users().token(email, password).await,
    }
}

/// Every `RandomState` is seeded from the system's randomness.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use aura_client::{Endpoint, NewCallout};
    use serde_json::Value;

    #[test]
    fn the_parts_form_the_documented_callout() {
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
