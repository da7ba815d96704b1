//! What this server's statuses mean: the hints at the end of an error's line.
//!
//! A hint has two parts. The general one follows from the status and the form of the body, whatever was asked for. The
//! specific one comes from the resource, by [`Explained::hint`], because only it knows where its rows break the server.
//!
//! A hint never repeats what was sent or received. Of a refused body it names fields, and only those that the resource
//! [states](Explained::FIELDS): any other name in the answer may be somebody's data.

use crate::{
    fault::{ApiFault, Denial},
    resource::{Action, Explained, Rights},
};
use care_client_core::{Fault, RawResponse};
use http::StatusCode;
use serde::de::IgnoredAny;
use std::borrow::Cow;

type Hint = Option<Cow<'static, str>>;

/// Keys by which Django reports on a whole object.
const WHOLE_OBJECT: [&str; 2] = ["__all__", "non_field_errors"];

/// What a refusal means for this action on this resource.
pub(crate) fn hint<E: Explained>(action: Action, refusal: &RawResponse) -> Hint {
    hint_or::<E>(action, refusal, E::hint(action, refusal))
}

/// The same with a specific part that the endpoint gives.
pub(crate) fn hint_or<E: Explained>(action: Action, refusal: &RawResponse, specific: Hint) -> Hint {
    let general = superuser(E::RIGHTS, action, refusal).or_else(|| of_status(E::FIELDS, refusal));
    match (specific, general) {
        (Some(specific), Some(general)) if refusal.status == StatusCode::BAD_REQUEST => {
            Some(format!("{general}; {specific}").into())
        }
        (Some(specific), Some(general)) => Some(format!("{specific}; or {general}").into()),
        (specific, general) => specific.or(general),
    }
}

/// The fields that hold links to other rows.
const LINKS: [&str; 9] =
    ["user", "creator", "calendar", "parent_event", "event", "survey", "mail_template", "sms_template", "rule"];

/// The specific part that several resources share: why a write is refused though its links lead to existing rows.
pub(crate) fn own_links(_: Action, refusal: &RawResponse) -> Option<&'static str> {
    // NEWF-41
    let fault = ApiFault::parse(refusal).filter(|_| refusal.status == StatusCode::BAD_REQUEST)?;
    let is_link = fault.fields.iter().any(|field| LINKS.contains(&&*field.path));
    is_link.then_some("links must lead to rows of the caller's own users, also for a superuser")
}

/// What 403 means where no right can be granted.
fn superuser(rights: Rights, action: Action, refusal: &RawResponse) -> Hint {
    // NEWF-37, NEWF-38
    let needs_superuser = match rights {
        Rights::Grantable => false,
        Rights::SuperuserReads => matches!(action, Action::List { .. } | Action::Get),
        Rights::SuperuserOnly => true,
    };
    let text = match Denial::of_answer(refusal).filter(|_| needs_superuser)? {
        Denial::Permission => "only a superuser may do this, whatever rights are granted",
        Denial::Unspecified => {
            "only a superuser may do this, whatever rights are granted; or user and password are wrong: the \
             answer doesn't say which"
        }
        Denial::Credentials => return None,
    };
    Some(text.into())
}

