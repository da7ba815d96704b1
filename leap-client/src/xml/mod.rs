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
//!
//! Everything else is an error. XML that isn't well-formed is never repaired, also where nobody reads it: the document
//! is refused. What concerns only the characters of a row or an update (a character that XML forbids, an undefined
//! reference, `]]>`) sets that one apart, so that one customer's text can't hide a whole page; so does a missing or
//! invalid value. A row or an update in another namespace is set apart, too, and never vanishes. A document type is
//! refused, so nothing is ever expanded. Elements nest at most 64 deep.
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
