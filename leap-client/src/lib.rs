#![doc = include_str!("../README.md")]
//!
//! # Where to start
//!
//! - [`Leap::builder`] builds a client; [`Leap::requests`] has the operations and workflows of support requests,
//!   [`Leap::raw`] sends anything else.
//! - Operations return a [`Call`]: `.await` sends it; [`Call::items`] and [`Call::pages`] read whole lists. Options of
//!   an operation are setters of its value: [`ListRequests`], [`Acknowledge`], [`ChangeState`].
//! - Workflows are awaited in the same way: [`EnsureExternalId`], [`FindByExternalId`], [`ChangeStateChecked`],
//!   [`PostUpdateOnce`], [`WaitForState`], [`SyncWindow`]. [`Changes`] is a stream.
//! - Failures are an [`Error`] with a [`Kind`] and an [`Outcome`]; those of workflows also have a [`WorkflowFailure`].
//! - [`defects`] lists the errors and gaps of the vendor's documents.
//!
//! # When a 2xx is believed
//!
//! Something in between can answer in place of the service. An answer that isn't the service's is an error of
//! [`Kind::Decode`] with [`Outcome::Unknown`], and [`Error::is_foreign`] says so:
//!
//! | operation | what its answer must be |
//! |---|---|
//! | `get` | a `support-request` with the identifier that was asked for |
//! | `list` | a list of support requests |
//! | `set_external_id` | a reference with the identifier that was asked for, and the external id that was sent |
//! | `acknowledge`, `change_state`, `comment` | nothing, or XML of LEAP: no answer is documented |

mod address;
mod builder;
mod client;
pub mod defects;
mod feed;
mod ids;
mod requests;
mod workflows;
mod xml;

pub use builder::LeapBuilder;
pub use client::Leap;
pub use feed::{Change, ChangeStore, Changes, FileChangeStore, MemoryChangeStore, PendingAck, Settled};
pub use ids::*;
pub use requests::{
    Acknowledge, AcknowledgeKey, All, ChangeState, EntityRef, GetRequest, ListRequests, PostComment, RequestRef,
    Requests, Scope, SetExternalId, State, SupportRequest, Topic, TopicInState, UnreadableUpdate, Update, UpdateType,
};
pub use workflows::{
    ChangeStateChecked, EnsureExternalId, FindByExternalId, Mapping, PostUpdateOnce, Posted, RequestUpdate,
    StateChange, SyncParts, SyncWindow, Synced, WaitForState, WorkflowFailure,
};
pub use xml::AckFlagSpelling;

#[doc(inline)]
pub use care_client_core::{
    AttemptEvent, BoxFuture, Call, DecodeError, Endpoint, Error, Fault, FinishEvent, Http, Items, Kind, Observe,
    OddMediaTypeEvent, Operation, Options, Outcome, Page, Paged, Pages, Personal, PollGate, RawResponse, RepeatEvent,
    RequestParts, Response, RetryPolicy, Safety, Secret, ShiftEvent, StopReason, StoreError, Transport, TransportError,
    TransportFailure, Undecodable,
};
