#![doc = include_str!("../README.md")]

mod attempts;
mod auth;
mod call;
pub mod defects;
mod endpoint;
mod error;
mod gate;
mod keyed_log;
mod observe;
mod operation;
mod paging;
mod pipeline;
mod request;
mod response;
mod transport;
pub mod wire;
pub mod workflow;

pub use attempts::{RateLimit, RetryPolicy};
pub use auth::{Credentials, MemoryTokenStore, Secret, Token, TokenCache, TokenSource, TokenStore, check_credential};
pub use call::Call;
pub use endpoint::{BoxFuture, Endpoint};
pub use error::{DecodeError, Error, Fault, Kind, Outcome, StopReason, StoreError};
pub use gate::{PollGate, PollMember, PollPermit};
pub use keyed_log::{KeyedLog, Record, sync_directory};
pub use observe::{AttemptEvent, FinishEvent, Observe, OddMediaTypeEvent, RepeatEvent, ShiftEvent};
pub use operation::{Operation, Safety};
pub use paging::{Items, Paged, Pages};
pub use pipeline::{Options, Pipeline, PipelineBuilder};
pub use request::RequestParts;
pub use response::{AnswerFormat, Page, RawResponse, Response, Rows, Undecodable};
pub use transport::{Connection, Http, Transport, TransportError, TransportFailure};
pub use wire::{
    FieldFault, Personal,
    link::{Link, Linked, ParseLinkError},
};
