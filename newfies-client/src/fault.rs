//! Failures as the server describes them, and what its 403 means.

use care_client_core::{Error, Fault, FieldFault, Personal, RawResponse};
use http::StatusCode;
use serde_json::Value;

/// The server's description of a failure, from the body of its answer: `error.fault::<ApiFault>()`.
///
/// It has one of three forms: a [`detail`](Self::detail), messages by [field](Self::fields), or an
/// [`error`](Self::error), which also occurs with status 200 (defect [`NEWF-47`](crate::defects)). There is no fault in
/// text, HTML and anything else that isn't the API's. Messages can quote what was sent, so they are personal and
/// redacted in `Debug`. They are in English unless the installation is configured otherwise: show them to people, and
/// don't parse them.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::newfies::Emulator::start().await?;
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// use newfies_client::{ApiFault, NewCalendar};
///
/// if let Err(error) = newfies.calendars().create(NewCalendar::new("Surgery", 99)).await {
///     for field in error.fault::<ApiFault>().unwrap_or_default().fields {
///         for message in &field.messages {
///             println!("{}: {}", field.path, message.as_str());
///         }
///     }
/// #   assert_eq!(error.fault::<ApiFault>().map(|fault| fault.messages("user").len()), Some(1));
/// }
/// # Ok(()) }
/// ```
///
/// Source: Django REST framework 2.4, "Exceptions" and "Serializers", <https://www.django-rest-framework.org>.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ApiFault {
    /// What is wrong with the whole request.
    pub detail: Option<Personal<String>>,
    /// What is wrong with single fields. Correcting them can reveal more, because the server checks in two steps
    /// (defect [`NEWF-33`](crate::defects)).
    pub fields: Vec<FieldFault>,
    /// The message of operations that report an `error` instead.
    pub error: Option<Personal<String>>,
    /// For 401 and 403: whether credentials or rights are the cause.
    pub denial: Option<Denial>,
}

/// Why the server denied a request. It answers 403 to wrong credentials, too (defect [`NEWF-36`](crate::defects)), so
/// only its message tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Denial {
    /// User and password, or the token, are missing or wrong, or the user is inactive.
    Credentials,
    /// The user is signed in but lacks the right.
    Permission,
    /// The message says neither, for example because it isn't in English.
    Unspecified,
}

impl ApiFault {
    /// The messages about a field; empty if there are none.
    #[must_use]
    pub fn messages(&self, path: &str) -> &[Personal<String>] {
        self.fields.iter().find(|field| &*field.path == path).map_or(&[], |field| &field.messages)
    }
}

impl Fault for ApiFault {
    fn parse(response: &RawResponse) -> Option<Self> {
        let value: Value = response.json().ok()?;
        let mut fault = Self { denial: Denial::of(response.status, &value), ..Self::default() };
        match &value {
            Value::Object(map) if map.len() == 1 && text(map.get("detail")).is_some() => {
                fault.detail = text(map.get("detail"));
            }
            Value::Object(map) if text(map.get("error")).is_some() => fault.error = text(map.get("error")),
            _ if response.status.is_success() => return None,
            other => fault.fields = FieldFault::all_in(other),
        }
        Some(fault).filter(|fault| fault.detail.is_some() || fault.error.is_some() || !fault.fields.is_empty())
    }
}

fn text(value: Option<&Value>) -> Option<Personal<String>> {
    value?.as_str().map(Personal::from)
}

impl Denial {
    /// How messages about credentials begin.
    const OF_CREDENTIALS: [&'static str; 6] = [
        "Authentication credentials were not provided",
        "Invalid username/password",
        "Invalid token",
        "User inactive or deleted",
        "Invalid basic header",
        "CSRF Failed",
    ];
    const OF_PERMISSION: &'static str = "You do not have permission";

    /// Whether a call was denied for lack of a right. Wrong credentials are another matter, though the server answers
    /// 403 to both (defect `NEWF-36`).
    pub(crate) fn is_lack_of_rights(error: &Error) -> bool {
        let denial = error.fault::<ApiFault>().and_then(|fault| fault.denial);
        error.is_forbidden() && denial != Some(Self::Credentials)
    }

