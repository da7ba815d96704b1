//! What AURA's guide gets wrong or leaves out, and what this crate makes of it.
//!
//! Each defect has an id. Wherever the crate reads leniently, or had to choose what to send, the place in the source names the
//! id; each id has a test. The catalogue is data too: [`ALL`] and [`find`].
//!
//! ```
//! use aura_client::defects;
//!
//! let defect = defects::find("AURA-10").ok_or("no such defect")?;
//! println!("{defect}");
//! println!("accepted: {}, sent: {}", defect.accepts, defect.sends);
//! # Ok::<(), &str>(())
//! ```
//!
//! Source of all: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
//! <https://docs.aura.services/integration-guidelines.html>.
//!
#![doc = include_str!("defects/table.md")]

mod gaps;
mod paths;
mod syntax;
mod types;
mod unsaid;
mod words;

use std::fmt;

/// One thing that AURA's guide gets wrong or leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Defect {
    /// This crate's name of it: `AURA-` and two digits.
    pub id: &'static str,
    /// What is wrong, in one line.
    pub title: &'static str,
    /// The section of the guide.
    pub place: &'static str,
    /// The guide's own words, two lines at most, with `…` for personal data; empty where something is missing.
    pub quote: &'static str,
    /// What the crate reads; empty where the defect concerns no answer.
    pub accepts: &'static str,
    /// What the crate sends; empty where the defect concerns no request.
    pub sends: &'static str,
}

/// All defects, in the order of their ids.
pub const ALL: &[Defect] = &JOINED;

const PARTS: [&[Defect]; 6] = [syntax::LIST, paths::LIST, types::LIST, words::LIST, gaps::LIST, unsaid::LIST];

const JOINED: [Defect; count()] = {
    let mut all = [PARTS[0][0]; count()];
    let (mut n, mut part) = (0, 0);
    while part < PARTS.len() {
        let mut i = 0;
        while i < PARTS[part].len() {
            all[n] = PARTS[part][i];
            (n, i) = (n + 1, i + 1);
        }
        part += 1;
    }
    all
};

const fn count() -> usize {
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        count += PARTS[part].len();
        part += 1;
    }
    count
}

/// The defect with this id, such as `AURA-07`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Defect> {
    ALL.iter().find(|defect| defect.id == id)
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (\"{}\")", self.id, self.title, self.place)
    }
}
