//! Where values are in a body whose form no document shows.

use super::Notification;
use serde_json::Value;

/// Where in the body the values are that every notification should have, as
/// [JSON pointers](https://www.rfc-editor.org/rfc/rfc6901).
///
/// Where no document shows the body, look at a real one, and set here what you find.
///
/// ```
/// use care_webhook::Pointers;
///
/// let pointers = Pointers::new().resident("/resident/id").time("/created");
/// # let body = r#"{"text":"{\"resident\":{\"id\":7}}"}"#;
/// # let line = format!(r#"{{"received_at":"2026-11-28T02:03:04Z","notifier":"desk","body":{body}}}"#);
/// # let notification: care_webhook::Notification = serde_json::from_str(&line)?;
/// match pointers.resident_of(&notification) {
///     Some(resident) => println!("resident {resident} calls"),
///     None => println!("somebody calls: look at the body"),
/// }
/// # assert_eq!(pointers.resident_of(&notification), Some(7.into()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pointers {
    resident: Option<Box<str>>,
    site: Option<Box<str>>,
    provider: Option<Box<str>>,
    time: Option<Box<str>>,
}

impl Pointers {
    /// No pointers yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets where the resident is.
    #[must_use]
    pub fn resident(mut self, pointer: impl Into<Box<str>>) -> Self {
        self.resident = Some(pointer.into());
        self
    }

    /// Sets where the site is.
    #[must_use]
    pub fn site(mut self, pointer: impl Into<Box<str>>) -> Self {
        self.site = Some(pointer.into());
        self
    }

    /// Sets where the assistance provider is.
    #[must_use]
    pub fn provider(mut self, pointer: impl Into<Box<str>>) -> Self {
        self.provider = Some(pointer.into());
        self
    }

    /// Sets where the time of the request is.
    #[must_use]
    pub fn time(mut self, pointer: impl Into<Box<str>>) -> Self {
        self.time = Some(pointer.into());
        self
    }

    /// The resident, if it is known where, and there is a value there.
    #[must_use]
    pub fn resident_of(&self, notification: &Notification) -> Option<Value> {
        notification.at(self.resident.as_deref()?)
    }

    /// The site, if it is known where, and there is a value there.
    #[must_use]
    pub fn site_of(&self, notification: &Notification) -> Option<Value> {
        notification.at(self.site.as_deref()?)
    }

    /// The assistance provider, if it is known where, and there is a value there.
    #[must_use]
    pub fn provider_of(&self, notification: &Notification) -> Option<Value> {
        notification.at(self.provider.as_deref()?)
    }

    /// The time of the request, if it is known where, and there is a value there. [`Notification::received_at`] is
    /// always known.
    #[must_use]
    pub fn time_of(&self, notification: &Notification) -> Option<Value> {
        notification.at(self.time.as_deref()?)
    }
}
