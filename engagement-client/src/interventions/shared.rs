//! Paths, parameters, answers and hints that the operations on interventions share.
//!
//! Parameters go into the query, as the vendor's specification has it, or into a form body if they are too long for an
//! address (defect `ENG-12`). An answer must be about the intervention that was asked for. A refusal gets a hint: what
//! its status can mean for the operation, because the service's status alone often doesn't tell (defects `ENG-17`,
//! `ENG-28`).

use crate::{
    ids::{InterventionId, ObjectId as _},
    interventions::model::Intervention,
};
use care_client_core::{DecodeError, Error, RawResponse, RequestParts};
use http::StatusCode;
use std::borrow::Cow;

/// The first segment of all paths.
pub(super) const INTERVENTIONS: &str = "interventions";

/// The most bytes of parameters in an address: servers and proxies limit the whole request line to 8 KB or less.
const MAX_QUERY: usize = 4_000;

/// What a 403 to a change can mean.
pub(super) const UPDATE_PERMISSION: &str =
    "the token's user needs `update_intervention`, or `update_own_intervention` for its own interventions";

type Text = Cow<'static, str>;

/// The path of one intervention, or of an operation on it.
///
/// # Errors
///
/// [`Kind::Request`](crate::Kind::Request) if the id is invalid.
pub(super) fn path(id: &InterventionId, verb: Option<&'static str>) -> Result<Vec<Text>, Error> {
    id.check("the intervention")?;
    let mut path = vec![Text::from(INTERVENTIONS), id.as_str().to_owned().into()];
    path.extend(verb.map(Text::from));
    Ok(path)
}

/// Adds parameters to the query, or as a form body if they are too long for a query. Both are documented, in different
/// places (defect `ENG-12`).
pub(super) fn with_parameters(parts: RequestParts, pairs: Vec<(Text, Text)>) -> RequestParts {
    let length: usize = pairs.iter().map(|(key, value)| encoded_length(key) + encoded_length(value) + 2).sum();
    if length > MAX_QUERY {
        return parts.form(pairs);
    }
    pairs.into_iter().fold(parts, |parts, (key, value)| parts.query(key, value))
}

/// The length of a text when percent-encoded.
fn encoded_length(text: &str) -> usize {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() || b"-._* ".contains(&byte) { 1 } else { 3 }).sum()
}

/// Decodes the intervention that an operation answers with.
///
/// # Errors
///
/// [Unreadable](DecodeError::unreadable) if its id differs from the one that was asked for: such an answer must not be
/// trusted.
pub(super) fn answered(response: &RawResponse, id: &InterventionId) -> Result<Intervention, DecodeError> {
    let intervention: Intervention = response.json()?;
    if intervention.id.as_str().eq_ignore_ascii_case(id.as_str()) {
        Ok(intervention)
    } else {
        Err(DecodeError::unreadable("id", "the id of another intervention than requested"))
    }
}

/// What a status can mean for any operation. `state` is what a 403 can also mean for this one.
pub(super) fn hint(refusal: &RawResponse, state: Option<&'static str>) -> Option<Text> {
    let general = match refusal.status {
        // ENG-23: no header says how long to wait.
        StatusCode::TOO_MANY_REQUESTS => "the service allows 500 requests a minute: use rate_limited() on the builder",
        StatusCode::BAD_REQUEST => {
            "a parameter is invalid, or the token's user may not impersonate (role flag `impersonate_user`)"
        }
        StatusCode::UNAUTHORIZED => "the token is wrong or disabled: check access_token() on the builder",
        // ENG-17: read permission is described under 403 and under 404.
        StatusCode::FORBIDDEN => "the token's user lacks permission or can't read the source, or the token is wrong",
        StatusCode::NOT_FOUND => {
            "there is no such intervention, or the token's user can't read its source: the service answers 404 to both"
        }
        // ENG-28
        StatusCode::CONFLICT => "another request is closing or cancelling it: wait a few seconds, then read it",
        status if status.is_redirection() => "check that account, platform or base URL are those of the API",
        _ => return None,
    };
    Some(match state.filter(|_| refusal.status == StatusCode::FORBIDDEN) {
        Some(state) => format!("{state}; or {general}").into(),
        None => general.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_go_into_the_query_unless_they_are_too_long() {
        // ENG-12
        let pairs = |length: usize| vec![(Text::from("key[]"), Text::from("ä".repeat(length)))];
        let parts = |length| with_parameters(RequestParts::put([INTERVENTIONS]), pairs(length));
        // Nine bytes for `key[]` with its brackets, one each for `=` and `&`, six for each letter.
        let most = (MAX_QUERY - 11) / 6;
        assert_eq!((parts(most).query_pairs().len(), parts(most).body_bytes().len()), (1, 0));
        let long = parts(most + 1);
        assert_eq!(long.query_pairs(), []);
        assert_eq!(long.body_bytes().len(), 10 + 6 * (most + 1));
        assert_eq!(long.headers()["content-type"], "application/x-www-form-urlencoded");
    }
}
