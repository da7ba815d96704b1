//! Documents are read with patience where servers may differ, and refused where anything would have to be guessed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

#[path = "reading/elements.rs"]
mod elements;
#[path = "reading/malformed.rs"]
mod malformed;
#[path = "reading/namespaces.rs"]
mod namespaces;
#[path = "reading/rows.rs"]
mod rows;
#[path = "reading/strangers.rs"]
mod strangers;
#[path = "reading/text.rs"]
mod text;
#[path = "reading/values.rs"]
mod values;
mod xml;
