//! How values look on the wire, and how to read them when a server bends the rules.
//!
//! | module or macro | reads | writes |
//! |---|---|---|
//! | [`json`] | a whole body; explains a failure by path, without quoting the body | |
//! | [`scan`] | single values out of a damaged document | |
//! | [`timestamp`] | RFC 3339 and its common dialects | UTC with milliseconds and `Z` |
//! | [`number`] | numbers, and numbers as text | numbers |
//! | [`link`] | a hyperlink on any host, as the id that it leads to | a path |
//! | [`FieldFault`] | messages about fields, by the path of the field | |
//! | [`or_empty`] | arrays, and `null` as an empty one | |
//! | [`Records`] | arrays, in which a bad row hides no other | |
//! | [`open_enum!`] | known words in any case, and every other word | the word |
//! | [`id!`] | a number, or digits as text | a number |
//! | [`text_id!`] | text, or a whole number | the text |
//!
//! Writing is strict and reading is lenient, but nothing is guessed: a date that is no date and a number that is no
//! number are errors that name their place. None of the errors made here repeats a value that was read.

mod damage;
mod field_fault;
mod id;
pub mod json;
pub mod link;
mod lists;
pub mod multipart;
pub mod number;
mod open_enum;
mod personal;
pub mod scan;
pub mod timestamp;

#[doc(inline)]
pub use crate::__id as id;
#[doc(inline)]
pub use crate::__open_enum as open_enum;
#[doc(inline)]
pub use crate::__text_id as text_id;
pub(crate) use damage::isolated;
pub use field_fault::FieldFault;
pub use id::ParseIdError;
pub use lists::{Records, or_empty};
pub use personal::Personal;

/// What the macros expand to; no part of the public surface.
#[doc(hidden)]
pub mod __private {
    pub use serde;

    pub use super::id::{parse as parse_id, read_text as read_text_id};
}
