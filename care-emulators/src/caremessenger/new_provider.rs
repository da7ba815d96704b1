//! What a provider is registered with.

use std::fmt;

use super::target::Target;

/// A provider that is to be registered by the [`Controller`](super::Controller), as by somebody else than the client.
///
/// It has no notifier unless told otherwise. `Debug` shows what it hangs on only.
///
/// ```
/// use care_emulators::caremessenger::{NewProvider, SITE_ID, Target};
///
/// let provider = NewProvider::new(Target::Site(SITE_ID), "Night shift", "Night manager")
///     .email("Night desk", "night@example.com")
///     .webhook("Night system", "https://night.example.com/hooks/7");
/// ```
#[derive(Clone)]
#[must_use = "it is registered by `Controller::add_provider`"]
pub struct NewProvider {
    pub(super) target: Target,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) emails: Vec<(String, String)>,
    pub(super) webhooks: Vec<(String, String)>,
}

impl fmt::Debug for NewProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewProvider").field("target", &self.target).finish_non_exhaustive()
    }
}

impl NewProvider {
    /// A provider on `target`, with this name, and this label on the television.
    pub fn new(target: Target, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { target, name: name.into(), label: label.into(), emails: Vec::new(), webhooks: Vec::new() }
    }

    /// Tells `email` by mail, too.
    pub fn email(mut self, name: impl Into<String>, email: impl Into<String>) -> Self {
        self.emails.push((name.into(), email.into()));
        self
    }

    /// Posts to `url`, too.
    pub fn webhook(mut self, name: impl Into<String>, url: impl Into<String>) -> Self {
        self.webhooks.push((name.into(), url.into()));
        self
    }
}
