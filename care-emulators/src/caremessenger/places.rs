//! Customers, their sites, and who lives there.

use chrono::{DateTime, Utc};

/// What every object says about itself.
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

    /// The name in lower case, words joined by hyphens.
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
