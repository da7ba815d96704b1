#![doc = include_str!("../README.md")]
//!
//! # Where to start
//!
//! - [`Engagement::builder`] builds a client, [`Engagement::interventions`] has the operations.
//! - Operations return a [`Call`]: `.await` sends it; [`Call::items`] and [`Call::pages`] read whole lists.
//! - Workflows are awaited in the same way: [`CloseConfirmed`], [`CancelConfirmed`], [`CloseOrCancel`],
//!   [`ChangeCategories`], [`UpdatedSince`].
//! - Failures are an [`Error`] with a [`Kind`], an [`Outcome`] and perhaps an [`ApiFault`]; those of workflows also
//!   have a [`WorkflowFailure`].
//! - [`defects`] lists the errors and gaps of the vendor's documents.

mod address;
mod builder;
mod categories;
mod client;
pub mod defects;
mod endpoints;
mod fault;
mod handle;
mod ids;
mod interventions;
mod params;
mod resource;
mod threads;
mod workflows;

pub use address::Platform;
pub use builder::EngagementBuilder;
pub use categories::{Categories, Category, CategoryPatch, NewCategory};
pub use client::Engagement;
pub use endpoints::{Act, Collection, Delete, Get, List, ListAll, New, Patch, Update};
pub use fault::{ApiFault, InvalidField};
pub use ids::*;
pub use interventions::{
    CancelIntervention, CategorizeIntervention, CloseIntervention, CustomFields, FieldValue, GetIntervention,
    Intervention, InterventionPatch, Interventions, ListInterventions, NewIntervention, ReassignIntervention, Sort,
    StatusFilter, UpdateIntervention,
};
pub use resource::{Action, Creatable, Deletable, Listed, Readable, Resource, Updatable};
pub use threads::{
    ArchiveThread, CategorizeThread, CloseThread, DisableTextInput, EnableTextInput, OpenThread, Thread, Threads,
};
pub use workflows::{
    CancelConfirmed, Cancelled, ChangeCategories, ChangedInterventions, CloseConfirmed, CloseOrCancel, CloseOutcome,
    Closed, Proof, Recategorized, UpdatedSince, WorkflowFailure,
};

#[doc(inline)]
pub use care_client_core::{
    AttemptEvent, BoxFuture, Call, DecodeError, Endpoint, Error, Fault, FinishEvent, Http, Items, Kind, Observe,
    Operation, Options, Outcome, Page, Paged, Pages, Personal, RateLimit, RawResponse, RepeatEvent, RequestParts,
    Response, RetryPolicy, Safety, Secret, ShiftEvent, StopReason, Transport, TransportError, TransportFailure,
    Undecodable,
};
