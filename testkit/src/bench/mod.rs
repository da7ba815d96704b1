//! What the benches share: counting what a piece of work costs, in instructions, in CPU time and in memory, beside
//! another way to do it.

mod cpu;
mod server;
pub mod valgrind;

pub use self::{
    cpu::{Calls, Counters, compare, processor_seconds, resident_bytes},
    server::{ServerProcess, serve},
};

/// The error of a bench.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The arguments of this bench, without those that cargo adds.
#[must_use]
pub fn arguments() -> Vec<String> {
    std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect()
}
