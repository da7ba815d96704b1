//! Ids as types of their own: numbers by [`id!`](crate::wire::id!), text by [`text_id!`](crate::wire::text_id!).

use serde::de::{Deserializer, Error, Visitor};
use std::fmt;

/// Text that should have been an id and isn't; made by the `FromStr` of the types that [`id!`](crate::wire::id!)
/// defines.
///
/// It doesn't repeat the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a {kind} is a whole number from 0 to {}, written in digits alone", u64::MAX)]
pub struct ParseIdError {
    kind: &'static str,
}

/// Reads digits, and digits alone: no sign, no blanks.
#[doc(hidden)]
pub fn parse(text: &str, kind: &'static str) -> Result<u64, ParseIdError> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or(ParseIdError { kind })
}

/// Defines ids: numbers that are types of their own, so that one can't be taken for another.
///
/// Each is `Copy`, ordered and hashed, made as `CalloutId(570)`, by `From<u64>` or from text, read from a number or a
/// text of digits, written as a number. `From<u64>` is the only conversion from an integer, so a plain `570` goes
/// where `impl Into<CalloutId>` is asked for.
///
/// ```
/// care_client_core::wire::id! {
///     /// The number of a callout.
///     pub struct CalloutId;
///     /// The number of a customer.
///     pub struct CustomerId;
/// }
///
/// let id = CalloutId(570);
/// assert_eq!((id.get(), id), (570, 570.into()));
/// assert_eq!((id.to_string(), format!("{id:?}")), ("570".into(), "CalloutId(570)".into()));
/// assert_eq!(serde_json::from_str::<CalloutId>(r#""570""#)?, id);
/// assert_eq!("570".parse(), Ok(id));
/// let error = "57O".parse::<CalloutId>().unwrap_err();
/// assert!(error.to_string().starts_with("a CalloutId is a whole number"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __id {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name(
            /// The number itself.
            $vis u64,
        );

        impl $name {
            /// The number itself.
            #[must_use]
            $vis const fn get(self) -> u64 {
                self.0
            }
        }

        impl ::std::convert::From<u64> for $name {
            fn from(id: u64) -> Self {
                Self(id)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::wire::ParseIdError;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                $crate::wire::__private::parse_id(text, ::std::stringify!($name)).map(Self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl $crate::wire::__private::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: $crate::wire::__private::serde::Serializer,
            {
                serializer.serialize_u64(self.0)
            }
        }

        impl<'de> $crate::wire::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: $crate::wire::__private::serde::Deserializer<'de>,
            {
                $crate::wire::number::deserialize(deserializer).map(Self)
            }
        }
    )+};
}

/// Reads text, or a whole number as its digits.
#[doc(hidden)]
pub fn read_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<str>, D::Error> {
    deserializer.deserialize_any(TextId)
}

struct TextId;

