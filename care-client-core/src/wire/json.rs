//! A whole JSON body read at once, and failures explained without showing it.

mod error;
mod scrub;

use serde::de::DeserializeOwned;

pub use error::JsonError;

/// Reads a body as `T`.
///
/// The body is checked as UTF-8 once and then read as text, which is faster than reading bytes. Only if that fails it is read a
/// second time, to find the path at which it failed. A byte order mark is skipped.
///
/// ```
/// use care_client_core::wire::json;
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Callout {
///     id: u64,
/// }
///
/// assert_eq!(json::read::<Callout>(br#"{"id": 570}"#)?.id, 570);
///
/// let error = json::read::<Vec<Callout>>(br#"[{"id": 570}, {"id": "no secret leaves"}]"#).unwrap_err();
/// assert_eq!(error.path(), "[1].id");
/// assert_eq!(error.to_string(), "at [1].id: invalid type: string, expected u64 (line 1, column 39)");
/// # Ok::<(), json::JsonError>(())
/// ```
///
/// # Errors
///
/// Refuses a body that isn't JSON in UTF-8, that goes on after the value, that nests deeper than 127 levels or that isn't a `T`.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let text = std::str::from_utf8(body).map_err(|_| JsonError::not_utf8(body))?;
    serde_json::from_str(text).map_err(|error| explain::<T>(text, error))
}

