//! Numbers that may come as text.
//!
//! Some servers send `"-26.1090954"` where a number is meant. These functions read both forms and write a number.
//! They work for `f64`, `u64`, `i64`, `u32` and [`Personal`](crate::Personal) ones.
//!
//! Whole numbers accept an integral fraction (`3`, `3.0`, `"3"`, `"3.0"`) up to 2⁵³, where a fraction still says
//! which integer is meant, and refuse `3.5`. Blanks around text are ignored. What isn't finite or doesn't fit is an
//! error.
//!
//! ```
//! use care_client_core::{Personal, wire::number};
//!
//! #[derive(serde::Deserialize, serde::Serialize)]
//! struct Place {
//!     #[serde(with = "number")]
//!     latitude: Personal<f64>,
//!     #[serde(default, with = "number::option")]
//!     accuracy: Option<f64>,
//! }
//!
//! let place: Place = serde_json::from_str(r#"{"latitude": "-26.1", "accuracy": ""}"#)?;
//! assert_eq!(*place.latitude, -26.1);
//! assert_eq!(serde_json::to_string(&place)?, r#"{"latitude":-26.1,"accuracy":null}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod visitor;

use std::marker::PhantomData;

use serde::de::Deserializer;
use serde::ser::Serializer;

pub use visitor::Number;
use visitor::{MaybeVisitor, NumberVisitor};

/// Writes a number.
///
/// # Errors
///
/// Refuses a number that isn't finite, which JSON can't express.
pub fn serialize<T: Number, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.write(serializer)
}

/// Reads a number, or text that is one.
///
/// # Errors
///
/// Refuses everything else, and what isn't finite, isn't whole where it must be, or doesn't fit. The error doesn't
/// repeat the text.
pub fn deserialize<'de, D: Deserializer<'de>, T: Number>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(NumberVisitor(PhantomData))
}

/// The same for `Option<T>`: `null` and `""` are `None`. Use it with `#[serde(default)]`.
pub mod option {
    use super::{Deserializer, MaybeVisitor, Number, PhantomData, Serializer};

    /// Writes a number, or `null`.
    ///
    /// # Errors
    ///
    /// As [`number::serialize`](super::serialize()).
    pub fn serialize<T: Number, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => value.write(serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads a number, text that is one, `null`, or empty text.
    ///
    /// # Errors
    ///
    /// As [`number::deserialize`](super::deserialize()).
    pub fn deserialize<'de, D: Deserializer<'de>, T: Number>(deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(MaybeVisitor(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use crate::wire::Personal;
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Row<T: super::Number> {
        #[serde(with = "super")]
        value: T,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Maybe<T: super::Number> {
        #[serde(default = "Option::default", with = "super::option")]
        value: Option<T>,
    }

    fn read<T: super::Number>(value: &str) -> Result<T, String> {
        serde_json::from_str::<Row<T>>(&format!(r#"{{"value":{value}}}"#))
            .map(|row| row.value)
            .map_err(|e| e.to_string())
    }

    fn maybe<T: super::Number>(value: &str) -> Result<Option<T>, String> {
        serde_json::from_str::<Maybe<T>>(&format!(r#"{{"value":{value}}}"#))
            .map(|row| row.value)
            .map_err(|e| e.to_string())
    }

    #[test]
    fn numbers_and_text_are_the_same_number() {
        for value in ["-26.5", r#""-26.5""#, r#"" -26.5 ""#, "-265e-1", r#""-265e-1""#] {
            assert_eq!(read::<f64>(value), Ok(-26.5), "{value}");
            assert_eq!(maybe::<Personal<f64>>(value), Ok(Some(Personal(-26.5))), "{value}");
        }
        for value in ["3", "3.0", r#""3""#, r#""3.0""#, "3e0"] {
            assert_eq!(read::<u64>(value), Ok(3), "{value}");
            assert_eq!(read::<u32>(value), Ok(3), "{value}");
            assert_eq!(read::<i64>(value), Ok(3), "{value}");
            assert_eq!(read::<Personal<u64>>(value), Ok(Personal(3)), "{value}");
            assert_eq!(read::<f64>(value), Ok(3.0), "{value}");
        }
        assert_eq!(read::<u64>("18446744073709551615"), Ok(u64::MAX));
        assert_eq!(read::<u64>(r#""18446744073709551615""#), Ok(u64::MAX));
        assert_eq!(read::<i64>("-9223372036854775808"), Ok(i64::MIN));
        assert_eq!(read::<u64>("9007199254740992.0"), Ok(1 << 53));
    }

    #[test]
    fn nothing_is_rounded_or_wrapped_into_an_integer() {
        for value in ["3.5", r#""3.5""#, "-1", "-1.0", r#""-1""#, "18446744073709551616", "1e300", "9007199254740994.0"]
        {
            assert!(read::<u64>(value).is_err(), "{value}");
            assert!(maybe::<u64>(value).is_err(), "{value}");
        }
        for value in ["4294967296", r#""4294967296""#, "4294967296.0", "-1"] {
            assert!(read::<u32>(value).is_err(), "{value}");
        }
        for value in ["9223372036854775808", r#""9223372036854775808""#] {
            assert!(read::<i64>(value).is_err(), "{value}");
        }
    }

    #[test]
    fn what_is_no_finite_number_is_refused_without_being_repeated() {
        for value in [
            r#""NaN""#,
            r#""inf""#,
            r#""-infinity""#,
            r#""1e999""#,
            "1e999",
            r#""CANARY""#,
            r#""0x10""#,
            r#""1,5""#,
            "true",
            "[]",
            "{}",
        ] {
            for error in
                [read::<f64>(value).unwrap_err(), maybe::<f64>(value).unwrap_err(), read::<u64>(value).unwrap_err()]
            {
                assert!(error.contains("number"), "{value}: {error}");
                assert!(!error.contains("CANARY"), "{error}");
            }
        }
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(serde_json::to_string(&Row { value }).is_err());
            assert!(serde_json::to_string(&Maybe { value: Some(Personal(value)) }).is_err());
        }
    }

    #[test]
    fn none_is_null_absent_or_empty_text_and_only_where_it_may_be() {
        for value in ["null", r#""""#, r#""  ""#] {
            assert_eq!(maybe::<f64>(value), Ok(None), "{value}");
            assert_eq!(maybe::<u64>(value), Ok(None), "{value}");
            assert!(read::<f64>(value).is_err(), "{value}");
        }
        assert_eq!(serde_json::from_str::<Maybe<f64>>("{}").unwrap(), Maybe { value: None });
        assert_eq!(serde_json::to_string(&Maybe::<f64> { value: None }).unwrap(), r#"{"value":null}"#);
    }

    proptest! {
        #[test]
        fn any_finite_number_is_read_exactly_from_its_text(
            value in proptest::num::f64::NORMAL | proptest::num::f64::ZERO,
        ) {
            prop_assert_eq!(read::<f64>(&format!("\"{value}\"")), Ok(value));
            prop_assert_eq!(read::<f64>(&format!("\"{value:e}\"")), Ok(value));
        }

        #[test]
        fn any_integer_comes_back(value: u64, signed: i64) {
            prop_assert_eq!(read::<u64>(&value.to_string()), Ok(value));
            prop_assert_eq!(read::<u64>(&format!("\"{value}\"")), Ok(value));
            prop_assert_eq!(read::<i64>(&format!("\"{signed}\"")), Ok(signed));
            let text = serde_json::to_string(&Row { value: signed }).unwrap();
            prop_assert_eq!(serde_json::from_str::<Row<i64>>(&text).unwrap().value, signed);
        }
    }
}
