//! Names of the [contract kit](crate::contract) before it had a table, until every crate has one.

pub use crate::contract::{
    ExpectedRequest as Wanted, StatusMeaning as Meaning, Unsent as Refusal, assert_sent, assert_unsent,
    error_of as fails,
};
