use super::{AssistanceProvider, same_provider};
use crate::{documents::SCHEMA, ids::ProviderId};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};

/// Reads one provider. Made by [`AssistanceProviders::get`](crate::AssistanceProviders::get).
///
/// That it exists is documented, its path is inferred (defect [`CARE-26`](crate::defects)).
///
/// Source: CareMessenger, *Viewing the Schema*, <https://docs.caremessenger.co.uk/viewing_the_schema.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetAssistanceProvider {
    id: ProviderId,
}

impl GetAssistanceProvider {
    /// Reads the provider with this id.
    pub fn new(id: impl Into<ProviderId>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for GetAssistanceProvider {
    type Output = AssistanceProvider;

    const OPERATION: &'static Operation =
        &Operation::new("caremessenger.assistance_providers.get", "/assistance-provider/{id}", Safety::Read, SCHEMA);

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::get(["assistance-provider".into(), self.id.to_string()]))
    }

    fn decode(&self, response: &RawResponse) -> Result<AssistanceProvider, DecodeError> {
        same_provider(response, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_one_segment_without_a_slash_behind() {
        // CARE-26
        let parts = GetAssistanceProvider::new(10).parts().unwrap();
        assert_eq!((parts.path().join("/"), parts.has_trailing_slash()), ("assistance-provider/10".to_owned(), false));
        assert!(parts.query_pairs().is_empty());
    }
}
