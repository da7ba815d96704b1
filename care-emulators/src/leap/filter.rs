//! The parameters of lists.

use chrono::{DateTime, Utc};

use super::moment;
use super::settings::Settings;
use super::support_request::SupportRequest;
use crate::form::pairs;

/// Default and maximum of `limit`.
const MOST: usize = 100;

/// What a list is restricted to.
#[derive(Debug)]
pub(super) struct Filter {
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    acked: Option<bool>,
    pub(super) limit: usize,
    pub(super) offset: usize,
}

impl Filter {
    /// Reads a query; `None` if a value of a known parameter is wrong. Others are ignored, and so is a parameter's second value.
    pub(super) fn read(query: &str) -> Option<Self> {
        let pairs = pairs(query)?;
        let value = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let time = |name: &str| value(name).map(|text| moment::read(text).ok_or(())).transpose().ok();
        let number = |name: &str, default: usize| value(name).map_or(Some(default), |text| text.parse().ok());
        let acked = match value("acked") {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) => return None,
        };
        Some(Self {
            from: time("last-update-from")?,
            to: time("last-update-to")?,
            acked,
            limit: number("limit", MOST).filter(|limit| (1..=MOST).contains(limit))?,
            offset: number("offset", 0)?,
        })
    }

    /// Whether `request` is wanted. The list of all has those that were updated after `from`, the lists by topic those updated at `from`, too.
    pub(super) fn wants(&self, request: &SupportRequest, by_topic: bool, settings: &Settings) -> bool {
        let updated = request.last_updated;
        let late = self.from.is_none_or(|from| updated > from || by_topic && updated == from);
        let early = self.to.is_none_or(|to| updated < to);
        let acked = || !request.is_unacked(!settings.list_by_own_flag);
        late && early && self.acked.is_none_or(|wanted| wanted == acked())
    }
}
