//! Number ids as types of their own.

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

#[cfg(test)]
mod tests {
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
