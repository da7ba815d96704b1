//! Customers, their sites and residents.

use chrono::{DateTime, Utc};

/// The customer that every emulator starts with.
pub const CUSTOMER_ID: u64 = 2;

/// The site that every emulator starts with, one of [`CUSTOMER_ID`].
pub const SITE_ID: u64 = 5;

/// The resident that every emulator starts with, at [`SITE_ID`].
pub const RESIDENT_ID: u64 = 14;

/// The fields that all objects have.
#[derive(Clone)]
pub(super) struct Record {
    pub(super) name: String,
    pub(super) created: DateTime<Utc>,
    pub(super) modified: DateTime<Utc>,
}

impl Record {
    pub(super) fn new(name: &str, now: DateTime<Utc>) -> Self {
        Self { name: name.to_owned(), created: now, modified: now }
    }

    /// The name in lower case, with words joined by hyphens.
    pub(super) fn slug(&self) -> String {
        let words = self.name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
    }
}

#[derive(Clone)]
pub(super) struct Customer {
    pub(super) record: Record,
}

#[derive(Clone)]
pub(super) struct Site {
    pub(super) record: Record,
    pub(super) customer: u64,
    /// Latitude and longitude in degrees.
    pub(super) position: Option<(f64, f64)>,
    pub(super) calendar: Option<u64>,
}

#[derive(Clone)]
pub(super) struct Resident {
    pub(super) record: Record,
    pub(super) site: u64,
}

/// The object that a provider is registered for. It decides who sees the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Target {
    /// A customer: all residents of all its sites see the provider.
    Customer(u64),
    /// A site: all its residents see the provider.
    Site(u64),
    /// A resident: only this resident sees the provider.
    Resident(u64),
}

impl Target {
    /// Its kind on the wire.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Customer(_) => "customer",
            Self::Site(_) => "site",
            Self::Resident(_) => "resident",
        }
    }

    /// The object's identifier, unique within its kind.
    #[must_use]
    pub fn id(self) -> u64 {
        match self {
            Self::Customer(id) | Self::Site(id) | Self::Resident(id) => id,
        }
    }

    /// The object of a kind on the wire; `None` if the kind is unknown.
    pub(super) fn read(kind: &str, id: u64) -> Option<Self> {
        [Self::Customer(id), Self::Site(id), Self::Resident(id)].into_iter().find(|target| target.kind() == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_words_and_hyphens_only() {
        let slug = |name: &str| Record::new(name, DateTime::UNIX_EPOCH).slug();
        assert_eq!(slug("Elm  Court, No. 7"), "elm-court-no-7");
        assert_eq!(slug(" - "), "");
    }
}
