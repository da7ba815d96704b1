use crate::{
    defects::DOCUMENT,
    ids::InterventionId,
    interventions::{model::Intervention, shared},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use std::borrow::Cow;

/// Reads one intervention. Made by [`Interventions::get`](super::Interventions::get).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetIntervention {
    id: InterventionId,
}

impl GetIntervention {
    pub(crate) fn new(id: InterventionId) -> Self {
        Self { id }
    }
}

impl Endpoint for GetIntervention {
    type Output = Intervention;

    const OPERATION: &'static Operation =
        &Operation::new("engagement.interventions.get", "/interventions/{interventionId}", Safety::Read, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::get(shared::path(&self.id, None)?))
    }

    fn decode(&self, response: &RawResponse) -> Result<Intervention, DecodeError> {
        shared::answered(response, &self.id)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        shared::hint(refusal, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    #[test]
    fn the_id_is_one_segment() {
        let parts = GetIntervention::new("64b0/1".into()).parts().unwrap();
        assert_eq!((parts.method().as_str(), parts.path()), ("GET", &["interventions".into(), "64b0/1".into()][..]));
        assert!(parts.query_pairs().is_empty() && parts.body_bytes().is_empty());
    }

    #[test]
    fn an_answer_with_another_id_is_an_error() {
        let read = |id: &str, body: &'static str| {
            GetIntervention::new(id.into()).decode(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body))
        };
        assert_eq!(read("64B0", r#"{"id":"64b0"}"#).unwrap().id.as_str(), "64b0");
        // ENG-07
        assert_eq!(read("7", r#"{"id":7}"#).unwrap().id.as_str(), "7");
        let error = read("7", r#"{"id":"8"}"#).unwrap_err();
        assert!(error.is_foreign_response(), "{error}");
    }
}
