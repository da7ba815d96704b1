//! Times of day, as `12:34:43` or `12:34:43.123`.

use chrono::NaiveTime;
use serde::{
    Deserialize, Deserializer, Serializer,
    de::{Error, Unexpected},
};

pub(crate) fn format(time: NaiveTime) -> String {
    time.format("%H:%M:%S%.f").to_string()
}

fn parse(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M:%S%.f").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M")).ok()
}

pub(crate) fn serialize<S: Serializer>(time: &Option<NaiveTime>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => serializer.collect_str(&format(*time)),
        None => serializer.serialize_none(),
    }
}

/// `null`, `""` and `"None"` are none.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveTime>, D::Error> {
    match Option::<String>::deserialize(deserializer)?.as_deref() {
        None | Some("" | "None") => Ok(None),
        Some(text) => {
            let wrong = || D::Error::invalid_value(Unexpected::Other("text"), &"a time of day, as 12:34:43");
            parse(text).map(Some).ok_or_else(wrong)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_minutes_are_enough_and_a_fraction_is_kept() {
        // NEWF-21
        for (text, written) in [
            ("12:34:43", "12:34:43"),
            ("12:34:43.123", "12:34:43.123"),
            ("06:00", "06:00:00"),
            ("23:59:59", "23:59:59"),
        ] {
            assert_eq!(parse(text).map(format).as_deref(), Some(written), "{text}");
        }
        for text in ["24:00:00", "12", "12:60", "noon", "12:34:43Z"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
