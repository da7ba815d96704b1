//! Who is on the way: a responder with AURA's device, or a company that was called by hand.

use super::{Callout, Responder, said};
use crate::ids::SupplierId;
use care_client_core::{Personal, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who is on the way; made by [`Callout::dispatch`].
///
/// The status is the same for both: `Responder Dispatched`.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, "Responder Dispatched (Tech) API Example Response" and
/// "Responder Dispatched (Manual) API Example Response".
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Dispatch<'c> {
    /// A responder with AURA's device: there are a person, a vehicle, a position and a time of arrival.
    Tech {
        /// The person who responds.
        responder: &'c Responder,
        /// The company they work for.
        supplier: Option<&'c Supplier>,
    },
    /// A company that a controller called by hand, as where AURA has no coverage: its name may be told, and nothing
    /// more is known.
    Manual {
        /// The company.
        supplier: &'c Supplier,
    },
}

impl<'c> Dispatch<'c> {
    /// The person who responds; `None` after a dispatch by hand.
    #[must_use]
    pub fn responder(self) -> Option<&'c Responder> {
        match self {
            Self::Tech { responder, .. } => Some(responder),
            Self::Manual { .. } => None,
        }
    }

    /// The company that responds.
    #[must_use]
    pub fn supplier(self) -> Option<&'c Supplier> {
        match self {
            Self::Tech { supplier, .. } => supplier,
            Self::Manual { supplier } => Some(supplier),
        }
    }

    /// Whether a controller called a company by hand.
    #[must_use]
    pub fn is_manual(self) -> bool {
        matches!(self, Self::Manual { .. })
    }
}

impl Callout {
    /// Who is on the way, or was when the callout ended; `None` while it is nobody, as after Responder Cancelled.
    ///
    /// With a responder it is a tech dispatch; with a company alone it was made by hand.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, the note to "Responder Dispatched (Manual) API Example
    /// Response".
    #[must_use]
    pub fn dispatch(&self) -> Option<Dispatch<'_>> {
        let detail = self.incident_detail.as_ref()?;
        match (somebody(&detail.responder), somebody(&detail.supplier)) {
            (Some(responder), supplier) => Some(Dispatch::Tech { responder, supplier }),
            (None, Some(supplier)) => Some(Dispatch::Manual { supplier }),
            (None, None) => None,
        }
    }

    /// The name of the company that responds, from the first place that has one.
    #[must_use]
    pub fn company(&self) -> Option<&str> {
        let detail = self.incident_detail.as_ref()?;
        let supplier = detail.supplier.as_ref().and_then(Supplier::name);
        supplier.or_else(|| said(detail.responder_company.as_deref()))
    }
}

/// AURA says "none" with null, and elsewhere with `{}`: neither is somebody.
fn somebody<T: Default + PartialEq>(object: &Option<T>) -> Option<&T> {
    object.as_ref().filter(|object| **object != T::default())
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn callout(detail: Value) -> Callout {
        serde_json::from_value(json!({"id": 1, "status": "Responder Dispatched", "calloutincidentdetail": detail}))
            .unwrap()
    }

    #[test]
    fn a_responder_makes_it_tech_and_a_company_alone_makes_it_manual() {
        let (responder, supplier) = (json!({"id": 8}), json!({"id": 14, "name": "Example Security"}));
        for (detail, manual, company) in [
            (json!({"responder": responder, "supplier": supplier}), Some(false), Some("Example Security")),
            (
                json!({"responder": responder, "supplier": null, "responderCompany": "Other"}),
                Some(false),
                Some("Other"),
            ),
            (
                json!({"responder": null, "supplier": supplier, "responderCompany": null}),
                Some(true),
                Some("Example Security"),
            ),
            (json!({"responder": {}, "supplier": supplier}), Some(true), Some("Example Security")),
            (json!({"responder": null, "supplier": null, "responderCompany": ""}), None, None),
            (json!({"responder": {}, "supplier": {}}), None, None),
            (json!({}), None, None),
            (json!(null), None, None),
        ] {
            let callout = callout(detail.clone());
            assert_eq!(callout.dispatch().map(Dispatch::is_manual), manual, "{detail}");
            assert_eq!(callout.company(), company, "{detail}");
        }
    }

    #[test]
    fn both_parties_of_a_dispatch_are_reached() {
        let tech = callout(json!({"responder": {"id": 8}, "supplier": {"id": 14}}));
        let tech = tech.dispatch().unwrap();
        assert_eq!(tech.responder().and_then(|responder| responder.id).map(|id| id.get()), Some(8));
        assert_eq!(tech.supplier().and_then(|supplier| supplier.id).map(|id| id.get()), Some(14));
        let manual = callout(json!({"supplier": {"id": 14}}));
        let manual = manual.dispatch().unwrap();
        assert_eq!((manual.responder(), manual.supplier().is_some()), (None, true));
    }
}
