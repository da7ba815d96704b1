//! The parser of RFC 3339 and its dialects.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Reads a point in time; `None` if the text isn't one.
///
/// What is accepted stands in the [module's documentation](super). The forms that servers write,
/// `2019-06-26T08:26:34.148Z` and `2019-06-26T08:26:34.148+0000`, have a way of their own, for a document of a few
/// kilobytes can hold thirty of them.
///
/// ```
/// use care_client_core::wire::timestamp::parse;
///
/// assert_eq!(parse("2019-06-26T08:26:34.148Z"), parse("2019-06-26 10:26:34.148+0200"));
/// assert_eq!(parse("2019-02-30T08:26:34Z"), None); // no such day
/// assert_eq!(parse("2019-06-26T08:26:34"), None); // no offset, so no point in time
/// ```
pub fn parse(text: &str) -> Option<DateTime<Utc>> {
    match fixed(text.as_bytes()) {
        Some((fields, offset)) => fields.instant(offset),
        None => any(text.as_bytes()),
    }
}

/// What a date and a time are made of.
struct Fields {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    nanos: u32,
}

impl Fields {
    /// The point in time, for an offset from UTC in seconds.
    fn instant(&self, offset: i64) -> Option<DateTime<Utc>> {
        let mut date = NaiveDate::from_ymd_opt(self.year.cast_signed(), self.month, self.day)?;
        let mut hour = self.hour;
        // The end of a day, as XML Schema and ISO 8601 write it, is the beginning of the next.
        if hour == 24 && self.minute == 0 && self.second == 0 && self.nanos == 0 {
            (date, hour) = (date.succ_opt()?, 0);
        }
        let at = date.and_hms_nano_opt(hour, self.minute, self.second, self.nanos)?.and_utc();
        if offset == 0 { Some(at) } else { at.checked_sub_signed(TimeDelta::seconds(offset)) }
    }
}

/// Every form.
fn any(text: &[u8]) -> Option<DateTime<Utc>> {
    let (head, tail) = text.split_first_chunk::<16>()?;
    let separators = [head[4], head[7], head[13]];
    if separators != *b"--:" || !matches!(head[10], b'T' | b't' | b' ') {
        return None;
    }
    let at = |place: usize| pair(head[place], head[place + 1]);
    let (second, nanos, tail) = seconds(tail)?;
    let offset = offset(tail)?;
    let fields = Fields {
        year: at(0)? * 100 + at(2)?,
        month: at(5)?,
        day: at(8)?,
        hour: at(11)?,
        minute: at(14)?,
        second,
        nanos,
    };
    fields.instant(offset)
}

/// The seconds with their fraction, and what follows them. Java leaves them out where they are zero.
fn seconds(text: &[u8]) -> Option<(u32, u32, &[u8])> {
    let [b':', tens, ones, tail @ ..] = text else { return Some((0, 0, text)) };
    let (nanos, tail) = fraction(tail)?;
    Some((pair(*tens, *ones)?, nanos, tail))
}

/// The fraction as nanoseconds, and what follows it.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let Some((b'.', text)) = text.split_first() else { return Some((0, text)) };
    let mut nanos = 0;
    let mut unit = 100_000_000;
    let mut length = 0;
    while let Some(digit) = text.get(length).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit <= 9) {
        nanos += u32::from(digit) * unit;
        unit /= 10;
        length += 1;
    }
    (length > 0).then(|| (nanos, &text[length..]))
}

/// Two digits as a number.
fn pair(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| u32::from(tens * 10 + ones))
}

/// The offset from UTC in seconds.
fn offset(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text {
        b"Z" | b"z" => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        // U+2212, the minus sign proper, which RFC 3339 leaves out and ISO 8601 prefers.
        [0xE2, 0x88, 0x92, digits @ ..] => (-1, digits),
        _ => return None,
    };
    let (hours, minutes, seconds) = match *digits {
        [a, b] => (pair(a, b)?, 0, 0),
        [a, b, c, d] | [a, b, b':', c, d] => (pair(a, b)?, pair(c, d)?, 0),
        [a, b, c, d, e, f] | [a, b, b':', c, d, b':', e, f] => (pair(a, b)?, pair(c, d)?, pair(e, f)?),
        _ => return None,
    };
    let is_offset = hours <= 23 && minutes <= 59 && seconds <= 59;
    is_offset.then(|| sign * (i64::from(hours) * 3600 + i64::from(minutes) * 60 + i64::from(seconds)))
}

