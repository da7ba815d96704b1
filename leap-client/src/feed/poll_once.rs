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

/// What one pass over the unacknowledged requests found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// All that could be read.
    pub(super) listed: HashSet<RequestId>,
    /// Those of them to hand out, the longest unchanged first.
    pub(super) due: Vec<RequestId>,
    pub(super) unreadable: Vec<Undecodable>,
    /// Why the pass ended early.
    pub(super) error: Option<Error>,
}

/// Walks the list of what isn't acknowledged. Nothing is acknowledged by the walk; what others acknowledge meanwhile moves the
/// list (defect `LEAP-41`), and whatever is missed for that is still unacknowledged at the next pass.
pub(super) async fn poll_once(io: &FeedIo, tracker: &Tracker) -> Found {
    let mut found = Found::default();
    let mut due: Vec<(DateTime<Utc>, RequestId)> = Vec::new();
    let mut pages = pin!(io.pipeline.call(ListRequests::new().acked(false)).pages());
    while let Some(page) = poll_fn(|cx| pages.as_mut().poll_next(cx)).await {
        match page {
            Ok(page) => {
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

/// Requests that can't be read, with why: told already.
#[derive(Debug, Default)]
pub(super) struct Reported(HashMap<(Place, Box<str>), String>);

/// Where a request can't be read. It may be both, in different words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// In the list.
    List,
    /// By itself.
    Detail,
}

impl Reported {
    /// Whether this wasn't told of the request before. It counts as told from now on.
    pub(super) fn is_news(&mut self, place: Place, id: &str, error: &Error) -> bool {
        // Rows and bytes are counted in it: the same fault stands elsewhere when the list has moved.
        let text: String = error.to_string().chars().filter(|sign| !sign.is_ascii_digit()).collect();
        self.0.insert((place, id.into()), text.clone()).is_none_or(|before| before != text)
    }

    /// Forgets all but these.
    pub(super) fn retain(&mut self, keep: impl Fn(Place, &str) -> bool) {
        self.0.retain(|(place, id), _| keep(*place, id));
    }
}
