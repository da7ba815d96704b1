//! Questions about an error that have yes or no for an answer, each with what to do then.

use super::{Error, Kind, Outcome, classification::is_transient_status};
use crate::operation::Safety;
use http::StatusCode;

impl Error {
    /// Whether sending the same call again makes sense and is safe: the failure is [transient](Self::is_transient),
    /// and either nothing was done or doing it twice does no harm.
    ///
    /// # Troubleshooting
    ///
    /// - `true`: wait for [`retry_after`](Self::retry_after), or for a moment, and send the call again. The call
    ///   itself has stopped for the reason in [`stop_reason`](Self::stop_reason); if that is `Attempts` time after
    ///   time, the server or the network needs attention.
    /// - `false` with [`Outcome::Unknown`]: the failure may pass, but a blind repeat could do it twice. Read back
    ///   what the server has.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let safe = self.inner().safety != Safety::Once || self.inner().outcome <= Outcome::Refused;
        safe && self.is_transient()
    }

    /// Whether the failure may pass by itself: connection, timeout, overload, a server that is down. Unlike
    /// [`is_retryable`](Self::is_retryable) it doesn't say that a repeat is safe. A 2xx is never transient.
    ///
    /// # Troubleshooting
    ///
    /// - A connection that can't be made for a reason that lasts, such as a certificate that isn't accepted or a host
    ///   that doesn't exist, isn't transient: the error's line says what to do.
    /// - If it lasts, look at [`kind`](Self::kind): `Connect` points to DNS, firewall, proxy or TLS on this side,
    ///   `Interrupted` and 502 to 504 to a proxy or load balancer in between, other 5xx to the server.
    /// - `Timeout` with a slow but healthy server: raise
    ///   [`Options::attempt_timeout`](crate::Options::attempt_timeout) and [`timeout`](crate::Options::timeout).
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self.inner().kind {
            // A certificate that isn't accepted, say, doesn't get better by itself.
            Kind::Connect => !self.inner().is_lasting,
            Kind::Interrupted | Kind::Timeout => true,
            Kind::Api => self.status().is_some_and(is_transient_status),
            Kind::Auth => self.cause().is_some_and(Error::is_transient),
            _ => false,
        }
    }

    /// Whether the answer came from something else than the service: a proxy, a gateway, a sign-in page. It says
    /// nothing about what the service has or thinks of the credentials. Seen by its body and its media type: see
    /// [`AnswerFormat`](crate::AnswerFormat).
    ///
    /// # Troubleshooting
    ///
    /// - If it lasts, check the base URL, and the proxy settings of the environment (`HTTPS_PROXY`).
    /// - With [`Outcome::Unknown`] the operation may have been done all the same: read back what the server has.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.inner().is_foreign
    }

    fn is(&self, status: StatusCode) -> bool {
        self.inner().kind != Kind::Decode && self.status() == Some(status)
    }

    /// Whether the server answered 401: the credentials are missing, wrong or expired, and renewing them did not help.
    ///
    /// # Troubleshooting
    ///
    /// - Check that the credentials are those of this environment: a token of the test system is refused in production.
    /// - A fixed token expires. Use a source of tokens, which are renewed, or replace the token.
    /// - Check the clock of this machine: with a wrong one, tokens count as expired or as not valid yet.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is(StatusCode::UNAUTHORIZED)
    }

    /// Whether the server answered 403: the credentials are known and lack the permission for this.
    ///
    /// # Troubleshooting
    ///
    /// - Ask the vendor, or the administrator of the service, to grant the permission to this account.
    /// - Some servers answer 403 for what belongs to another account, or is in a state that forbids the operation:
    ///   check the id, and the [hint](Self::report) in the report.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is(StatusCode::FORBIDDEN)
    }

    /// Whether the server answered 404: it isn't there, or these credentials can't see it.
    ///
    /// # Troubleshooting
    ///
    /// - Check the id and the environment: ids of the test system don't exist in production.
    /// - If every call ends like this, the base URL or its path is wrong.
    /// - After a delete whose first attempt had an unknown outcome, 404 can mean success.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is(StatusCode::NOT_FOUND)
    }

    /// Whether the server answered 409: the request conflicts with what the server has.
    ///
    /// # Troubleshooting
    ///
    /// - Read what the server has now, decide again, and send what still makes sense. An immediate repeat would meet
    ///   the same conflict.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is(StatusCode::CONFLICT)
    }

    /// Whether the server answered 422: it understood the request and rejected its content.
    ///
    /// # Troubleshooting
    ///
    /// - [`report`](Self::report) shows the server's own message, and [`fault`](Self::fault) its list of fields where
    ///   the service sends one. Correct the input; a repeat would be rejected again.
    #[must_use]
    pub fn is_unprocessable(&self) -> bool {
        self.is(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Whether the server answered 429: too many requests.
    ///
    /// # Troubleshooting
    ///
    /// - Wait for [`retry_after`](Self::retry_after) before the next call.
    /// - Set [`Options::rate_limit`](crate::Options::rate_limit) to the rate that the vendor allows, and share it
    ///   among all clients of the account. Other programs that use the same account count, too.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.is(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether an attempt's timeout or the call's deadline passed.
    ///
    /// # Troubleshooting
    ///
    /// - Look at [`outcome`](Self::outcome) first: after a timeout the server may have done it.
    /// - [`attempts`](Self::attempts) of 0 means that the deadline passed before anything was sent: a token source, a
    ///   rate limit or a store was too slow, or the deadline is too short.
    /// - If the server needs longer, raise [`Options::attempt_timeout`](crate::Options::attempt_timeout); the
    ///   deadline of the call must leave room for as many attempts as you want.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.inner().kind == Kind::Timeout
    }
}
