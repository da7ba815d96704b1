//! Optional values, which this server writes as null, as an empty text, or as Python's `None` if they are missing.

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;

/// The value, or `None` for each of the three forms of a missing one.
fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    // NEWF-18
    Ok(match Option::<Value>::deserialize(deserializer)? {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.is_empty() || text == "None" => None,
        some => some,
    })
}

/// Optional numbers, also as text.
pub(crate) mod none_number {
    use super::{Deserializer, Error, some};
    use care_client_core::wire::number::{self, Number};

    pub(crate) use care_client_core::wire::number::option::serialize;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Number>(deserializer: D) -> Result<Option<T>, D::Error> {
        some(deserializer)?.map(|value| number::deserialize(value).map_err(D::Error::custom)).transpose()
    }
}

/// Optional values of any other type, such as codes.
pub(crate) mod none_text {
    use super::{Deserializer, Error, some};
    use serde::{Serialize, Serializer, de::DeserializeOwned};

    pub(crate) fn serialize<S: Serializer, T: Serialize>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        D: Deserializer<'de>,
        T: DeserializeOwned,
    {
        some(deserializer)?.map(|value| T::deserialize(value).map_err(D::Error::custom)).transpose()
    }
}

/// Optional times of day, such as `12:34:43` or `12:34:43.123`.
pub(crate) mod time_of_day {
    use super::{Deserialize, Deserializer, Error};
    use chrono::NaiveTime;
    use serde::{Serializer, de::Unexpected};

    pub(crate) fn format(time: NaiveTime) -> String {
        time.format("%H:%M:%S%.f").to_string()
    }

    pub(super) fn parse(text: &str) -> Option<NaiveTime> {
        NaiveTime::parse_from_str(text, "%H:%M:%S%.f").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M")).ok()
    }

    pub(crate) fn serialize<S: Serializer>(time: &Option<NaiveTime>, serializer: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => serializer.collect_str(&format(*time)),
            None => serializer.serialize_none(),
        }
    }

    /// `null`, `""` and `"None"` mean none.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveTime>, D::Error> {
        match Option::<String>::deserialize(deserializer)?.as_deref() {
            None | Some("" | "None") => Ok(None),
            Some(text) => {
                let wrong = || D::Error::invalid_value(Unexpected::Other("text"), &"a time of day, such as 12:34:43");
                parse(text).map(Some).ok_or_else(wrong)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{none_number, none_text, time_of_day};
    use crate::codes::AlarmResult;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Deserialize, Serialize)]
    struct Row {
        #[serde(default, with = "none_number")]
        duration: Option<i64>,
        #[serde(default, with = "none_text")]
        result: Option<AlarmResult>,
    }

    #[test]
    fn a_missing_value_is_null_absent_empty_or_the_word_none() {
        // NEWF-18
        for json in
            ["{}", r#"{"duration":null,"result":null}"#, r#"{"duration":"None","result":"None"}"#, r#"{"duration":""}"#]
        {
            assert_eq!(serde_json::from_str::<Row>(json).unwrap(), Row { duration: None, result: None }, "{json}");
        }
        for json in [r#"{"duration":"13","result":"2"}"#, r#"{"duration":13,"result":2}"#] {
            let row: Row = serde_json::from_str(json).unwrap();
            assert_eq!(row, Row { duration: Some(13), result: Some(AlarmResult::Cancelled) }, "{json}");
            assert_eq!(serde_json::from_str::<Row>(&serde_json::to_string(&row).unwrap()).unwrap(), row);
        }
        let error = serde_json::from_str::<Row>(r#"{"duration":"CANARY"}"#).unwrap_err().to_string();
        assert!(!error.contains("CANARY"), "{error}");
    }

    #[test]
    fn seconds_are_optional_and_a_fraction_is_kept() {
        // NEWF-21
        for (text, written) in [
            ("12:34:43", "12:34:43"),
            ("12:34:43.123", "12:34:43.123"),
            ("06:00", "06:00:00"),
            ("23:59:59", "23:59:59"),
        ] {
            assert_eq!(time_of_day::parse(text).map(time_of_day::format).as_deref(), Some(written), "{text}");
        }
        for text in ["24:00:00", "12", "12:60", "noon", "12:34:43Z"] {
            assert_eq!(time_of_day::parse(text), None, "{text}");
        }
    }
}
