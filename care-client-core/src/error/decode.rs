use std::{borrow::Cow, fmt};

/// Why an answer with a 2xx status isn't the value that was asked for. It says what that means for the server's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    pub(crate) fate: Fate,
    at: Cow<'static, str>,
    what: Cow<'static, str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Unreadable,
    Foreign,
    Refused,
}

impl DecodeError {
    /// The service answered, and `what` at the place `at` (a JSON path, an XML position) doesn't fit: it was done.
    pub fn unreadable(at: impl Into<Cow<'static, str>>, what: impl Into<Cow<'static, str>>) -> Self {
        Self { fate: Fate::Unreadable, at: at.into(), what: what.into() }
    }

    /// Somebody else answered, such as a proxy's HTML page: nothing is known of the service.
    pub fn foreign(what: impl Into<Cow<'static, str>>) -> Self {
        Self { fate: Fate::Foreign, at: Cow::Borrowed(""), what: what.into() }
    }

    /// The service said no in a body with status 200: it was not done. `what` is shown in logs: a fixed text of yours, never
    /// the service's own words.
    pub fn refused(what: impl Into<Cow<'static, str>>) -> Self {
        Self { fate: Fate::Refused, at: Cow::Borrowed(""), what: what.into() }
    }

    /// Whether the answer came from somebody else than the service.
    #[must_use]
    pub fn is_foreign_response(&self) -> bool {
        self.fate == Fate::Foreign
    }

    /// The name that service crates know `foreign` by until they are moved.
    #[doc(hidden)]
    pub fn stranger(what: impl Into<Cow<'static, str>>) -> Self {
        Self::foreign(what)
    }

    /// The name that service crates know `is_foreign_response` by until they are moved.
    #[doc(hidden)]
    #[must_use]
    pub fn is_stranger(&self) -> bool {
        self.is_foreign_response()
    }

    /// Whether the service said no in a body with status 200.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.fate == Fate::Refused
    }

    /// Where in the answer it failed; empty where no place can be named.
    #[must_use]
    pub fn at(&self) -> &str {
        &self.at
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fate {
            Fate::Unreadable if self.at.is_empty() => write!(f, "the answer can't be read: {}", self.what),
            Fate::Unreadable => write!(f, "the answer can't be read at {}: {}", self.at, self.what),
            Fate::Foreign => write!(f, "the answer isn't from the service: {}", self.what),
            Fate::Refused => write!(f, "the service refused: {}", self.what),
        }
    }
}

impl std::error::Error for DecodeError {}
