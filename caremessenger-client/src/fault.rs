//! The server's own words of an error, in the form of Django REST framework: a detail, and messages by field.

use care_client_core::{Fault, FieldFault, Personal, RawResponse};
use serde_json::Value;

/// CareMessenger's own words about a failure, from the body of its answer: `error.fault::<ApiFault>()`.
///
/// No document shows such a body (defect [`CARE-36`](crate::defects)). This reads the two forms that its framework has:
/// one sentence as `detail`, or messages by the field that they are about. It is `None` for anything else.
///
/// The texts can quote what was sent, so they are personal, and hidden in `Debug`.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::caremessenger::Emulator::start().await?;
/// # let (url, username, password) = (emulator.base_url(), emulator.username(), emulator.password());
/// # let builder = caremessenger_client::CareMessenger::builder().base_url(url);
/// # let care = builder.credentials(username, password).build()?;
/// use caremessenger_client::ApiFault;
///
/// if let Err(error) = care.assistance_providers().get(4711).await {
///     let said = error.fault::<ApiFault>().and_then(|fault| fault.detail);
///     println!("{error}; {}", said.map(|text| text.into_inner()).unwrap_or_default());
/// #   assert!(error.is_not_found());
/// }
/// # Ok(()) }
/// ```
///
/// Source of the two forms: *Exceptions*, <https://www.django-rest-framework.org/api-guide/exceptions/>.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiFault {
    /// What is wrong as a whole.
    pub detail: Option<Personal<String>>,
    /// What is wrong with single fields, by the names of the fields. A field of a list has its place:
    /// `email_notifiers[0].email`.
    pub fields: Vec<FieldFault>,
}

impl Fault for ApiFault {
    fn parse(response: &RawResponse) -> Option<Self> {
        let Value::Object(body) = response.json().ok()? else { return None };
        if let Some(Value::String(detail)) = body.get("detail") {
            return Some(Self { detail: Some(Personal(detail.clone())), fields: Vec::new() });
        }
        let fields = FieldFault::all_in(&Value::Object(body));
        (!fields.is_empty()).then_some(Self { detail: None, fields })
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
    fn one_sentence_is_the_detail() {
        // CARE-36
        let fault = parse(r#"{"detail":"Not found."}"#).unwrap();
        assert_eq!((fault.detail.as_deref().map(String::as_str), fault.fields.len()), (Some("Not found."), 0));
        assert!(!format!("{fault:?}").contains("found"));
    }

    #[test]
    fn messages_have_the_path_of_their_field() {
        // CARE-36
        let fault = parse(
            r#"{"email_notifiers":[{},{"email":["Enter a valid email address.","Too long."]}],
                "label":["This field is required."],"non_field_errors":["No."],"odd":{"a":"b"}}"#,
        )
        .unwrap();
        let of = |field: &FieldFault| {
            field.messages.iter().map(|text| (field.path.to_string(), text.to_string())).collect::<Vec<_>>()
        };
        let read: Vec<_> = fault.fields.iter().flat_map(of).collect();
        let read: Vec<_> = read.iter().map(|(path, message)| (path.as_str(), message.as_str())).collect();
        assert_eq!(
            read,
            [
                ("email_notifiers[1].email", "Enter a valid email address."),
                ("email_notifiers[1].email", "Too long."),
                ("label", "This field is required."),
                ("non_field_errors", "No."),
                ("odd.a", "b"),
            ]
        );
    }

    #[test]
    fn an_answer_without_messages_is_no_fault() {
        for body in ["", "{}", "[]", r#""no""#, "<html>", r#"{"detail":null}"#, r#"{"label":[]}"#] {
            assert_eq!(parse(body), None, "{body}");
        }
    }
}
