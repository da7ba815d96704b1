use crate::{Callout, CalloutEvent};
use care_client_core::Error;

/// News of a callout, from a [`Watch`](crate::Watch) or a [`CalloutSession`](crate::CalloutSession).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum CalloutUpdate {
    /// Something changed that a person would want to know: status, verification, responder or company, time of arrival,
    /// responder's position. It also comes at the first poll, after what was said until then,
    /// and after an outage. Holds the callout as it is now.
    Changed(Box<Callout>),
    /// Somebody said something, or changed what was said: an event that is new, or has a new date of change. The user's own
    /// comments come too. Only if events were asked for.
    Said(CalloutEvent),
    /// The callout can't be followed for the moment. Comes once for each outage; polling goes on.
    Delayed(Error),
}
