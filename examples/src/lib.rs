//! What the example programs share.
//!
//! `cargo run -p examples` is the tour; `cargo run -p examples --bin aura_callout` raises and follows one callout. Both play
//! against an emulator in their own process, unless the environment names a server: see [`aura::LiveAura`].

pub mod aura;

mod failure;
mod teller;

pub use failure::Failure;
pub use teller::Teller;
