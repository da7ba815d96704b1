//! The secrets that admit a post, and the rules for them. They can be changed while the receiver runs.

use care_client_core::{Error, Secret};
use std::sync::{PoisonError, RwLock};

/// A shorter secret could be guessed.
const SHORTEST: usize = 16;

/// The secrets of all notifiers.
pub(crate) struct Secrets {
    /// Those that were named at first, also if they have no secret at the moment.
    notifiers: Vec<Box<str>>,
    entries: RwLock<Vec<Entry>>,
}

#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) notifier: Box<str>,
    pub(crate) secret: Secret,
}

impl Secrets {
    pub(crate) fn new(entries: Vec<Entry>) -> Result<Self, Error> {
        check(&entries)?;
        let mut notifiers: Vec<_> = entries.iter().map(|entry| entry.notifier.clone()).collect();
        notifiers.sort_unstable();
        notifiers.dedup();
        Ok(Self { notifiers, entries: RwLock::new(entries) })
    }

    /// Whose secret this is. All are compared, each in constant time, so that the time tells nothing of them but their
    /// lengths.
    pub(crate) fn notifier(&self, given: &str) -> Option<Box<str>> {
        let given = Secret::new(given);
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let found = entries.iter().fold(None, |found, entry| if entry.secret == given { Some(entry) } else { found });
        found.map(|entry| entry.notifier.clone())
    }

    /// Makes these the only secrets of a notifier.
    pub(crate) fn replace(&self, notifier: &str, secrets: Vec<Secret>) -> Result<(), Error> {
        if !self.notifiers.iter().any(|known| **known == *notifier) {
            return Err(Error::config(
                "there is no notifier with this name: all are named on the builder, by notifier(name, secret)",
            ));
        }
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed: Vec<Entry> = entries.iter().filter(|entry| *entry.notifier != *notifier).cloned().collect();
        changed.extend(secrets.into_iter().map(|secret| Entry { notifier: notifier.into(), secret }));
        check(&changed)?;
        *entries = changed;
        Ok(())
    }

    pub(crate) fn notifiers(&self) -> &[Box<str>] {
        &self.notifiers
    }
}

fn check(entries: &[Entry]) -> Result<(), Error> {
    if entries.is_empty() {
        return Err(Error::config(
            "no notifier has a secret, so every post would be refused: add notifier(name, secret)",
        ));
    }
    for (n, Entry { notifier, secret }) in entries.iter().enumerate() {
        let text = secret.expose();
        if text.len() < SHORTEST {
            return Err(Error::config(
                "the secret of a notifier has less than 16 characters and could be guessed: take what `openssl rand \
                 -hex 32` prints",
            ));
        }
        // Not the tilde: no URL has to encode it, but older programs do.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        if !text.bytes().all(plain) {
            return Err(Error::config(
                "the secret of a notifier has characters that a URL would encode: take letters, digits, and - . _",
            ));
        }
        if notifier.trim().is_empty() {
            return Err(Error::config("the name of a notifier is blank: say which one a call for help came by"));
        }
        if entries[..n].iter().any(|other| other.secret == *secret && other.notifier != *notifier) {
            return Err(Error::config("two notifiers have the same secret: nothing else tells which was called"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(notifier: &str, secret: &str) -> Entry {
        Entry { notifier: notifier.into(), secret: secret.into() }
    }

    const OLD: &str = "old-secret-0000000";
    const NEW: &str = "new-secret-0000000";

    #[test]
    fn secrets_change_without_a_gap() {
        let secrets = Secrets::new(vec![entry("desk", OLD), entry("night", "night-secret-00000")]).unwrap();
        assert_eq!((secrets.notifier(OLD).as_deref(), secrets.notifier(NEW)), (Some("desk"), None));
        secrets.replace("desk", vec![NEW.into(), OLD.into()]).unwrap();
        assert_eq!((secrets.notifier(OLD).as_deref(), secrets.notifier(NEW).as_deref()), (Some("desk"), Some("desk")));
        secrets.replace("desk", vec![NEW.into()]).unwrap();
        assert_eq!((secrets.notifier(OLD), secrets.notifier(NEW).as_deref()), (None, Some("desk")));
        assert_eq!(secrets.notifier("night-secret-00000").as_deref(), Some("night"));
        for near in ["", "new-secret-000000", "new-secret-00000000", "NEW-secret-0000000"] {
            assert_eq!(secrets.notifier(near), None, "{near}");
        }
        let error = secrets.replace("nihgt", vec!["typo-secret-000000".into()]).unwrap_err();
        assert!(error.to_string().contains("no notifier with this name"), "{error}");
        assert_eq!(secrets.notifier("typo-secret-000000"), None);
        secrets.replace("night", vec![]).unwrap();
        assert_eq!(secrets.notifier("night-secret-00000"), None, "it is gone");
        secrets.replace("night", vec!["night-secret-00001".into()]).unwrap();
        assert_eq!(secrets.notifier("night-secret-00001").as_deref(), Some("night"), "and back");
        secrets.replace("night", vec![]).unwrap();
        assert!(secrets.replace("desk", vec![]).is_err(), "somebody must be able to call");
        assert_eq!(secrets.notifier(NEW).as_deref(), Some("desk"), "what is refused changes nothing");
    }

    #[test]
    fn secrets_that_are_none_are_refused_and_not_quoted() {
        for entries in [
            vec![],
            vec![entry("desk", "canary")],
            vec![entry("desk", "canary/canary/canary")],
            vec![entry("desk", "canary%20canary%20")],
            vec![entry("desk", "canary~canary~canary")],
            vec![entry("desk", "canary-canary-1")],
            vec![entry(" ", "canary-canary-canary")],
            vec![entry("desk", "canary-canary-canary"), entry("night", "canary-canary-canary")],
        ] {
            let error = Secrets::new(entries).err().unwrap();
            assert_eq!(error.kind(), care_client_core::Kind::Config);
            assert!(!error.report().contains("canary"), "{error}");
        }
        assert!(Secrets::new(vec![entry("desk", "canary-canary_.1")]).is_ok(), "16 characters are enough");
    }
}
