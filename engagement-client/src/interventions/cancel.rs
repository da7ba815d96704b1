use crate::{
    defects::DOCUMENT,
    ids::InterventionId,
    interventions::{model::Intervention, shared},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use std::borrow::Cow;

/// Cancels an intervention, which destroys it. Made by [`Interventions::cancel`](super::Interventions::cancel).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelIntervention {
    id: InterventionId,
}

impl CancelIntervention {
    pub(crate) fn new(id: InterventionId) -> Self {
        Self { id }
    }
}

impl Endpoint for CancelIntervention {
    type Output = Option<Intervention>;

    const OPERATION: &'static Operation = &Operation::new(
        "engagement.interventions.cancel",
        "/interventions/{interventionId}/cancel",
        Safety::Once,
        DOCUMENT,
    );

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::delete(shared::path(&self.id, Some("cancel"))?))
    }

    /// The service answers with the destroyed intervention, where other services answer a delete with an empty body
    /// (defect `ENG-02`).
    fn decode(&self, response: &RawResponse) -> Result<Option<Intervention>, DecodeError> {
        if response.body.trim_ascii().is_empty() {
            return Ok(None);
        }
        shared::answered(response, &self.id).map(Some)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        // ENG-15, ENG-18
        shared::hint(refusal, Some("it is already closed, or has agent replies (then close it instead)"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    #[test]
    fn a_cancel_is_a_delete_that_may_answer_with_the_destroyed_intervention() {
        // ENG-02
        let cancel = CancelIntervention::new("1".into());
        let parts = cancel.parts().unwrap();
        assert_eq!((parts.method().as_str(), parts.path()[2].as_ref()), ("DELETE", "cancel"));
        let read = |body: &'static str| cancel.decode(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body));
        assert_eq!(read(r#"{"id":"1"}"#).unwrap().unwrap().id.as_str(), "1");
        assert_eq!((read("").unwrap(), read(" \n").unwrap()), (None, None));
        assert!(read("<html>").unwrap_err().is_foreign_response());
        assert!(read("{}").is_err());
    }
}
