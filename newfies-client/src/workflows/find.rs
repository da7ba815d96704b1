//! Finding rows in lists that have no filters.

use crate::{List, Newfies, Resource};
use care_client_core::{Call, Error, Page, Paged};
use futures_core::Stream;
use std::{future::poll_fn, pin::pin};

/// All pages of a list, one after the other.
pub(super) async fn each_page<E: Paged>(call: Call<E>, mut take: impl FnMut(Page<E::Item>)) -> Result<(), Error> {
    let mut pages = pin!(call.pages());
    while let Some(page) = poll_fn(|cx| pages.as_mut().poll_next(cx)).await {
        take(page?);
    }
    Ok(())
}

/// All rows that are wanted of a whole list.
///
/// A row that can't be read may be a wanted one, and so may one that is counted and not given: either is an error, for whoever
/// took it for none would make a second. A list that loses rows while it is read can be taken for such a one.
pub(super) async fn rows<E: Paged>(
    call: Call<E>,
    mut is_wanted: impl FnMut(&E::Item) -> bool,
) -> Result<Vec<E::Item>, Error> {
    let (mut found, mut unreadable) = (Vec::new(), None);
    let (mut seen, mut total) = (0, 0);
    each_page(call, |page| {
        seen += page.rows() as u64;
        total = page.total.unwrap_or(total);
        found.extend(page.items.into_iter().filter(|row| is_wanted(row)));
        unreadable = unreadable.take().or(page.undecodable.into_iter().next());
    })
    .await?;
    if let Some(row) = unreadable {
        return Err(row.into_error(E::OPERATION));
    }
    if seen < total {
        let text =
            format!("the server counts {total} rows and gives {seen}: what is looked for may be one of the others");
        return Err(Error::paging(text).in_operation(E::OPERATION));
    }
    Ok(found)
}

/// All rows of a resource that are wanted.
pub(super) async fn all<R: Resource>(
    newfies: &Newfies,
    is_wanted: impl FnMut(&R::Row) -> bool,
) -> Result<Vec<R::Row>, Error> {
    rows(newfies.call(List::<R>::new(newfies.zone.clone())), is_wanted).await
}

/// The row that was made first of those that are wanted, so that each run finds the same.
pub(super) async fn first<R: Resource>(
    newfies: &Newfies,
    is_wanted: impl FnMut(&R::Row) -> bool,
    id: impl Fn(&R::Row) -> u64,
) -> Result<Option<R::Row>, Error> {
    Ok(all::<R>(newfies, is_wanted).await?.into_iter().min_by_key(id))
}
