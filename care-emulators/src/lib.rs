#![doc = include_str!("../README.md")]

pub mod aura;

mod clock;
mod cut;
mod exchange;
mod fault;
mod fault_status;
mod faults;
mod gate;
mod journal;
mod lock;
mod plan;
mod recorded;
mod server;
mod wire;

pub use clock::Clock;
pub use fault_status::FaultStatus;
pub use faults::Faults;
pub use journal::Journal;
pub use recorded::Recorded;
