//! What LEAP's documents get wrong or leave out, and what this crate accepts and sends instead.
//!
//! Each defect has an id, and a test that names it. Code that reads leniently, or that had to choose what to send,
//! names the id, too. The catalogue is also data: [`ALL`] and [`find`].
//!
//! ```
//! use leap_client::defects;
//!
//! let defect = defects::find("LEAP-10").ok_or("no such defect")?;
//! println!("{defect}");
//! println!("accepted: {}, sent: {}", defect.accepts, defect.sends);
//! # Ok::<(), &str>(())
//! ```
//!
//! Source: Majitek, *Requests Web Services API*, <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>; for
//! LEAP-12 also *Understanding the APIs*, <http://docs.majitek.com/plaza/dev/Understanding+the+APIs>; for LEAP-28 *How
//! the API is Versioned*, <http://docs.majitek.com/plaza/dev/How+the+API+is+Versioned>.
//!
#![doc = include_str!("table.md")]

mod gaps;
mod notation;
mod rules;

pub use care_client_core::defects::Defect;

use care_client_core::defects;

const PARTS: &[&[Defect]] = &[notation::LIST, gaps::LIST, rules::LIST];

/// All defects, in the order of their ids.
pub const ALL: &[Defect] = &defects::join::<{ defects::count(PARTS) }>(PARTS);

/// The defect with this id, such as `LEAP-07`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Defect> {
    defects::find(ALL, id)
}
