//! One page of the list of providers: what is asked for, and how an envelope or a bare list is read.

use super::{AssistanceProvider, walk::NextLink};
use crate::documents::FORMATS;
use care_client_core::{
    DecodeError, Endpoint, Error, Operation, Page, RawResponse, RequestParts, Safety, Undecodable, wire::Records,
};
use serde::Deserialize;
use std::fmt;

/// Lists providers, page by page. Made by [`AssistanceProviders::list`](crate::AssistanceProviders::list).
///
/// No parameter is documented, so none is sent; the server sets how many rows a page has.
///
/// Source: CareMessenger, *Serialization Formats*, <https://docs.caremessenger.co.uk/serialization_formats.html>, which
/// shows a page of another resource (defect [`CARE-38`](crate::defects)).
#[derive(Clone, Default, PartialEq)]
pub struct ListAssistanceProviders {
    query: Vec<(String, String)>,
    next: Option<NextLink>,
}

impl ListAssistanceProviders {
    /// Lists all providers that the account can see.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a pair to the query of the first page: for filters that your server has. The links to further pages bring
    /// theirs.
    #[must_use]
    pub fn query(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((key.into(), value.into()));
        self
    }

    /// The page behind a link.
    pub(super) fn at(self, next: NextLink) -> Self {
        Self { next: Some(next), ..self }
    }

    /// All that is sent as query.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        self.next.as_ref().map_or(&self.query, NextLink::pairs)
    }
}

// Not the values: they can be anything.
impl fmt::Debug for ListAssistanceProviders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<_> = self.pairs().iter().map(|(key, _)| key).collect();
        f.debug_struct("ListAssistanceProviders").field("query", &keys).finish()
    }
}

/// One page of providers. A row that can't be read takes nothing away from the others.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ProviderPage {
    /// The providers that could be read, in the list's order, which is the only one that is known (defect
    /// [`CARE-21`](crate::defects)).
    pub items: Vec<AssistanceProvider>,
    /// The rows that could not, in the list's order.
    pub undecodable: Vec<Undecodable>,
    /// How many providers the whole list has, by the server's count.
    pub count: Option<u64>,
    pub(super) next: Option<Box<str>>,
}

impl ProviderPage {
    /// Whether the list goes on behind this page.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.next.is_some()
    }
}

// Not the link: it is the server's, and can hold anything.
impl fmt::Debug for ProviderPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderPage")
            .field("items", &self.items)
            .field("undecodable", &self.undecodable)
            .field("count", &self.count)
            .field("has_more", &self.has_more())
            .finish()
    }
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    count: Option<u64>,
    #[serde(default)]
    next: Option<Box<str>>,
    results: Records<AssistanceProvider>,
}

impl Endpoint for ListAssistanceProviders {
    type Output = ProviderPage;

    const OPERATION: &'static Operation =
        &Operation::new("caremessenger.assistance_providers.list", "/assistance-provider", Safety::Read, FORMATS);

    fn parts(&self) -> Result<RequestParts, Error> {
        let parts = RequestParts::get(["assistance-provider"]);
        Ok(self.pairs().iter().fold(parts, |parts, (key, value)| parts.query(key.clone(), value.clone())))
    }

    /// A bare list is taken for the only page: defect `CARE-38`.
    fn decode(&self, response: &RawResponse) -> Result<ProviderPage, DecodeError> {
        let envelope = if response.body.trim_ascii_start().starts_with(b"[") {
            Envelope { count: None, next: None, results: response.json()? }
        } else {
            response.json_with(&["results", "count", "next"])?
        };
        let Page { items, undecodable, .. } = envelope.results.into_page();
        let next = envelope.next.filter(|link| !link.is_empty());
        Ok(ProviderPage { items, undecodable, count: envelope.count, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    fn read(body: &'static str) -> Result<ProviderPage, DecodeError> {
        ListAssistanceProviders::new().decode(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body))
    }

    const ROW: &str = r#"{"id":10,"name":"a","label":"b","type":"site","content_object":null,"email_notifiers":[]}"#;

    #[test]
    fn an_envelope_and_a_bare_list_are_pages() {
        // CARE-38
        let page = read(r#"{"count":3,"next":"?page=2","previous":null,"results":[]}"#).unwrap();
        assert_eq!((page.count, page.has_more(), page.items.len()), (Some(3), true, 0));
        for last in [r#"{"count":0,"next":null,"results":[]}"#, r#"{"next":"","results":[]}"#, "[]", " []"] {
            assert!(!read(last).unwrap().has_more(), "{last}");
        }
        let bare: &'static str = Box::leak(format!("[{ROW}]").into());
        assert_eq!(read(bare).unwrap().items[0].id.get(), 10);
        for (no_list, is_foreign) in
            [("{}", true), (r#"{"results":null}"#, false), (r#"{"detail":"no"}"#, true), ("7", false)]
        {
            assert_eq!(read(no_list).unwrap_err().is_foreign_response(), is_foreign, "{no_list}");
        }
    }

    #[test]
    fn a_row_that_cannot_be_read_hides_no_other() {
        let body: &'static str = Box::leak(format!(r#"[{{"id":9,"name":7}},{ROW},"canary"]"#).into());
        let page = read(body).unwrap();
        assert_eq!((page.items.len(), page.items[0].id.get()), (1, 10));
        let broken: Vec<_> = page.undecodable.iter().map(|row| (row.index, row.error.at())).collect();
        assert_eq!(broken, [(0, "[0].name"), (2, "[2]")]);
        assert_eq!(&*page.undecodable[0].id, "9");
        assert!(!format!("{page:?}").contains("canary"));
    }

    #[test]
    fn the_callers_pairs_go_with_the_first_page_and_the_links_with_the_others() {
        let list = ListAssistanceProviders::new().query("site", "5");
        let sent = |list: &ListAssistanceProviders| format!("{:?}", list.parts().unwrap().query_pairs());
        assert_eq!(sent(&list), r#"[("site", "5")]"#);
        let second = list.at(NextLink::of_link("http://10.0.0.7/x?page=2").unwrap());
        assert_eq!(sent(&second), r#"[("page", "2")]"#);
        assert_eq!(format!("{second:?}"), r#"ListAssistanceProviders { query: ["page"] }"#);
    }
}
