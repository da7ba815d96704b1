use super::ClassificationList;
use crate::DOCUMENT;
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};

/// Lists the classifications. Made by [`Classifications::list`](super::Classifications::list).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListClassifications {
    _more: (),
}

impl ListClassifications {
    pub(crate) fn new() -> Self {
        Self::default()
    }
}

impl Endpoint for ListClassifications {
    type Output = ClassificationList;

    const OPERATION: &'static Operation =
        &Operation::new("aura.classifications.list", "/callout-classifications", Safety::Read, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::get(["callout-classifications"]))
    }

    fn decode(&self, response: &RawResponse) -> Result<ClassificationList, DecodeError> {
        response.json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_asks_for_the_documented_path() {
        let parts = ListClassifications::new().parts().unwrap();
        assert_eq!((parts.method().as_str(), parts.path().join("/")), ("GET", "callout-classifications".to_owned()));
    }
}
