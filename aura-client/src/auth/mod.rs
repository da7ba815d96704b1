mod choice;
mod expiry;
pub(crate) mod keys;
mod server_token;
mod token_answer;

pub(crate) use server_token::ServerTokenSource;
pub(crate) use token_answer::TokenAnswer;

use care_client_core::{Credentials, Secret};
use std::borrow::Cow;

/// A user's token as credentials; one that no header can carry fails when it is used.
pub(crate) fn bearer(token: &Secret) -> Credentials {
    Credentials::bearer(token).unwrap_or(Credentials::Missing(
        "the user's token is empty, or holds what no header can carry, such as a line break",
    ))
}

/// The segments of a path that the caller gave as one text.
pub(crate) fn segments(path: &str) -> Vec<Cow<'static, str>> {
    path.split('/').filter(|segment| !segment.is_empty()).map(|segment| Cow::Owned(segment.to_owned())).collect()
}
