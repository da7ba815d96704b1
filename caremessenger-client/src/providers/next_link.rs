use care_client_core::Error;
use url::Url;

/// Where a list goes on: the query of the link that the server gave, and nothing else of it.
///
/// The links in the vendor's examples begin with plain http and a private address (defect `CARE-37`): what is asked for next is
/// asked of the client's own server, so that the token goes nowhere else.
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
