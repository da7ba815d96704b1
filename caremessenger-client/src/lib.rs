#![doc = include_str!("../README.md")]
//!
//! # Where to look
//!
//! - [`CareMessenger`] and its [builder](CareMessengerBuilder).
//! - [`AssistanceProviders`]: [`ensure`](AssistanceProviders::ensure), [`create`](AssistanceProviders::create),
//!   [`items`](AssistanceProviders::items), [`list`](AssistanceProviders::list), [`get`](AssistanceProviders::get).
//! - [`NewAssistanceProvider`] and its [`lint`](NewAssistanceProvider::lint).
//! - [`webhook`]: the receiver of calls for help.
//! - [`Error`], its [`outcome`](Error::outcome) and [`report`](Error::report); [`ApiFault`], the server's own words.
//! - [`defects`]: what the documents get wrong. [`undocumented`]: what no document has.
//!
//! # When a 2xx is believed
//!
//! Something in between can answer in place of the service. An answer that isn't the service's is an error of
//! [`Kind::Decode`] with [`Outcome::Unknown`], and [`Error::is_foreign`] says so:
//!
//! | operation | what its answer must be |
//! |---|---|
//! | `assistance_providers().get`, `undocumented().update` | JSON of the provider that was asked for |
//! | `assistance_providers().create` | JSON of a provider |
//! | `assistance_providers().list` | JSON with `results`, or an array |
//! | the sign-in | JSON with a token |
//! | `undocumented().delete` | nothing, JSON without an `error`, or plain text |

mod auth;
mod builder;
mod client;
pub mod defects;
mod documents;
mod fault;
mod ids;
mod providers;
pub mod undocumented;
pub mod webhook;

pub use auth::{SignIn, SignedIn, User, UserType};
pub use builder::CareMessengerBuilder;
pub use client::CareMessenger;
pub use fault::ApiFault;
pub use ids::*;
pub use providers::{
    AssistanceProvider, AssistanceProviders, ContentObject, Coordinate, Drift, Echo, EmailNotifier, EmptyLists, Ensure,
    Ensured, GetAssistanceProvider, LABEL_LONG, Lint, ListAssistanceProviders, NewAssistanceProvider, NewEmailNotifier,
    NewWebhookNotifier, Opaque, ProviderItems, ProviderPage, ProviderPages, Site, Target, WebhookNotifier,
};

#[doc(inline)]
pub use care_client_core::{
    AttemptEvent, BoxFuture, Call, DecodeError, Endpoint, Error, Fault, FieldFault, FinishEvent, Http, Kind,
    MemoryTokenStore, Observe, OddMediaTypeEvent, Operation, Options, Outcome, Personal, PollGate, RawResponse,
    RepeatEvent, RequestParts, Response, RetryPolicy, Safety, Secret, StopReason, StoreError, Token, TokenStore,
    Transport, TransportError, TransportFailure, Undecodable,
};
