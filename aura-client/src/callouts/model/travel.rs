//! How far away help was when AURA last measured.

use care_client_core::wire::number;
use serde::{Deserialize, Serialize};

use super::lenient;

/// How far away help was when AURA last measured, in both senses.
///
/// Prefer [`Callout::eta`](crate::Callout::eta): these values stay when the responder is cancelled.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `distance` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Travel {
    /// The way, in metres; `None` without a responder of AURA's own, where the wire has `{}`.
    #[serde(default, deserialize_with = "lenient::object")]
    pub distance: Option<Measure>,
    /// The time, in seconds; `None` without a responder of AURA's own, where the wire has `{}`.
    #[serde(default, deserialize_with = "lenient::object")]
    pub duration: Option<Measure>,
}

/// A value, and the same in words.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `distance` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Measure {
    /// The value in words; at arrival they say "1 m" where the value is 0.
    pub text: Option<String>,
    /// The value, in metres or seconds.
    #[serde(default, with = "number::option")]
    pub value: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::Travel;

    #[test]
    fn an_empty_object_is_none_and_a_zero_is_not() {
        for none in [r#"{"distance":{},"duration":{}}"#, r#"{"distance":null}"#, "{}", r#"{"distance":{"text":null}}"#]
        {
            assert_eq!(serde_json::from_str::<Travel>(none).unwrap(), Travel::default(), "{none}");
        }
        let zero: Travel =
            serde_json::from_str(r#"{"distance":{"text":"1 m","value":0},"duration":{"value":"0"}}"#).unwrap();
        assert_eq!(zero.distance.and_then(|measure| measure.value), Some(0));
        assert_eq!(zero.duration.and_then(|measure| measure.value), Some(0));
    }
}
