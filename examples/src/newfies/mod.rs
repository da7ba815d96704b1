//! What the programs for Newfies share.

mod describe;
mod live;

pub use self::{
    describe::{describe_calendar, describe_created, describe_preflight, describe_result},
    live::{LiveNewfies, NewfiesVariables, TestCall, client},
};
