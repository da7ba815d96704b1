//! Numbers for everything that AURA numbers, callouts apart.

/// Gives each number once, whatever it is for: an id is never equal to another one by chance.
#[derive(Debug)]
pub(super) struct Ids(u64);

impl Ids {
    /// Starts far from the numbers of callouts, customers, companies and responders.
    pub(super) fn new() -> Self {
        Self(100_000)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}
