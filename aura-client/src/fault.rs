//! What the body of an error says.

use care_client_core::{Fault, Personal, RawResponse};
use serde::Deserialize;

/// AURA's own words for a failure, from the body of its answer: `error.fault::<ApiFault>()`.
///
/// The guide of 2020 documents no error at all (defect [`AURA-40`](crate::defects)); AURA's later pages have a
/// `message` in the body of every error, and that is what this reads. It is `None` where there is no such text.
///
/// The message can quote what was sent, so it is personal data and redacted in `Debug`.
/// [`Error::report`](crate::Error::report) shows it without what was sent.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::aura::Emulator::start().await?;
/// # let token = emulator.issue_user_token("id_1@example.com");
/// # let aura = aura_client::Aura::builder().base_url(emulator.url()).user_token(token).build()?;
/// use aura_client::ApiFault;
///
/// if let Err(error) = aura.callouts().get(9).await {
///     let said = error.fault::<ApiFault>().map(|fault| fault.message.into_inner());
///     println!("{error}; AURA says: {}", said.unwrap_or_default());
/// #   assert!(error.is_not_found() && error.fault::<ApiFault>().is_some());
/// }
/// # Ok(()) }
/// ```
///
/// Source: AURA, *Errors & Status Codes*, <https://docs.aurasos.com/api-reference/errors-status-codes>.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct ApiFault {
    /// What went wrong, in words for a person.
    pub message: Personal<String>,
}

impl Fault for ApiFault {
    fn parse(response: &RawResponse) -> Option<Self> {
        response.json::<Self>().ok().filter(|fault| !fault.message.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    fn parse(body: &'static str) -> Option<ApiFault> {
        ApiFault::parse(&RawResponse::new(StatusCode::BAD_REQUEST, HeaderMap::new(), body))
    }

    #[test]
    fn the_message_is_read_and_hidden() {
        let fault = parse(r#"{"message":"no such callout","code":7}"#).unwrap();
        assert_eq!(*fault.message, "no such callout");
        assert!(!format!("{fault:?}").contains("callout"));
    }

    #[test]
    fn an_answer_without_a_message_is_no_fault() {
        for body in
            ["", "{}", "[]", "busy", "<html>", r#"{"message":null}"#, r#"{"message":" "}"#, r#"{"message":["a"]}"#]
        {
            assert_eq!(parse(body), None, "{body}");
        }
    }
}
