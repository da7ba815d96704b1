//! Why a body could not be read.

use std::fmt;

use super::scrub;

/// The longest path that is shown; keys come from the body and may have any length.
const LONGEST_PATH: usize = 256;

/// Why a body could not be read as the wanted type.
///
/// It says where and what was wrong, and holds no value of the body: neither `Display` nor `Debug` can leak one. Names of keys on
/// the way to the failure do show.
#[derive(Clone, PartialEq, Eq)]
pub struct JsonError {
    path: Box<str>,
    what: Box<str>,
    stranger: bool,
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

    /// Whether the body is markup (HTML, XML): the answer of a proxy, a login page or another server, not of the API.
    #[must_use]
    pub fn is_stranger(&self) -> bool {
        self.stranger
    }

    pub(super) fn not_utf8(body: &[u8]) -> Self {
        Self::of_body(body).unwrap_or_else(|| Self { path: "".into(), what: "not UTF-8".into(), stranger: false })
    }

    pub(super) fn at(path: &str, error: &serde_json::Error, text: &str) -> Self {
        Self::of_body(text.as_bytes()).unwrap_or_else(|| Self {
            path: if path == "." { "".into() } else { one_line(path) },
            what: scrub::text_of(error).into(),
            stranger: false,
        })
    }

    /// What can be said of the body as a whole: that there is none, or that it is of another kind.
    fn of_body(body: &[u8]) -> Option<Self> {
        let (what, stranger) = match body.trim_ascii_start().first() {
            None => ("empty body", false),
            Some(b'<') => ("markup (HTML or XML) instead of JSON", true),
            Some(_) => return None,
        };
        Some(Self { path: "".into(), what: what.into(), stranger })
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
