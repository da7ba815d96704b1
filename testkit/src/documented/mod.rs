//! Checks of documented operations: what each sends, what it refuses to send, and what each status means for it.

mod meaning;
mod unsent;
mod wanted;

pub use self::{
    meaning::Meaning,
    unsent::{Refusal, assert_unsent, fails},
    wanted::{Wanted, assert_sent},
};
