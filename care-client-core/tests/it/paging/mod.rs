//! Lists as streams of items and pages.

mod ahead;
pub(crate) mod list;
mod moves;
mod numbered;
mod walk;
