//! Values that the service sends in several forms.

/// A boolean, or a boolean as text: the specification has one key of attachments in both forms.
pub(crate) mod flag {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Flag {
        Boolean(bool),
        Text(String),
    }

    pub(crate) fn serialize<S: Serializer>(value: &Option<bool>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
        match Option::<Flag>::deserialize(deserializer)? {
            None => Ok(None),
            Some(Flag::Boolean(flag)) => Ok(Some(flag)),
            Some(Flag::Text(text)) => match &*text {
                "true" | "1" => Ok(Some(true)),
                "false" | "0" => Ok(Some(false)),
                "" => Ok(None),
                _ => Err(serde::de::Error::custom("expected true or false")),
            },
        }
    }
}