/// A word with the same byte eight times.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Reads the two forms that servers write, with the offset in seconds; `None` for every other, which may still be a
/// date.
///
/// `YYYY-MM-DDTHH:MM:SS.fffZ` is read as three words of eight bytes, and so is the same with `+HHMM` or `-HHMM` for
/// the `Z`.
fn fixed(text: &[u8]) -> Option<(Fields, i64)> {
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

/// Checks eight bytes against a form, in which `0` stands for any digit. In the answer each byte is the two-digit
/// number that starts there, wherever the form has two digits.
fn pairs(text: &[u8; 24], at: usize, form: [u8; 8]) -> Option<u64> {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&text[at..at + 8]);
    // Zero where a separator is as it should be, 0 to 9 where a digit is.
    let digits = u64::from_le_bytes(bytes) ^ u64::from_le_bytes(form);
    // What may be added to each byte without reaching 16: 6 to a digit, 15 to a separator. Only a byte that is wrong
    // by itself can carry into the next.
    let room = u64::from_le_bytes(form.map(|byte| if byte == b'0' { 6 } else { 15 }));
    let wrong = (digits | digits.wrapping_add(room)) & all(0xF0);
    // No byte exceeds 99, so none carries.
    (wrong == 0).then(|| digits * 10 + (digits >> 8))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use chrono::{DateTime, Utc};
    use proptest::prelude::*;

    #[test]
    fn the_dialects_are_the_same_instant() {
        let at = parse("2019-06-26T08:26:34.148Z").unwrap();
        assert_eq!(at.timestamp_millis(), 1_561_537_594_148);
        for text in [
            "2019-06-26t08:26:34.148z",
            "2019-06-26 08:26:34.148Z",
            "2019-06-26T08:26:34.148000000Z",
            "2019-06-26T08:26:34.1480000009Z",
            "2019-06-26T08:26:34.148+00:00",
            "2019-06-26T08:26:34.148-00:00",
            "2019-06-26T10:26:34.148+0200",
            "2019-06-26T10:26:34.148+02",
            "2019-06-26T02:56:34.148-05:30",
            "2019-06-26T02:56:34.148\u{2212}05:30",
            "2019-06-27T08:25:34.148+23:59",
        ] {
            assert_eq!(parse(text), Some(at), "{text}");
        }
    }

    #[test]
    fn forms_of_xml_schema_and_of_java_are_the_same_instant() {
        for (text, same) in [
            ("2019-06-26T24:00:00Z", "2019-06-27T00:00:00Z"),
            ("2019-12-31T24:00:00.000Z", "2020-01-01T00:00:00Z"),
            ("2020-02-28T24:00:00.000000000+02:00", "2020-02-29T00:00:00+02:00"),
            ("2019-06-26T24:00Z", "2019-06-27T00:00:00Z"),
            ("2011-02-08T22:00Z", "2011-02-08T22:00:00Z"),
            ("2011-02-08T22:07+10:00", "2011-02-08T22:07:00+10:00"),
            ("2011-02-08T22:07-0330", "2011-02-08T22:07:00-03:30"),
            ("2011-02-08T22:07:43+00:19:32", "2011-02-08T21:48:11Z"),
            ("2011-02-08T22:07:43.148-001932", "2011-02-08T22:27:15.148Z"),
            ("2011-02-08T22:07+01:00:30", "2011-02-08T21:06:30Z"),
        ] {
            let expected = DateTime::parse_from_rfc3339(same).unwrap().to_utc();
            assert_eq!(parse(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "2019-06-26",
            "2019-06-26T08:26:34",
            "2019-06-26T08:26:34.148",
            "2019-06-26T08:26:34.Z",
            "2019-06-26T08:26:34,148Z",
            "2019-06-26T08:26:34.148Z ",
            " 2019-06-26T08:26:34.148Z",
            "2019-06-26T08:26:34.148ZZ",
            "2019-06-26T08:26:60Z",
            "2016-12-31T23:59:60Z",
            "2019-02-30T08:26:34Z",
            "2019-02-29T08:26:34Z",
            "1900-02-29T08:26:34Z",
            "2019-13-01T08:26:34Z",
            "2019-00-01T08:26:34Z",
            "2019-06-00T08:26:34Z",
            "2019-06-26T24:00:01Z",
            "2019-06-26T24:01:00Z",
            "2019-06-26T24:00:00.001Z",
            "2019-06-26T24:00:00.000000001Z",
            "2019-06-26T25:00:00Z",
            "2019-02-30T24:00:00Z",
            "2019-06-26T08:26",
            "2019-06-26T08Z",
            "2019-06-26T08:26.5Z",
            "2019-06-26T08:26:Z",
            "2019-06-26T08:26:3Z",
            "2019-06-26T08:26:34+02:00:60",
            "2019-06-26T08:26:34+02:00:",
            "2019-06-26T08:26:34+0200:30",
            "2019-06-26T08:26:34+02:0030",
            "2019-06-26T08:60:00Z",
            "2019-06-26T08:26:34+24:00",
            "2019-06-26T08:26:34+02:60",
            "2019-06-26T08:26:34+2:00",
            "2019-06-26T08:26:34+02:",
            "2019-06-26T08:26:34 +02:00",
            "2019/06/26T08:26:34Z",
            "2019-06-26_08:26:34Z",
            "+019-06-26T08:26:34Z",
            "2019-06-26T08:26:3éZ",
            "2019-6-26T08:26:34.0Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn any_other_byte_in_any_place_is_another_date_or_none() {
        for form in ["2019-06-26T08:26:34.148Z", "2019-06-26T08:26:34.1480Z", "2019-06-26T08:26:34+02:00"] {
            for text in changed(form) {
                let chrono = DateTime::parse_from_rfc3339(&text).ok().map(|at| at.to_utc());
                assert_eq!(parse(&text), chrono, "{text:?}");
            }
        }
    }

    #[test]
    fn an_offset_without_a_colon_is_as_good_as_one_with() {
        for form in ["2011-02-08T22:07:43.000+0000", "2010-08-10T15:30:17.123-0930"] {
            // Without a colon there is one form more than RFC 3339 has: a fraction of seven digits, and a `Z`.
            for text in changed(form).filter(|text| !text.ends_with(['Z', 'z'])) {
                let with = format!("{}:{}", &text[..26], &text[26..]);
                let chrono = DateTime::parse_from_rfc3339(&with).ok().map(|at| at.to_utc());
                assert_eq!(parse(&text), chrono, "{text:?}");
            }
        }
    }

    /// The form with each of its bytes exchanged for every other.
    fn changed(form: &str) -> impl Iterator<Item = String> {
        let places = (0..form.len()).flat_map(|place| (0..=127).map(move |byte| (place, byte)));
        places.map(move |(place, byte)| {
            let mut text = form.to_owned().into_bytes();
            text[place] = byte;
            String::from_utf8(text).unwrap()
        })
    }

    #[test]
    fn the_ends_of_the_calendar_are_instants() {
        for text in ["0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999999-23:59", "2000-02-29T00:00:00Z"] {
            assert_eq!(parse(text), Some(DateTime::parse_from_rfc3339(text).unwrap().to_utc()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_rfc_3339_accepts_is_the_same_instant_here(
            date in (0..=9999, 0..=13, 0..=32),
            time in (0..=23, 0..=60, 0..=59),
            separator in "[Tt ]",
            fraction in "(\\.[0-9]{1,12})?",
            offset in "[Zz]|[+-]([01][0-9]|2[0-4]):[0-6][0-9]",
        ) {
            let ((year, month, day), (hour, minute, second)) = (date, time);
            let date = format!("{year:04}-{month:02}-{day:02}");
            let text = format!("{date}{separator}{hour:02}:{minute:02}:{second:02}{fraction}{offset}");
            let chrono = DateTime::parse_from_rfc3339(&text).ok().map(|at| at.to_utc());
            prop_assert_eq!(parse(&text), chrono, "{}", text);
        }

        #[test]
        fn whatever_chrono_writes_is_read_back(
            seconds in -62_167_219_200_i64..=253_402_300_799,
            nanos in 0..1_000_000_000_u32,
        ) {
            let at = DateTime::<Utc>::from_timestamp(seconds, nanos).unwrap();
            prop_assert_eq!(parse(&at.to_rfc3339()), Some(at));
        }

        #[test]
        fn any_text_gives_an_answer(text in "\\PC*|[0-9TZ:. +-]{15,40}") {
            prop_assert!(parse(&text).is_none_or(|at| DateTime::parse_from_rfc3339(&at.to_rfc3339()).is_ok()));
        }
    }
}
