//! The error of an endpoint that can't use an answer with a 2xx status: unreadable, foreign, or a failure reported in
//! the body. The three differ in what they prove about the server.

use std::{borrow::Cow, fmt};

/// Why an answer with a 2xx status can't be used, and what that means for the server's state.
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
    /// The service answered, and `what` at the place `at` (a JSON path, an XML position) is not as expected. The
    /// operation was done.
    pub fn unreadable(at: impl Into<Cow<'static, str>>, what: impl Into<Cow<'static, str>>) -> Self {
        Self { fate: Fate::Unreadable, at: at.into(), what: what.into() }
    }

    /// The answer came from something else than the service, such as a proxy or a sign-in page. Whether the operation
    /// was done is unknown.
    pub fn foreign(what: impl Into<Cow<'static, str>>) -> Self {
        Self { fate: Fate::Foreign, at: Cow::Borrowed(""), what: what.into() }
    }

    /// The service reported a failure in a body with a 2xx status: it was not done. `what` is shown in logs, so pass
    /// a fixed text of yours and never the service's own words.
    pub fn refused(what: impl Into<Cow<'static, str>>) -> Self {
        Self { fate: Fate::Refused, at: Cow::Borrowed(""), what: what.into() }
    }

    /// Whether the answer came from something else than the service.
    ///
    /// # Troubleshooting
    ///
    /// - A proxy, captive portal or sign-in page answers in place of the service: check the base URL, and the proxy
    ///   settings of the environment (`HTTPS_PROXY`).
    /// - The operation may have been done all the same: read back what the server has.
    #[must_use]
    pub fn is_foreign_response(&self) -> bool {
        self.fate == Fate::Foreign
    }

    /// Whether the service reported a failure in a body with a 2xx status.
    ///
    /// # Troubleshooting
    ///
    /// - [`Error::fault`](crate::Error::fault) has the service's own words. The operation was not done; correct the
    ///   input.
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
            Fate::Unreadable if self.at.is_empty() => write!(f, "the answer could not be read: {}", self.what),
            Fate::Unreadable => write!(f, "the answer could not be read at {}: {}", self.at, self.what),
            Fate::Foreign => write!(f, "the answer did not come from the service: {}", self.what),
            Fate::Refused => write!(f, "the service rejected the request: {}", self.what),
        }
    }
}

impl std::error::Error for DecodeError {}
