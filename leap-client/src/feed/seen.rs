use crate::{RequestId, SupportRequest, Update};
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a program had seen of a support request when it began to acknowledge it: kept in the
/// [`ChangeStore`](crate::ChangeStore) until it is certain that the acknowledgement swallowed nothing.
///
/// It holds hashes, and none of the request's texts. A hash that another version of this crate made differs, and then the
/// change is delivered once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PendingAck {
    /// The request.
    pub id: RequestId,
    /// When it was last updated, as seen.
    #[serde(with = "timestamp")]
    pub last_update_time: DateTime<Utc>,
    request: u64,
    /// Sorted. Updates have no ids, and two may be equal: both count.
    updates: Vec<u64>,
}

impl PendingAck {
    pub(crate) fn of(request: &SupportRequest) -> Self {
        let mut updates: Vec<_> = request.listed().iter().map(Update::fingerprint).collect();
        updates.sort_unstable();
        Self {
            id: request.identifier.clone(),
            last_update_time: request.last_update_time,
            request: request.fingerprint(),
            updates,
        }
    }

    /// Those of these updates that had not been seen then, in their order.
    pub(crate) fn unseen<'r>(&self, updates: impl IntoIterator<Item = &'r Update>) -> Vec<&'r Update> {
        let mut seen = self.updates.clone();
        let mut unseen = Vec::new();
        for update in updates {
            match seen.binary_search(&update.fingerprint()) {
                Ok(at) => drop(seen.remove(at)),
                Err(_) => unseen.push(update),
            }
        }
        unseen
    }
}
