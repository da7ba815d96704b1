//! The CareMessenger emulator, over raw HTTP.

mod access;
mod deliveries;
mod documents;
mod lists;
mod providers;
