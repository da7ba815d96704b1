use crate::{Failure, variables::Variables};
use caremessenger_client::{
    Secret,
    webhook::{self, MemorySink, ReceiverBuilder, Sink},
};
use std::{env, ffi::OsString, fmt};

const VARIABLE: &str = "CARE_WEBHOOK_SECRETS";

/// Who can be called at a receiver: names, each with the secret that its URL ends in. A name with two secrets can be called by both.
///
/// They are written `NAME=SECRET`. The environment's variable `CARE_WEBHOOK_SECRETS` has several with commas between them. Other
/// people of the machine can read what stands on a command line, so that is the better place.
pub struct Notifiers(Vec<(String, Secret)>);

impl Notifiers {
    /// Reads those of the environment, and adds those of a command line.
    ///
    /// # Errors
    ///
    /// A usage error if one of them isn't of that form, or as of [`ReceiverBuilder::build`]. It quotes no value.
    pub fn from_env_and(said: &[String]) -> Result<Self, Failure> {
        Self::read(|name| env::var_os(name), said)
    }

    fn read(variable: impl Fn(&str) -> Option<OsString>, said: &[String]) -> Result<Self, Failure> {
        let listed = Variables(variable).text(VARIABLE)?.unwrap_or_default();
        let listed = listed.split(',').filter(|pair| !pair.trim().is_empty()).map(|pair| (VARIABLE, pair));
        let said = said.iter().map(|pair| ("--secret", pair.as_str()));
        let pairs = listed.chain(said).map(|(place, pair)| {
            // No secret has such a character, and a name can.
            let (name, secret) = pair.rsplit_once('=').ok_or_else(|| {
                Failure::usage(format!(
                    "{place} has something that isn't of the form NAME=SECRET. Nothing was received."
                ))
            })?;
            Ok((name.trim().to_owned(), secret.trim().into()))
        });
        let notifiers = Self(pairs.collect::<Result<_, Failure>>()?);
        if !notifiers.is_empty() {
            notifiers.receiver(MemorySink::new()).build()?;
        }
        Ok(notifiers)
    }

    /// Whether nobody can be called.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names, each once.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Begins a receiver that they can be called at.
    pub fn receiver(&self, sink: impl Sink + 'static) -> ReceiverBuilder {
        let none = webhook::receiver(sink);
        self.0.iter().fold(none, |receiver, (name, secret)| receiver.notifier(name.as_str(), secret.clone()))
    }
}

impl From<(&str, &str)> for Notifiers {
    /// One that can be called, by a name and a secret.
    fn from((name, secret): (&str, &str)) -> Self {
        Self(vec![(name.to_owned(), secret.into())])
    }
}

impl fmt::Debug for Notifiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Notifiers").field(&self.names()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variables::environment;

    fn read(listed: &str, said: &[&str]) -> Result<Notifiers, Failure> {
        let said: Vec<_> = said.iter().map(|pair| (*pair).to_owned()).collect();
        Notifiers::read(environment(&[(VARIABLE, listed)]), &said)
    }

    const OLD: &str = "canary-old-0123456789";
    const NEW: &str = "canary-new-0123456789";

    #[test]
    fn they_are_those_of_the_environment_and_of_the_command_line() {
        assert!(read("", &[]).unwrap().is_empty());
        assert!(read(" , ", &[]).unwrap().is_empty());
        let listed = format!("duty desk={OLD}, a=b = night-secret-0123456789 ,");
        let notifiers = read(&listed, &[&format!("duty desk={NEW}")]).unwrap();
        assert_eq!(notifiers.names(), ["a=b", "duty desk"]);
        assert!(!format!("{notifiers:?}").contains("canary"), "{notifiers:?}");
    }

    #[test]
    fn what_can_not_be_meant_is_refused_and_not_quoted() {
        let twice = format!("desk={OLD},night={OLD}");
        for (listed, said, tells) in [
            ("canary", &[][..], VARIABLE),
            ("", &["canary"], "--secret"),
            ("", &["desk=canary"], "16 characters"),
            (&twice, &[], "the same secret"),
        ] {
            let failure = read(listed, said).unwrap_err().to_string();
            assert!(failure.contains(tells) && !failure.contains("canary"), "{failure}");
        }
    }
}
