use crate::{
    defects::DOCUMENT,
    ids::InterventionId,
    interventions::{model::Intervention, shared},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use std::borrow::Cow;

/// Closes an intervention. Made by [`Interventions::close`](super::Interventions::close).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseIntervention {
    id: InterventionId,
}

impl CloseIntervention {
    pub(crate) fn new(id: InterventionId) -> Self {
        Self { id }
    }
}

impl Endpoint for CloseIntervention {
    type Output = Intervention;

    const OPERATION: &'static Operation = &Operation::new(
        "engagement.interventions.close",
        "/interventions/{interventionId}/close",
        Safety::Once,
        DOCUMENT,
    );

    fn parts(&self) -> Result<RequestParts, Error> {
        // ENG-13: nothing but the path.
        Ok(RequestParts::put(shared::path(&self.id, Some("close"))?))
    }

    fn decode(&self, response: &RawResponse) -> Result<Intervention, DecodeError> {
        shared::answered(response, &self.id)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        // ENG-16, ENG-18
        shared::hint(
            refusal,
            Some(
                "it is already closed, or has no agent reply (then cancel it instead), or belongs to another user and \
                 the token's user may not edit interventions",
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_close_is_a_put_without_a_body() {
        // ENG-13
        let parts = CloseIntervention::new("1".into()).parts().unwrap();
        assert_eq!((parts.method().as_str(), parts.path()[2].as_ref()), ("PUT", "close"));
        assert!(parts.query_pairs().is_empty() && parts.body_bytes().is_empty());
        assert!(!parts.headers().contains_key("content-type"));
    }
}
