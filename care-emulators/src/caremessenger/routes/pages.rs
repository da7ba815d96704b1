//! Paging of lists.

use crate::{
    bodies::form_pairs,
    caremessenger::{
        error_response::ErrorResponse,
        settings::{ListShape, Paging, Settings},
    },
};
use serde_json::{Value, json};

/// A request for a page of a list.
pub(super) struct PageRequest<'a> {
    pub(super) settings: &'a Settings,
    /// The path without the prefix.
    pub(super) path: &'a str,
    pub(super) query: Option<&'a str>,
}

impl PageRequest<'_> {
    /// The requested page of items, which are sorted by their numbers.
    pub(super) fn page(&self, items: Vec<(u64, Value)>) -> Result<Value, ErrorResponse> {
        let settings = self.settings;
        if settings.list_shape == ListShape::Bare {
            return Ok(items.into_iter().map(|(_, item)| item).collect());
        }
        let query = form_pairs(self.query.unwrap_or_default()).unwrap_or_default();
        let number = |key: &str| {
            let sent = query.iter().find(|(name, _)| name == key);
            sent.map(|(_, value)| value.parse::<u64>().map_err(|_| ErrorResponse::not_found())).transpose()
        };
        let asked = usize::try_from(number("limit")?.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        let size = match settings.paging {
            Paging::Offset => asked.clamp(1, settings.page_size),
            Paging::Number | Paging::Cursor => settings.page_size,
        };
        let begin = match settings.paging {
            Paging::Number => {
                number("page")?.unwrap_or(1).checked_sub(1).and_then(|page| page.checked_mul(size as u64))
            }
            Paging::Offset => Some(number("offset")?.unwrap_or(0)),
            Paging::Cursor => {
                let last = number("cursor")?.unwrap_or(0);
                Some(items.iter().filter(|(id, _)| *id <= last).count() as u64)
            }
        };
        let begin = usize::try_from(begin.ok_or_else(ErrorResponse::not_found)?).unwrap_or(usize::MAX);
        // An empty list has one empty page.
        if settings.paging == Paging::Number && begin > 0 && begin >= items.len() {
            return Err(ErrorResponse::not_found());
        }
        let end = begin.saturating_add(size).min(items.len());
        let shown = items.get(begin..end).unwrap_or_default();
        let leads_to = |begin: usize| self.link(&query, &items, begin, size);
        let next =
            if end < items.len() { Some(leads_to(end)) } else { settings.endless_lists.then(|| leads_to(begin)) };
        let previous = (begin > 0).then(|| leads_to(begin.saturating_sub(size)));
        let results: Vec<&Value> = shown.iter().map(|(_, item)| item).collect();
        Ok(json!({ "count": items.len(), "next": next, "previous": previous, "results": results }))
    }

    /// The link to the page that starts with item `begin`.
    fn link(&self, query: &[(String, String)], items: &[(u64, Value)], begin: usize, size: usize) -> String {
        let own = match self.settings.paging {
            Paging::Number => vec![("page", (begin / size + 1).to_string())],
            Paging::Offset => vec![("limit", size.to_string()), ("offset", begin.to_string())],
            Paging::Cursor => {
                let last = begin.checked_sub(1).and_then(|last| items.get(last));
                vec![("cursor", last.map_or(0, |(id, _)| *id).to_string())]
            }
        };
        let others = query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let others = others.filter(|(name, _)| !own.iter().any(|(own, _)| own == name));
        let all = others.chain(own.iter().map(|(name, value)| (*name, value.as_str())));
        let query: Vec<_> =
            all.map(|(name, value)| format!("{}={}", percent_encoded(name), percent_encoded(value))).collect();
        format!("{}{}?{}", self.settings.links, self.path, query.join("&"))
    }
}

fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
