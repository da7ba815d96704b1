use crate::{environment::DOCUMENT, ids::CalloutId};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use serde_json::json;

/// Cancels softly. Made by [`Callouts::dismiss`](super::Callouts::dismiss).
///
/// The guide shows neither body nor answer: an empty object is sent, and any answer of the service is accepted: defect
/// [`AURA-39`](crate::defects).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DismissCallout {
    id: CalloutId,
}

impl DismissCallout {
    pub(crate) fn new(id: CalloutId) -> Self {
        Self { id }
    }
}

impl Endpoint for DismissCallout {
    type Output = ();

    const OPERATION: &'static Operation =
        &Operation::new("aura.callouts.dismiss", "/callouts/{calloutId}/dismiss", Safety::Idempotent, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        // Printed without its leading slash: AURA-08. Segments need none.
        RequestParts::post(["callouts".into(), self.id.to_string(), "dismiss".into()]).json(&json!({}))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        response.accepted()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_object_is_sent() {
        let parts = DismissCallout::new(570.into()).parts().unwrap();
        assert_eq!((parts.path().join("/"), &parts.body_bytes()[..]), ("callouts/570/dismiss".to_owned(), &b"{}"[..]));
    }
}
