//! Paths, answers and hints that the operations on interventions share.
//!
//! An answer must be about the intervention that was asked for. A refusal gets a hint: what its status can mean for the
//! operation, because the service's status alone often doesn't tell (defects `ENG-17`, `ENG-28`).

use crate::{
    endpoints::status_hint,
    ids::{InterventionId, ObjectId as _},
    interventions::model::Intervention,
};
use care_client_core::{DecodeError, Error, RawResponse};
use http::StatusCode;
use std::borrow::Cow;

/// The first segment of all paths.
pub(super) const INTERVENTIONS: &str = "interventions";

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

/// Decodes the intervention that an operation answers with.
///
/// # Errors
///
/// [Foreign](DecodeError::foreign) if its id differs from the one that was asked for: such an answer must not be
/// trusted.
pub(super) fn answered(response: &RawResponse, id: &InterventionId) -> Result<Intervention, DecodeError> {
    let intervention: Intervention = response.json()?;
    if intervention.id.as_str().eq_ignore_ascii_case(id.as_str()) {
        Ok(intervention)
    } else {
        Err(DecodeError::foreign("the answer is about another intervention than requested"))
    }
}

/// What a status can mean for any operation. `state` is what a 403 can also mean for this one.
pub(super) fn hint(refusal: &RawResponse, state: Option<&'static str>) -> Option<Text> {
    let general = match refusal.status {
        // ENG-17: read permission is described under 403 and under 404.
        StatusCode::FORBIDDEN => {
            "the token's user lacks permission or can't read the source, or the token is wrong".into()
        }
        StatusCode::NOT_FOUND => {
            "there is no such intervention, or the token's user can't read its source: the service answers 404 to both"
                .into()
        }
        // ENG-28
        StatusCode::CONFLICT => "another request is closing or cancelling it: wait a few seconds, then read it".into(),
        // No parameter of these is documented to be refused so; a create says what it means for itself.
        StatusCode::UNPROCESSABLE_ENTITY => return None,
        status => status_hint(status, "the intervention")?,
    };
    Some(match state.filter(|_| refusal.status == StatusCode::FORBIDDEN) {
        Some(state) => format!("{state}; or {general}").into(),
        None => general,
    })
}
