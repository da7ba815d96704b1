//! Finding rows in lists that have no filters.

use crate::{List, Newfies, Resource};
use care_client_core::{Call, Endpoint, Error, Page, Paged};
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

/// All rows that are wanted.
///
/// A row that can't be read may be a wanted one, so it is an error: whoever took it for none would make a second.
pub(super) async fn all<R: Resource>(
    newfies: &Newfies,
    mut is_wanted: impl FnMut(&R::Row) -> bool,
) -> Result<Vec<R::Row>, Error> {
    let (mut found, mut unreadable) = (Vec::new(), None);
    let list = List::<R>::new(newfies.zone.clone());
    each_page(newfies.call(list), |page| {
        found.extend(page.items.into_iter().filter(|row| is_wanted(row)));
        unreadable = unreadable.take().or(page.undecodable.into_iter().next());
    })
    .await?;
    match unreadable {
        Some(row) => Err(row.into_error(<List<R> as Endpoint>::OPERATION)),
        None => Ok(found),
    }
}

/// The row that was made first of those that are wanted, so that each run finds the same.
pub(super) async fn first<R: Resource>(
    newfies: &Newfies,
    is_wanted: impl FnMut(&R::Row) -> bool,
    id: impl Fn(&R::Row) -> u64,
) -> Result<Option<R::Row>, Error> {
    Ok(all::<R>(newfies, is_wanted).await?.into_iter().min_by_key(id))
}
