//! Normalizes text: resolves references and unifies line ends.

use crate::xml::characters::is_allowed;
use std::borrow::Cow;

/// The character of a reference, given the text between `&` and `;`. `None` for names that only a document type could
/// define, and for numbers that are no character, or one that XML forbids.
pub(super) fn character(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = reference.strip_prefix('#')?;
            let (digits, radix) = match number.strip_prefix('x') {
                Some(digits) => (digits, 16),
                None => (number, 10),
            };
            // A sign would be accepted otherwise.
            let clean = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let code = u32::from_str_radix(digits, radix).ok().filter(|_| clean)?;
            char::from_u32(code).filter(|character| is_allowed(*character))
        }
    }
}

/// An attribute's value with references resolved, and each line end and tab replaced by a space, as XML requires.
/// `None` if a reference can't be resolved, or a character is one that XML forbids.
pub(super) fn attribute_value(raw: &str) -> Option<Cow<'_, str>> {
    if !raw.chars().all(is_allowed) {
        return None;
    }
    let Some(first) = raw.bytes().position(|byte| matches!(byte, b'&' | b'\r' | b'\n' | b'\t')) else {
        return Some(Cow::Borrowed(raw));
    };
    let (plain, mut rest) = raw.split_at(first);
    let mut value = String::with_capacity(raw.len());
    value.push_str(plain);
    while let Some(next) = rest.chars().next() {
        rest = &rest[next.len_utf8()..];
        match next {
            '&' => {
                let (reference, behind) = rest.split_once(';')?;
                value.push(character(reference)?);
                rest = behind;
            }
            '\r' => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                value.push(' ');
            }
            '\n' | '\t' => value.push(' '),
            other => value.push(other),
        }
    }
    Some(Cow::Owned(value))
}

/// Appends a piece to a text, without copying the first piece.
pub(super) fn append<'a>(text: &mut Cow<'a, str>, piece: Cow<'a, str>) {
    if text.is_empty() {
        *text = piece;
    } else {
        text.to_mut().push_str(&piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_characters_or_nothing() {
        for (reference, meant) in [
            ("amp", Some('&')),
            ("apos", Some('\'')),
            ("#13", Some('\r')),
            ("#x1F600", Some('😀')),
            ("#xe4", Some('ä')),
            ("#x9", Some('\t')),
            ("#x1", None),
            ("#x1F", None),
            ("#xFFFE", None),
            ("#xFFFF", None),
            ("#000000000000000000010", Some('\n')),
            ("nbsp", None),
            ("AMP", None),
            ("", None),
            ("#", None),
            ("#x", None),
            ("#0", None),
            ("#+65", None),
            ("#x+41", None),
            ("#X41", None),
            ("#1a", None),
            ("#xD800", None),
            ("#x110000", None),
            ("#99999999999", None),
        ] {
            assert_eq!(character(reference), meant, "{reference}");
        }
    }

    #[test]
    fn an_attributes_value_is_normalized() {
        for (raw, value) in [
            ("a b", Some("a b")),
            ("a\r\nb\tc\nd\re", Some("a b c d e")),
            ("&#13;&#10;", Some("\r\n")),
            ("R&amp;D &lt;ä&gt;", Some("R&D <ä>")),
            ("a&b", None),
            ("a&b;", None),
            ("&", None),
            ("a\u{1}", None),
            ("\u{fffe}", None),
        ] {
            assert_eq!(attribute_value(raw).as_deref(), value, "{raw:?}");
        }
    }
}
