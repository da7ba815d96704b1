//! Lists that come in three shapes, and errors that come with status 200.

use care_client_core::{DecodeError, RawResponse};
use serde::de::DeserializeOwned;
use serde_json::{Value, value::RawValue};

/// A list that this server collapses: an array for several rows, the row itself for one, and an object with a note for
/// none (defect `NEWF-11`). One unreadable row fails the whole list, because a list without it would look complete.
pub(crate) struct Collapsed;

impl Collapsed {
    /// The rows, whatever shape they came in.
    ///
    /// # Errors
    ///
    /// [Refused](DecodeError::refused) for an object that reports an error; [unreadable](DecodeError::unreadable) if a
    /// row isn't a `T`.
    pub(crate) fn rows<T: DeserializeOwned>(response: &RawResponse) -> Result<Vec<T>, DecodeError> {
        // NEWF-11
        match response.json::<Value>()? {
            Value::Array(_) => response.json(),
            Value::Object(row) if row.contains_key("url") => Ok(vec![response.json()?]),
            // NEWF-47
            Value::Object(row) if row.contains_key("error") => Err(reports_error()),
            Value::Object(row) if row.contains_key("note") => Ok(Vec::new()),
            _ => Err(DecodeError::unreadable("", "neither rows, nor a row, nor a note that there are none")),
        }
    }
}

/// Refuses an object that reports an error with status 200.
pub(crate) fn refuse_error(response: &RawResponse) -> Result<(), DecodeError> {
    #[derive(serde::Deserialize)]
    struct Said<'a> {
        #[serde(borrow, default)]
        error: Option<&'a RawValue>,
    }
    // serde would also read the struct from an array, field by field.
    let is_object = response.body.trim_ascii_start().starts_with(b"{");
    // NEWF-47
    let said = || serde_json::from_slice::<Said<'_>>(&response.body).ok().and_then(|said| said.error);
    if is_object && said().is_some() { Err(reports_error()) } else { Ok(()) }
}

fn reports_error() -> DecodeError {
    DecodeError::refused("the answer has status 200 and reports an error: see fault::<ApiFault>()")
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Row {
        url: String,
    }

    fn rows(body: &'static str) -> Result<Vec<String>, DecodeError> {
        let answer = RawResponse::new(StatusCode::OK, HeaderMap::new(), body);
        Collapsed::rows::<Row>(&answer).map(|rows| rows.into_iter().map(|row| row.url).collect())
    }

    #[test]
    fn none_one_and_several_rows_are_lists() {
        // NEWF-11
        assert_eq!(rows(r#"{"note": "no child event found"}"#).unwrap(), [""; 0]);
        assert_eq!(rows("[]").unwrap(), [""; 0]);
        assert_eq!(rows(r#"{"url": "a"}"#).unwrap(), ["a"]);
        assert_eq!(rows(r#"{"url": "a", "note": "a note of its own"}"#).unwrap(), ["a"]);
        assert_eq!(rows(r#"[{"url": "a"}, {"url": "b"}]"#).unwrap(), ["a", "b"]);
    }

    #[test]
    fn an_error_a_foreign_response_and_an_unreadable_list_are_distinguished() {
        // NEWF-47
        assert!(rows(r#"{"error": "event id is not valid"}"#).unwrap_err().is_refused());
        assert!(rows("<html>").unwrap_err().is_foreign_response());
        for body in ["{}", "7", r#"[{"url": 1}]"#, r#"[{"x": "a"}]"#, r#"[{"url": "a"}"#] {
            let error = rows(body).unwrap_err();
            assert!(!error.is_refused() && !error.is_foreign_response(), "{body}: {error}");
        }
    }

    #[test]
    fn an_error_with_status_200_is_seen_in_objects_only() {
        // NEWF-47
        let refused =
            |body: &'static str| refuse_error(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body)).is_err();
        assert!(refused(r#"{"error": "event id is not valid"}"#));
        assert!(!refused(r#"{"status": "event status has been updated"}"#));
        assert!(!refused(r#"["error"]"#) && !refused("") && !refused(r#"{"error": null}"#));
    }
}
