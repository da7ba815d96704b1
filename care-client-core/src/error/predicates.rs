use super::{Error, Kind, Outcome, classification::is_passing};
use crate::operation::Safety;
use http::StatusCode;

impl Error {
    /// Whether to send the same call again makes sense and is safe: the failure is a passing one, and either nothing was
    /// done or doing it twice does no harm.
    ///
    /// # Troubleshooting
    ///
    /// `false` with [`Outcome::Unknown`] means that the failure may pass, but a blind repeat could do it twice: read back
    /// what the server has.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let safe = self.inner().safety != Safety::Once || self.inner().outcome <= Outcome::Refused;
        safe && self.is_transient()
    }

    /// Whether the failure may pass by itself: connection, timeout, overload, a server that is down. Unlike
    /// [`is_retryable`](Self::is_retryable) it doesn't say that a repeat is safe.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self.inner().kind {
            Kind::Connect | Kind::Interrupted | Kind::Timeout => true,
            Kind::Api => self.status().is_some_and(is_passing),
            Kind::Auth => self.cause().is_some_and(Error::is_transient),
            _ => false,
        }
    }

    fn is(&self, status: StatusCode) -> bool {
        self.inner().kind != Kind::Decode && self.status() == Some(status)
    }

    /// Whether the server answered 401: the credentials are missing, wrong or expired, and renewing them did not help.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is(StatusCode::UNAUTHORIZED)
    }

    /// Whether the server answered 403: the credentials are known, and may not do this.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is(StatusCode::FORBIDDEN)
    }

    /// Whether the server answered 404: it isn't there, or these credentials can't see it.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is(StatusCode::NOT_FOUND)
    }

    /// Whether the server answered 409: what it has conflicts with the wish.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is(StatusCode::CONFLICT)
    }

    /// Whether the server answered 422: it understood the request, and the content makes no sense to it.
    #[must_use]
    pub fn is_unprocessable(&self) -> bool {
        self.is(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Whether the server answered 429: too many requests. See [`retry_after`](Self::retry_after).
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.is(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether an attempt's timeout or the call's deadline passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.inner().kind == Kind::Timeout
    }
}
