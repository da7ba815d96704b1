//! The notifiers that may call a receiver, with their secrets.

use crate::failure::Failure;
use caremessenger_client::{
    Secret,
    webhook::{self, MemorySink, ReceiverBuilder, Sink},
};
use std::{
    env::{self, VarError},
    fmt,
    hash::{BuildHasher, RandomState},
};

const VARIABLE: &str = "CARE_WEBHOOK_SECRETS";

/// The notifiers of a receiver: names, each with the secret at the end of its URL. A name may have two secrets; both
/// are accepted.
///
/// They are written as `NAME=SECRET`. The variable `CARE_WEBHOOK_SECRETS` holds several, separated by commas. Prefer it
/// to the command line, which other users of the machine can read.
pub struct Notifiers(Vec<(String, Secret)>);

impl Notifiers {
    /// Reads the notifiers of the environment and adds those of the command line.
    ///
    /// # Errors
    ///
    /// A usage error if one of them isn't of that form, or those of [`ReceiverBuilder::build`]. It quotes no value.
    pub fn from_env_and(options: &[String]) -> Result<Self, Failure> {
        let listed = match env::var(VARIABLE) {
            Ok(listed) => listed,
            Err(VarError::NotPresent) => String::new(),
            Err(VarError::NotUnicode(_)) => {
                return Err(Failure::usage(format!("{VARIABLE} is not UTF-8. Nothing was received.")));
            }
        };
        Self::read(&listed, options)
    }

    fn read(variable: &str, options: &[String]) -> Result<Self, Failure> {
        let listed = variable.split(',').filter(|pair| !pair.trim().is_empty()).map(|pair| (VARIABLE, pair));
        let options = options.iter().map(|pair| ("--secret", pair.as_str()));
        let pairs = listed.chain(options).map(|(place, pair)| {
            // A name may contain `=`, a secret can't.
            let (name, secret) = pair.rsplit_once('=').ok_or_else(|| {
                Failure::usage(format!(
                    "{place} contains an entry that isn't of the form NAME=SECRET. Nothing was received."
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

    /// Whether there are none.
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

    /// Starts building a receiver for these notifiers.
    pub fn receiver(&self, sink: impl Sink + 'static) -> ReceiverBuilder {
        let none = webhook::receiver(sink);
        self.0.iter().fold(none, |receiver, (name, secret)| receiver.notifier(name.as_str(), secret.clone()))
    }
}

impl From<(&str, &str)> for Notifiers {
    /// A single notifier, by name and secret.
    fn from((name, secret): (&str, &str)) -> Self {
        Self(vec![(name.to_owned(), secret.into())])
    }
}

impl fmt::Debug for Notifiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Notifiers").field(&self.names()).finish()
    }
}

/// A secret for the URL of a receiver that lives no longer than the program. For a real one use `openssl rand -hex 32`.
#[must_use]
pub fn random_secret() -> String {
    // The standard library seeds each state from the system's randomness.
    (0..2).map(|part| format!("{:016x}", RandomState::new().hash_one(part))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variable: &str, options: &[&str]) -> Result<Notifiers, Failure> {
        let options: Vec<_> = options.iter().map(|pair| (*pair).to_owned()).collect();
        Notifiers::read(variable, &options)
    }

    const OLD: &str = "canary-old-0123456789";
    const NEW: &str = "canary-new-0123456789";

    #[test]
    fn notifiers_of_environment_and_command_line_are_combined() {
        assert!(read("", &[]).unwrap().is_empty());
        assert!(read(" , ", &[]).unwrap().is_empty());
        let listed = format!("duty desk={OLD}, a=b = night-secret-0123456789 ,");
        let notifiers = read(&listed, &[&format!("duty desk={NEW}")]).unwrap();
        assert_eq!(notifiers.names(), ["a=b", "duty desk"]);
        assert!(!format!("{notifiers:?}").contains("canary"), "{notifiers:?}");
    }

    #[test]
    fn an_invalid_entry_is_rejected_and_not_quoted() {
        let twice = format!("desk={OLD},night={OLD}");
        for (variable, options, expected) in [
            ("canary", &[][..], VARIABLE),
            ("", &["canary"], "--secret"),
            ("", &["desk=canary"], "16 characters"),
            (&twice, &[], "the same secret"),
        ] {
            let failure = read(variable, options).unwrap_err().to_string();
            assert!(failure.contains(expected) && !failure.contains("canary"), "{failure}");
        }
    }
}

#[cfg(test)]
mod secret_tests {
    use super::random_secret;
    use caremessenger_client::webhook::{MemorySink, receiver};

    #[test]
    fn a_receiver_accepts_it_and_each_one_differs() {
        let secret = random_secret();
        assert_ne!(secret, random_secret());
        assert!(receiver(MemorySink::new()).notifier("desk", secret).build().is_ok());
    }
}
