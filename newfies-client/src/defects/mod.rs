//! What the documents of the appointment module get wrong or omit, and how this crate deals with it.
//!
//! The documents are one page about an unreleased server. Where they are silent or contradict the server's public
//! source, this crate follows the source, because that is what answers.
//!
//! Each defect has an id. Code that reads leniently for a defect, or had to choose what to send, names its id, and so
//! does at least one test. The catalogue is also data: [`ALL`] and [`find`].
//!
//! ```
//! use newfies_client::defects;
//!
//! let defect = defects::find("NEWF-01").ok_or("no such defect")?;
//! println!("{defect}");
//! println!("accepted: {}, sent: {}", defect.accepts, defect.sends);
//! # Ok::<(), &str>(())
//! ```
//!
//! Sources: Newfies-Dialer, *Appointment Module*, and the server's source, releases 2.10 to 2.20, both at
//! <https://github.com/newfies-dialer/newfies-dialer>; the documentation of Django 1.7 and Django REST framework 2.4.
//!
#![doc = include_str!("table.md")]

mod answers;
mod http;
mod walk;
mod writes;

pub use care_client_core::defects::Defect;

use care_client_core::defects;

/// The repository with the appointment module's documents.
pub(crate) const DOCUMENT: &str = "https://github.com/newfies-dialer/newfies-dialer";

const PARTS: &[&[Defect]] = &[walk::LIST, answers::LIST, writes::LIST, http::LIST];

/// All defects, in the order of their ids.
pub const ALL: &[Defect] = &defects::join::<{ defects::count(PARTS) }>(PARTS);

/// The defect with this id, such as `NEWF-07`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Defect> {
    defects::find(ALL, id)
}
