#![doc = include_str!("../README.md")]

mod address;
mod builder;
mod client;
pub mod defects;
mod fault;
mod ids;
mod interventions;
mod workflows;

pub use address::Platform;
pub use builder::EngagementBuilder;
pub use client::Engagement;
pub use fault::{ApiFault, InvalidField};
pub use ids::*;
pub use interventions::{
    CancelIntervention, CategorizeIntervention, CloseIntervention, CustomFields, FieldValue, GetIntervention,
    Intervention, InterventionPatch, Interventions, ListInterventions, NewIntervention, ReassignIntervention, Sort,
    StatusFilter, UpdateIntervention,
};
pub use workflows::{
    CancelConfirmed, Cancelled, ChangeCategories, CloseConfirmed, CloseOrCancel, Closed, Ended, Proof, Recategorized,
    Refusal, Synced, UpdatedSince,
};

#[doc(inline)]
pub use care_client_core::{
    AttemptEvent, BoxFuture, Call, DecodeError, Endpoint, Error, Fault, FinishEvent, Http, Items, Kind, Observe,
    Operation, Options, Outcome, Page, Paged, Pages, Personal, RateLimit, RawResponse, RepeatEvent, RequestParts,
    Response, RetryPolicy, Safety, Secret, ShiftEvent, StopReason, Transport, TransportError, TransportFailure,
    Undecodable,
};

/// The page that documents the seven operations of interventions.
const DOCUMENT: &str =
    "https://github.com/grokify/go-ringcentral-client/blob/master/engagedigital/v1/client/docs/InterventionsApi.md";

/// The vendor's documents, which have what that page leaves out.
const VENDOR: &str = "https://github.com/ringcentral/engage-digital-api-docs";
