//! Setters of parameters: one line each says its kind, its name and its key on the wire.
//!
//! | kind | takes | sends |
//! |---|---|---|
//! | `text` | a text | it |
//! | `texts` | texts | a list; none clears it |
//! | `flag` | a boolean | `true` or `false` |
//! | `value`, `values` | a number or an enumeration | its text |
//! | `time` | an instant | it, to the second and in UTC |
//! | `id`, `ids` | an id, or several | it, checked; none of several clears the list |
//! | `joined` | ids of a filter | one text with commas; none is an error |
//! | `entry` | a key and a value | one entry of a map |

/// Writes the setters of an endpoint's parameters. See the module.
///
/// ```text
/// setters! {
///     impl List<Thread> {
///         /// Searches …
///         text query("q");
///         /// Only those of this source.
///         id source("source_id"): SourceId;
///     }
/// }
/// ```
macro_rules! setters {
    (impl $target:ty {$(
        $(#[$meta:meta])* $kind:ident $name:ident($key:literal) $(: $value:ty)?;
    )+}) => {
        impl $target {$(
            $crate::params::setters! { @$kind $name $key [$($value)?] $(#[$meta])* }
        )+}
    };
    (@text $name:ident $key:literal [] $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn $name(mut self, text: impl Into<String>) -> Self {
            self.params.set($key, text.into());
            self
        }
    };
    (@texts $name:ident $key:literal [] $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn $name<I>(mut self, texts: I) -> Self
        where
            I: IntoIterator,
            I::Item: Into<String>,
        {
            self.params.list($key, texts.into_iter().map(Into::<String>::into));
            self
        }
    };
    (@flag $name:ident $key:literal [] $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn $name(mut self, value: bool) -> Self {
            self.params.set($key, if value { "true" } else { "false" });
            self
        }
    };
    // A number, or an enumeration of this crate's that displays as its word.
    (@value $name:ident $key:literal [$value:ty] $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn $name(mut self, value: $value) -> Self {
            self.params.set($key, value.to_string());
            self
        }
    };
    (@values $name:ident $key:literal [$value:ty] $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn $name(mut self, values: impl IntoIterator<Item = $value>) -> Self {
            self.params.list($key, values.into_iter().map(|value| value.to_string()));
            self
        }
    };
    // An instant, to the second and in UTC.
    (@time $name:ident $key:literal [] $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn $name(mut self, time: chrono::DateTime<chrono::Utc>) -> Self {
            self.params.set($key, time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
            self
        }
    };
    (@id $name:ident $key:literal [$value:ty] $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn $name(mut self, id: impl Into<$value>) -> Self {
            self.params.id($key, &id.into());
            self
        }
    };
    (@ids $name:ident $key:literal [$value:ty] $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn $name<I>(mut self, ids: I) -> Self
        where
            I: IntoIterator,
            I::Item: Into<$value>,
        {
            self.params.ids($key, ids.into_iter().map(Into::<$value>::into));
            self
        }
    };
    (@joined $name:ident $key:literal [$value:ty] $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn $name<I>(mut self, ids: I) -> Self
        where
            I: IntoIterator,
            I::Item: Into<$value>,
        {
            self.params.joined($key, ids.into_iter().map(Into::<$value>::into));
            self
        }
    };
    // Entries of a map, such as custom fields.
    (@entry $name:ident $key:literal [] $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn $name(mut self, key: impl AsRef<str>, value: impl Into<$crate::FieldValue>) -> Self {
            self.params.field($key, key.as_ref(), value.into());
            self
        }
    };
}
pub(crate) use setters;
