#![doc = include_str!("../README.md")]
//!
//! # Where to look
//!
//! - [`Aura`] and its [builder](AuraBuilder), with [`test_mode`](AuraBuilder::test_mode),
//!   [`path_prefix`](AuraBuilder::path_prefix) and the other settings.
//! - [`Aura::raise`], [`Aura::resume`] and [`CalloutSession`]: a call for help from beginning to end.
//! - [`Callouts`], [`Users`], [`Classifications`]: the operations. [`Watch`] and [`LocationReporter`] follow one
//!   callout.
//! - [`Error`], its [`outcome`](Error::outcome) and [`report`](Error::report); [`ApiFault`], AURA's own words.
//! - [`defects`]: what AURA's documents get wrong.
//!
//! # When a 2xx is believed
//!
//! Something in between can answer in place of the service. An answer that isn't the service's is an error of
//! [`Kind::Decode`] with [`Outcome::Unknown`], and [`Error::is_foreign`] says so:
//!
//! | operation | what its answer must be |
//! |---|---|
//! | `callouts().create` | JSON with an id; even if it is damaged, the id counts |
//! | `callouts().get`, watches and sessions | JSON of the callout that was asked for |
//! | `callouts().comment`, `dismiss`, `update_location` | nothing, JSON without an `error`, or plain text |
//! | `users().register` | the same: no answer is documented |
//! | `users().obtain_token`, `classifications().list` | JSON |

mod auth;
mod builder;
mod callouts;
mod classifications;
mod client;
pub mod defects;
mod environment;
mod fault;
mod ids;
mod pace;
mod report;
mod session;
mod users;
mod watch;

pub use builder::AuraBuilder;
pub use callouts::{
    Callout, CalloutEvent, CalloutLocation, CalloutStatus, CalloutSummary, Callouts, ClassifiedCallout, Classify,
    Comment, Customer, DismissCallout, Dispatch, Eta, EventContent, EventRole, Fix, GetCallout, IncidentCategory,
    IncidentDetail, Measure, NewCallout, NewCustomer, PostedComment, Responder, ResponderInRange, ResponderLocation,
    ResponseEta, Supplier, Travel, TypeOfEmergency, UpdateLocation,
};
pub use classifications::{CalloutClass, Classification, ClassificationList, Classifications, ListClassifications};
pub use client::Aura;
pub use environment::Environment;
pub use fault::ApiFault;
pub use ids::*;
pub use report::{LocationReporter, ReportProgress, Reported};
pub use session::{
    CalloutSession, FileSessionStore, MemorySessionStore, ResumeSession, SessionKey, SessionPhase, SessionState,
    SessionStore, Updates,
};
pub use users::{FetchUserToken, NewUser, ObtainUserToken, RegisteredUser, Users};
pub use watch::{CalloutUpdate, Watch};

#[doc(inline)]
pub use care_client_core::{
    AttemptEvent, BoxFuture, Call, DecodeError, Endpoint, Error, Fault, FinishEvent, Http, Kind, MemoryTokenStore,
    Observe, OddMediaTypeEvent, Operation, Options, Outcome, Personal, PollGate, RawResponse, RepeatEvent,
    RequestParts, Response, RetryPolicy, Safety, Secret, StopReason, StoreError, Token, TokenStore, Transport,
    TransportError, TransportFailure,
};
