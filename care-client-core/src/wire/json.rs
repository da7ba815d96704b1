//! A whole JSON body read at once, and failures explained without showing it.

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::fmt;

/// Reads a body as `T`.
///
/// The body is checked as UTF-8 once and then read as text, which is faster than reading bytes. Only if that fails it
/// is read a second time, to find the path at which it failed. A byte order mark is skipped.
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
/// let body = br#"[{"id": 570}, {"id": "no secret leaves"}]"#;
/// let error = json::read::<Vec<Callout>>(body).unwrap_err();
/// assert_eq!(error.path(), "[1].id");
/// let text = "at [1].id: invalid type: string, expected u64 (line 1, column 39)";
/// assert_eq!(error.to_string(), text);
/// # Ok::<(), json::JsonError>(())
/// ```
///
/// # Errors
///
/// Refuses a body that isn't JSON in UTF-8, that goes on after the value, that nests deeper than 127 levels or that
/// isn't a `T`.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let text = std::str::from_utf8(body).map_err(|_| JsonError::not_utf8(body))?;
    serde_json::from_str(text).map_err(|error| explain::<T>(text, error))
}

/// Whether a body is a document of JSON, whatever it says.
pub(crate) fn is_sound(body: &[u8]) -> bool {
    read::<serde::de::IgnoredAny>(body).is_ok()
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

/// The longest path that is shown; keys come from the body and may have any length.
const LONGEST_PATH: usize = 256;

/// Why a body could not be read as the wanted type.
///
/// It says where and what was wrong, and holds no value of the body: neither `Display` nor `Debug` can leak one.
/// Names of keys on the way to the failure do show.
#[derive(Clone, PartialEq, Eq)]
pub struct JsonError {
    path: Box<str>,
    what: Box<str>,
    is_foreign: bool,
}

impl JsonError {
    /// The keys and indices that lead to the failure, as `calloutlocations[0].latitude`; empty for the whole document.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was wrong, with line and column: what was expected, which field is missing, that the text ends too early.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Whether the body is markup (HTML, XML): the answer of a proxy, a sign-in page or another server, and not of
    /// the API.
    ///
    /// # Troubleshooting
    ///
    /// - Check the base URL, and the proxy settings of the environment (`HTTPS_PROXY`).
    #[must_use]
    pub fn is_foreign_response(&self) -> bool {
        self.is_foreign
    }

    fn not_utf8(body: &[u8]) -> Self {
        Self::of_body(body).unwrap_or_else(|| Self { path: "".into(), what: "not UTF-8".into(), is_foreign: false })
    }

    fn at(path: &str, error: &serde_json::Error, text: &str) -> Self {
        Self::of_body(text.as_bytes()).unwrap_or_else(|| Self {
            path: if path == "." { "".into() } else { one_line(path) },
            what: text_of(error).into(),
            is_foreign: false,
        })
    }

    /// What can be said of the body as a whole: that there is none, or that it is of another kind.
    fn of_body(body: &[u8]) -> Option<Self> {
        let (what, is_foreign) = match body.trim_ascii_start().first() {
            None => ("empty body", false),
            Some(b'<') => ("markup (HTML or XML) instead of JSON", true),
            Some(_) => return None,
        };
        Some(Self { path: "".into(), what: what.into(), is_foreign })
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "at {}: ", self.path)?;
        }
        f.write_str(&self.what)
    }
}

impl fmt::Debug for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JsonError({self})")
    }
}

impl std::error::Error for JsonError {}

/// The path without control characters, cut where it gets long.
fn one_line(path: &str) -> Box<str> {
    let mut line = String::new();
    for c in path.chars() {
        if line.len() > LONGEST_PATH {
            line.push('…');
            break;
        }
        if c.is_control() { line.extend(c.escape_default()) } else { line.push(c) }
    }
    line.into()
}

/// The kinds of values that serde's messages name ahead of a quotation, and the two that [`crate::wire`] names.
const KINDS: [&str; 13] = [
    "string",
    "integer",
    "floating point",
    "boolean",
    "character",
    "byte array",
    "null",
    "map",
    "sequence",
    "unit value",
    "Option value",
    "number",
    "text",
];

/// What `error` says, without any value, with line and column.
///
/// serde's messages quote what they found (`invalid type: string "…", expected u64`), and what they found is the
/// body. Only the parts that programs wrote are kept: the class, the kind of value, and what was expected.
fn text_of(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&position).unwrap_or(&message);
    let mut text = match error.classify() {
        // Messages of a `Deserialize`, which may hold anything.
        Category::Data => data(message),
        // A fixed list of texts in serde_json.
        Category::Syntax | Category::Eof | Category::Io => message.to_owned(),
    };
    if error.line() > 0 {
        text += &format!(" (line {}, column {})", error.line(), error.column());
    }
    text
}

fn data(message: &str) -> String {
    for class in ["invalid type", "invalid value", "invalid length", "unknown variant", "unknown field"] {
        let Some(found) = message.strip_prefix(class).filter(|found| found.starts_with([':', ' '])) else { continue };
        let kind = found.strip_prefix(": ").and_then(|found| KINDS.iter().find(|kind| is_kind(found, kind)));
        let kind = kind.map(|kind| format!(": {kind}")).unwrap_or_default();
        return format!("{class}{kind}{}", expected(found));
    }
    for class in ["missing field", "duplicate field"] {
        let field = message.strip_prefix(class).and_then(|field| field.strip_prefix(" `")?.strip_suffix('`'));
        if let Some(field) = field.filter(|field| !field.contains(['`', '\n'])) {
            return format!("{class} `{field}`");
        }
    }
    "a value that is not accepted here".to_owned()
}

fn is_kind(found: &str, kind: &str) -> bool {
    found.strip_prefix(kind).is_some_and(|rest| rest.starts_with([' ', ',']))
}

/// `, expected …` as the program wrote it. It comes last, so a quotation that holds the same words stands ahead of it.
fn expected(found: &str) -> &str {
    let ends_without = found.ends_with(", there are no variants") || found.ends_with(", there are no fields");
    match found.rfind(", expected ") {
        Some(at) if !ends_without => &found[at..],
        _ => "",
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
            assert!(!error.is_foreign_response());
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
            assert_eq!((fail(body).what(), fail(body).is_foreign_response()), ("empty body", false), "{body:?}");
        }
        for body in ["<html>S3CRET</html>", "\n  <?xml version=\"1.0\"?>", "\u{feff}<p>"] {
            assert!(fail(body).is_foreign_response(), "{body:?}");
            assert_eq!(fail(body).to_string(), "markup (HTML or XML) instead of JSON");
        }
        assert!(read::<Doc>(b" <p>\xff").unwrap_err().is_foreign_response());
        let error = read::<Doc>(b"{\"custom\":\"S3CRET\xff\"}").unwrap_err();
        assert_eq!((error.what(), error.path(), error.is_foreign_response()), ("not UTF-8", "", false));
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
