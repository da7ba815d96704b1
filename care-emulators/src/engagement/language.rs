//! The language of an account.

use super::standing::Standing;

/// The language in which an account's labels come, such as an intervention's `status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

impl Language {
    /// The label of `status`: for people, and never to be taken for a value of the filter of that name.
    pub(super) fn label(self, standing: Standing) -> &'static str {
        match (self, standing) {
            (Self::English, Standing::Opened) => "Opened",
            (Self::English, Standing::Reopened) => "Reopened",
            (Self::English, Standing::Deferred) => "Deferred",
            (Self::English, Standing::Closed) => "Closed",
            (Self::French, Standing::Opened) => "Ouverte",
            (Self::French, Standing::Reopened) => "Rouverte",
            (Self::French, Standing::Deferred) => "Différée",
            (Self::French, Standing::Closed) => "Fermée",
        }
    }
}
