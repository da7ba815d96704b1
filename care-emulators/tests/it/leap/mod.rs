//! The LEAP emulator, over raw HTTP.

mod access;
mod acknowledge;
mod documents;
mod lists;
mod requests;
