//! Enumerations that are numbers on the wire.

/// Defines an enumeration of numbers that a server may extend, or store out of range, at any time.
///
/// It is read from a number, and from text that is one; written as a number. A number that it doesn't know is kept in `Other`.
macro_rules! codes {
    ($($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $code:literal / $word:literal),+ $(,)? })+) => {$(
        $(#[$meta])*
        ///
        /// A server stores and gives other numbers, too: they are kept in `Other`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A number that isn't documented, as it was sent.
            Other(i64),
        }

        impl $name {
            /// The number on the wire.
            #[must_use]
            pub const fn code(self) -> i64 {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Other(code) => code,
                }
            }
        }

        impl From<i64> for $name {
            fn from(code: i64) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    other => Self::Other(other),
                }
            }
        }

        impl From<$name> for $crate::wire::Field {
            fn from(code: $name) -> Self {
                Self::Number(code.code())
            }
        }

        /// The vendor's name of it, or the number.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant => f.pad($word),)+
                    Self::Other(code) => std::fmt::Display::fmt(code, f),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                care_client_core::wire::number::deserialize::<D, i64>(deserializer).map(Self::from)
            }
        }
    )+};
}
pub(crate) use codes;
