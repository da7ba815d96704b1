//! Reads single values out of a damaged JSON document: the last resort for an id or a status that must not get lost.
//!
//! # Contract
//!
//! - It needs no whole document. Half an emoji, `1e400`, `NaN`, bytes that aren't UTF-8, a byte order mark, raw line
//!   breaks in a text and a missing end stop nothing before them, and nothing behind them but the missing end.
//! - It tracks depth and strings, and yields the members of the top level only: a word in a name or in a nested object
//!   is never taken for a field.
//! - A value is yielded if it ends where a value may end. A number or a word that the end of the body cuts is not:
//!   `57` may have been `570`.
//! - A key that occurs twice with different values has no value here.
//!
//! Nothing is repaired, and a sound document should be read with [`json`] instead: it is stricter.
//!
//! ```
//! use care_client_core::wire::scan;
//!
//! let cut = br#"{"id": 570, "name": {"id": 1, "first": "Alex \ud83d"}, "status": "closed", "o"#;
//! assert_eq!(scan::field(cut, "id").and_then(|id| id.read::<u64>()), Some(570));
//! let status = scan::field(cut, "status").and_then(|status| status.text());
//! assert_eq!(status.as_deref(), Some("closed"));
//! assert!(scan::field(cut, "o").is_none());
//! ```

use super::json;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// The value of a key at the top level of a damaged JSON object. `None` if there is none that is sure to be whole, or
/// if there are several that differ.
#[must_use]
pub fn field<'a>(body: &'a [u8], key: &str) -> Option<Scanned<'a>> {
    let mut found: Option<Scanned<'a>> = None;
    for (name, value) in members(body).filter(|(name, _)| name == key) {
        drop(name);
        if found.is_some_and(|before| before.bytes != value.bytes) {
            return None;
        }
        found = Some(value);
    }
    found
}

/// The members of a damaged JSON object, as far as they can be told apart; none if it is no object.
pub fn members(body: &[u8]) -> impl Iterator<Item = (Cow<'_, str>, Scanned<'_>)> {
    let mut walk = Walk::enter(body, b'{');
    std::iter::from_fn(move || {
        walk.blanks();
        let key = walk.string()?;
        walk.blanks();
        walk.take(b':')?;
        Some((unescaped(key), walk.value(b'}')?))
    })
}

/// The elements of a damaged JSON array, as far as they can be told apart; none if it is no array.
pub fn elements(body: &[u8]) -> impl Iterator<Item = Scanned<'_>> {
    let mut walk = Walk::enter(body, b'[');
    std::iter::from_fn(move || {
        walk.blanks();
        if walk.peek()? == b']' { None } else { walk.value(b']') }
    })
}

/// One value of a damaged document, as it was sent. `Debug` shows its length only.
#[derive(Clone, Copy)]
pub struct Scanned<'a> {
    bytes: &'a [u8],
    is_whole: bool,
}

impl<'a> Scanned<'a> {
    /// The value as it was sent; of an object or an array that the end of the body cuts, what came of it.
    #[must_use]
    pub fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    /// Reads the value by the rules of JSON; `None` if it is cut or isn't a `T`.
    #[must_use]
    pub fn read<T: DeserializeOwned>(self) -> Option<T> {
        if self.is_whole { json::read(self.bytes).ok() } else { None }
    }

    /// The text, if it is one: what is no character in it is replaced by U+FFFD.
    #[must_use]
    pub fn text(self) -> Option<Cow<'a, str>> {
        let inner = self.bytes.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        self.is_whole.then(|| unescaped(inner))
    }

    /// Whether it says something: not `null`, `false`, `0`, nor an empty text, array or object.
    #[must_use]
    pub fn is_truthy(self) -> bool {
        let empty: [&[u8]; 8] = [b"null", b"false", b"0", b"\"\"", b"[]", b"{}", b"\"null\"", b""];
        !empty.contains(&self.bytes)
    }
}

impl std::fmt::Debug for Scanned<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scanned").field("bytes", &self.bytes.len()).field("is_whole", &self.is_whole).finish()
    }
}

