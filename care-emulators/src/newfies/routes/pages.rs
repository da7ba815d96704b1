//! Lists, page by page.

use serde_json::{Value, json};

use super::super::refusal::Refusal;
use super::call::Call;
use crate::form::pairs;

/// How many a page has; nothing changes that.
const PAGE: usize = 10;

/// The page of a list with `count` items that a request asks for.
pub(super) struct Page {
    count: usize,
    number: usize,
    last: usize,
}

impl Page {
    pub(super) fn read(query: &str, count: usize) -> Result<Self, Refusal> {
        let last = count.div_ceil(PAGE).max(1);
        let pairs = pairs(query).unwrap_or_default();
        let sent = pairs.iter().rev().find(|(name, _)| name == "page").map(|(_, value)| value.as_str());
        let number = match sent {
            None => Some(1),
            Some("last") => Some(last),
            Some(text) => text.parse().ok(),
        };
        let number = number.filter(|number| (1..=last).contains(number)).ok_or_else(Refusal::not_found)?;
        Ok(Self { count, number, last })
    }

    /// Those of all items that are on it.
    pub(super) fn of<T>(&self, items: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        items.skip((self.number - 1) * PAGE).take(PAGE)
    }

    pub(super) fn show(&self, call: &Call<'_>, list: &str, results: Vec<Value>) -> Value {
        let link = |number: usize| {
            let others =
                call.query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some("page"));
            let others: String = others.map(|pair| format!("{pair}&")).collect();
            format!("{list}{}?{others}page={number}", call.links.suffix)
        };
        json!({
            "count": self.count,
            "next": (self.number < self.last).then(|| link(self.number + 1)),
            "previous": (self.number > 1).then(|| link(self.number - 1)),
            "results": results,
        })
    }
}
