//! `YYYY-MM-DDTHH:MM:SS.fffZ`, read as three words of eight bytes, and the same with `+HHMM` or `-HHMM` for the `Z`.

use super::{Fields, offset};

/// A word with the same byte eight times.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Reads the two forms, with the offset in seconds; `None` for every other, which may still be a date.
pub(super) fn parse(text: &[u8]) -> Option<(Fields, i64)> {
    match text.len() {
        24 => Some((fields(text.try_into().ok()?)?, 0)),
        28 => {
            let mut head: [u8; 24] = text[..24].try_into().ok()?;
            head[23] = b'Z';
            Some((fields(&head)?, offset(&text[23..])?))
        }
        _ => None,
    }
}

fn fields(text: &[u8; 24]) -> Option<Fields> {
    let date = pairs(text, 0, *b"0000-00-")?;
    let time = pairs(text, 8, *b"00T00:00")?;
    let rest = pairs(text, 16, *b":00.000Z")?;
    let pair = |word: u64, at: u32| (word >> (8 * at) & 0xFF) as u32;
    Some(Fields {
        year: pair(date, 0) * 100 + pair(date, 2),
        month: pair(date, 5),
        day: pair(time, 0),
        hour: pair(time, 3),
        minute: pair(time, 6),
        second: pair(rest, 1),
        nanos: pair(rest, 4) * 10_000_000 + u32::from(text[22] - b'0') * 1_000_000,
    })
}

/// Checks eight bytes against a form, in which `0` stands for any digit. In the answer each byte is the two-digit number that
/// starts there, wherever the form has two digits.
fn pairs(text: &[u8; 24], at: usize, form: [u8; 8]) -> Option<u64> {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&text[at..at + 8]);
    // Zero where a separator is as it should be, 0 to 9 where a digit is.
    let digits = u64::from_le_bytes(bytes) ^ u64::from_le_bytes(form);
    // What may be added to each byte without reaching 16: 6 to a digit, 15 to a separator. Only a byte that is wrong by itself
    // can carry into the next.
    let room = u64::from_le_bytes(form.map(|byte| if byte == b'0' { 6 } else { 15 }));
    let wrong = (digits | digits.wrapping_add(room)) & all(0xF0);
    // No byte exceeds 99, so none carries.
    (wrong == 0).then(|| digits * 10 + (digits >> 8))
}
