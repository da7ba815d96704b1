//! A change of custom fields.

use crate::params::{FieldValue, Params};
use care_client_core::Error;

/// A change of an intervention: `engagement.interventions().update(id, InterventionPatch::new()…)`.
///
/// Only custom fields can be changed; fields that aren't set stay unchanged.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Updating an intervention", and *developer guide*,
/// `docs/basics/requests.md`, <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "give it to engagement.interventions().update(..)"]
pub struct InterventionPatch {
    params: Params,
}

impl InterventionPatch {
    /// A change of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a custom field, replacing a value set earlier for the same key. The key is that of the field's definition,
    /// such as `order_number`, not its label.
    pub fn custom_field(mut self, key: impl Into<String>, value: impl Into<FieldValue>) -> Self {
        self.params.field("custom_field_values", &key.into(), value.into());
        self
    }

    /// The request's parameters.
    pub(super) fn params(&self) -> Result<&Params, Error> {
        self.params.check()?;
        if self.params.is_empty() {
            return Err(Error::request("nothing to change: set at least one custom field"));
        }
        Ok(&self.params)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use care_client_core::RequestParts;

    fn pairs(patch: &InterventionPatch) -> Vec<String> {
        let parts = patch.params().unwrap().apply(RequestParts::put(["x"])).unwrap();
        parts.query_pairs().iter().map(|(key, value)| format!("{key}={value}")).collect()
    }

    #[test]
    fn the_last_value_of_a_key_wins_and_debug_shows_none() {
        let patch = InterventionPatch::new().custom_field("a", "CANARY").custom_field("b", 1.5).custom_field("a", 7);
        assert_eq!(pairs(&patch), ["custom_field_values[b]=1.5", "custom_field_values[a]=7"]);
        let patch = InterventionPatch::new().custom_field("a", "CANARY").custom_field("b", vec!["CANARY"]);
        let shown = format!("{patch:?} {:?}", FieldValue::from("CANARY"));
        assert!(shown.contains("One([personal])") && !shown.contains("CANARY"), "{shown}");
    }

    #[test]
    fn an_invalid_key_or_value_is_rejected_without_being_quoted() {
        for (patch, expected) in [
            (InterventionPatch::new(), "at least one"),
            (InterventionPatch::new().custom_field("", "x"), "label"),
            (InterventionPatch::new().custom_field("CANARY][x", "x"), "label"),
            (InterventionPatch::new().custom_field("CANARY\n", "x"), "label"),
            (InterventionPatch::new().custom_field("CANARY", Vec::<String>::new()), "one empty text"),
        ] {
            let error = patch.params().unwrap_err().to_string();
            assert!(error.contains(expected) && !error.contains("CANARY"), "{error}");
        }
    }
}
