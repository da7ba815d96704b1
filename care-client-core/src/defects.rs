//! What a vendor's documents get wrong or leave out, as data: the form of the service crates' catalogues.
//!
//! A service crate has the lists, and joins them into one slice:
//!
//! ```
//! use care_client_core::defects::{self, Defect};
//!
//! const PATHS: &[Defect] = &[Defect {
//!     id: "SHOP-01",
//!     title: "the path of comments begins with `order`, all others with `orders`",
//!     place: "Adding Comments",
//!     quote: "POST /order/{id}/comments",
//!     accepts: "",
//!     sends: "`order`, as documented",
//! }];
//! const TYPES: &[Defect] =
//!     &[Defect { id: "SHOP-02", title: "ids are numbers and texts", ..PATHS[0] }];
//! const PARTS: &[&[Defect]] = &[PATHS, TYPES];
//!
//! /// All defects, in the order of their ids.
//! pub const ALL: &[Defect] = &defects::join::<{ defects::count(PARTS) }>(PARTS);
//!
//! let found = defects::find(ALL, "SHOP-02").map(|defect| defect.title);
//! assert_eq!(found, Some("ids are numbers and texts"));
//! ```

use std::fmt;

/// One thing that a vendor's document gets wrong or leaves out.
///
/// A crate that lists defects makes them as literals, with all fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defect {
    /// The crate's name of it: a word in capitals, a hyphen, and two digits.
    pub id: &'static str,
    /// What is wrong, in one line.
    pub title: &'static str,
    /// The section of the document.
    pub place: &'static str,
    /// The document's own words, two lines at most, with `…` for personal data; empty where something is missing.
    pub quote: &'static str,
    /// What the crate reads; empty where the defect concerns no answer.
    pub accepts: &'static str,
    /// What the crate sends; empty where the defect concerns no request.
    pub sends: &'static str,
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (\"{}\")", self.id, self.title, self.place)
    }
}

/// The defect with this id.
#[must_use]
pub fn find<'a>(all: &'a [Defect], id: &str) -> Option<&'a Defect> {
    all.iter().find(|defect| defect.id == id)
}

/// How many defects the parts have together: the size for [`join`].
#[must_use]
pub const fn count(parts: &[&[Defect]]) -> usize {
    let (mut count, mut part) = (0, 0);
    while part < parts.len() {
        count += parts[part].len();
        part += 1;
    }
    count
}

/// The defects of all parts, in their order. `N` is their [`count`].
///
/// # Panics
///
/// If it isn't; in a constant, this ends the build.
#[must_use]
pub const fn join<const N: usize>(parts: &[&[Defect]]) -> [Defect; N] {
    assert!(N == count(parts), "N is the count of the parts");
    let mut all = [EMPTY; N];
    let (mut n, mut part) = (0, 0);
    while part < parts.len() {
        let mut i = 0;
        while i < parts[part].len() {
            all[n] = parts[part][i];
            (n, i) = (n + 1, i + 1);
        }
        part += 1;
    }
    all
}

const EMPTY: Defect = Defect { id: "", title: "", place: "", quote: "", accepts: "", sends: "" };
