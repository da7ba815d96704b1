use crate::{
    defects::DOCUMENT,
    ids::{CategoryId, InterventionId, ObjectId as _},
    interventions::{model::Intervention, shared},
    params::Params,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use std::borrow::Cow;

/// The brackets are part of the name: without them, servers of this kind keep only the last category (defect `ENG-11`).
const CATEGORIES: &str = "category_ids[]";

/// Replaces all categories of an intervention. Made by
/// [`Interventions::categorize`](super::Interventions::categorize) and
/// [`Interventions::clear_categories`](super::Interventions::clear_categories).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategorizeIntervention {
    id: InterventionId,
    /// `None` removes all.
    categories: Option<Vec<CategoryId>>,
}

impl CategorizeIntervention {
    pub(crate) fn new(id: InterventionId, categories: Vec<CategoryId>) -> Self {
        Self { id, categories: Some(categories) }
    }

    pub(crate) fn clear(id: InterventionId) -> Self {
        Self { id, categories: None }
    }
}

impl Endpoint for CategorizeIntervention {
    type Output = Intervention;

    const OPERATION: &'static Operation = &Operation::new(
        "engagement.interventions.categorize",
        "/interventions/{interventionId}/update_categories",
        Safety::Idempotent,
        DOCUMENT,
    );

    fn parts(&self) -> Result<RequestParts, Error> {
        let categories = self.categories.as_deref();
        if categories.is_some_and(<[_]>::is_empty) {
            return Err(Error::request("no category given: to remove all of them, use clear_categories(..)"));
        }
        let categories = categories.unwrap_or_default();
        categories.iter().try_for_each(|category| category.check("a category"))?;
        let mut params = Params::default();
        params.ids(CATEGORIES, categories.iter().cloned());
        params.apply(RequestParts::put(shared::path(&self.id, Some("update_categories"))?))
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

    fn query(endpoint: &CategorizeIntervention) -> Vec<(String, String)> {
        let parts = endpoint.parts().unwrap();
        assert_eq!(parts.path()[2], "update_categories");
        assert!(parts.method() == "PUT" && parts.body_bytes().is_empty());
        parts.query_pairs().iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
    }

    #[test]
    fn each_category_has_a_bracketed_key_of_its_own() {
        // ENG-11
        let pair = |id: &str| ("category_ids[]".to_owned(), id.to_owned());
        let two = CategorizeIntervention::new("1".into(), vec!["a".into(), "b".into()]);
        assert_eq!(query(&two), [pair("a"), pair("b")]);
        assert_eq!(query(&CategorizeIntervention::clear("1".into())), [pair("")]);
    }

    #[test]
    fn empty_and_joined_lists_are_rejected() {
        // ENG-11
        for (categories, expected) in
            [(vec![], "clear_categories"), (vec!["a".into(), "".into()], "empty"), (vec!["a,b".into()], "separately")]
        {
            let error = CategorizeIntervention::new("1".into(), categories).parts().unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
}
