//! What a body looks like, whatever media type it is called: JSON, markup, text, or nothing that can be read.

use std::borrow::Cow;

/// What a body looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Nothing, or blanks.
    Empty,
    /// Begins as JSON does. It may be damaged.
    Json,
    /// HTML, wherever it begins.
    Html,
    /// Other markup, such as XML.
    Markup,
    /// UTF-16 or UTF-32 that is no HTML.
    Wide,
    /// Bytes of a compression.
    Compressed,
    /// Text of another sort.
    Text,
}

impl Look {
    /// What it is, for a text, if it is nothing that JSON can be. Empty is left to whoever reads it.
    pub(crate) fn not_json(self) -> Option<&'static str> {
        Some(match self {
            Self::Html => "a page of HTML",
            Self::Markup => "markup, such as XML,",
            Self::Wide => "text in UTF-16 or UTF-32",
            Self::Compressed => "compressed bytes that were not asked for",
            Self::Text => "text",
            Self::Empty | Self::Json => return None,
        })
    }
}

/// How much of a body is searched for a page of HTML behind other text.
const SEARCHED: usize = 256 << 10;

/// Looks at a body.
pub(crate) fn look(body: &[u8]) -> Look {
    let start = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    // The usual answer costs a few comparisons.
    match *start {
        [] => return Look::Empty,
        [b'{', b'"' | b'}', ..] => return Look::Json,
        _ => {}
    }
    if is_compressed(body) {
        return Look::Compressed;
    }
    let body = &body[..body.len().min(SEARCHED)];
    let (text, is_wide) = decoded(body);
    match of_text(&text) {
        Look::Html => Look::Html,
        Look::Empty => Look::Empty,
        _ if is_wide => Look::Wide,
        seen => seen,
    }
}

fn of_text(text: &str) -> Look {
    let start = skip_invisible(text);
    if start.is_empty() {
        return Look::Empty;
    }
    if begins_json(start) {
        return Look::Json;
    }
    if has_html(text) {
        return Look::Html;
    }
    if start.starts_with('<') { Look::Markup } else { Look::Text }
}

/// Skips what shows nothing, and an end of a comment, by which pages hide what was printed before.
fn skip_invisible(text: &str) -> &str {
    let invisible = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{180E}' | '\u{AD}' | '\u{FFFD}')
    };
    let mut rest = text;
    loop {
        let next = rest.trim_start_matches(invisible);
        let next = next.strip_prefix("-->").or_else(|| next.strip_prefix("--!>")).unwrap_or(next);
        if next.len() == rest.len() {
            return rest;
        }
        rest = next;
    }
}

/// Whether a text begins as a JSON document does, or is one word of JSON.
fn begins_json(start: &str) -> bool {
    let mut chars = start.chars().filter(|c| !c.is_whitespace());
    match (chars.next(), chars.next()) {
        (Some('{'), second) => matches!(second, None | Some('"' | '}')),
        (Some('['), None) => true,
        (Some('['), Some(second)) => {
            let inner = start[1..].trim_start();
            matches!(second, '{' | '[' | '"' | ']' | '-' | '0'..='9')
                || ["null", "true", "false", "NaN"].iter().any(|word| inner.starts_with(word))
        }
        (Some('"'), _) => true,
        _ => {
            let word = start.trim_end();
            ["null", "true", "false"].contains(&word) || word.parse::<f64>().is_ok_and(f64::is_finite)
        }
    }
}

/// Whether a tag of HTML stands anywhere in the text.
fn has_html(text: &str) -> bool {
    const TAGS: [&str; 24] = [
        "!doctype", "html", "head", "body", "title", "meta", "script", "style", "div", "span", "p", "h1", "h2", "br",
        "b", "a", "form", "table", "center", "iframe", "frameset", "link", "img", "font",
    ];
    text.split('<').skip(1).any(|tag| {
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || c == '!')).unwrap_or(tag.len());
        let (name, rest) = tag.split_at(end);
        // `a < b` is no tag, and neither is `<a:b>`.
        let is_tag = rest.is_empty() || rest.starts_with(['>', '/', ' ', '\t', '\r', '\n', '\u{b}', '\u{c}']);
        let is_doctype = !name.starts_with('!') || rest.trim_start().to_ascii_lowercase().starts_with("html");
        is_tag && is_doctype && TAGS.iter().any(|known| known.eq_ignore_ascii_case(name))
    })
}

/// The first bytes of gzip, zstd, zlib, compress and bzip2.
fn is_compressed(body: &[u8]) -> bool {
    match *body {
        [0x1F, 0x8B | 0x9D | 0xA0, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..] | [b'B', b'Z', b'h', b'1'..=b'9', ..] => true,
        [first @ 0x78, second, ..] => {
            u16::from_be_bytes([first, second]) % 31 == 0 && std::str::from_utf8(body).is_err()
        }
        _ => false,
    }
}

