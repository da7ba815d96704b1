use crate::{
    defects::VENDOR,
    ids::InterventionId,
    interventions::{model::Intervention, patch::InterventionPatch, shared},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use std::borrow::Cow;

/// Changes custom fields of an intervention. Made by [`Interventions::update`](super::Interventions::update).
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateIntervention {
    id: InterventionId,
    patch: InterventionPatch,
}

impl UpdateIntervention {
    pub(crate) fn new(id: InterventionId, patch: InterventionPatch) -> Self {
        Self { id, patch }
    }
}

impl Endpoint for UpdateIntervention {
    type Output = Intervention;

    /// The page of the operations lacks this one (defect `ENG-21`).
    const OPERATION: &'static Operation = &Operation::new(
        "engagement.interventions.update",
        "/interventions/{interventionId}",
        Safety::Idempotent,
        VENDOR,
    );

    fn parts(&self) -> Result<RequestParts, Error> {
        self.patch.params()?.apply(RequestParts::put(shared::path(&self.id, None)?))
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
    fn fields_are_query_parameters_under_their_keys() {
        // ENG-03: fields are sent under the name `custom_field_values`.
        let patch = InterventionPatch::new().custom_field("order", "A 1").custom_field("topics", ["a", "b"]);
        let parts = UpdateIntervention::new("1".into(), patch).parts().unwrap();
        assert_eq!((parts.method().as_str(), parts.path().len()), ("PUT", 2));
        let pairs: Vec<_> = parts.query_pairs().iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(
            pairs,
            ["custom_field_values[order]=A 1", "custom_field_values[topics][]=a", "custom_field_values[topics][]=b"]
        );
    }

    #[test]
    fn long_values_are_sent_as_a_form() {
        // ENG-12
        let patch = InterventionPatch::new().custom_field("note", "x".repeat(20_000));
        let parts = UpdateIntervention::new("1".into(), patch).parts().unwrap();
        assert!(parts.query_pairs().is_empty() && parts.body_bytes().len() > 20_000);
    }
}
