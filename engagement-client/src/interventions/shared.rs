//! What the operations of interventions have in common.

use super::Intervention;
use crate::InterventionId;
use care_client_core::{DecodeError, Error, RawResponse, RequestParts};
use http::StatusCode;
use std::borrow::Cow;

/// The segment that all paths begin with.
pub(super) const INTERVENTIONS: &str = "interventions";

/// The most bytes of parameters that go into an address: servers and proxies take 8 KB and less for all of a request's line.
const LONGEST_QUERY: usize = 4_000;

type Text = Cow<'static, str>;

/// The path of one intervention, and of what is done to it.
///
/// # Errors
///
/// [`Kind::Request`](crate::Kind::Request) if the id would address something else.
pub(super) fn path(id: &InterventionId, verb: Option<&'static str>) -> Result<Vec<Text>, Error> {
    id.check("the intervention")?;
    let mut path = vec![Text::from(INTERVENTIONS), id.as_str().to_owned().into()];
    path.extend(verb.map(Text::from));
    Ok(path)
}

/// Adds parameters: to the query as the specification has it, and in a form body where they are too long for one. Both are
/// documented, in different places (defect `ENG-12`).
pub(super) fn with_parameters(parts: RequestParts, pairs: Vec<(Text, Text)>) -> RequestParts {
    let length: usize = pairs.iter().map(|(key, value)| encoded(key) + encoded(value) + 2).sum();
    if length > LONGEST_QUERY {
        return parts.form(pairs);
    }
    pairs.into_iter().fold(parts, |parts, (key, value)| parts.query(key, value))
}

/// How long a text is in an address.
fn encoded(text: &str) -> usize {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() || b"-._* ".contains(&byte) { 1 } else { 3 }).sum()
}

/// Reads the intervention that an operation on one answers with.
///
/// # Errors
///
/// [Unreadable](DecodeError::unreadable) if it is another one than was asked for: nothing must be built on that.
pub(super) fn answered(response: &RawResponse, id: &InterventionId) -> Result<Intervention, DecodeError> {
    let intervention: Intervention = response.json()?;
    if intervention.id.as_str().eq_ignore_ascii_case(id.as_str()) {
        Ok(intervention)
    } else {
        Err(DecodeError::unreadable("id", "another intervention than the one that was asked for"))
    }
}

/// What the statuses mean that can come from every operation. `state` is what a 403 to this one can mean besides.
pub(super) fn hint(refusal: &RawResponse, state: Option<&'static str>) -> Option<Text> {
    let general = match refusal.status {
        // ENG-23: no header says how long.
        StatusCode::TOO_MANY_REQUESTS => "the service allows 500 requests a minute: see rate_limited() on the builder",
        StatusCode::BAD_REQUEST => {
            "a parameter is wrong, or the token's user may not act as another one (role flag `impersonate_user`)"
        }
        StatusCode::UNAUTHORIZED => "the token is wrong, or switched off: see access_token() on the builder",
        // ENG-17: read permission is described under 403 and under 404.
        StatusCode::FORBIDDEN => "the token's user may not do this or can't read the source, or the token is wrong",
        StatusCode::NOT_FOUND => {
            "there is no such intervention, or the token's user can't read its source: the two look alike"
        }
        // ENG-28
        StatusCode::CONFLICT => "somebody is closing or cancelling it at this moment: wait a little, then read it",
        status if status.is_redirection() => "see that account, platform or base URL are those of the API",
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
    fn parameters_go_into_the_query_until_they_are_too_long_for_it() {
        // ENG-12
        let pairs = |length: usize| vec![(Text::from("key[]"), Text::from("ä".repeat(length)))];
        let parts = |length| with_parameters(RequestParts::put([INTERVENTIONS]), pairs(length));
        // Nine bytes for `key[]` with its brackets, one each for `=` and `&`, six for each letter.
        let most = (LONGEST_QUERY - 11) / 6;
        assert_eq!((parts(most).query_pairs().len(), parts(most).body_bytes().len()), (1, 0));
        let long = parts(most + 1);
        assert_eq!(long.query_pairs(), []);
        assert_eq!(long.body_bytes().len(), 10 + 6 * (most + 1));
        assert_eq!(long.headers()["content-type"], "application/x-www-form-urlencoded");
    }
}
