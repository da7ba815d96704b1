//! Identifiers.

use std::sync::atomic::{AtomicU64, Ordering};

/// The agent that every emulator starts with. They may update interventions, impersonate others and read [`SOURCE_ID`].
pub const AGENT_ID: &str = "e00000000000000000000001";

/// The source that every emulator starts with.
pub const SOURCE_ID: &str = "e00000000000000000000002";

/// Generates unique identifiers: 24 hexadecimal digits, as the API's are, that contain a counter.
#[derive(Debug)]
pub(super) struct Ids(AtomicU64);

impl Ids {
    /// Starts after the constants.
    pub(super) fn new() -> Self {
        Self(AtomicU64::new(3))
    }

    pub(super) fn next(&self) -> String {
        format!("e0{:022x}", self.0.fetch_add(1, Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_have_the_same_form_and_differ() {
        let ids = Ids::new();
        let made = [AGENT_ID.to_owned(), SOURCE_ID.to_owned(), ids.next(), ids.next()];
        for (n, id) in made.iter().enumerate() {
            assert_eq!(*id, format!("e0{:022x}", n + 1));
            assert_eq!(id.len(), 24);
        }
    }
}
