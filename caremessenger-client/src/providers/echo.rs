//! Whether the server shows the webhooks that were asked for.

use super::{NewWebhookNotifier, WebhookNotifier};

/// Whether the server's answer shows the webhooks that were asked for: [`AssistanceProvider::webhook_echo`].
///
/// The documented answer shows none, and its request asked for none: so nothing can be concluded from their absence
/// (defect [`CARE-11`](crate::defects)). The surest sign that a webhook is there is a request for help that arrives.
///
/// [`AssistanceProvider::webhook_echo`]: crate::AssistanceProvider::webhook_echo
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Echo {
    /// The answer shows exactly those.
    Confirmed,
    /// The answer shows none, not even an empty list: nothing is known.
    NotEchoed,
    /// The answer shows others.
    Mismatch {
        /// How many of those that were asked for it doesn't show.
        missing: usize,
        /// How many it shows that were not asked for.
        extra: usize,
    },
}

impl Echo {
    pub(super) fn of(shown: Option<&[WebhookNotifier]>, wanted: &[NewWebhookNotifier]) -> Self {
        let Some(shown) = shown else { return Self::NotEchoed };
        let same = |a: &WebhookNotifier, b: &NewWebhookNotifier| same_text(&a.name, &b.name) && a.url == b.url;
        match differing(shown, wanted, same) {
            (0, 0) => Self::Confirmed,
            (missing, extra) => Self::Mismatch { missing, extra },
        }
    }
}

/// How many of the wanted are missing among the shown, and how many are shown beside them.
pub(super) fn differing<A, B>(shown: &[A], wanted: &[B], same: impl Fn(&A, &B) -> bool) -> (usize, usize) {
    let missing = wanted.iter().filter(|b| !shown.iter().any(|a| same(a, b))).count();
    let extra = shown.iter().filter(|a| !wanted.iter().any(|b| same(a, b))).count();
    (missing, extra)
}

/// Whether two texts are the same to a server of this kind, which takes the blanks around a text away before it keeps
/// it.
pub(super) fn same_text(a: &str, b: &str) -> bool {
    a.trim() == b.trim()
}
