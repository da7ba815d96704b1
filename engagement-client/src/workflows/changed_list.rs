//! The list of interventions by time of change, as an endpoint whose rows are identified by id and time of change.
//!
//! Reading pages relies on rows that keep their order, and a change moves a row: to the head of the list, or to its
//! end, ahead of rows that were not read yet. So a row counts as the same only as long as it hasn't changed. After a
//! change, the old row counts as removed and the new one as inserted, which reading pages allows for.

use crate::{
    ids::InterventionId,
    interventions::{Intervention, ListInterventions},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, Page, Paged, RawResponse, RequestParts, Undecodable};
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::borrow::Cow;

/// The list of interventions by time of change.
#[derive(Debug, Clone)]
pub(super) struct ChangedList(pub(super) ListInterventions);

/// One row of the list.
#[derive(Debug)]
pub(super) enum Row {
    Decoded(Box<Intervention>),
    Undecodable {
        row: Undecodable,
        /// The time of the last change, as sent: whatever its format, it differs after a change.
        updated_at: String,
    },
}

/// Identifies a row until it changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Version {
    Decoded(InterventionId, Option<DateTime<Utc>>),
    Undecodable(Box<str>, String),
}

impl Endpoint for ChangedList {
    type Output = Page<Row>;

    const OPERATION: &'static Operation = ListInterventions::OPERATION;

    fn parts(&self) -> Result<RequestParts, Error> {
        self.0.parts()
    }

    fn decode(&self, response: &RawResponse) -> Result<Page<Row>, DecodeError> {
        let page = self.0.decode(response)?;
        let document: Value =
            if page.undecodable.is_empty() { Value::Null } else { response.json().unwrap_or(Value::Null) };
        let total = page.total;
        let rows = page.into_iter().enumerate().map(|(number, row)| match row {
            Ok(intervention) => Row::Decoded(Box::new(intervention)),
            Err(row) => Row::Undecodable { row, updated_at: document["records"][number]["updated_at"].to_string() },
        });
        Ok(Page::new(rows.collect(), Vec::new()).with_total(total))
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        self.0.hint(refusal)
    }
}

impl Paged for ChangedList {
    type Item = Row;
    type Key = Version;

    fn key(row: Result<&Row, &Undecodable>) -> Version {
        match row {
            Ok(Row::Decoded(one)) => Version::Decoded(one.id.clone(), one.updated_at),
            Ok(Row::Undecodable { row, updated_at }) => Version::Undecodable(row.id.clone(), updated_at.clone()),
            Err(row) => Version::Undecodable(row.id.clone(), String::new()),
        }
    }

    fn offset(&self) -> u64 {
        Paged::offset(&self.0)
    }

    fn limit(&self) -> u64 {
        Paged::limit(&self.0)
    }

    fn at(&self, offset: u64, limit: u64) -> Self {
        Self(Paged::at(&self.0, offset, limit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    fn versions(body: &'static str) -> Vec<Version> {
        let answer = RawResponse::new(StatusCode::OK, HeaderMap::new(), body);
        let page = ChangedList(ListInterventions::new()).decode(&answer).unwrap();
        page.items.iter().map(|row| ChangedList::key(Ok(row))).collect()
    }

    #[test]
    fn a_row_is_the_same_until_it_changes_whether_it_can_be_decoded_or_not() {
        let rows = versions(
            r#"{"records":[
                {"id":"1","updated_at":"2024-03-05T09:00:00Z"},
                {"id":"1","updated_at":"2024-03-05T09:00:00.0Z"},
                {"id":"1","updated_at":"2024-03-05T09:00:01Z"},
                {"id":"1","updated_at":"2024-03-05T09:00:00Z","closed":7},
                {"id":"1","updated_at":"2024-03-05T09:00:00Z","closed":8},
                {"id":"1","updated_at":"soon"},
                7
            ]}"#,
        );
        assert_eq!((rows.len(), &rows[0], &rows[3]), (7, &rows[1], &rows[4]));
        for (a, b) in [(0, 2), (0, 3), (3, 5), (5, 6)] {
            assert_ne!(rows[a], rows[b]);
        }
    }
}
