//! What CareMessenger's documents get wrong or leave out, and what this crate makes of it.
//!
//! Each defect has an id. Wherever the crate reads leniently, or had to choose what to send, the place in the source
//! names the id; each id has a test. The catalogue is data too: [`ALL`] and [`find`].
//!
//! ```
//! use caremessenger_client::defects;
//!
//! let defect = defects::find("CARE-11").ok_or("no such defect")?;
//! println!("{defect}");
//! println!("accepted: {}, sent: {}", defect.accepts, defect.sends);
//! # Ok::<(), &str>(())
//! ```
//!
//! Source of all: CareMessenger, *Assistance Requests*, <https://docs.caremessenger.co.uk/assistance.html>, but of
//! CARE-26 and CARE-37, *Viewing the Schema*, <https://docs.caremessenger.co.uk/viewing_the_schema.html>, of CARE-34
//! and CARE-35, *Authentication*, <https://docs.caremessenger.co.uk/authentication.html>, and of CARE-38,
//! *Serialization Formats*, <https://docs.caremessenger.co.uk/serialization_formats.html>.
//!
#![doc = include_str!("table.md")]

mod examples;
mod gaps;

pub use care_client_core::defects::Defect;

use care_client_core::defects;

const PARTS: &[&[Defect]] =
    &[examples::SYNTAX, examples::SHAPES, examples::WORDS, gaps::OF_PROVIDERS_AND_DELIVERIES, gaps::OF_OTHER_PAGES];

/// All defects, in the order of their ids.
pub const ALL: &[Defect] = &defects::join::<{ defects::count(PARTS) }>(PARTS);

/// The defect with this id, such as `CARE-07`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Defect> {
    defects::find(ALL, id)
}
