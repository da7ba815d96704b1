//! Keeps damage in a JSON document to the value that it is in, so that a list can set the one row apart.
//!
//! Python's `json` writes `NaN` and `Infinity`, programs of Latin-1 write bytes that aren't UTF-8, and others put raw
//! line breaks into a text or cut it in the middle of an emoji. JSON's grammar refuses the whole document for each of
//! these. A copy of it keeps the grammar and stays as unreadable where it was damaged: a word that is none becomes a
//! number out of every range, a broken character half a surrogate pair. Neither can be read as a value, but both can be
//! skipped.

use std::borrow::Cow;

/// Half a surrogate pair: skipped as a text, read by nobody.
const BROKEN_CHARACTER: &[u8] = b"\\ud800";
/// A number that no type holds.
const BROKEN_WORD: &[u8] = b"1e99999";

/// A copy whose damage is kept to single values; `None` if there is none of this sort. The structure isn't repaired.
#[cold]
pub(crate) fn isolated(body: &[u8]) -> Option<Vec<u8>> {
    let mut copy = Vec::with_capacity(body.len() + 64);
    let mut is_damaged = false;
    let mut rest = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    while let Some((&byte, behind)) = rest.split_first() {
        rest = match byte {
            b'"' => text(rest, &mut copy, &mut is_damaged),
            b'{' | b'}' | b'[' | b']' | b':' | b',' | b' ' | b'\t' | b'\r' | b'\n' => {
                copy.push(byte);
                behind
            }
            _ => word(rest, &mut copy, &mut is_damaged),
        };
    }
    is_damaged.then_some(copy)
}

/// Copies the text that begins here; returns what is behind it.
fn text<'a>(from: &'a [u8], copy: &mut Vec<u8>, is_damaged: &mut bool) -> &'a [u8] {
    copy.push(b'"');
    let mut rest = &from[1..];
    loop {
        let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20 | 0x80..)).unwrap_or(rest.len());
        copy.extend(&rest[..plain]);
        rest = &rest[plain..];
        let (sound, len) = match *rest {
            [] => return rest,
            [b'"', ..] => {
                copy.push(b'"');
                return &rest[1..];
            }
            [b'\\', b'u', a, b, c, d, ..] => ([a, b, c, d].iter().all(u8::is_ascii_hexdigit), 6),
            [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => (true, 2),
            [b'\\', ..] | [0..0x20, ..] => (false, 1),
            _ => character(rest),
        };
        // A broken escape loses its backslash alone: what follows it may be the end of the text.
        let (taken, behind) = rest.split_at(if sound { len } else { 1 });
        copy.extend(if sound { taken } else { BROKEN_CHARACTER });
        *is_damaged |= !sound;
        rest = behind;
    }
}

/// Whether a character of several bytes begins here, and how long it is.
fn character(bytes: &[u8]) -> (bool, usize) {
    (2..=4)
        .find(|len| bytes.get(..*len).is_some_and(|part| std::str::from_utf8(part).is_ok()))
        .map_or((false, 1), |len| (true, len))
}

/// Copies the number or word that begins here; returns what is behind it.
fn word<'a>(from: &'a [u8], copy: &mut Vec<u8>, is_damaged: &mut bool) -> &'a [u8] {
    let ends = |byte: &u8| matches!(byte, b'{' | b'}' | b'[' | b']' | b':' | b',' | b'"') || byte.is_ascii_whitespace();
    let (word, rest) = from.split_at(from.iter().position(ends).unwrap_or(from.len()));
    let sound = serde_json::from_slice::<Cow<'_, serde_json::value::RawValue>>(word).is_ok();
    copy.extend(if sound { word } else { BROKEN_WORD });
    *is_damaged |= !sound;
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Records, json};
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        id: u64,
        text: Option<serde_json::Value>,
    }

    #[test]
    fn one_damaged_row_hides_no_other_and_keeps_its_id() {
        for damage in [
            &b"NaN"[..],
            b"-Infinity",
            b"Infinity",
            b"undefined",
            b"01",
            b"+1",
            b"1.",
            b".5",
            b"0x1F",
            b"\"a\nb\"",
            b"\"a\0b\"",
            b"\"Andr\xe9\"",
            b"\"\xc3\"",
            b"\"\xf0\x9f\x98\"",
            b"\"\\x\"",
            b"\"\\u12\"",
            b"\"\\ud83d\"",
            b"1e400",
            b"{\"a\":[NaN,{\"b\":\"\\ud83d\"}]}",
        ] {
            let body = [br#"[{"id":1,"text":"a"},{"id":2,"text":"#, damage, br#"},{"id":3,"text":"z \ud83d\ude00"}]"#]
                .concat();
            let copy = isolated(&body).unwrap_or(body);
            let page = json::read::<Records<Row>>(&copy).unwrap().into_page();
            let ids: Vec<_> = page.items.iter().map(|row| row.id).collect();
            assert_eq!(ids, [1, 3], "{}", String::from_utf8_lossy(damage));
            assert_eq!((&*page.undecodable[0].id, page.undecodable[0].index), ("2", 1), "{}", damage.escape_ascii());
        }
    }

    #[test]
    fn what_is_sound_or_broken_in_its_structure_is_left_alone() {
        for body in [r#"{"a":"\u00e4 ä \"","b":[1,-2.5e3,true,null]}"#, "[1,2", r#"{"a":"b"#, "", "[}", r#""\ud83d""#]
        {
            assert_eq!(isolated(body.as_bytes()), None, "{body}");
        }
        let copy = isolated(b"\xEF\xBB\xBF[NaN").unwrap();
        assert!(json::read::<serde_json::Value>(&copy).is_err());
    }

    #[test]
    fn the_copy_can_be_read_where_the_damage_is_skipped() {
        #[derive(Deserialize)]
        struct Id {
            id: u64,
        }
        let copy = isolated(b"{\"name\":\"two\nlines\",\"x\":NaN,\"id\":570}").unwrap();
        assert_eq!(json::read::<Id>(&copy).unwrap().id, 570);
    }
}
