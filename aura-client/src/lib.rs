#![doc = include_str!("../README.md")]

mod auth;
mod builder;
mod callouts;
mod classifications;
mod client;
pub mod defects;
mod environment;
mod ids;
mod pace;
mod report;
mod session;
mod users;
mod watch;

pub use builder::AuraBuilder;
pub use callouts::*;
pub use classifications::*;
pub use client::Aura;
pub use environment::Environment;
pub use ids::*;
pub use report::{LocationReporter, ReportProgress, Reported};
pub use session::*;
pub use users::*;
pub use watch::{CalloutUpdate, Watch};

#[doc(inline)]
pub use care_client_core::{
    AttemptEvent, BoxFuture, Call, DecodeError, Endpoint, Error, Fault, FinishEvent, Http, Kind, MemoryTokenStore,
    Observe, Operation, Options, Outcome, Personal, RawResponse, RepeatEvent, RequestParts, Response, RetryPolicy,
    Safety, Secret, StopReason, StoreError, Token, TokenStore, Transport, TransportError, TransportFailure,
};

/// The vendor's page that documents all operations.
const DOCUMENT: &str = "https://docs.aura.services/integration-guidelines.html";
