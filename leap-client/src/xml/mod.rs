//! LEAP's XML documents: written exactly as documented, read leniently where servers may differ.
//!
//! What the reader accepts:
//!
//! - Elements and attributes are known by their local name, in the API's namespace or in none, with any prefix. An
//!   unknown name or namespace is skipped with its content, anywhere. Order has no meaning, and text between elements
//!   is ignored (defect `LEAP-02`). The vendor adds elements without notice (defect `LEAP-28`; *How the API is
//!   Versioned*, <http://docs.majitek.com/plaza/dev/How+the+API+is+Versioned>).
//! - Of an element that should occur once, the first with content counts, as in XPath, by which the vendor wants values
//!   to be selected. Two histories are joined.
//! - Text is exact: plain, escaped and CDATA text is joined (defects `LEAP-04`, `LEAP-37`), and line ends become `\n`,
//!   as XML requires. Words and dates are trimmed. An empty element or attribute is `None` (defect `LEAP-16`), except
//!   that an empty flag is an error.
//! - Characters that XML forbids are accepted, raw or as a reference, so that one customer's text can't hide a whole
//!   page.
//!
//! Everything else is an error. Malformed XML is never repaired. A document type is rejected, so nothing is ever
//! expanded. Elements nest at most 64 deep. A missing or invalid value fails the row of the list that it is in, or else
//! the document; an update alone is never left out of a history.
//!
//! [`root`] decides by the root element whether an answer is LEAP's own.

mod attributes;
mod byte_scan;
mod characters;
mod cursor;
mod declaration;
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
