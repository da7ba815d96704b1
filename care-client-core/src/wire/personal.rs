//! Personal data that is easy to use and hard to leak.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};

/// A value about a person: a name, a phone number, a mail address, a position.
///
/// It is transparent to use (it dereferences to the value) and on the wire (it reads and writes as the value alone),
/// and it is redacted in `Debug`. It has no `Display`, so that a value reaches a log or a page only where somebody
/// wrote so.
///
/// ```
/// use care_client_core::Personal;
///
/// let name: Personal<String> = "Jo Example".into();
/// assert_eq!(format!("{name:?}"), "[personal]");
/// assert_eq!(name.len(), 10); // used as the String that it is
/// assert_eq!(serde_json::to_string(&name)?, r#""Jo Example""#); // and sent as one
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// ```compile_fail
/// let name: care_client_core::Personal<String> = "Jo Example".into();
/// println!("{name}"); // no Display
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Personal<T>(
    /// The value itself.
    pub T,
);

impl<T> Personal<T> {
    /// Takes the value out. From here on nothing redacts it.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

impl<T> Deref for Personal<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Personal<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Personal<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Serialize, Deserialize, PartialEq)]
    struct Caller {
        name: Option<Personal<String>>,
        latitude: Personal<f64>,
    }

    #[test]
    fn debug_shows_nothing_of_the_value_even_when_nested_or_pretty() {
        let caller = Caller { name: Some("CANARY".into()), latitude: Personal(12.5) };
        for shown in [format!("{caller:?}"), format!("{caller:#?}"), format!("{:?}", vec![Personal(("CANARY", 12.5))])]
        {
            assert!(!shown.contains("CANARY") && !shown.contains("12.5"), "{shown}");
            assert!(shown.contains("[personal]"), "{shown}");
        }
    }

    #[test]
    fn the_wire_sees_the_value_alone_in_both_directions() {
        let text = r#"{"name":"Jo","latitude":-1.5}"#;
        let caller: Caller = serde_json::from_str(text).unwrap();
        assert_eq!(caller, Caller { name: Some("Jo".into()), latitude: Personal(-1.5) });
        assert_eq!(serde_json::to_string(&caller).unwrap(), text);
    }

    #[test]
    fn it_is_used_and_changed_as_the_value() {
        let mut name: Personal<String> = "Jo".into();
        name.push_str(" Example");
        assert!(name.starts_with("Jo") && name < Personal::from("Kim"));
        assert_eq!(name.into_inner(), "Jo Example");
    }
}
