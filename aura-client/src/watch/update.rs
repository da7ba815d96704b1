//! What a watch yields, and which errors end it.

use crate::{Callout, CalloutEvent};
use care_client_core::{Error, Kind};
use std::iter::successors;

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

/// Whether no later poll can fare better.
pub(crate) fn is_final(error: &Error) -> bool {
    match error.kind() {
        Kind::Config | Kind::Request => true,
        Kind::Auth => {
            // If the operation that fetches tokens broke down, or a store did, this is an outage like any other.
            let root = successors(Some(error), |error| error.cause()).last().unwrap_or(error);
            match root.kind() {
                Kind::Api => !root.is_transient(),
                Kind::Config | Kind::Request => true,
                _ => false,
            }
        }
        _ => error.is_not_found() || error.is_unauthorized() || error.is_forbidden(),
    }
}
