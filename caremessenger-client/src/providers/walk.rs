//! The way through a list whose server gives links to further pages.
//!
//! Of a link only the query is used. The walk ends with the list, which is where no link comes, and by an error of
//! `Kind::Paging` where it can't go on: a link that leads back, one without a query, ten pages in a row that show
//! nothing new, more pages than allowed, or a list that got shorter meanwhile.

use super::{ListAssistanceProviders, ProviderPage};
use crate::ids::ProviderId;
use care_client_core::{Call, Error};
use std::collections::HashSet;
use url::Url;

const DEFAULT_MAX_PAGES: usize = 10_000;

/// After how many pages in a row with nothing new the server is taken for one that ignores its own links.
const MOST_STALLS: u32 = 10;

/// A walk through the list: what is asked for next, and what was seen on the way.
pub(super) struct Walk {
    call: Call<ListAssistanceProviders>,
    asked: HashSet<Vec<(String, String)>>,
    seen: HashSet<ProviderId>,
    /// The rows that could not be read.
    unread: HashSet<Box<str>>,
    count: Option<u64>,
    /// How many pages in a row showed nothing new.
    stalls: u32,
    /// Why it can't go on, although the list does: what was read already is handed out first.
    end: Option<Error>,
    pub(super) max_pages: usize,
}

/// Why a walk ends before the list does.
pub(super) enum Stop {
    /// A provider was removed meanwhile: reading the list again may succeed.
    Shrunk(Error),
    Failed(Error),
}

impl Stop {
    pub(super) fn into_error(self) -> Error {
        match self {
            Self::Shrunk(error) | Self::Failed(error) => error,
        }
    }
}

impl Walk {
    pub(super) fn new(call: Call<ListAssistanceProviders>) -> Self {
        Self {
            call,
            asked: HashSet::new(),
            seen: HashSet::new(),
            unread: HashSet::new(),
            count: None,
            stalls: 0,
            end: None,
            max_pages: DEFAULT_MAX_PAGES,
        }
    }

    /// Reads the next page, and returns it with the rest of the walk, if there is any.
    pub(super) async fn step(mut self) -> Result<(ProviderPage, Option<Self>), Stop> {
        if let Some(error) = self.end {
            return Err(Stop::Failed(error));
        }
        let mut asked = None;
        self.call = self.call.map_endpoint(|list| {
            asked = Some(list.pairs().to_vec());
            list
        });
        self.asked.extend(asked);
        let mut page = match self.call.clone().await {
            // The list has shrunk so far that the page is no more.
            Err(error) if error.is_not_found() && self.asked.len() > 1 => {
                return Err(Stop::Shrunk(shrunk().with_source(error)));
            }
            page => page.map_err(Stop::Failed)?,
        };
        self.check_count(&page)?;
        page.items.retain(|provider| self.seen.insert(provider.id));
        page.undecodable.retain(|row| self.unread.insert(row.id.clone()));
        self.stalls = if page.items.is_empty() && page.undecodable.is_empty() { self.stalls + 1 } else { 0 };
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
        if self.stalls >= MOST_STALLS {
            return Err(Error::paging(format!(
                "ten pages in a row held no provider that was not read before, though each links to a next one; {} \
                 providers were read: the server, or a proxy in front of it, ignores the links' query",
                self.seen.len()
            )));
        }
        if self.asked.len() >= self.max_pages {
            return Err(Error::paging("the list goes on beyond the greatest number of pages: see with_max_pages()"));
        }
        Ok(next)
    }

    /// The server cuts pages by number: where a provider goes, those behind it move up, and one can slip past.
    fn check_count(&mut self, page: &ProviderPage) -> Result<(), Stop> {
        match (self.count, page.count) {
            (Some(before), Some(now)) if now < before => Err(Stop::Shrunk(shrunk())),
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

/// Where a list goes on: the query of the link that the server gave, and nothing else of it.
///
/// The links in the vendor's examples begin with plain http and a private address (defect `CARE-37`): what is asked for
/// next is asked of the client's own server, so that the token goes nowhere else.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct NextLink(Vec<(String, String)>);

impl NextLink {
    /// Reads a link, whole or relative.
    pub(super) fn of_link(link: &str) -> Result<Self, Error> {
        let no_use = || Error::paging("the list's link to its next page holds no query, so it can't be followed");
        let base = Url::parse("https://localhost").map_err(|_| no_use())?;
        let url = base.join(link).map_err(|_| no_use())?;
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        if pairs.is_empty() { Err(no_use()) } else { Ok(Self(pairs)) }
    }

    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_query_of_a_link_is_kept() {
        // CARE-37
        let wanted = [("page".to_owned(), "2".to_owned()), ("q".to_owned(), "a b&c".to_owned())];
        for link in [
            "http://10.0.0.7:8001/v2/assistance-provider?page=2&q=a+b%26c",
            "https://evil.example/?page=2&q=a%20b%26c#x",
            "/v2/other?page=2&q=a+b%26c",
            "?page=2&q=a+b%26c",
        ] {
            assert_eq!(NextLink::of_link(link).unwrap().pairs(), wanted, "{link}");
        }
        for link in ["", "/v2/assistance-provider", "https://", "https://example.com/?"] {
            assert!(NextLink::of_link(link).is_err(), "{link}");
        }
    }
}
