//! The company that responds.

use care_client_core::Personal;
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::lenient::said;
use crate::ids::SupplierId;

/// The company that responds.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `supplier` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Supplier {
    /// The number of the supplier.
    pub id: Option<SupplierId>,
    /// The company's name, which a user may be told.
    pub name: Option<String>,
    /// A phone to reach the company.
    pub contact_number: Option<Personal<String>>,
    /// A mail address to reach the company.
    pub email: Option<Personal<String>>,
    /// A person to ask for.
    pub contact_person: Option<Personal<String>>,
    /// The company's address; `""` in one documented example.
    pub address: Option<Personal<String>>,
    /// The region that the company works in.
    pub region: Option<String>,
    /// When the company was registered.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When its data last changed.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub last_updated_by: Option<Personal<Value>>,
    /// Whether the company wants to approve each dispatch.
    pub callout_requires_dispatch_approval: Option<bool>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub supplier_logo_url: Option<Value>,
    /// Whether the company was removed.
    pub deleted: Option<bool>,
}

impl Supplier {
    /// The company's name, if one is known.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        said(self.name.as_deref())
    }

    /// The address, if one is known.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        said(self.address.as_deref().map(String::as_str))
    }
}
