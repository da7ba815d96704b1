//! What the statuses of this server mean.

use crate::{ApiFault, CalendarSetting, CalendarUser, Denial, resource::Resource};
use care_client_core::{Fault, RawResponse};
use http::StatusCode;
use std::borrow::Cow;

type Hint = Option<Cow<'static, str>>;

/// The names of fields that a hint may show: what else stands in an answer can be anybody's.
const FIELDS: [&str; 70] = [
    "__all__",
    "accountcode",
    "address",
    "advance_notice",
    "alarm",
    "alarm_email",
    "alarm_phonenumber",
    "aleg_gateway",
    "amd_behavior",
    "calendar",
    "calendar_setting",
    "call_timeout",
    "caller_name",
    "callerid",
    "callrequest",
    "callstatus",
    "city",
    "company_name",
    "company_website",
    "country",
    "created_on",
    "creator",
    "daily_start",
    "daily_stop",
    "data",
    "date",
    "date_start_notice",
    "description",
    "duration",
    "email",
    "end",
    "end_recurring_period",
    "event",
    "fax",
    "first_name",
    "label",
    "language",
    "last_name",
    "mail_template",
    "max_concurrent",
    "maxretry",
    "method",
    "name",
    "non_field_errors",
    "note",
    "notify_count",
    "num_attempt",
    "occ_count",
    "parent_event",
    "password",
    "phone_no",
    "phonenumber_sms_failure",
    "phonenumber_transfer",
    "result",
    "retry_delay",
    "rule",
    "sms_gateway",
    "sms_template",
    "start",
    "state",
    "status",
    "survey",
    "title",
    "url_cancel",
    "url_confirm",
    "user",
    "username",
    "voicemail",
    "voicemail_audiofile",
    "zip_code",
];

/// What a refusal of a reading of this resource means. `own` is what its status can mean besides, for this operation.
pub(crate) fn hint<R: Resource>(refusal: &RawResponse, own: Option<&'static str>) -> Hint {
    // NEWF-37, NEWF-38
    if R::SUPERUSER { of_superusers(refusal).or_else(|| of_both(refusal, own)) } else { of_both(refusal, own) }
}

/// The same of a write: the rights to write can be granted, but for calendar users.
pub(crate) fn write_hint<R: Resource>(refusal: &RawResponse, own: Option<&'static str>) -> Hint {
    // NEWF-38
    if R::COLLECTION == <CalendarUser as Resource>::COLLECTION {
        hint::<R>(refusal, own)
    } else {
        of_both(refusal, own)
    }
}

/// What 500 means of a resource that breaks down for some callers.
pub(crate) fn own_of_500<R: Resource>(refusal: &RawResponse) -> Option<&'static str> {
    // NEWF-43
    let breaks_down = R::COLLECTION == <CalendarSetting as Resource>::COLLECTION;
    (breaks_down && refusal.status == StatusCode::INTERNAL_SERVER_ERROR)
        .then_some("the caller has no profile in the web interface, as one made on the command line")
}

/// What 403 means where no right can be granted.
fn of_superusers(refusal: &RawResponse) -> Hint {
    let text = match Denial::of_answer(refusal) {
        Some(Denial::Permission) => "only a superuser may, whatever rights are granted",
        Some(Denial::Unsaid) => {
            "only a superuser may, whatever rights are granted; or user and password are wrong: the answer doesn't say which"
        }
        Some(Denial::Credentials) | None => return None,
    };
    Some(text.into())
}

fn of_both(refusal: &RawResponse, own: Option<&'static str>) -> Hint {
    let general = of_status(refusal);
    match (own, general) {
        (Some(own), Some(general)) => Some(format!("{own}; or {general}").into()),
        (Some(own), None) => Some(own.into()),
        (None, general) => general,
    }
}

/// What a refusal means whatever was asked for.
pub(crate) fn of_status(refusal: &RawResponse) -> Hint {
    let denial = Denial::of_answer(refusal);
    let text = match refusal.status {
        status if status.is_redirection() => {
            // NEWF-49
            "see that base_url(..) is the API's: every path of this crate has the slash that the server wants at its end"
        }
        // NEWF-45
        StatusCode::BAD_REQUEST if !is_json(refusal) => {
            "the answer isn't the API's: a server that doesn't know the host name it is called by answers so (ALLOWED_HOSTS)"
        }
        StatusCode::BAD_REQUEST => return of_fields(refusal),
        // NEWF-36
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => match denial {
            Some(Denial::Credentials) => {
                "the server doesn't know the user, the password or the token, or they are switched off"
            }
            Some(Denial::Permission) => "the server knows the user, who lacks the right for this",
            _ => {
                "the user, the password or the token are wrong, or the user lacks the right for this: the answer doesn't say which"
            }
        },
        StatusCode::NOT_FOUND => "there is none with this id, or it belongs to somebody whom the user doesn't manage",
        // NEWF-48, NEWF-50
        StatusCode::INTERNAL_SERVER_ERROR => {
            "this server answers so to paths that it doesn't know, too: see that base_url(..) is the API's"
        }
        _ => return None,
    };
    Some(text.into())
}

