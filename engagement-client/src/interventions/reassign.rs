use crate::{
    defects::DOCUMENT,
    ids::{InterventionId, ObjectId as _, UserId},
    interventions::{model::Intervention, shared},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use std::borrow::Cow;

/// Assigns an intervention to another user. Made by [`Interventions::reassign`](super::Interventions::reassign).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReassignIntervention {
    id: InterventionId,
    user: UserId,
}

impl ReassignIntervention {
    pub(crate) fn new(id: InterventionId, user: UserId) -> Self {
        Self { id, user }
    }
}

impl Endpoint for ReassignIntervention {
    type Output = Intervention;

    const OPERATION: &'static Operation = &Operation::new(
        "engagement.interventions.reassign",
        "/interventions/{interventionId}/reassign",
        Safety::Idempotent,
        DOCUMENT,
    );

    fn parts(&self) -> Result<RequestParts, Error> {
        self.user.check("the user")?;
        // ENG-12
        let parts = RequestParts::put(shared::path(&self.id, Some("reassign"))?);
        Ok(parts.query("user_id", self.user.as_str().to_owned()))
    }

    fn decode(&self, response: &RawResponse) -> Result<Intervention, DecodeError> {
        shared::answered(response, &self.id)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        shared::hint(refusal, Some(shared::UPDATE_PERMISSION))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_is_a_query_parameter() {
        let parts = ReassignIntervention::new("1".into(), "u1".into()).parts().unwrap();
        assert_eq!((parts.method().as_str(), parts.path()[2].as_ref()), ("PUT", "reassign"));
        assert_eq!(parts.query_pairs(), [("user_id".into(), "u1".into())]);
        assert!(ReassignIntervention::new("1".into(), "".into()).parts().is_err());
    }
}
