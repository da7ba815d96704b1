use care_client_core::{Fault, Personal, RawResponse, wire::number};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// What the service says of a failure in the body of its answer: `error.fault::<ApiFault>()`.
///
/// No body of an error is documented on the page of the operations; the guide has `{"error", "message", "status"}`, and says
/// that a few errors have no JSON (defect [`ENG-22`](crate::defects)). Of those, [`message`](Self::message) is the text itself.
/// What has another form than the guide's is left out, and the rest is kept. There is no fault in a page of HTML and in an
/// answer that says nothing.
///
/// Messages can quote what was sent, so they are personal, and hidden in `Debug`. [`Error::report`](crate::Error::report) shows
/// them without what was sent.
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
///     println!("{error}; it is called {}", fault.and_then(|fault| fault.error).unwrap_or_default());
/// #   assert_eq!(error.fault::<ApiFault>().and_then(|fault| fault.error).as_deref(), Some("not_found"));
/// }
/// # Ok(()) }
/// ```
///
/// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/responses.md`,
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[non_exhaustive]
pub struct ApiFault {
    /// What the service calls it, such as `not_found`, `validation_error` or `rate_limit_exceeded`.
    #[serde(default, deserialize_with = "if_readable")]
    pub error: Option<String>,
    /// What went wrong, in words for a person, in the language of the account.
    #[serde(default, deserialize_with = "if_readable")]
    pub message: Option<Personal<String>>,
    /// The status, once more.
    #[serde(default, deserialize_with = "if_number")]
    pub status: Option<u32>,
    /// What is wrong with which field, for a `validation_error`; otherwise empty.
    #[serde(default, deserialize_with = "if_fields")]
    pub errors: Vec<InvalidField>,
}

/// What is wrong with one field of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[non_exhaustive]
pub struct InvalidField {
    /// The field.
    #[serde(default, deserialize_with = "if_readable")]
    pub attribute: Option<String>,
    /// What kind of wrong, such as `invalid`.
    #[serde(rename = "type", default, deserialize_with = "if_readable")]
    pub kind: Option<String>,
    /// What is wrong with it, in words for a person.
    #[serde(default, deserialize_with = "if_readable")]
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
    /// A text without a form. The beginning of JSON that was cut is none, nor is JSON that says nothing.
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

// ENG-22: no document shows all of the forms, and one that is new must not hide the rest.

fn if_readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).ok())
}

fn if_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Ok(number::option::deserialize(Value::deserialize(deserializer)?).ok().flatten())
}

fn if_fields<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<InvalidField>, D::Error> {
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
    fn a_fault_is_read_and_its_words_are_hidden() {
        let fault = parse(r#"{"error":"not_found","message":"no canary","status":404,"more":1}"#).unwrap();
        assert_eq!((fault.error.as_deref(), fault.status, fault.errors.len()), (Some("not_found"), Some(404), 0));
        assert_eq!(fault.message.as_deref().map(String::as_str), Some("no canary"));
        assert!(!format!("{fault:?}").contains("canary"));
    }

    #[test]
    fn a_validation_names_its_fields() {
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
    fn what_has_another_form_hides_nothing_of_the_rest() {
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
    fn an_answer_that_says_nothing_is_no_fault() {
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
