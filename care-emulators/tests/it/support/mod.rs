//! Helpers for tests of several modules: HTTP by hand, documented examples, and one file a service.

pub(crate) mod aura;
pub(crate) mod caremessenger;
pub(crate) mod documents;
pub(crate) mod engagement;
mod http;
pub(crate) mod leap;
pub(crate) mod newfies;

pub(crate) use http::{RawRequest, RawResponse, dial, read_one};
