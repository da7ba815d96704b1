use crate::Failure;
use std::{env, ffi::OsString, time::Duration};

/// How long the tour follows what happens on a real server, unless it is told otherwise.
const WATCH_SECONDS: u64 = 120;

/// An environment's variables. No error quotes a value.
pub(crate) struct Variables<F>(pub(crate) F);

impl<F: Fn(&str) -> Option<OsString>> Variables<F> {
    /// A value that may be empty.
    pub(crate) fn any(&self, name: &str) -> Result<Option<String>, Failure> {
        let text = (self.0)(name).map(OsString::into_string).transpose();
        text.map_err(|_| Failure::usage(format!("{name} is no text in UTF-8")))
    }

    /// A value; an empty one counts as absent.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        Ok(self.any(name)?.filter(|text| !text.is_empty()))
    }

    /// A whole number of these units.
    pub(crate) fn number(&self, name: &str, units: &str) -> Result<Option<u64>, Failure> {
        let number = self.text(name)?.map(|text| text.parse()).transpose();
        number.map_err(|_| Failure::usage(format!("{name} is no number of {units}")))
    }
}

/// How long the tour may follow what happens on a real server: a variable in seconds, 120 if it isn't set.
///
/// # Errors
///
/// A usage error if it is no number.
pub fn watch_time(name: &str) -> Result<Duration, Failure> {
    let seconds = Variables(|name: &str| env::var_os(name)).number(name, "seconds")?;
    Ok(Duration::from_secs(seconds.unwrap_or(WATCH_SECONDS)))
}

/// An environment in which these variables are set.
#[cfg(test)]
pub(crate) fn environment<'a>(set: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
    |name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
}
