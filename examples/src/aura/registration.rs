use aura_client::{Aura, Error, NewUser, Token};
use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher, Hasher},
};

/// Registers a new user under a random address and password, by the server's credentials, and gives the user's token.
///
/// # Errors
///
/// As of [`aura_client::Users::register`] and [`aura_client::Users::token`].
pub async fn register(aura: &Aura) -> Result<Token, Error> {
    let email = format!("id_{:016x}@example.com", random());
    let password = format!("{:016x}{:016x}", random(), random());
    match aura.users().register(NewUser::new(&*email, &*password)).await?.token {
        Some(token) => Ok(token),
        None => aura.users().token(email, password).await,
    }
}

/// Every `RandomState` has keys of its own, from the system's source of randomness.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
