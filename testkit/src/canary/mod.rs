//! Canaries: values that tests send as secrets and personal data, and then look for wherever programs print.

mod echo;
mod printed;
mod traced;

pub use self::{echo::Echo, printed::Printed, traced::Traced};

/// Each secret and each personal value that a test sends holds one of these: a word, digits of a position, and digits
/// of a telephone number (`+12025550177`).
pub const MARKS: [&str; 3] = ["canary", "707107", "5550177"];
