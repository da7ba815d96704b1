use crate::{
    defects::DOCUMENT,
    ids::{ContentId, ObjectId as _},
    interventions::{model::Intervention, shared},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use http::StatusCode;
use serde::Deserialize;
use std::borrow::Cow;

const CANNOT_OPEN: &str = "it can't be created or reopened: one may already be open in this conversation, or the \
                           content doesn't exist";

/// Opens an intervention on a content, or reopens one. Made by [`Interventions::create`](super::Interventions::create).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIntervention {
    content: ContentId,
}

/// The answer in the form that the page of the operation gives.
#[derive(Deserialize)]
struct Listed {
    records: Vec<Intervention>,
}

/// The part of the answer that distinguishes the two documented forms.
#[derive(Deserialize)]
struct Shape {
    #[serde(default)]
    records: Option<serde::de::IgnoredAny>,
}

impl NewIntervention {
    pub(crate) fn new(content: ContentId) -> Self {
        Self { content }
    }

    /// Picks the intervention on this content from a list that should have one row.
    fn of_list(&self, mut records: Vec<Intervention>) -> Option<Intervention> {
        let place = records.iter().position(|one| one.content_id.as_ref() == Some(&self.content)).unwrap_or(0);
        (place < records.len()).then(|| records.swap_remove(place))
    }
}

impl Endpoint for NewIntervention {
    type Output = Intervention;

    const OPERATION: &'static Operation =
        &Operation::new("engagement.interventions.create", "/interventions", Safety::Once, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        self.content.check("the content")?;
        // ENG-12
        Ok(RequestParts::post([shared::INTERVENTIONS]).query("content_id", self.content.as_str().to_owned()))
    }

    /// The page declares the answer as a list, while its text and every sample show one intervention (defect `ENG-01`).
    fn decode(&self, response: &RawResponse) -> Result<Intervention, DecodeError> {
        if response.json::<Shape>()?.records.is_none() {
            return response.json();
        }
        let Listed { records } = response.json()?;
        self.of_list(records).ok_or_else(|| DecodeError::unreadable("records", "no intervention"))
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        match refusal.status {
            StatusCode::UNPROCESSABLE_ENTITY => Some(CANNOT_OPEN.into()),
            StatusCode::NOT_FOUND | StatusCode::CONFLICT => None,
            _ => shared::hint(refusal, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    fn read(body: &'static str) -> Result<Intervention, DecodeError> {
        NewIntervention::new("c1".into()).decode(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body))
    }

    #[test]
    fn the_content_is_a_query_parameter() {
        // ENG-12
        let parts = NewIntervention::new("c1".into()).parts().unwrap();
        assert_eq!((parts.method().as_str(), parts.path()), ("POST", &["interventions".into()][..]));
        assert_eq!(parts.query_pairs(), [("content_id".into(), "c1".into())]);
        assert!(parts.body_bytes().is_empty());
    }

    #[test]
    fn both_documented_answers_are_decoded() {
        // ENG-01
        for body in [
            r#"{"id":"1","content_id":"c1"}"#,
            r#"{"id":"1","records":null}"#,
            r#"{"count":1,"records":[{"id":"1"}]}"#,
            r#"{"records":[{"id":"2","content_id":"c2"},{"id":"1","content_id":"c1"}]}"#,
        ] {
            assert_eq!(read(body).unwrap().id.as_str(), "1", "{body}");
        }
        for (body, at) in
            [(r#"{"count":0,"records":[]}"#, "records"), (r#"{"records":[{}]}"#, "records[0]"), ("{}", ""), ("[]", "")]
        {
            assert_eq!(read(body).unwrap_err().at(), at, "{body}");
        }
    }
}
