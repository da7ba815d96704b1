//! Finding rows in lists that have no filters.

use crate::{client::Newfies, endpoints::List, resource::Listed, rules::Rule};
use care_client_core::{Call, Endpoint as _, Error, Page};
use futures_core::Stream;
use std::{future::poll_fn, pin::pin};

fn list<L: Listed>(newfies: &Newfies) -> Call<List<L>> {
    newfies.call(List::new().in_zone(&newfies.zone))
}

/// Reads all pages of a list, one after the other.
pub(super) async fn each_page<L: Listed>(newfies: &Newfies, mut take: impl FnMut(Page<L::Row>)) -> Result<(), Error> {
    let mut pages = pin!(list::<L>(newfies).pages());
    while let Some(page) = poll_fn(|cx| pages.as_mut().poll_next(cx)).await {
        take(page?);
    }
    Ok(())
}

/// Reads a whole list and returns the wanted rows.
///
/// An unreadable row might be a wanted one, and so might a row that the server counts but doesn't send. Both are
/// errors, because a caller that took the row for missing would create a second one. A list that loses rows during the
/// walk can end in the same error.
pub(super) async fn all<L: Listed>(
    newfies: &Newfies,
    mut is_wanted: impl FnMut(&L::Row) -> bool,
) -> Result<Vec<L::Row>, Error> {
    let (mut found, mut unreadable) = (Vec::new(), None);
    let (mut seen, mut total) = (0, 0);
    each_page::<L>(newfies, |page| {
        seen += page.rows() as u64;
        total = page.total.unwrap_or(total);
        found.extend(page.items.into_iter().filter(|row| is_wanted(row)));
        unreadable = unreadable.take().or(page.undecodable.into_iter().next());
    })
    .await?;
    if let Some(row) = unreadable {
        return Err(row.into_error(List::<L>::OPERATION));
    }
    if seen < total {
        let text = format!("the server counts {total} rows but sent {seen}: the row to find might be a missing one");
        return Err(Error::paging(text).in_operation(List::<L>::OPERATION));
    }
    Ok(found)
}

/// The wanted row with the lowest id, so that every run finds the same one.
pub(super) async fn first<L: Listed>(
    newfies: &Newfies,
    is_wanted: impl FnMut(&L::Row) -> bool,
    id: impl Fn(&L::Row) -> u64,
) -> Result<Option<L::Row>, Error> {
    Ok(all::<L>(newfies, is_wanted).await?.into_iter().min_by_key(id))
}

/// The rule with this name, whatever its case.
pub(super) async fn rule(newfies: &Newfies, name: String) -> Result<Option<Rule>, Error> {
    first::<Rule>(newfies, |rule| rule.name.eq_ignore_ascii_case(&name), |rule| rule.id().get()).await
}
