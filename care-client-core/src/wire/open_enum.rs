//! Enumerations that a server may extend.

/// Defines an enumeration of words that a server may extend at any time.
///
/// It is `#[non_exhaustive]`, and a word that it doesn't know is kept in `Other`, so a new word never fails a whole
/// document. Words are compared without regard to ASCII case; one that is known needs no allocation to be read. The
/// macro gives it `as_str`, `From<&str>`, `Display`, serde's two traits, `Clone`, `Debug`, `PartialEq`, `Eq` and
/// `Hash`.
///
/// ```
/// care_client_core::wire::open_enum! {
///     /// Where a door stands.
///     pub enum Door {
///         /// It can be passed.
///         Open = "open",
///         /// It can't.
///         Shut = "Firmly Shut",
///     }
/// }
///
/// assert_eq!(serde_json::from_str::<Door>(r#""OPEN""#)?, Door::Open);
/// assert_eq!(Door::from("ajar"), Door::Other("ajar".into()));
/// assert_eq!(Door::Shut.to_string(), "Firmly Shut");
/// assert_eq!(serde_json::to_string(&Door::from("ajar"))?, r#""ajar""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$variant_meta:meta])* $variant:ident = $word:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        ///
        /// A server may send words that are not listed here: they are kept in `Other`.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A word that this version doesn't know, as it was sent.
            Other(::std::boxed::Box<str>),
        }

        impl $name {
            /// The word as the API spells it; an unknown one as it was sent.
            #[must_use]
            $vis fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }

            fn known(word: &str) -> ::std::option::Option<Self> {
                match word {
                    $($word => ::std::option::Option::Some(Self::$variant),)+
                    $(_ if word.eq_ignore_ascii_case($word) => ::std::option::Option::Some(Self::$variant),)+
                    _ => ::std::option::Option::None,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(word: &str) -> Self {
                Self::known(word).unwrap_or_else(|| Self::Other(word.into()))
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::wire::__private::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: $crate::wire::__private::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::wire::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: $crate::wire::__private::serde::Deserializer<'de>,
            {
                struct Word;

                impl $crate::wire::__private::serde::de::Visitor<'_> for Word {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str("text")
                    }

                    fn visit_str<E>(self, word: &str) -> ::std::result::Result<$name, E>
                    where
                        E: $crate::wire::__private::serde::de::Error,
                    {
                        ::std::result::Result::Ok($name::from(word))
                    }
                }

                deserializer.deserialize_str(Word)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    crate::wire::open_enum! {
        /// What a light shows.
        pub(super) enum Light {
            /// Go.
            Green = "green",
            /// Stop, in two words.
            Red = "Bright Red",
        }
    }

    #[test]
    fn known_words_are_known_in_any_case_and_written_as_documented() {
        for word in ["Bright Red", "bright red", "BRIGHT RED"] {
            let light: Light = serde_json::from_str(&format!("{word:?}")).unwrap();
            assert_eq!(light, Light::Red, "{word}");
            assert_eq!(serde_json::to_string(&light).unwrap(), r#""Bright Red""#);
        }
        assert_eq!(format!("[{:>6}]", Light::Green), "[ green]");
    }

    #[test]
    fn an_unknown_word_survives_unchanged() {
        for word in ["", "Blinking", "green ", "grün"] {
            let text = serde_json::to_string(word).unwrap();
            let light: Light = serde_json::from_str(&text).unwrap();
            assert_eq!(light, Light::Other(word.into()));
            assert_eq!((light.as_str(), light.to_string().as_str()), (word, word));
            assert_eq!(serde_json::to_string(&light).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_word_is_an_error() {
        for text in ["5", "null", "true", "{}", "[]"] {
            assert!(serde_json::from_str::<Light>(text).is_err(), "{text}");
        }
    }
}
