//! LEAP's documents: written exactly as printed, read with patience.
//!
//! Read are documents that differ from the printed ones where a server may well differ:
//!
//! - Elements and attributes go by their local name, in the API's namespace or in none, whatever their prefix. What is unknown,
//!   by name or by namespace, is skipped with all that is in it, wherever it stands. Order counts for nothing, and text between
//!   elements is no part of the document (defect `LEAP-02`). The vendor adds new elements without notice (defect `LEAP-28`; *How the
//!   API is Versioned*, <http://docs.majitek.com/plaza/dev/How+the+API+is+Versioned>).
//! - Of an element or attribute that should stand once, the first that says something counts, as in XPath, by which the vendor
//!   wants values to be picked. Two histories are one.
//! - Text is exact: plain, escaped and in CDATA, in one piece (defects `LEAP-04`, `LEAP-37`). Line ends become `\n`, as XML wants
//!   it. Words and dates lose the blanks around them. An empty element and an empty attribute are none (defect `LEAP-16`), but an
//!   empty flag is no date.
//! - Characters that XML forbids are read where they come, raw or as a reference: the text of one customer must not hide a
//!   page of others.
//!
//! Nothing is guessed beyond that. Malformed XML is never repaired, a document type is refused, so that nothing is ever
//! expanded, and elements nest at most 64 deep. A missing or wrong value fails the smallest thing that it stands in and that can
//! be missed: a row of a list, or else the document; an update alone is never left out of a history.
//!
//! Whether it is LEAP that answers is decided by the root element, in [`root`].

mod attributes;
mod byte_scan;
mod cursor;
mod namespaces;
mod read;
mod root;
mod text;
mod validation_error;
pub(crate) mod write;

pub(crate) use read::{read_page, read_ref, read_request};
pub(crate) use root::accept;
pub use write::AckFlagSpelling;
pub(crate) use write::{Dialect, acknowledgements, update};

/// The namespace of LEAP's documents.
///
/// Source: Majitek, *Requests Web Services API*, the examples of answers,
/// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
const NAMESPACE: &str = "http://schema.majitek.com/leap-ws-v1.0";
