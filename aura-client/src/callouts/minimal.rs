//! The last resort for an answer that can't be read: its id and its status, so that nobody is lost for half an emoji.

use super::{Callout, CalloutStatus};
use crate::ids::CalloutId;
use care_client_core::{
    Error, Kind,
    wire::scan::{self, Scanned},
};

impl Callout {
    /// The id, and the status if it is readable, out of an answer that can't be read in full, bare or wrapped. Of the
    /// callout itself: the same words in a name or in an object inside of it don't count.
    pub(crate) fn minimal(body: &[u8]) -> Option<(CalloutId, Option<CalloutStatus>)> {
        let body = match scan::field(body, "id") {
            Some(_) => body,
            None => scan::field(body, "callout")?.bytes(),
        };
        let id = scan::field(body, "id")?.read()?;
        Some((id, scan::field(body, "status").and_then(Scanned::text).map(|status| CalloutStatus::from(&*status))))
    }

    /// Id and status of an answer that can't be read in full, with nothing else.
    pub(crate) fn readable_part(error: &Error) -> Option<Self> {
        let body = error.body().filter(|_| error.kind() == Kind::Decode)?;
        let (id, status) = Self::minimal(body)?;
        Some(Self::from_minimal(id, Some(status?)))
    }

    /// A callout of which nothing but this is known.
    pub(crate) fn from_minimal(id: CalloutId, status: Option<CalloutStatus>) -> Self {
        Self::bare(id, status.unwrap_or_else(|| CalloutStatus::from("")))
    }
}
