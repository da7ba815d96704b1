//! A millisecond with more requests than a page holds: it is read page by page, until a reading finds nothing new.

use crate::{
    ids::RequestId,
    requests::{list::ListRequests, model::SupportRequest, scope::Scope},
};
use care_client_core::{Endpoint, Error, Kind, Page, Pipeline};
use futures_core::Stream;
use std::{
    collections::{HashMap, HashSet},
    future::poll_fn,
    pin::pin,
};

/// How often the millisecond is read at most.
const READINGS: usize = 5;

/// Reads a window that can't be split, page by page, until a reading finds nothing new. A request that is updated
/// meanwhile leaves the window, and none enters a window that has passed.
pub(super) async fn read_until_still<S: Scope>(
    pipeline: &Pipeline,
    window: &ListRequests<S>,
) -> Result<Page<SupportRequest>, Error> {
    let mut found: HashMap<RequestId, SupportRequest> = HashMap::new();
    let mut undecodable = HashMap::new();
    let mut known: Option<HashSet<RequestId>> = None;
    for _ in 0..READINGS {
        let whole = match whole(pipeline, window).await {
            Ok(whole) => whole,
            // The list has moved too far for the walk.
            Err(error) if error.kind() == Kind::Paging => continue,
            Err(error) => return Err(error),
        };
        let ids: HashSet<_> = whole.items.iter().map(|request| request.identifier.clone()).collect();
        let is_done = known.as_ref().is_some_and(|known| ids.is_subset(known));
        known.get_or_insert_default().extend(ids);
        found.extend(whole.items.into_iter().map(|request| (request.identifier.clone(), request)));
        undecodable.extend(whole.undecodable.into_iter().map(|row| (row.id.clone(), row)));
        if is_done {
            return Ok(Page::new(found.into_values().collect(), undecodable.into_values().collect()));
        }
    }
    Err(paging::<S>("more than one page of requests was updated in one millisecond, and their list keeps moving"))
}

/// All pages of one reading.
async fn whole<S: Scope>(pipeline: &Pipeline, window: &ListRequests<S>) -> Result<Page<SupportRequest>, Error> {
    let mut whole = Page::new(Vec::new(), Vec::new());
    let mut pages = pin!(pipeline.call(window.clone()).pages());
    while let Some(page) = poll_fn(|cx| pages.as_mut().poll_next(cx)).await {
        let page = page?;
        whole.items.extend(page.items);
        whole.undecodable.extend(page.undecodable);
    }
    Ok(whole)
}

/// The error of a list that can't be read to its end.
pub(super) fn paging<S: Scope>(what: &'static str) -> Error {
    Error::paging(what).in_operation(ListRequests::<S>::OPERATION)
}
