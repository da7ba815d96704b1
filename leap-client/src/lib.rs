#![doc = include_str!("../README.md")]

mod address;
mod builder;
mod client;
pub mod defects;
mod feed;
mod ids;
mod leap_call;
mod requests;
mod workflows;
mod xml;

pub use builder::LeapBuilder;
pub use client::Leap;
pub use feed::{Change, ChangeStore, Changes, FileChangeStore, MemoryChangeStore, PendingAck, Settled};
pub use ids::*;
pub use leap_call::LeapCall;
pub use requests::{
    Acknowledge, AcknowledgeKey, All, ChangeState, EntityRef, GetRequest, ListRequests, PostComment, RequestRef,
    Requests, Scope, SetExternalId, State, SupportRequest, Topic, TopicInState, Update, UpdateType,
};
pub use workflows::{
    ChangeStateChecked, EnsureExternalId, Mapping, PostUpdateOnce, Posted, Refusal, RequestUpdate, StateChange,
    SyncWindow, Synced, WaitForState,
};
pub use xml::AckFlagSpelling;

#[doc(inline)]
pub use care_client_core::{
    AttemptEvent, BoxFuture, Call, DecodeError, Endpoint, Error, Fault, FinishEvent, Http, Items, Kind, Observe,
    Operation, Options, Outcome, Page, Paged, Pages, Personal, PollGate, RawResponse, RepeatEvent, RequestParts,
    Response, RetryPolicy, Safety, Secret, ShiftEvent, StopReason, StoreError, Transport, TransportError,
    TransportFailure, Undecodable,
};

/// The vendor's page that documents all operations.
const DOCUMENT: &str = "http://docs.majitek.com/plaza/dev/Requests+Web+Services+API";
