//! The callout as AURA shows it, and everything inside it.
//!
//! Only a callout's `id` and `status` are required. Everything else is optional, because a fresh callout has hardly more and no
//! document says what is always there (defect AURA-26).

mod callout;
mod category;
mod customer;
mod decode;
mod dispatch;
mod eta;
mod event;
mod incident;
mod lenient;
mod location;
mod range;
mod responder;
mod status;
mod supplier;
mod travel;

pub use callout::Callout;
pub use category::{IncidentCategory, TypeOfEmergency};
pub use customer::Customer;
pub use dispatch::Dispatch;
pub use eta::{Eta, ResponseEta};
pub use event::{CalloutEvent, EventContent, EventRole};
pub use incident::IncidentDetail;
pub use location::CalloutLocation;
pub use range::ResponderInRange;
pub use responder::{Responder, ResponderLocation};
pub use status::CalloutStatus;
pub use supplier::Supplier;
pub use travel::{Measure, Travel};
