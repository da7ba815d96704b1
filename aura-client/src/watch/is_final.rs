use care_client_core::{Error, Kind};
use std::iter::successors;

/// Whether no later poll can fare better.
pub(crate) fn is_final(error: &Error) -> bool {
    match error.kind() {
        Kind::Config | Kind::Request => true,
        Kind::Auth => {
            // If the operation that fetches tokens broke down, or a store did, this is an outage like any other.
            let root = successors(Some(error), |error| error.cause()).last().unwrap_or(error);
            match root.kind() {
                Kind::Api => !root.is_transient(),
                Kind::Config | Kind::Request => true,
                _ => false,
            }
        }
        _ => error.is_not_found() || error.is_unauthorized() || error.is_forbidden(),
    }
}