/// A place in a document, which only moves forward. Past the place where nothing can be told apart it is at the end.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    /// Stands behind the bracket that opens the document; at its end if it opens with another.
    fn enter(body: &'a [u8], open: u8) -> Self {
        let bytes = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let mut walk = Self { bytes, at: 0 };
        walk.blanks();
        if walk.take(open).is_none() {
            walk.at = bytes.len();
        }
        walk
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// What stands between the quotes of the string that begins here.
    fn string(&mut self) -> Option<&'a [u8]> {
        self.take(b'"')?;
        let start = self.at;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        self.bytes.get(start..self.at - 1)
    }

    /// The value that begins here; afterwards it stands at the next one. `None` if it isn't sure where it ends.
    fn value(&mut self, close: u8) -> Option<Scanned<'a>> {
        self.blanks();
        let start = self.at;
        let is_nested = matches!(self.peek()?, b'{' | b'[');
        let is_whole = match self.peek()? {
            b'"' => self.string().is_some(),
            b'{' | b'[' => self.skip_nested(),
            _ => self.skip_word(),
        };
        let end = self.at.min(self.bytes.len());
        self.blanks();
        let is_followed = self.peek().is_none_or(|next| next == b',' || next == close);
        match self.peek() {
            Some(b',') => self.at += 1,
            // Either the end, or nothing that can be told apart.
            _ => self.at = self.bytes.len(),
        }
        let bytes = self.bytes.get(start..end)?;
        (is_followed && (is_whole || is_nested)).then_some(Scanned { bytes, is_whole })
    }

    /// Moves behind the object or array that begins here. `false` if it has no end, or its brackets don't match.
    fn skip_nested(&mut self) -> bool {
        let mut open = Vec::new();
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    if self.string().is_none() {
                        return false;
                    }
                    continue;
                }
                b'{' => open.push(b'}'),
                b'[' => open.push(b']'),
                b'}' | b']' if open.pop() != Some(byte) => {
                    self.at = self.bytes.len();
                    return false;
                }
                _ => {}
            }
            self.at += 1;
            if open.is_empty() {
                return true;
            }
        }
        false
    }

    /// Moves behind a number or a word. `false` if the end of the body may have cut it.
    fn skip_word(&mut self) -> bool {
        let ends = |byte: u8| matches!(byte, b',' | b'}' | b']' | b'"' | b'{' | b'[') || byte.is_ascii_whitespace();
        while self.peek().is_some_and(|byte| !ends(byte)) {
            self.at += 1;
        }
        self.peek().is_some()
    }
}

