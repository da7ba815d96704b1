//! The operations that are the same for most objects, each written once: list, read, create, change, delete, and a verb
//! on one object.
//!
//! Nothing here names an object: path, noun and operation names come from the traits of [`resource`](crate::resource),
//! parameters from the setters that each object's module writes.

mod action;
mod list;
mod list_all;
mod read;
mod write;

pub(crate) use list::page;

pub use action::Act;
pub use list::List;
pub use list_all::{Collection, ListAll};
pub use read::Get;
pub use write::{Delete, New, Patch, Update};

use crate::{fault::ApiFault, ids::ObjectId, resource::Resource};
use care_client_core::{DecodeError, Error, Fault as _, RawResponse};
use http::StatusCode;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

type Text = Cow<'static, str>;

/// The path of one object, or of a verb on it.
///
/// # Errors
///
/// [`Kind::Request`](crate::Kind::Request) if the id is invalid.
fn path<R: Resource>(id: &R::Id, verb: Option<&'static str>) -> Result<Vec<Text>, Error> {
    id.check(R::NOUN)?;
    let mut path: Vec<Text> = R::PATH.split('/').map(Text::from).collect();
    path.push(id.text().to_owned().into());
    path.extend(verb.map(Text::from));
    Ok(path)
}

/// Reads the object that an operation answers with.
///
/// # Errors
///
/// [Foreign](DecodeError::foreign) if it isn't about the object that was asked for, or is no object with an id: such an
/// answer is another's, and proves nothing. `me` stands for an id and isn't compared.
pub(crate) fn same_object<R: Resource>(response: &RawResponse, id: &R::Id) -> Result<R, DecodeError> {
    let object: R = object(response)?;
    same_id(object.id(), id)?;
    Ok(object)
}

/// # Errors
///
/// [Foreign](DecodeError::foreign) if an answer has another id than the one that was asked for.
pub(crate) fn same_id<I: ObjectId>(answered: &I, asked: &I) -> Result<(), DecodeError> {
    if asked.text() == "me" || answered.text().eq_ignore_ascii_case(asked.text()) {
        Ok(())
    } else {
        Err(DecodeError::foreign("the answer is about another object than requested"))
    }
}

/// Reads an object that has an id.
///
/// # Errors
///
/// [Foreign](DecodeError::foreign) if the answer is an object without an id, [unreadable](DecodeError::unreadable) if
/// it can't be read for another reason.
pub(crate) fn object<R: DeserializeOwned>(response: &RawResponse) -> Result<R, DecodeError> {
    response.json_with(&["id"])
}

/// What a status can mean for any operation on these objects. `forbidden` is what a 403 can also mean for this one.
fn hint<R: Resource>(refusal: &RawResponse, forbidden: Option<&'static str>) -> Option<Text> {
    if let Some(own) = R::hint(refusal.status) {
        return Some(own);
    }
    let general = status_hint(refusal.status, R::NOUN)?;
    Some(match forbidden.filter(|_| refusal.status == StatusCode::FORBIDDEN) {
        Some(state) => format!("{state}; or {general}").into(),
        None => general,
    })
}

/// What a status can mean for any operation on what `noun` names.
pub(crate) fn status_hint(status: StatusCode, noun: &str) -> Option<Text> {
    Some(match status {
        // ENG-23: no header says how long to wait.
        StatusCode::TOO_MANY_REQUESTS => {
            "the service allows 500 requests a minute: use rate_limited() on the builder".into()
        }
        StatusCode::BAD_REQUEST => {
            "a parameter is invalid, or the token's user may not impersonate (role flag `impersonate_user`)".into()
        }
        StatusCode::UNAUTHORIZED => "the token is wrong or disabled: check access_token() on the builder".into(),
        // ENG-17: read permission is described under 403 and under 404.
        StatusCode::FORBIDDEN => "the token's user lacks permission, or the token is wrong".into(),
        StatusCode::NOT_FOUND => {
            format!("the service can't find {}, or the token's user can't read it: it answers 404 to both", noun).into()
        }
        // ENG-28
        StatusCode::CONFLICT => {
            format!("another request is changing {}: wait a few seconds, then read it", noun).into()
        }
        StatusCode::UNPROCESSABLE_ENTITY => "a parameter was refused: fault::<ApiFault>() names it".into(),
        status if status.is_redirection() => "check that account, platform or base URL are those of the API".into(),
        _ => return None,
    })
}

/// Whether the service itself says that there is no such object: a gateway's 404 says nothing about it.
pub(crate) fn shows_absence(refusal: &RawResponse) -> bool {
    refusal.status == StatusCode::NOT_FOUND && ApiFault::parse(refusal).is_some_and(|fault| fault.error.is_some())
}