/// Which fields are refused, as far as they are known ones. What is wrong with them can quote what was sent.
fn of_fields(refusal: &RawResponse) -> Hint {
    let fault = ApiFault::parse(refusal)?;
    let known = fault.fields.iter().filter_map(|field| FIELDS.iter().find(|known| **known == &*field.path));
    let names: Vec<&str> = known.copied().collect();
    if names.is_empty() {
        return None;
    }
    // NEWF-15
    let own = if names == ["result"] {
        "; the result that was sent, or the one the alarm has, is out of range: bring a valid one with the change"
    } else {
        ""
    };
    Some(format!("refused are {}: see fault::<ApiFault>() for why{own}", names.join(", ")).into())
}

fn is_json(answer: &RawResponse) -> bool {
    answer.json::<serde::de::IgnoredAny>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AlarmRequest, CalendarUserProfile, Event};
    use http::HeaderMap;

    fn answer(status: u16, body: &'static str) -> RawResponse {
        RawResponse::new(StatusCode::from_u16(status).unwrap(), HeaderMap::new(), body)
    }

    fn hinted(status: u16, body: &'static str) -> String {
        hint::<Event>(&answer(status, body), None).unwrap_or_default().into_owned()
    }

    #[test]
    fn fields_are_named_only_if_they_are_known_ones() {
        let hint = hinted(400, r#"{"title": ["canary is no title"], "canary": ["x"], "calendar": ["y"]}"#);
        assert!(hint.starts_with("refused are calendar, title:"), "{hint}");
        assert!(!hint.contains("canary"));
        assert_eq!(hinted(400, r#"{"canary": ["x"]}"#), "");
        assert_eq!(hinted(400, r#"{"detail": "JSON parse error"}"#), "");
    }

    #[test]
    fn an_alarm_whose_result_is_out_of_range_is_explained() {
        // NEWF-15
        assert!(hinted(400, r#"{"result": ["Select a valid choice."]}"#).contains("out of range"));
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
    fn a_superuser_is_named_where_nothing_else_helps() {
        // NEWF-37, NEWF-38
        let denied = answer(403, r#"{"detail": "You do not have permission to perform this action."}"#);
        assert!(hint::<CalendarUser>(&denied, None).unwrap().contains("superuser"));
        assert!(hint::<Event>(&denied, None).unwrap().contains("lacks the right"));
        let unknown = answer(403, r#"{"detail": "Invalid username/password"}"#);
        assert!(!hint::<CalendarUser>(&unknown, None).unwrap().contains("superuser"));
        // Whoever may write can be granted, but for calendar users.
        assert!(write_hint::<CalendarUser>(&denied, None).unwrap().contains("superuser"));
        for written in [write_hint::<CalendarUserProfile>(&denied, None), write_hint::<AlarmRequest>(&denied, None)] {
            assert!(written.unwrap().contains("lacks the right"));
        }
        let unsaid = answer(403, r#"{"detail": "Verboten"}"#);
        let said = hint::<CalendarUserProfile>(&unsaid, None).unwrap();
        assert!(said.contains("superuser") && said.contains("password are wrong"), "{said}");
    }

    #[test]
    fn each_field_that_can_be_sent_is_a_known_one() {
        let home = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut names = Vec::new();
        for folder in std::fs::read_dir(home).unwrap() {
            let Ok(text) = std::fs::read_to_string(folder.unwrap().path().join("new.rs")) else { continue };
            // `fn name(value: T) => field;` of the setters, and what constructors set.
            let setters =
                text.lines().filter(|line| line.contains(") => ")).filter_map(|line| line.split("fn ").nth(1));
            names.extend(setters.filter_map(|rest| rest.split('(').next()).map(str::to_owned));
            let given = text.split(".with(\"").skip(1).filter_map(|rest| rest.split('"').next());
            names.extend(given.map(str::to_owned));
        }
        assert!(names.len() > 70, "{names:?}");
        let unknown: Vec<_> = names.iter().filter(|name| !FIELDS.contains(&name.as_str())).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(FIELDS.is_sorted());
    }
}
