//! Defects of the vendor's documents: what they get wrong or leave out, and how this crate handles it.
//!
//! Each defect has an id. Where the crate reads leniently, or had to choose what to send, the source names the id; each
//! id has a test. The catalogue is also available as data: [`ALL`] and [`find`].
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
//! <https://github.com/grokify/go-ringcentral-client/blob/master/engagedigital/v1/client/docs/InterventionsApi.md>,
//! compared with RingCentral's specification and developer guide,
//! <https://github.com/ringcentral/engage-digital-api-docs>.
//!
#![doc = include_str!("table.md")]

mod semantics;
mod wire;

pub use care_client_core::defects::Defect;

use care_client_core::defects;

/// The page that documents the seven operations of interventions.
pub(crate) const DOCUMENT: &str =
    "https://github.com/grokify/go-ringcentral-client/blob/master/engagedigital/v1/client/docs/InterventionsApi.md";

/// The vendor's documents, which fill the gaps of that page.
pub(crate) const VENDOR: &str = "https://github.com/ringcentral/engage-digital-api-docs";

const PARTS: &[&[Defect]] = &[wire::LIST, semantics::LIST];

/// All defects, in the order of their ids.
pub const ALL: &[Defect] = &defects::join::<{ defects::count(PARTS) }>(PARTS);

/// Finds the defect with this id, such as `ENG-07`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Defect> {
    defects::find(ALL, id)
}