fn of_status(fields: &[&'static str], refusal: &RawResponse) -> Hint {
    let text = match refusal.status {
        // NEWF-49
        status if status.is_redirection() => {
            "check that base_url(..) is the API's: all paths of this crate end in the slash that the server requires"
        }
        // NEWF-45
        StatusCode::BAD_REQUEST if refusal.json::<IgnoredAny>().is_err() => {
            "the answer isn't the API's: Django answers so if its ALLOWED_HOSTS lacks the host name of base_url(..)"
        }
        StatusCode::BAD_REQUEST => return of_fields(fields, refusal),
        // NEWF-36
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => match Denial::of_answer(refusal) {
            Some(Denial::Credentials) => "the server doesn't know the user, password or token, or the user is inactive",
            Some(Denial::Permission) => "the user is signed in but lacks the right for this",
            Some(Denial::Unspecified) | None => {
                "user, password or token are wrong, or the user lacks the right for this: the answer doesn't say which"
            }
        },
        StatusCode::NOT_FOUND => "no row has this id, or it belongs to a user whom the caller doesn't manage",
        // NEWF-48, NEWF-50
        StatusCode::INTERNAL_SERVER_ERROR => {
            "this server also answers 500 for unknown paths: check that base_url(..) is the API's"
        }
        _ => return None,
    };
    Some(text.into())
}

/// Names the rejected fields. The messages about them can quote what was sent, so they stay in the fault.
fn of_fields(fields: &[&'static str], refusal: &RawResponse) -> Hint {
    let names: Vec<&str> = rejected(fields, refusal).collect();
    (!names.is_empty())
        .then(|| format!("the server rejected {}; fault::<ApiFault>() has its reasons", names.join(", ")).into())
}

/// Whether the server rejected this field and nothing else.
pub(crate) fn rejects_only(field: &str, refusal: &RawResponse) -> bool {
    let fault = ApiFault::parse(refusal).filter(|_| refusal.status == StatusCode::BAD_REQUEST);
    fault.is_some_and(|fault| matches!(&*fault.fields, [only] if &*only.path == field))
}

fn rejected(fields: &[&'static str], refusal: &RawResponse) -> impl Iterator<Item = &'static str> {
    let fault = ApiFault::parse(refusal).unwrap_or_default();
    let known: Vec<_> = WHOLE_OBJECT.iter().chain(fields).copied().collect();
    fault.fields.into_iter().filter_map(move |field| known.iter().find(|known| **known == &*field.path).copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        alarm_requests::AlarmRequest, calendar_user_profiles::CalendarUserProfile, calendar_users::CalendarUser,
        events::Event,
    };
    use http::HeaderMap;

    fn answer(status: u16, body: &'static str) -> RawResponse {
        RawResponse::new(StatusCode::from_u16(status).unwrap(), HeaderMap::new(), body)
    }

    fn hinted(status: u16, body: &'static str) -> String {
        hint::<Event>(Action::Update, &answer(status, body)).unwrap_or_default().into_owned()
    }

    #[test]
    fn a_hint_names_a_resources_own_fields_and_no_others() {
        let hint =
            hinted(400, r#"{"title": ["canary is no title"], "canary": ["x"], "calendar": ["y"], "label": ["z"]}"#);
        assert!(hint.starts_with("the server rejected calendar, title;"), "{hint}");
        assert!(!hint.contains("canary") && !hint.contains("label"));
        assert!(hinted(400, r#"{"__all__": ["x"]}"#).contains("__all__"));
        assert_eq!(hinted(400, r#"{"canary": ["x"]}"#), "");
        assert_eq!(hinted(400, r#"{"detail": "JSON parse error"}"#), "");
    }

    #[test]
    fn a_host_that_is_not_allowed_is_explained() {
        // NEWF-45
        assert!(hinted(400, "<h1>Bad Request (400)</h1>").contains("ALLOWED_HOSTS"));
    }

    #[test]
    fn a_path_that_does_not_exist_is_explained() {
        // NEWF-48, NEWF-50
        assert!(hinted(500, "A server error occurred.  Please contact the administrator.").contains("base_url"));
    }

    #[test]
    fn links_are_named_only_where_a_link_was_rejected() {
        // NEWF-41
        for (body, names) in [
            (r#"{"calendar": ["Invalid hyperlink - object does not exist."]}"#, true),
            (r#"{"title": ["This field is required."]}"#, false),
            (r#"{"start": ["x"], "creator": ["x"]}"#, true),
        ] {
            for action in [Action::Create, Action::Update, Action::Replace] {
                let hint = hint::<Event>(action, &answer(400, body)).unwrap_or_default();
                assert_eq!(hint.contains("also for a superuser"), names, "{body} {hint}");
            }
        }
    }

    #[test]
    fn a_user_whom_a_failed_create_has_left_half_made_is_explained() {
        let taken = answer(400, r#"{"username": ["User with this Username already exists."]}"#);
        assert!(hint::<CalendarUser>(Action::Create, &taken).unwrap().contains("made it half"));
        let crashed = answer(500, "");
        assert!(hint::<CalendarUserProfile>(Action::Replace, &crashed).unwrap().contains("web interface"));
    }

    #[test]
    fn a_superuser_is_named_where_no_right_can_be_granted() {
        // NEWF-37, NEWF-38
        let denied = answer(403, r#"{"detail": "You do not have permission to perform this action."}"#);
        assert!(hint::<CalendarUser>(Action::Get, &denied).unwrap().contains("superuser"));
        assert!(hint::<Event>(Action::Get, &denied).unwrap().contains("lacks the right"));
        let unknown = answer(403, r#"{"detail": "Invalid username/password"}"#);
        assert!(!hint::<CalendarUser>(Action::Get, &unknown).unwrap().contains("superuser"));
        // The right to write can be granted, except for calendar users.
        assert!(hint::<CalendarUser>(Action::Delete, &denied).unwrap().contains("superuser"));
        for written in
            [hint::<CalendarUserProfile>(Action::Update, &denied), hint::<AlarmRequest>(Action::Create, &denied)]
        {
            assert!(written.unwrap().contains("lacks the right"));
        }
        let unsaid = answer(403, r#"{"detail": "Verboten"}"#);
        let said = hint::<CalendarUserProfile>(Action::Get, &unsaid).unwrap();
        assert!(said.contains("superuser") && said.contains("password are wrong"), "{said}");
    }
}
