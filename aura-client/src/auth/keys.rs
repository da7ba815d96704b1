//! The keys of the token store.

use care_client_core::Secret;

/// The key of the server's token.
pub(crate) fn server(client_id: &Secret) -> String {
    format!("server:{}", client_id.expose())
}

/// The key of a user's token.
pub(crate) fn user(email: &str) -> String {
    format!("user:{email}")
}