/// The text between two quotes, with its escapes resolved. What is no character becomes U+FFFD.
fn unescaped(raw: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(raw);
    if !text.contains('\\') {
        return text;
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let escape = rest.chars().next().filter(|_| c == '\\');
        let Some(escape) = escape else {
            units.extend(c.encode_utf16(&mut [0; 2]).iter());
            continue;
        };
        rest = &rest[escape.len_utf8()..];
        let hex = rest.get(..4).and_then(|hex| u16::from_str_radix(hex, 16).ok());
        match (escape, hex) {
            ('u', Some(unit)) => {
                units.push(unit);
                rest = &rest[4..];
            }
            ('n', _) => units.push(u16::from(b'\n')),
            ('t', _) => units.push(u16::from(b'\t')),
            ('r', _) => units.push(u16::from(b'\r')),
            ('b', _) => units.push(8),
            ('f', _) => units.push(12),
            ('"' | '\\' | '/', _) => units.extend(escape.encode_utf16(&mut [0; 2]).iter()),
            _ => units.push(0xFFFD),
        }
    }
    Cow::Owned(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_and_status(body: &[u8]) -> (Option<u64>, Option<String>) {
        let status = field(body, "status").and_then(Scanned::text).map(Cow::into_owned);
        (field(body, "id").and_then(Scanned::read), status)
    }

    fn both() -> (Option<u64>, Option<String>) {
        (Some(570), Some("closed".to_owned()))
    }

    #[test]
    fn damage_beside_a_field_does_not_hide_it() {
        for middle in [
            r#""name":"Alex \ud83d""#,
            r#""name":"\udc00\ud83d\ud83d""#,
            r#""x":1e400"#,
            r#""x":-1E+999999"#,
            r#""x":NaN"#,
            r#""x":-Infinity"#,
            r#""x":undefined"#,
            r#""x":"#,
            r#""x":01"#,
            "\"name\":\"two\nlines\r\n\t\"",
            "\"name\":\"a\u{0}b\"",
            r#""name":"\x""#,
            r#""name":"\u12""#,
            r#""a":{"b":[{"c":"}]"},NaN,"\ud83d"]}"#,
            r#""a":[[[[[[[]]]]]]]"#,
            r#""a\u":1"#,
        ] {
            for body in [
                format!(r#"{{"id":570,{middle},"status":"closed"}}"#),
                format!("\u{feff} {{ \"status\" : \"clos\\u0065d\" , {middle} , \"id\" : 570 }} trailing"),
            ] {
                assert_eq!(id_and_status(body.as_bytes()), both(), "{body}");
            }
        }
        let deep = format!(r#"{{"a":{}{},"id":570,"status":"closed"}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(id_and_status(deep.as_bytes()), both());
        assert_eq!(id_and_status(b"{\"name\":\"Andr\xe9\",\"id\":570,\"status\":\"closed\"}"), both());
        assert_eq!(id_and_status(b"{\"id\":570,\"status\":\"closed\",\"name\":\"\xc3"), both());
    }

    #[test]
    fn only_the_top_level_counts() {
        for body in [
            r#"{"customer":{"id":570,"status":"closed"}}"#,
            r#"{"name":"\"id\":570,\"status\":\"closed\""}"#,
            r#"{"events":[{"id":570,"status":"closed"}],"x":NaN}"#,
            r#"[{"id":570,"status":"closed"}]"#,
            r#""id":570,"status":"closed""#,
            r#"{"note":"id":570,"status":"closed"}"#,
            r#"{"a":{"b":1]},"id":570,"status":"closed"}"#,
            r#"{"customer":{"name":"cut ,"id":570,"status":"closed""#,
            "",
            "{",
            "<html>{\"id\":570,\"status\":\"closed\"}",
        ] {
            assert_eq!(id_and_status(body.as_bytes()), (None, None), "{body}");
        }
    }

    #[test]
    fn what_the_end_cuts_is_not_taken_and_what_stands_before_it_is() {
        let body = r#"{"id":570,"status":"closed","a":{"b":1}}"#;
        for end in 0..body.len() {
            let (id, status) = id_and_status(&body.as_bytes()[..end]);
            assert_eq!(id, (end > 9).then_some(570), "{end}");
            assert_eq!(status.is_some(), end >= body.find(",\"a").unwrap(), "{end}");
        }
        assert_eq!(field(br#"{"callout":{"id":570,"na"#, "callout").unwrap().bytes(), br#"{"id":570,"na"#);
        assert!(field(br#"{"callout":{"id":570,"na"#, "callout").unwrap().read::<serde_json::Value>().is_none());
    }

    #[test]
    fn two_values_that_differ_are_none() {
        assert_eq!(id_and_status(br#"{"id":570,"id":571,"status":"closed","status":"closed"}"#).0, None);
        assert_eq!(id_and_status(br#"{"id":570,"id":571,"status":"closed","status":"closed"}"#).1, both().1);
    }

    #[test]
    fn elements_are_told_apart() {
        let rows: Vec<_> = elements(br#" [{"a":"]"},NaN, [1,"x,"] ,"\ud83d",7] "#).map(Scanned::bytes).collect();
        let expected: [&[u8]; 5] = [br#"{"a":"]"}"#, b"NaN", br#"[1,"x,"]"#, br#""\ud83d""#, b"7"];
        assert_eq!(rows, expected);
        assert_eq!((elements(b"[]").count(), elements(b"{}").count(), elements(b"[{\"a\":1},{").count()), (0, 0, 2));
    }
}
