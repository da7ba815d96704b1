//! What the documents of the appointment module get wrong or leave out, and what this crate makes of it.
//!
//! The documents are one page, of a server that was not released yet. Where they are silent, the server's public source tells,
//! and where that contradicts them, the source counts: it is what answers.
//!
//! Each defect has an id. Wherever the crate reads leniently, or had to choose what to send, the place in the source names the
//! id; each id has a test. The catalogue is data too: [`ALL`] and [`find`].
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
//! Source of all: Newfies-Dialer, *Appointment Module*, beside the server's source, releases 2.10 to 2.20, both at
//! <https://github.com/newfies-dialer/newfies-dialer>, and the documentation of Django 1.7 and Django REST framework 2.4, which it
//! is built on.
//!
#![doc = include_str!("defects/table.md")]

mod answers;
mod http;
mod rights;
mod times;
mod walk;
mod writes;

pub use care_client_core::defects::Defect;

use care_client_core::defects;

const PARTS: &[&[Defect]] = &[walk::LIST, answers::LIST, times::LIST, writes::LIST, rights::LIST, http::LIST];

/// All defects, in the order of their ids.
pub const ALL: &[Defect] = &defects::join::<{ defects::count(PARTS) }>(PARTS);

/// The defect with this id, such as `NEWF-07`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Defect> {
    defects::find(ALL, id)
}
