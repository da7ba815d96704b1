//! What AURA's guide gets wrong or leaves out, and what this crate makes of it.
//!
//! Each defect has an id. Wherever the crate reads leniently, or had to choose what to send, the place in the source
//! names the id; each id has a test. The catalogue is data too: [`ALL`] and [`find`].
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
#![doc = include_str!("table.md")]

mod gaps;
mod syntax;
mod types;

pub use care_client_core::defects::Defect;

use care_client_core::defects;

const PARTS: &[&[Defect]] = &[syntax::LIST, types::LIST, gaps::LIST];

/// All defects, in the order of their ids.
pub const ALL: &[Defect] = &defects::join::<{ defects::count(PARTS) }>(PARTS);

/// The defect with this id, such as `AURA-07`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Defect> {
    defects::find(ALL, id)
}
