//! The three texts of an error: one line for logs (`Display`), several lines for a person ([`Error::report`]), and
//! `Debug`. None shows bodies, secrets or queries.

use super::{Error, Outcome};
use crate::{
    error::StopReason,
    operation::{Operation, Safety},
};
use std::fmt::{self, Write as _};

impl Error {
    /// What became of it, in words.
    fn outcome_text(&self) -> String {
        let inner = self.inner();
        if inner.only_read { "nothing was changed".to_owned() } else { inner.outcome.to_string() }
    }

    fn advice(&self) -> Option<String> {
        let inner = self.inner();
        if self.is_retryable() {
            return Some(match inner.retry_after {
                Some(wait) => format!("try again in {} s", wait.as_secs_f64().ceil()),
                None => "try again".to_owned(),
            });
        }
        match inner.outcome {
            _ if inner.only_read => None,
            Outcome::Unknown if inner.safety == Safety::Once => {
                Some("don't send it again before you know: read back what the server has".to_owned())
            }
            Outcome::Completed if inner.safety == Safety::Once => Some("don't send it again".to_owned()),
            _ => None,
        }
    }

    /// Describes the failure in several lines for a person: what failed, what the server did, how often and how long
    /// it was tried and why not longer, the server's own message, the cause, and what to do.
    ///
    /// The server's message is shown without what was sent to it, and without what looks like a mail address, a phone
    /// number or a token.
    #[must_use]
    pub fn report(&self) -> String {
        let inner = self.inner();
        let mut text = format!("{} failed: {}", self.operation(), inner.message);
        let mut line = |name: &str, value: &dyn fmt::Display| {
            let _ = write!(text, "\n  {name}: {value}");
        };
        line("outcome", &self.outcome_text());
        if inner.attempts > 0 {
            let tried = if inner.attempts == 1 { "attempt" } else { "attempts" };
            let stop = match inner.stop {
                // A lock, say: it may pass, but not by asking again at once.
                StopReason::Final if self.is_conflict() => {
                    "an immediate repeat would meet the same conflict".to_owned()
                }
                stop => stop.to_string(),
            };
            line("tried", &format_args!("{} {tried} in {:.1?}; {stop}", inner.attempts, inner.elapsed));
        }
        if let Some(id) = self.request_id() {
            line("request id", &id.escape_debug());
        }
        if let Some(said) = &inner.server_message {
            line("the server said", said);
        }
        let mut source = std::error::Error::source(self);
        while let Some(cause) = source {
            line("because", &cause);
            source = cause.source();
        }
        if let Some(hint) = &inner.hint {
            line("hint", hint);
        }
        if let Some(advice) = self.advice() {
            line("advice", &advice);
        }
        if let Some(page) = inner.operation.map(Operation::document).filter(|page| !page.is_empty()) {
            line("documented at", &page);
        }
        text
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.inner();
        write!(f, "{}: {}; {}", self.operation(), inner.message, self.outcome_text())?;
        if let Some(advice) = self.advice() {
            write!(f, "; {advice}")?;
        }
        if let Some(hint) = &inner.hint {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.inner();
        f.debug_struct("Error")
            .field("operation", &self.operation())
            .field("kind", &inner.kind)
            .field("outcome", &inner.outcome)
            .field("message", &inner.message)
            .field("response", &inner.response)
            .field("attempts", &inner.attempts)
            .field("stop_reason", &inner.stop)
            .field("source", &inner.source)
            .finish_non_exhaustive()
    }
}

/// What prints an error with its sources shows each sentence once: a source whose text the error's own line has is left
/// out, and the one behind it comes next. [`Error::reason`] finds it all the same.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let mut source = self.inner().source.as_deref().map(|source| source as &(dyn std::error::Error + 'static));
        let line = source.map(|_| self.to_string())?;
        while let Some(said) = source.filter(|source| line.contains(&source.to_string())) {
            source = said.source();
        }
        source
    }
}