    pub(crate) fn of_answer(response: &RawResponse) -> Option<Self> {
        Self::of(response.status, &response.json().unwrap_or_default())
    }

    // NEWF-36
    fn of(status: StatusCode, body: &Value) -> Option<Self> {
        let said = body.get("detail").and_then(Value::as_str).unwrap_or_default();
        match status {
            StatusCode::UNAUTHORIZED => Some(Self::Credentials),
            StatusCode::FORBIDDEN if Self::OF_CREDENTIALS.iter().any(|begin| said.starts_with(begin)) => {
                Some(Self::Credentials)
            }
            StatusCode::FORBIDDEN if said.starts_with(Self::OF_PERMISSION) => Some(Self::Permission),
            StatusCode::FORBIDDEN => Some(Self::Unspecified),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    fn fault(status: u16, body: &'static str) -> Option<ApiFault> {
        ApiFault::parse(&RawResponse::new(StatusCode::from_u16(status).unwrap(), HeaderMap::new(), body))
    }

    #[test]
    fn messages_are_found_by_the_path_of_their_field() {
        // NEWF-33
        let body = r#"{"title": ["This field is required."], "data": {"a": ["x", "y"]}, "__all__": ["z"],
            "rows": [{"b": "w"}]}"#;
        let fault = fault(400, body).unwrap();
        let mut paths: Vec<_> = fault.fields.iter().map(|field| (&*field.path, field.messages.len())).collect();
        paths.sort_unstable();
        assert_eq!(paths, [("__all__", 1), ("data.a", 2), ("rows[0].b", 1), ("title", 1)]);
        assert_eq!(*fault.messages("title")[0], "This field is required.");
        assert!(fault.messages("start").is_empty());
        assert!(!format!("{fault:?}").contains("required"));
    }

    #[test]
    fn a_field_named_detail_is_distinguished_from_a_detail() {
        assert_eq!(
            fault(404, r#"{"detail": "Not found"}"#).unwrap().detail.as_deref().map(String::as_str),
            Some("Not found")
        );
        assert_eq!(fault(400, r#"{"detail": ["x"]}"#).unwrap().messages("detail").len(), 1);
    }

    #[test]
    fn wrong_credentials_are_distinguished_from_missing_rights_by_the_message() {
        // NEWF-36
        for (status, detail, denial) in [
            (403, "Authentication credentials were not provided.", Some(Denial::Credentials)),
            (403, "Invalid username/password", Some(Denial::Credentials)),
            (403, "Invalid token", Some(Denial::Credentials)),
            (403, "User inactive or deleted", Some(Denial::Credentials)),
            (403, "Invalid basic header. No credentials provided.", Some(Denial::Credentials)),
            (403, "You do not have permission to perform this action.", Some(Denial::Permission)),
            (403, "No tiene permiso para realizar esta acción.", Some(Denial::Unspecified)),
            (401, "whatever", Some(Denial::Credentials)),
            (404, "Not found", None),
        ] {
            let body = serde_json::json!({"detail": detail}).to_string();
            let answer = RawResponse::new(StatusCode::from_u16(status).unwrap(), HeaderMap::new(), body);
            assert_eq!(ApiFault::parse(&answer).unwrap().denial, denial, "{detail}");
            assert_eq!(Denial::of_answer(&answer), denial, "{detail}");
        }
        let html = RawResponse::new(StatusCode::FORBIDDEN, HeaderMap::new(), "<html>");
        assert_eq!(Denial::of_answer(&html), Some(Denial::Unspecified));
    }

    #[test]
    fn an_error_with_status_200_is_a_fault_and_a_row_is_none() {
        // NEWF-47
        assert!(fault(200, r#"{"error": "event id is not valid"}"#).unwrap().error.is_some());
        assert_eq!(fault(200, r#"{"title": "x"}"#), None);
        // NEWF-50: text and HTML are none.
        for body in
            ["A server error occurred.  Please contact the administrator.", "<h1>Bad Request (400)</h1>", "", "7"]
        {
            assert_eq!(fault(500, body), None, "{body}");
        }
    }
}