#[cold]
fn explain<T: DeserializeOwned>(text: &str, error: serde_json::Error) -> JsonError {
    let mut again = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize::<_, T>(&mut again) {
        Err(found) => JsonError::at(&found.path().to_string(), &found.into_inner(), text),
        // The value is well; what follows it isn't, which has no path.
        Ok(_) => JsonError::at(".", &error, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{number, timestamp};
    use serde::Deserialize;
    use std::collections::BTreeMap;

    crate::wire::id! {
        /// Id.
        pub(super) struct RowId;
    }

    #[derive(Debug, Deserialize)]
    enum Closed {
        Yes,
    }

    #[derive(Debug, Deserialize)]
    enum Never {}

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Strict {}

    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    enum Guess {
        Number(#[allow(dead_code, reason = "only read")] u8),
    }

    #[derive(Debug, Deserialize)]
    #[serde(try_from = "String")]
    struct Custom;

    impl TryFrom<String> for Custom {
        type Error = String;
        fn try_from(text: String) -> Result<Self, String> {
            Err(format!("refused {text}, expected {text}"))
        }
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only read")]
    struct Doc {
        id: Option<RowId>,
        small: Option<u8>,
        flag: Option<bool>,
        pair: Option<(u8, u8)>,
        letter: Option<char>,
        word: Option<Closed>,
        never: Option<Never>,
        strict: Option<Strict>,
        guess: Option<Guess>,
        custom: Option<Custom>,
        #[serde(default, with = "number::option")]
        latitude: Option<f64>,
        #[serde(default, with = "timestamp::option")]
        at: Option<chrono::DateTime<chrono::Utc>>,
        #[serde(default)]
        rows: Vec<Doc>,
    }

    const CANARY: &str = "S3CRET";

    fn fail(body: &str) -> JsonError {
        read::<Doc>(body.as_bytes()).expect_err(body)
    }

    #[test]
    fn no_class_of_error_repeats_a_value() {
        let tricky = format!(r#""{CANARY}\", expected {CANARY}\nmissing field `{CANARY}`""#);
        let plain = format!(r#""{CANARY}""#);
        for (field, says) in [
            ("id", "expected a whole number"),
            ("small", "invalid type: string, expected u8"),
            ("flag", "invalid type: string, expected a boolean"),
            ("pair", "invalid type: string, expected a tuple of size 2"),
            ("letter", "invalid value: string, expected a character"),
            ("word", "unknown variant, expected `Yes`"),
            ("never", "unknown variant"),
            ("strict", "invalid type: string, expected struct Strict"),
            ("guess", "a value that is not accepted here"),
            ("custom", "a value that is not accepted here"),
            ("latitude", "expected a finite number"),
            ("at", "expected a date and time"),
            ("rows", "invalid type: string, expected a sequence"),
        ] {
            for value in [&tricky, &plain] {
                let error = fail(&format!(r#"{{"rows":[{{"{field}":{value}}}]}}"#));
                for shown in [error.to_string(), format!("{error:?}"), error.what().to_owned()] {
                    assert!(!shown.contains(CANARY), "{field}: {shown}");
                    assert!(shown.contains(says), "{field}: {shown}");
                    assert!(!shown.contains('\n'), "{shown}");
                }
                assert_eq!(error.path(), format!("rows[0].{field}"));
            }
        }
    }

    #[test]
    fn numbers_keys_and_lengths_are_values_too() {
        for (body, says, path) in [
            (r#"{"small":7351}"#, "invalid value: integer, expected u8", "small"),
            (r#"{"small":73.51}"#, "invalid type: floating point, expected u8", "small"),
            (r#"{"small":-7351}"#, "invalid value: integer, expected u8", "small"),
            (r#"{"custom":7351}"#, "invalid type: integer, expected a string", "custom"),
            (r#"{"id":7351.5}"#, "invalid value: number, expected a whole number", "id"),
            (r#"{"custom":true}"#, "invalid type: boolean, expected a string", "custom"),
            (r#"{"flag":[7351]}"#, "invalid type: sequence, expected a boolean", "flag"),
            (r#"{"flag":{"7351":1}}"#, "invalid type: map, expected a boolean", "flag"),
            (r#"{"rows":[null]}"#, "invalid type: null, expected struct Doc", "rows[0]"),
            (r#"{"strict":{"7351":1}}"#, "unknown field", "strict.7351"),
            (r#"{"pair":[1]}"#, "invalid length, expected a tuple of size 2", "pair"),
            (r#"{"small":1,"small":1}"#, "duplicate field `small`", ""),
        ] {
            let error = fail(body);
            assert!(error.what().starts_with(says), "{body}: {}", error.what());
            assert!(!error.what().contains("7351") && !error.what().contains("73.51"), "{}", error.what());
            assert_eq!(error.path(), path, "{body}");
        }
    }

    #[test]
    fn broken_text_is_named_with_its_position() {
        for (body, says, path) in [
            (r#"{"small":NaN}"#, "expected value (line 1, column 10)", "small"),
            ("{\"small\":1,\n\"flag\":tru", "EOF while parsing a value (line 2, column 10)", "flag"),
            (r#"{"small":1} S3CRET"#, "trailing characters (line 1, column 13)", ""),
            (r#"{"small":1}{"#, "trailing characters (line 1, column 12)", ""),
            (r#"{"small":1e999}"#, "number out of range (line 1, column 14)", "small"),
            (r#"{"small" S3CRET"#, "expected `:` (line 1, column 10)", ""),
            (r#"{"custom":"S3CRET"#, "EOF while parsing a string (line 1, column 17)", "custom"),
            ("S3CRET", "expected value (line 1, column 1)", ""),
        ] {
            let error = fail(body);
            assert_eq!((error.what(), error.path()), (says, path), "{body}");
            assert!(!format!("{error} {error:?}").contains(CANARY));
            assert!(!error.is_stranger());
        }
        #[derive(Debug, Deserialize)]
        struct Needs {
            #[allow(dead_code, reason = "only read")]
            id: u64,
        }
        let error = read::<BTreeMap<String, Needs>>(br#"{"a":{"id":1},"b":{}}"#).unwrap_err();
        assert_eq!((error.path(), error.what()), ("b", "missing field `id` (line 1, column 20)"));
        assert_eq!(error.to_string(), "at b: missing field `id` (line 1, column 20)");
    }

    #[test]
    fn nothing_and_markup_are_named_as_such() {
        for body in ["", "  \r\n", "\u{feff}"] {
            assert_eq!((fail(body).what(), fail(body).is_stranger()), ("empty body", false), "{body:?}");
        }
        for body in ["<html>S3CRET</html>", "\n  <?xml version=\"1.0\"?>", "\u{feff}<p>"] {
            assert!(fail(body).is_stranger(), "{body:?}");
            assert_eq!(fail(body).to_string(), "markup (HTML or XML) instead of JSON");
        }
        assert!(read::<Doc>(b" <p>\xff").unwrap_err().is_stranger());
        let error = read::<Doc>(b"{\"custom\":\"S3CRET\xff\"}").unwrap_err();
        assert_eq!((error.what(), error.path(), error.is_stranger()), ("not UTF-8", "", false));
    }

    #[test]
    fn a_byte_order_mark_is_no_failure() {
        assert_eq!(read::<RowId>("\u{feff}5".as_bytes()).unwrap().get(), 5);
    }

    #[test]
    fn depth_is_an_error_and_no_overflow() {
        for body in ["[".repeat(200_000), r#"{"a":"#.repeat(200_000)] {
            let error = read::<serde_json::Value>(body.as_bytes()).unwrap_err();
            assert!(error.what().starts_with("recursion limit exceeded"), "{}", error.what());
            assert!(error.to_string().len() < 1_000, "{}", error.to_string().len());
            assert!(read::<Doc>(format!(r#"{{"ignored":{body}"#).as_bytes()).is_err());
        }
    }

    #[test]
    fn a_path_is_one_short_line_whatever_the_keys_are() {
        let body = format!("{{\"line\\nbreak\\u001b\":{{\"{}\":\"x\"}}}}", "k".repeat(100_000));
        let error = read::<BTreeMap<String, BTreeMap<String, u8>>>(body.as_bytes()).unwrap_err();
        assert!(error.path().starts_with("line\\nbreak\\u{1b}.kkk"), "{}", error.path());
        assert!(error.path().len() < 300 && error.path().ends_with('…'), "{}", error.path().len());
    }
}
