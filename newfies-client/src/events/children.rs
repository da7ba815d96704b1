use super::{ChildEvent, Event};
use crate::{
    DOCUMENT, EventId,
    endpoints::{hint, parts},
    resource::{Resource as _, sealed::Place as _},
    time::Zone,
    wire::Collapsed,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use http::Method;
use std::borrow::Cow;

/// Lists the children of a root event. Made by [`Events::children`](super::Events::children).
/// A row that can't be read makes the whole answer an error.
#[derive(Debug, Clone, PartialEq)]
pub struct ListChildren {
    root: EventId,
    zone: Zone,
}

impl ListChildren {
    pub(crate) fn new(root: EventId, zone: Zone) -> Self {
        Self { root, zone }
    }
}

impl Endpoint for ListChildren {
    type Output = Vec<ChildEvent>;

    const OPERATION: &'static Operation =
        &Operation::new("newfies.events.children", "/event/{id}/get_list_child/", Safety::Read, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(parts(Method::GET, [Event::COLLECTION.to_owned(), self.root.to_string(), "get_list_child".to_owned()]))
    }

    fn decode(&self, response: &RawResponse) -> Result<Vec<ChildEvent>, DecodeError> {
        let mut children: Vec<ChildEvent> = Collapsed::rows(response)?;
        children.iter_mut().for_each(|child| child.place(&self.zone));
        Ok(children)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<Event>(refusal, None)
    }
}
