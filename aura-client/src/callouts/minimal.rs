use super::{Callout, CalloutStatus};
use crate::ids::CalloutId;
use care_client_core::{Error, Kind};
use serde::Deserialize;
use serde_json::Value;

impl Callout {
    /// The id, and the status if it is readable, out of an answer that can't be read in full, bare or wrapped.
    pub(crate) fn minimal(body: &[u8]) -> Option<(CalloutId, Option<CalloutStatus>)> {
        let answer: Value = serde_json::from_slice(body).ok()?;
        let callout = if answer.get("id").is_some() { &answer } else { answer.get("callout")? };
        let id = CalloutId::deserialize(callout.get("id")?).ok()?;
        Some((id, callout.get("status").and_then(Value::as_str).map(CalloutStatus::from)))
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