impl Visitor<'_> for TextId {
    type Value = Box<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id as text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Box<str>, E> {
        Ok(text.into())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Box<str>, E> {
        Ok(text.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Box<str>, E> {
        Ok(number.to_string().into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Box<str>, E> {
        Ok(number.to_string().into())
    }
}

/// Defines ids that are text: types of their own, so that one can't be taken for another.
///
/// Any text is one, kept as it is: nothing is trimmed, and digits stay text, so `007` is not `7`. Each is cheap to
/// compare, ordered and hashed as its text, looked up in maps by a plain `&str`, and written as text. It is read from
/// text, and from a whole number as its digits: servers that have both kinds of ids mix them up.
///
/// ```
/// care_client_core::wire::text_id! {
///     /// The name of a door.
///     pub struct DoorId;
///     /// The name of a wall.
///     pub struct WallId;
/// }
///
/// let id = DoorId::from("007");
/// assert_eq!(id.as_str(), "007");
/// assert_eq!((id.to_string(), format!("{id:?}")), ("007".into(), r#"DoorId("007")"#.into()));
/// assert_eq!(serde_json::to_string(&id)?, r#""007""#);
/// assert_eq!(serde_json::from_str::<DoorId>(r#""007""#)?, id);
/// assert_eq!(serde_json::from_str::<DoorId>("7")?, DoorId::from("7"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __text_id {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name(::std::boxed::Box<str>);

        impl $name {
            /// The text itself.
            #[must_use]
            $vis fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(id: ::std::string::String) -> Self {
                Self(id.into())
            }
        }

        impl ::std::convert::From<&::std::string::String> for $name {
            fn from(id: &::std::string::String) -> Self {
                Self(id.as_str().into())
            }
        }

        /// So that a borrowed id goes where `impl Into` of it is asked for.
        impl ::std::convert::From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl $crate::wire::__private::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: $crate::wire::__private::serde::Serializer,
            {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> $crate::wire::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: $crate::wire::__private::serde::Deserializer<'de>,
            {
                $crate::wire::__private::read_text_id(deserializer).map(Self)
            }
        }
    )+};
}

#[cfg(test)]
mod number_tests {
    use std::collections::{BTreeMap, HashSet};

    crate::wire::id! {
        /// The number of a door.
        pub(super) struct DoorId;
        /// The number of a wall.
        pub(super) struct WallId;
    }

    #[test]
    fn numbers_and_digits_are_read_and_numbers_written() {
        for text in ["570", r#""570""#, "570.0"] {
            let id: DoorId = serde_json::from_str(text).unwrap();
            assert_eq!((id, id.get()), (DoorId(570), 570), "{text}");
            assert_eq!(serde_json::to_string(&id).unwrap(), "570");
        }
        for text in ["-1", "1.5", r#""CANARY""#, "null", r#""""#, "18446744073709551616"] {
            let error = serde_json::from_str::<WallId>(text).unwrap_err().to_string();
            assert!(error.contains("expected a whole number") && !error.contains("CANARY"), "{error}");
        }
        assert_eq!(serde_json::from_str::<Option<WallId>>("null").unwrap().map(WallId::get), None);
    }

    #[test]
    fn text_is_an_id_only_as_digits() {
        assert_eq!("007".parse(), Ok(DoorId::from(7)));
        assert_eq!("18446744073709551615".parse(), Ok(DoorId::from(u64::MAX)));
        for text in ["", "+5", "-5", " 5", "5 ", "5.0", "٥", "18446744073709551616", "CANARY"] {
            let error = text.parse::<DoorId>().unwrap_err().to_string();
            assert!(error.contains("DoorId") && !error.contains("CANARY"), "{text}: {error}");
        }
    }

    #[test]
    fn ids_are_keys_and_show_their_number() {
        let id = DoorId::from(570);
        assert!(HashSet::from([id]).contains(&id) && id < DoorId::from(571));
        assert_eq!(format!("{id:>5}|{id:?}"), "  570|DoorId(570)");
        let map = BTreeMap::from([(id, 1)]);
        let text = serde_json::to_string(&map).unwrap();
        assert_eq!(serde_json::from_str::<BTreeMap<DoorId, u8>>(&text).unwrap(), map);
    }
}

#[cfg(test)]
mod text_tests {
    use std::collections::{BTreeMap, HashMap};

    crate::wire::text_id! {
        /// The name of a door.
        pub(super) struct DoorId;
    }

    #[test]
    fn text_is_kept_as_it_is_in_both_directions() {
        for text in ["007", "", " a ", "ä/ö", "..", "\u{1}"] {
            let id = DoorId::from(text);
            let json = serde_json::to_string(text).unwrap();
            assert_eq!((id.as_str(), id.as_ref(), id.to_string().as_str()), (text, text, text));
            assert_eq!(serde_json::to_string(&id).unwrap(), json);
            assert_eq!(serde_json::from_str::<DoorId>(&json).unwrap(), id);
            assert_eq!((DoorId::from(text.to_owned()), DoorId::from(&id)), (id.clone(), id));
        }
        for json in ["7.5", "true", "null", "{}", "[]"] {
            let error = serde_json::from_str::<DoorId>(json).unwrap_err().to_string();
            assert!(error.contains("an id as text"), "{json}: {error}");
        }
    }

    #[test]
    fn a_whole_number_is_its_digits() {
        for json in ["7", "0", "-7", "18446744073709551615"] {
            let id: DoorId = serde_json::from_str(json).unwrap();
            assert_eq!((id.as_str(), serde_json::to_string(&id).unwrap()), (json, format!("\"{json}\"")));
        }
    }

    #[test]
    fn ids_are_keys_that_plain_text_finds() {
        let id = DoorId::from(&"b".to_owned());
        assert_eq!(HashMap::from([(id.clone(), 1)]).get("b"), Some(&1));
        assert_eq!(BTreeMap::from([(id.clone(), 1)]).get("b"), Some(&1));
        assert!(id > "a".into() && format!("[{id:>3}|{id:?}]") == "[  b|DoorId(\"b\")]");
    }
}
