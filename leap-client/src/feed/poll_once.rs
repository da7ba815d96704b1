//! One poll of a feed: walks the list of unacknowledged requests once, and decides which of them are due. Also what the
//! feed has already reported of requests that can't be read, so that each failure is reported once and not at every
//! poll.

use crate::{
    feed::{io::FeedIo, tracker::Tracker},
    ids::RequestId,
    requests::list::ListRequests,
};
use care_client_core::{Error, Undecodable};
use chrono::{DateTime, Utc};
use futures_core::Stream;
use std::{
    collections::{HashMap, HashSet},
    future::poll_fn,
    pin::pin,
};

/// What one poll found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// All requests that could be read.
    pub(super) listed: HashSet<RequestId>,
    /// Those of them that are to be delivered, the least recently updated first.
    pub(super) due: Vec<RequestId>,
    pub(super) unreadable: Vec<Undecodable>,
    /// Whether the server gave at least one page.
    pub(super) answered: bool,
    /// Why the poll ended early.
    pub(super) error: Option<Error>,
}

/// Walks the list of unacknowledged requests. The walk acknowledges nothing. What others acknowledge meanwhile moves
/// the list (defect `LEAP-41`); a request that is missed because of it is still unacknowledged at the next poll.
pub(super) async fn poll_once(io: &FeedIo, tracker: &Tracker) -> Found {
    let mut found = Found::default();
    let mut due: Vec<(DateTime<Utc>, RequestId)> = Vec::new();
    let mut pages = pin!(io.pipeline.call(ListRequests::new().acked(false)).pages());
    while let Some(page) = poll_fn(|cx| pages.as_mut().poll_next(cx)).await {
        match page {
            Ok(page) => {
                found.answered = true;
                found.unreadable.extend(page.undecodable);
                for request in page.items {
                    let is_new = found.listed.insert(request.identifier.clone());
                    if is_new && tracker.is_due(&request.identifier, request.last_update_time) {
                        due.push((request.last_update_time, request.identifier));
                    }
                }
            }
            Err(error) => found.error = Some(error),
        }
    }
    due.sort();
    found.due = due.into_iter().map(|(_, id)| id).collect();
    found
}

/// The failures that were reported of requests that can't be read.
#[derive(Debug, Default)]
pub(super) struct Reported(HashMap<(Place, Box<str>), String>);

/// Where a request can't be read. Both can fail, with different errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// In the list.
    List,
    /// By its identifier.
    Detail,
}

impl Reported {
    /// Whether this failure of the request was not reported before. From now on it counts as reported.
    pub(super) fn is_new(&mut self, place: Place, id: &str, error: &Error) -> bool {
        // Without rows and byte positions: the same failure has others when the list has moved.
        let text: String = error.to_string().chars().filter(|character| !character.is_ascii_digit()).collect();
        self.0.insert((place, id.into()), text.clone()).is_none_or(|before| before != text)
    }

    /// Forgets all others.
    pub(super) fn retain(&mut self, keep: impl Fn(Place, &str) -> bool) {
        self.0.retain(|(place, id), _| keep(*place, id));
    }
}
