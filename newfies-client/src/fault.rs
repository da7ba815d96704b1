use care_client_core::{Fault, Personal, RawResponse};
use http::StatusCode;
use serde_json::Value;

/// What the server says of a failure in the body of its answer: `error.fault::<ApiFault>()`.
///
/// It has one of three forms: a [`detail`](Self::detail), messages by [`fields`](Self::fields), or an
/// [`error`](Self::error), the last also in answers with status 200 (defect [`NEWF-47`](crate::defects)). It is `None` for
/// text, HTML and what else isn't the API's own. Texts can quote what was sent, so they are personal, and hidden in `Debug`;
/// they are in English unless an installation says otherwise, and nothing should be built on them.
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
///         println!("{}: {}", field.path, field.messages.iter().map(|text| text.as_str()).collect::<Vec<_>>().join(" "));
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
    /// What is wrong with the request as a whole.
    pub detail: Option<Personal<String>>,
    /// What is wrong with which fields. Mended ones can bring others to light, for the server looks twice (defect
    /// [`NEWF-33`](crate::defects)).
    pub fields: Vec<FieldFault>,
    /// What some operations call an error instead.
    pub error: Option<Personal<String>>,
    /// For 401 and 403, what of the two it is.
    pub denial: Option<Denial>,
}

/// What is wrong with one field of what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldFault {
    /// The field's name, or the way to it, as `data.sms_failure` or `[0].title`. `non_field_errors` and `__all__` stand for the
    /// object as a whole.
    pub path: Box<str>,
    /// What is wrong, in words for a person.
    pub messages: Vec<Personal<String>>,
}

/// Why the server denies a request: it answers 403 to wrong credentials, too (defect [`NEWF-36`](crate::defects)), and only
/// its words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Denial {
    /// The user and password, or the token, are missing or wrong, or their user is switched off.
    Credentials,
    /// The user is known, and may not do this.
    Permission,
    /// The words say neither, as in another language than English.
    Unsaid,
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
            other => collect(other, "", &mut fault.fields),
        }
        Some(fault).filter(|fault| fault.detail.is_some() || fault.error.is_some() || !fault.fields.is_empty())
    }
}

fn text(value: Option<&Value>) -> Option<Personal<String>> {
    value?.as_str().map(Personal::from)
}

/// Each list of messages with the way to it.
fn collect(value: &Value, path: &str, fields: &mut Vec<FieldFault>) {
    let add = |messages: Vec<Personal<String>>, fields: &mut Vec<FieldFault>| {
        if !messages.is_empty() {
            fields.push(FieldFault { path: path.into(), messages });
        }
    };
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let dot = if path.is_empty() { "" } else { "." };
                collect(value, &format!("{path}{dot}{key}"), fields);
            }
        }
        Value::Array(items) if items.iter().any(|item| !item.is_string()) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{path}[{index}]"), fields);
            }
        }
        Value::Array(items) => add(items.iter().filter_map(|item| text(Some(item))).collect(), fields),
        Value::String(message) => add(vec![message.as_str().into()], fields),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl Denial {
    /// The beginnings of what the server says of credentials.
    const OF_CREDENTIALS: [&'static str; 6] = [
        "Authentication credentials were not provided",
        "Invalid username/password",
        "Invalid token",
        "User inactive or deleted",
        "Invalid basic header",
        "CSRF Failed",
    ];
    const OF_PERMISSION: &'static str = "You do not have permission";

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
            StatusCode::FORBIDDEN => Some(Self::Unsaid),
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
    fn messages_are_found_by_the_way_to_their_field() {
        // NEWF-33
        let body = r#"{"title": ["This field is required."], "data": {"a": ["x", "y"]}, "__all__": ["z"], "rows": [{"b": "w"}]}"#;
        let fault = fault(400, body).unwrap();
        let mut paths: Vec<_> = fault.fields.iter().map(|field| (&*field.path, field.messages.len())).collect();
        paths.sort_unstable();
        assert_eq!(paths, [("__all__", 1), ("data.a", 2), ("rows[0].b", 1), ("title", 1)]);
        assert_eq!(*fault.messages("title")[0], "This field is required.");
        assert!(fault.messages("start").is_empty());
        assert!(!format!("{fault:?}").contains("required"));
    }

    #[test]
    fn a_field_that_is_called_detail_is_told_from_a_detail() {
        assert_eq!(
            fault(404, r#"{"detail": "Not found"}"#).unwrap().detail.as_deref().map(String::as_str),
            Some("Not found")
        );
        assert_eq!(fault(400, r#"{"detail": ["x"]}"#).unwrap().messages("detail").len(), 1);
    }

    #[test]
    fn bad_credentials_are_told_from_bad_permissions_as_far_as_the_words_do() {
        // NEWF-36
        for (status, detail, denial) in [
            (403, "Authentication credentials were not provided.", Some(Denial::Credentials)),
            (403, "Invalid username/password", Some(Denial::Credentials)),
            (403, "Invalid token", Some(Denial::Credentials)),
            (403, "User inactive or deleted", Some(Denial::Credentials)),
            (403, "Invalid basic header. No credentials provided.", Some(Denial::Credentials)),
            (403, "You do not have permission to perform this action.", Some(Denial::Permission)),
            (403, "No tiene permiso para realizar esta acción.", Some(Denial::Unsaid)),
            (401, "whatever", Some(Denial::Credentials)),
            (404, "Not found", None),
        ] {
            let body = serde_json::json!({"detail": detail}).to_string();
            let answer = RawResponse::new(StatusCode::from_u16(status).unwrap(), HeaderMap::new(), body);
            assert_eq!(ApiFault::parse(&answer).unwrap().denial, denial, "{detail}");
            assert_eq!(Denial::of_answer(&answer), denial, "{detail}");
        }
        let html = RawResponse::new(StatusCode::FORBIDDEN, HeaderMap::new(), "<html>");
        assert_eq!(Denial::of_answer(&html), Some(Denial::Unsaid));
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