/// The text of a body, and whether it is in UTF-16 or UTF-32.
fn decoded(body: &[u8]) -> (Cow<'_, str>, bool) {
    let units = |big: bool| {
        let pair = |pair: &[u8]| match *pair {
            [a, b] if big => u16::from_be_bytes([a, b]),
            [a, b] => u16::from_le_bytes([a, b]),
            _ => 0xFFFD,
        };
        let text = String::from_utf16_lossy(&body.chunks_exact(2).map(pair).collect::<Vec<_>>());
        // UTF-32 of plain letters is UTF-16 with a zero beside each.
        (Cow::Owned(text.replace('\0', "")), true)
    };
    match *body {
        [0xFF, 0xFE, ..] => units(false),
        [0xFE, 0xFF, ..] | [0, 0, 0xFE, 0xFF, ..] => units(true),
        _ => {
            // Without a mark: letters, every other byte of which is zero.
            let head = &body[..body.len().min(64)];
            let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
            let (even, odd) = (zeros(0), zeros(1));
            let half = head.len() / 4;
            if head.len() < 4 || even.max(odd) <= half {
                (String::from_utf8_lossy(body), false)
            } else {
                units(even > odd)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn a_page_is_found_behind_whatever_stands_before_it() {
        let page = "<html><body>Please sign in</body></html>";
        for before in [
            "",
            "\u{feff}",
            " \r\n\t",
            "\u{b}",
            "\u{c}",
            "\u{a0}",
            "\u{200b}",
            "\u{2060}",
            "\u{2028}",
            "\u{3000}",
            "\0",
            "-->",
            " --> \u{200b}",
            "--!>",
            "Warning: mysql_connect(): no such host in /var/www/a.php on line 3\n",
            "notice: <b>",
            "[Tue] ",
            "{margin:0} ",
            "1 ",
            "null ",
            "<!-- c -->",
            "<?xml version='1.0'?>",
            "<?php ?>",
        ] {
            let text = format!("{before}{page}");
            assert_eq!(look(text.as_bytes()), Look::Html, "{before:?}");
            for big in [false, true] {
                let mark = utf16("\u{feff}", big);
                assert_eq!(look(&utf16(&text, big)), Look::Html, "{before:?}");
                assert_eq!(look(&[mark, utf16(&text, big)].concat()), Look::Html, "{before:?}");
            }
        }
        for page in ["<!DOCTYPE  HTML PUBLIC>", "<HTML\n>", "<P>busy", "<br/>", "<h1>Bad Request (400)</h1>", "</body>"]
        {
            assert_eq!(look(page.as_bytes()), Look::Html, "{page}");
        }
    }

    #[test]
    fn json_stays_json_even_with_tags_in_its_texts_and_damage() {
        for body in [
            "{}",
            "[]",
            "{\"a\":\"<html>\"}",
            " \n[{\"a\":\"</p>\"}]",
            "\u{feff}{ \"a\":",
            "[ 1",
            "[NaN]",
            "\"<p>\"",
            "7",
            "-1.5",
            "true",
            "null ",
            "\u{b}{\"a\":1}",
            "{\n}",
            "[null,",
            "[\"",
            "[",
            "{",
        ] {
            assert_eq!(look(body.as_bytes()), Look::Json, "{body:?}");
        }
        assert_eq!(look(b"{\"a\":\"Andr\xe9\"}"), Look::Json);
    }

    #[test]
    fn other_bodies_have_their_own_looks() {
        for (body, expected) in [
            (&b""[..], Look::Empty),
            (b" \r\n", Look::Empty),
            ("\u{feff}\u{200b}".as_bytes(), Look::Empty),
            (b"OK", Look::Text),
            (b"a < b and b > c", Look::Text),
            (b"not logged in", Look::Text),
            (b"<?xml version='1.0'?><support-requests/>", Look::Markup),
            (b"<a:b xmlns:a='x'/>", Look::Markup),
            (b"\x1f\x8b\x08\0\0\0", Look::Compressed),
            (b"\x28\xb5\x2f\xfd\x04", Look::Compressed),
            (b"\x78\x9c\xab\x56\xca", Look::Compressed),
            (b"x^2 is no zlib", Look::Text),
        ] {
            assert_eq!(look(body), expected, "{body:?}");
        }
        assert_eq!(look(&utf16("{\"id\":1}", false)), Look::Wide);
        assert_eq!(look(&utf16("<ref/>", true)), Look::Wide);
        let wide: Vec<u8> = "<html>".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert_eq!(look(&wide), Look::Html);
    }
}
