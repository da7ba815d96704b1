//! What the documents of interventions get wrong or leave out, and what this crate makes of it.
//!
//! Each defect has an id. Wherever the crate reads leniently, or had to choose what to send, the place in the source names the
//! id; each id has a test. The catalogue is data too: [`ALL`] and [`find`].
//!
//! ```
//! use engagement_client::defects;
//!
//! let defect = defects::find("ENG-01").ok_or("no such defect")?;
//! println!("{defect}");
//! println!("accepted: {}, sent: {}", defect.accepts, defect.sends);
//! # Ok::<(), &str>(())
//! ```
//!
//! Source of all: *InterventionsApi* of the client generated from the vendor's specification,
//! <https://github.com/grokify/go-ringcentral-client/blob/master/engagedigital/v1/client/docs/InterventionsApi.md>, beside what
//! RingCentral's specification and developer guide say, <https://github.com/ringcentral/engage-digital-api-docs>.
//!
#![doc = include_str!("defects/table.md")]

mod answers;
mod gaps;
mod parameters;
mod rules;

pub use care_client_core::defects::Defect;

use care_client_core::defects;

const PARTS: &[&[Defect]] = &[answers::LIST, parameters::LIST, rules::LIST, gaps::LIST];

/// All defects, in the order of their ids.
pub const ALL: &[Defect] = &defects::join::<{ defects::count(PARTS) }>(PARTS);

/// The defect with this id, such as `ENG-07`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Defect> {
    defects::find(ALL, id)
}
