//! The parameters of the list: filters, sorting and paging.

use crate::engagement::{
    error_response::ErrorResponse, intervention::Intervention, params::Params, settings::Settings,
};
use chrono::{DateTime, Utc};
use std::cmp::Reverse;

/// The default page size.
pub(super) const LIMIT: usize = 30;

/// The values of the filter `status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StatusFilter {
    Active,
    Closed,
    Deferred,
    Opened,
    Reopened,
}

impl StatusFilter {
    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "active" => Self::Active,
            "closed" => Self::Closed,
            "deferred" => Self::Deferred,
            "opened" => Self::Opened,
            "reopened" => Self::Reopened,
            _ => return None,
        })
    }

    fn wants(self, intervention: &Intervention, now: DateTime<Utc>) -> bool {
        let open = !intervention.closed;
        match self {
            Self::Active => open && !intervention.is_deferred(now),
            Self::Closed => !open,
            Self::Deferred => intervention.is_deferred(now),
            Self::Opened => open,
            Self::Reopened => intervention.reopened,
        }
    }
}

/// The filters, order and page of a list.
#[derive(Debug)]
pub(super) struct Filter<'a> {
    thread: Option<&'a str>,
    user: Option<&'a str>,
    identity_group: Option<&'a str>,
    identities: Option<Vec<&'a str>>,
    status: Option<StatusFilter>,
    by_update: bool,
    pub(super) offset: usize,
    pub(super) limit: usize,
}

impl<'a> Filter<'a> {
    /// Parses the parameters. A malformed value of a known parameter is an error; unknown ones are ignored.
    pub(super) fn read(params: &'a Params, settings: &Settings) -> Result<Self, ErrorResponse> {
        let number = |name: &str, default: usize| {
            params.one(name).map_or(Ok(default), |text| text.parse().map_err(|_| ErrorResponse::invalid(name)))
        };
        let status =
            params.one("status").map(|text| StatusFilter::read(text).ok_or_else(|| ErrorResponse::invalid("status")));
        let by_update = match params.one("sort") {
            None | Some("created_at") => false,
            Some("updated_at") => true,
            Some(_) => return Err(ErrorResponse::invalid("sort")),
        };
        let limit = number("limit", LIMIT)?;
        if limit == 0 {
            return Err(ErrorResponse::invalid("limit"));
        }
        Ok(Self {
            thread: params.one("thread_id"),
            user: params.one("user_id"),
            identity_group: params.one("identity_group_id"),
            identities: params.one_or_many("identity_id")?,
            status: status.transpose()?,
            by_update,
            offset: number("offset", 0)?,
            limit: limit.min(usize::try_from(settings.largest_page).unwrap_or(limit)),
        })
    }

    pub(super) fn wants(&self, intervention: &Intervention, now: DateTime<Utc>) -> bool {
        let is = |wanted: Option<&str>, value: &str| wanted.is_none_or(|wanted| wanted == value);
        let group = intervention.identity_group_id.as_deref();
        is(self.thread, &intervention.thread_id)
            && is(self.user, &intervention.user_id)
            && self.identity_group.is_none_or(|wanted| group == Some(wanted))
            && self.identities.as_ref().is_none_or(|wanted| wanted.contains(&intervention.identity_id.as_str()))
            && self.status.is_none_or(|status| status.wants(intervention, now))
    }

    /// Sorts interventions, which are passed newest first.
    pub(super) fn sort(&self, interventions: &mut [&Intervention], settings: &Settings) {
        match (self.by_update, settings.oldest_update_first) {
            (false, _) => {}
            (true, false) => interventions.sort_by_key(|intervention| Reverse(intervention.change)),
            (true, true) => interventions.sort_by_key(|intervention| intervention.change),
        }
    }
}
