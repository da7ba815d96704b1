//! The callout as AURA shows it, and everything inside it.
//!
//! Only a callout's `id` and `status` are required. Everything else is optional, because a fresh callout has hardly
//! more and no document says what is always there (defect AURA-26).

mod callout;
mod customer;
mod decode;
mod dispatch;
mod eta;
mod event;
mod incident;
mod responder;
mod status;
mod summary;

pub use callout::Callout;
pub use customer::{CalloutLocation, Customer};
pub(crate) use decode::read_callout;
pub use dispatch::{Dispatch, Supplier};
pub use eta::{Eta, Measure, ResponseEta, Travel};
pub use event::{CalloutEvent, EventContent, EventRole};
pub use incident::{IncidentCategory, IncidentDetail, TypeOfEmergency};
pub use responder::{Responder, ResponderInRange, ResponderLocation};
pub use status::CalloutStatus;
pub use summary::CalloutSummary;

use serde::{Deserialize, Deserializer};

/// Text that says something: neither absent nor empty nor blank. Defect AURA-19.
pub(super) fn said(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// An object that says something: neither `null` nor `{}`. Defect AURA-16.
pub(super) fn object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default + PartialEq,
{
    let object = Option::<T>::deserialize(deserializer)?;
    Ok(object.filter(|object| *object != T::default()))
}
