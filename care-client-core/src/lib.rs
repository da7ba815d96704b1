#![doc = include_str!("../README.md")]

mod attempt_failure;
mod attempts;
mod auth;
mod call;
mod call_settings;
pub mod defects;
mod directory;
mod endpoint;
mod error;
mod gate;
mod json_file;
mod keyed_log;
mod observe;
mod operation;
mod options;
mod origin;
mod paging;
mod personal;
mod pipeline;
mod rate_limit;
mod request;
mod response;
mod retry_after;
mod retry_budget;
mod retry_policy;
mod sent;
mod trace;
mod transport;
mod verdict;
pub mod wire;
pub mod workflow;

#[doc(inline)]
pub use crate::__call_settings as call_settings;
pub use auth::{Credentials, MemoryTokenStore, Secret, StoreError, Token, TokenCache, TokenSource, TokenStore};
pub use call::Call;
pub use directory::sync_directory;
pub use endpoint::{BoxFuture, Endpoint};
pub(crate) use error::Fate;
pub use error::{DecodeError, Error, Fault, Kind, Outcome, StopReason};
pub use gate::{PollGate, PollMember, PollPermit};
pub use json_file::JsonFile;
pub use keyed_log::{KeyedLog, Record};
pub use observe::{AttemptEvent, FinishEvent, Observe, RepeatEvent, ShiftEvent};
pub use operation::{Operation, Safety};
pub use options::Options;
pub use paging::{Items, Page, Paged, Pages, Rows, Undecodable};
pub use personal::Personal;
pub use pipeline::{Pipeline, PipelineBuilder};
pub use rate_limit::RateLimit;
pub use request::RequestParts;
pub use response::{RawResponse, Response};
pub use retry_policy::RetryPolicy;
pub use transport::{Http, Transport, TransportError, TransportFailure};
pub use wire::link::{Link, Linked, ParseLinkError};

/// What the macros expand to; no part of the public surface.
#[doc(hidden)]
pub mod __private {
    pub use http;
}
