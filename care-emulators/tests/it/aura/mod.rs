//! The AURA emulator, over raw HTTP.

mod access;
mod callouts;
mod documents;
mod http;
