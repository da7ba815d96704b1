//! Who is on the way.

use super::{Callout, Responder, Supplier};

/// Who is on the way; made by [`Callout::dispatch`].
///
/// The status is the same for both: `Responder Dispatched`.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, "Responder Dispatched (Tech) API Example Response" and "Responder
/// Dispatched (Manual) API Example Response".
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
    /// A company that a controller called by hand, as where AURA has no coverage: its name may be told, and nothing more is known.
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
        match (&detail.responder, &detail.supplier) {
            (Some(responder), supplier) => Some(Dispatch::Tech { responder, supplier: supplier.as_ref() }),
            (None, Some(supplier)) => Some(Dispatch::Manual { supplier }),
            (None, None) => None,
        }
    }

    /// The name of the company that responds, from the first place that has one.
    #[must_use]
    pub fn company(&self) -> Option<&str> {
        let detail = self.incident_detail.as_ref()?;
        let supplier = detail.supplier.as_ref().and_then(Supplier::name);
        supplier.or_else(|| super::lenient::said(detail.responder_company.as_deref()))
    }
}
