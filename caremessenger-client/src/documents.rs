//! The vendor's pages that operations come from.

/// On assistance requests.
pub(crate) const ASSISTANCE: &str = "https://docs.caremessenger.co.uk/assistance.html";
/// On signing in.
pub(crate) const AUTHENTICATION: &str = "https://docs.caremessenger.co.uk/authentication.html";
/// That lists the resources.
pub(crate) const SCHEMA: &str = "https://docs.caremessenger.co.uk/viewing_the_schema.html";
/// That shows a list.
pub(crate) const FORMATS: &str = "https://docs.caremessenger.co.uk/serialization_formats.html";
