use care_client_core::{Fault, Personal, RawResponse};
use serde::Deserialize;

/// What the service says of a failure in the body of its answer: `error.fault::<ApiFault>()`.
///
/// No body of an error is documented on the page of the operations; the guide has `{"error", "message", "status"}`, and says
/// that a few errors have no JSON (defect [`ENG-22`](crate::defects)). Of those, [`message`](Self::message) is the text itself.
/// It is `None` for a page of HTML and for an answer without either.
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
    pub error: Option<String>,
    /// What went wrong, in words for a person, in the language of the account.
    pub message: Option<Personal<String>>,
    /// The status, once more.
    #[serde(default, deserialize_with = "care_client_core::wire::number::option::deserialize")]
    pub status: Option<u32>,
    /// What is wrong with which field, for a `validation_error`; otherwise empty.
    #[serde(default, deserialize_with = "care_client_core::wire::or_empty")]
    pub errors: Vec<InvalidField>,
}

/// What is wrong with one field of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[non_exhaustive]
pub struct InvalidField {
    /// The field.
    pub attribute: Option<String>,
    /// What kind of wrong, such as `invalid`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// What is wrong with it, in words for a person.
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
    /// A text without a form. The beginning of JSON that was cut is none.
    fn plain(response: &RawResponse) -> Option<Self> {
        let text = std::str::from_utf8(&response.body).ok()?.trim();
        let is_text = !text.is_empty() && !text.starts_with(['<', '{', '[', '"']);
        // ENG-22
        is_text.then(|| Self {
            message: Some(text.into()),
            status: Some(response.status.as_u16().into()),
            ..Self::default()
        })
    }
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
    }

    #[test]
    fn an_answer_that_says_nothing_is_no_fault() {
        for body in ["", " ", "{}", "[]", "<html>", "{\"error\":", r#"{"status":404}"#, r#"{"message":null}"#, "\"x"] {
            assert_eq!(parse(body), None, "{body}");
        }
    }
}
