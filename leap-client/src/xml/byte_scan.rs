//! A search that compares eight bytes at once, because a third of a list is attributes.

/// A word with the same byte eight times.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The position of the first special byte of an attribute's value, from `at` on: a quote, `&`, `<`, or a control
/// character. The length if there is none.
///
/// A `#` may be reported, too.
pub(super) fn first_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = bytes.get(at..at + 8).and_then(|word| word.try_into().ok()) {
        let found = special_bytes(u64::from_le_bytes(word));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| matches!(byte, 0..=0x1F | b'"' | b'\'' | b'&' | b'<')).unwrap_or(rest.len())
}

/// Has the highest bit of the first special byte set, and perhaps those of later bytes.
fn special_bytes(word: u64) -> u64 {
    // Zero for `"`, `#`, `&` and `'`, which differ in two bits.
    let quote = (word & all(!5)) ^ all(b'"');
    let angle = word ^ all(b'<');
    let below = |word: u64, byte: u8| word.wrapping_sub(all(byte)) & !word;
    (below(word, 0x20) | below(quote, 1) | below(angle, 1)) & all(0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_special_byte_is_found_wherever_it_stands() {
        for byte in 0..=255_u8 {
            let is_special = byte < 0x20 || b"\"'&<".contains(&byte);
            for (before, after) in (0..20).flat_map(|before| (0..20).map(move |after| (before, after))) {
                for around in [b'a', b'!', b'=', 0xFF, b' ', b'%'] {
                    let bytes = [vec![around; before], vec![byte], vec![around; after]].concat();
                    let expected = if is_special { before } else { bytes.len() };
                    for found in [first_special(&bytes, 0), first_special(&bytes, before)] {
                        let is_taken = byte == b'#' && found == before;
                        assert!(found == expected || is_taken, "{byte} {before} {after} {around}");
                    }
                    assert_eq!(first_special(&bytes, bytes.len()), bytes.len());
                }
            }
        }
    }
}
