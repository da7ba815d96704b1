use super::{ListAssistanceProviders, ProviderPage, next_link::NextLink};
use crate::ProviderId;
use care_client_core::{Call, Error};
use std::collections::HashSet;

const DEFAULT_MAX_PAGES: usize = 10_000;

/// A walk through the list: what is asked for next, and what was seen on the way.
pub(super) struct Walk {
    call: Call<ListAssistanceProviders>,
    asked: HashSet<Vec<(String, String)>>,
    seen: HashSet<ProviderId>,
    count: Option<u64>,
    /// Why it can't go on, although the list does: what was read already is handed out first.
    end: Option<Error>,
    pub(super) max_pages: usize,
}

impl Walk {
    pub(super) fn new(call: Call<ListAssistanceProviders>) -> Self {
        Self { call, asked: HashSet::new(), seen: HashSet::new(), count: None, end: None, max_pages: DEFAULT_MAX_PAGES }
    }

    /// Reads the next page, and returns it with the rest of the walk, if there is any.
    pub(super) async fn step(mut self) -> Result<(ProviderPage, Option<Self>), Error> {
        if let Some(error) = self.end {
            return Err(error);
        }
        let mut asked = None;
        self.call = self.call.map_endpoint(|list| {
            asked = Some(list.pairs().to_vec());
            list
        });
        self.asked.extend(asked);
        let mut page = match self.call.clone().await {
            // The list has shrunk so far that the page is no more.
            Err(error) if error.is_not_found() && self.asked.len() > 1 => return Err(shrunk().with_source(error)),
            page => page?,
        };
        self.check_count(&page)?;
        page.items.retain(|provider| self.seen.insert(provider.id));
        let Some(link) = page.next.as_deref() else { return Ok((page, None)) };
        match self.follow(link) {
            Ok(next) => self.call = self.call.map_endpoint(|list| list.at(next)),
            Err(error) => self.end = Some(error),
        }
        Ok((page, Some(self)))
    }

    fn follow(&self, link: &str) -> Result<NextLink, Error> {
        let next = NextLink::of_link(link)?;
        if self.asked.contains(next.pairs()) {
            return Err(Error::paging("the list's link to its next page leads to one that was read already"));
        }
        if self.asked.len() >= self.max_pages {
            return Err(Error::paging("the list goes on beyond the greatest number of pages: see with_max_pages()"));
        }
        Ok(next)
    }

    /// The server cuts pages by number: where a provider goes, those behind it move up, and one can slip past.
    fn check_count(&mut self, page: &ProviderPage) -> Result<(), Error> {
        match (self.count, page.count) {
            (Some(before), Some(now)) if now < before => Err(shrunk()),
            (_, now) => {
                self.count = now.or(self.count);
                Ok(())
            }
        }
    }
}

fn shrunk() -> Error {
    Error::paging("a provider was removed while the list was read, so another one may be missing: read it again")
}
