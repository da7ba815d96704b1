//! The Newfies emulator, over raw HTTP.

mod access;
mod actions;
mod alarms;
mod documents;
mod people;
mod rows;
