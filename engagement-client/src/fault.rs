//! The service's own description of an error, parsed on demand from the body that the error keeps.

use care_client_core::{Fault, Personal, RawResponse, wire::number};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// The service's description of an error, from the body of the answer: `error.fault::<ApiFault>()`.
///
/// The page of the operations documents no error body; the guide shows `{"error", "message", "status"}` and says that a
/// few errors aren't JSON (defect [`ENG-22`](crate::defects)). For those, [`message`](Self::message) is the plain text.
/// A field that has another form than in the guide is left empty, and the others are kept. HTML and empty bodies have
/// no fault.
///
/// Messages can quote the request, so they count as personal data and are redacted in `Debug`.
/// [`Error::report`](crate::Error::report) shows them without the values that were sent.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
/// #     .access_token(emulator.access_token()).build()?;
/// use engagement_client::ApiFault;
///
/// if let Err(error) = engagement.interventions().get("64b0c3a1f2d94e0007a1b2c3").await {
///     let fault = error.fault::<ApiFault>();
///     println!("{error} ({})", fault.and_then(|fault| fault.error).unwrap_or_default());
/// #   let fault = error.fault::<ApiFault>().ok_or("no fault")?;
/// #   assert_eq!(fault.error.as_deref(), Some("not_found"));
/// }
/// # Ok(()) }
/// ```
///
/// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/responses.md`,
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[non_exhaustive]
pub struct ApiFault {
    /// The service's name for the error, such as `not_found`, `validation_error` or `rate_limit_exceeded`.
    #[serde(default, deserialize_with = "lenient")]
    pub error: Option<String>,
    /// A description for people, in the language of the account.
    #[serde(default, deserialize_with = "lenient")]
    pub message: Option<Personal<String>>,
    /// The HTTP status, repeated in the body.
    #[serde(default, deserialize_with = "lenient_number")]
    pub status: Option<u32>,
    /// The invalid fields of a `validation_error`; empty for other errors.
    #[serde(default, deserialize_with = "lenient_fields")]
    pub errors: Vec<InvalidField>,
}

/// An invalid field of the request.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[non_exhaustive]
pub struct InvalidField {
    /// The name of the field.
    #[serde(default, deserialize_with = "lenient")]
    pub attribute: Option<String>,
    /// The kind of error, such as `invalid`.
    #[serde(rename = "type", default, deserialize_with = "lenient")]
    pub kind: Option<String>,
    /// A description for people.
    #[serde(default, deserialize_with = "lenient")]
    pub message: Option<Personal<String>>,
}

impl Fault for ApiFault {
    fn parse(response: &RawResponse) -> Option<Self> {
        match response.json::<Self>() {
            Ok(fault) => Some(fault).filter(|fault| fault.error.is_some() || fault.message.is_some()),
            Err(_) => Self::plain(response),
        }
    }
}

impl ApiFault {
    /// A body that is plain text. Truncated JSON and JSON without a message don't count.
    fn plain(response: &RawResponse) -> Option<Self> {
        let text = std::str::from_utf8(&response.body).ok()?.trim();
        // ENG-22
        let said = match serde_json::from_str(text) {
            Ok(Value::String(said)) => said,
            Ok(_) => return None,
            Err(_) if text.starts_with(['<', '{', '[', '"']) => return None,
            Err(_) => text.to_owned(),
        };
        let status = Some(response.status.as_u16().into());
        (!said.trim().is_empty()).then(|| Self { message: Some(said.into()), status, ..Self::default() })
    }
}

// ENG-22: no document shows all forms, and an unknown form of one field must not hide the others.

fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).ok())
}

fn lenient_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Ok(number::option::deserialize(Value::deserialize(deserializer)?).ok().flatten())
}

fn lenient_fields<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<InvalidField>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(rows) => rows.into_iter().filter_map(|row| serde_json::from_value(row).ok()).collect(),
        _ => Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    fn parse(body: &'static str) -> Option<ApiFault> {
        ApiFault::parse(&RawResponse::new(StatusCode::NOT_FOUND, HeaderMap::new(), body))
    }

    #[test]
    fn a_fault_is_parsed_and_its_message_is_redacted() {
        let fault = parse(r#"{"error":"not_found","message":"no canary","status":404,"more":1}"#).unwrap();
        assert_eq!((fault.error.as_deref(), fault.status, fault.errors.len()), (Some("not_found"), Some(404), 0));
        assert_eq!(fault.message.as_deref().map(String::as_str), Some("no canary"));
        assert!(!format!("{fault:?}").contains("canary"));
    }

    #[test]
    fn a_validation_error_names_its_fields() {
        let fault = parse(
            r#"{"error":"validation_error","errors":[{"attribute":"label","type":"invalid","message":"canary"},{}]}"#,
        );
        let errors = fault.unwrap().errors;
        assert_eq!((errors[0].attribute.as_deref(), errors[0].kind.as_deref()), (Some("label"), Some("invalid")));
        assert_eq!(errors[1], InvalidField::default());
        assert!(!format!("{errors:?}").contains("canary"));
    }

    #[test]
    fn plain_text_is_a_message() {
        // ENG-22
        let fault = parse("  Not found\n").unwrap();
        assert_eq!(fault.message.as_deref().map(String::as_str), Some("Not found"));
        assert_eq!((fault.error, fault.status), (None, Some(404)));
        assert_eq!(parse(r#""Not found""#).unwrap().message.as_deref().map(String::as_str), Some("Not found"));
    }

    #[test]
    fn a_field_of_unknown_form_does_not_hide_the_others() {
        // ENG-22
        for body in [
            r#"{"error":"a","message":["b"],"status":"404","errors":{"label":["c"]}}"#,
            r#"{"error":"a","message":null,"status":404,"errors":["c"]}"#,
            r#"{"error":"a","message":7,"status":"404","errors":"c"}"#,
        ] {
            let fault = parse(body).unwrap();
            let read = (fault.error.as_deref(), fault.message, fault.status, fault.errors.len());
            assert_eq!(read, (Some("a"), None, Some(404), 0), "{body}");
        }
        let fault =
            parse(r#"{"message":"b","error":{},"status":"no","errors":[{"attribute":7,"type":"c"},1]}"#).unwrap();
        assert_eq!((fault.error, fault.status, fault.errors[0].kind.as_deref()), (None, None, Some("c")));
        assert_eq!((fault.errors.len(), &fault.errors[0].attribute), (1, &None));
    }

    #[test]
    fn a_body_without_a_message_has_no_fault() {
        for body in [
            "",
            " ",
            "{}",
            "[]",
            "<html>",
            "{\"error\":",
            r#"{"status":404}"#,
            r#"{"message":null}"#,
            "\"x",
            "null",
            "7",
            "\" \"",
        ] {
            assert_eq!(parse(body), None, "{body}");
        }
    }
}
