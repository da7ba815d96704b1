#![doc = include_str!("../README.md")]

pub mod aura;
pub mod caremessenger;
pub mod engagement;
pub mod leap;
pub mod newfies;

mod clock;
mod control;
mod cut;
mod exchange;
mod fault;
mod fault_status;
mod faults;
mod form;
mod gate;
mod ground;
mod handle;
mod hooks;
mod journal;
mod lock;
mod media_type;
mod plan;
mod random;
mod recorded;
mod server;
mod site;
mod unseen;
mod wire;

pub use clock::Clock;
pub use fault_status::FaultStatus;
pub use faults::Faults;
pub use ground::Ground;
pub use journal::Journal;
pub use recorded::Recorded;
