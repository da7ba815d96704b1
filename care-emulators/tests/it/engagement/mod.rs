//! The Engagement emulator, over raw HTTP.

mod access;
mod close;
mod documents;
mod interventions;
mod lists;
