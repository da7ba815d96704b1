//! Which characters a document may contain, and which a name may. Edition 5 of XML 1.0 and *Namespaces in XML 1.0*
//! rule: <https://www.w3.org/TR/xml/#charsets>, <https://www.w3.org/TR/xml-names/#ns-decl>.

/// What a document contains that needs a closer look at its pieces. Most documents have neither, so one scan of the
/// whole replaces a scan of each piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rare {
    /// Perhaps a character that XML forbids.
    pub(super) forbidden: bool,
    /// Perhaps a `]]>`.
    pub(super) bracket: bool,
}

impl Rare {
    pub(super) fn of(document: &[u8]) -> Self {
        let (mut forbidden, mut bracket) = (false, false);
        // No branch, so that it runs on sixteen bytes at once. The bytes below 0x20 that are allowed are 9, 10 and 13.
        for &byte in document {
            forbidden |= (byte < 9) | (byte.wrapping_sub(11) < 2) | (byte.wrapping_sub(14) < 18) | (byte == 0xEF);
            bracket |= byte == b']';
        }
        Self { forbidden, bracket }
    }

    /// Whether this piece of the document contains a character that XML forbids.
    pub(super) fn has_forbidden(self, piece: &str) -> bool {
        self.forbidden && !piece.chars().all(is_allowed)
    }

    /// Whether this text contains `]]>`, which may stand only at the end of a CDATA section.
    pub(super) fn has_section_end(self, text: &str) -> bool {
        self.bracket && text.contains("]]>")
    }
}

/// Whether a document may contain this character, as it is or as a reference.
pub(super) fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// What XML calls white space, which is less than ASCII does.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

/// Whether a text is nothing but white space.
pub(super) fn is_all_blank(text: &str) -> bool {
    text.bytes().all(is_blank)
}

/// The bytes of a name in ASCII, without the colon: they need no closer look.
const PLAIN_IN_NAME: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = matches!(byte as u8, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.');
        byte += 1;
    }
    plain
};

/// The end of the plain part of the name that begins at `start`. Names of documented elements and attributes are
/// plain: they are in ASCII and have no prefix.
pub(super) fn plain_name_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while bytes.get(at).is_some_and(|byte| PLAIN_IN_NAME[usize::from(*byte)]) {
        at += 1;
    }
    at
}

/// Whether a plain name may begin with this byte.
pub(super) fn begins_plain_name(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'_')
}

/// Whether this is a plain name.
pub(super) fn is_plain_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.first().is_some_and(|byte| begins_plain_name(*byte)) && plain_name_end(bytes, 0) == bytes.len()
}

/// Whether this is a name with a prefix or without.
pub(super) fn is_qualified_name(name: &str) -> bool {
    match name.split_once(':') {
        Some((prefix, local)) => is_local_name(prefix) && is_local_name(local),
        None => is_local_name(name),
    }
}

/// Whether this is a name without a colon.
pub(super) fn is_local_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(begins_name) && characters.all(|one| begins_name(one) || continues_name(one))
}

fn begins_name(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn continues_name(character: char) -> bool {
    matches!(character,
        '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_the_standard_calls_one() {
        for (name, qualified, plain) in [
            ("support-request", true, true),
            ("_a.1", true, true),
            ("l:state", true, false),
            ("grün", true, false),
            ("状態", true, false),
            ("", false, false),
            ("1a", false, false),
            ("-a", false, false),
            (".a", false, false),
            ("a$", false, false),
            ("a/", false, false),
            ("a\u{a0}", false, false),
            ("a\u{d7}b", false, false),
            ("\u{b7}a", false, false),
            (":a", false, false),
            ("a:", false, false),
            ("a:b:c", false, false),
            ("a:1", false, false),
        ] {
            assert_eq!((is_qualified_name(name), is_plain_name(name)), (qualified, plain), "{name:?}");
        }
    }

    #[test]
    fn a_rare_character_is_found_wherever_it_stands() {
        for (character, forbidden) in [
            ('\u{0}', true),
            ('\u{1}', true),
            ('\u{b}', true),
            ('\u{c}', true),
            ('\u{1f}', true),
            ('\u{fffe}', true),
            ('\u{ffff}', true),
            ('\t', false),
            ('\n', false),
            ('\r', false),
            ('\u{7f}', false),
            ('\u{85}', false),
            ('\u{fffd}', false),
            ('😀', false),
        ] {
            for before in 0..40 {
                let text = format!("{}{character}{}", "a".repeat(before), "b".repeat(20));
                assert_eq!(Rare::of(text.as_bytes()).has_forbidden(&text), forbidden, "{text:?}");
            }
        }
        let end = "a]]>b";
        assert!(Rare::of(end.as_bytes()).has_section_end(end) && !Rare::of(b"a").bracket);
    }
}
