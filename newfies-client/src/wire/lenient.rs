//! Python's `None`, written as text.

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;

/// `None` in its three forms, or the value.
fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    // NEWF-18
    Ok(match Option::<Value>::deserialize(deserializer)? {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.is_empty() || text == "None" => None,
        some => some,
    })
}

/// Numbers, also as text, of which there may be none.
pub(crate) mod none_number {
    use super::{Deserializer, Error, some};
    use care_client_core::wire::number::{self, Number};

    pub(crate) use care_client_core::wire::number::option::serialize;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Number>(deserializer: D) -> Result<Option<T>, D::Error> {
        some(deserializer)?.map(|value| number::deserialize(value).map_err(D::Error::custom)).transpose()
    }
}

/// Anything of which there may be none, such as codes.
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

#[cfg(test)]
mod tests {
    use crate::AlarmResult;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Deserialize, Serialize)]
    struct Row {
        #[serde(default, with = "super::none_number")]
        duration: Option<i64>,
        #[serde(default, with = "super::none_text")]
        result: Option<AlarmResult>,
    }

    #[test]
    fn none_comes_as_null_as_nothing_and_as_a_word() {
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
}
