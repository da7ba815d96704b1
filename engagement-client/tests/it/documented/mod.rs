//! Every documented operation on the wire: what is sent, how the answer is read, and what each error means.
//!
//! The page of the operations shows no body and only four error statuses. The bodies here are ours: they prove how this
//! crate reads them, not that the service sends them.

mod answers;
mod failures;
mod faults;
mod hints;
mod operations;
mod requests;
mod strangers;

pub(crate) use self::{
    operations::OPERATIONS,
    requests::{server, wanted},
};
