use super::{Callout, read_callout};
use crate::{environment::DOCUMENT, ids::CalloutId};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};

/// Reads one callout, with its route and events if they are asked for.
///
/// ```
/// use aura_client::GetCallout;
///
/// let get = GetCallout::new(570).include_route().include_events();
/// ```
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Callout Polling" and "Adding and Polling Callout
/// Events", <https://docs.aura.services/integration-guidelines.html>. The address printed for events repeats the
/// parameter of the route: see defect [`AURA-11`](crate::defects).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "give it to aura.callouts().get(..)"]
pub struct GetCallout {
    id: CalloutId,
    route: bool,
    events: bool,
}

impl GetCallout {
    /// Reads the callout with this id.
    pub fn new(id: impl Into<CalloutId>) -> Self {
        Self { id: id.into(), route: false, events: false }
    }

    /// Asks for the way that the responder is led, once one is attached: [`Callout::route`].
    pub fn include_route(mut self) -> Self {
        self.route = true;
        self
    }

    /// Asks for the events: [`Callout::events`], which is empty without this.
    pub fn include_events(mut self) -> Self {
        self.events = true;
        self
    }

    pub(crate) fn id(&self) -> CalloutId {
        self.id
    }

    pub(crate) fn wants_events(&self) -> bool {
        self.events
    }
}

impl<T: Into<CalloutId>> From<T> for GetCallout {
    fn from(id: T) -> Self {
        Self::new(id)
    }
}

impl Endpoint for GetCallout {
    type Output = Callout;

    const OPERATION: &'static Operation =
        &Operation::new("aura.callouts.get", "/callouts/{calloutId}", Safety::Read, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        let mut parts = RequestParts::get(["callouts".into(), self.id.to_string()]);
        if self.route {
            parts = parts.query("shouldIncludeRoute", "true");
        }
        if self.events {
            parts = parts.query("shouldIncludeEvents", "true");
        }
        Ok(parts)
    }

    fn decode(&self, response: &RawResponse) -> Result<Callout, DecodeError> {
        let callout = read_callout(response)?;
        // Somebody else's callout, however closed, says nothing about this one.
        if callout.id == self.id {
            Ok(callout)
        } else {
            Err(DecodeError::foreign("the callout has another id than asked"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_flag_adds_its_own_parameter() {
        let query = |get: GetCallout| {
            let parts = get.parts().unwrap();
            assert_eq!(parts.path(), ["callouts", "570"]);
            parts.query_pairs().iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>()
        };
        assert!(query(570.into()).is_empty());
        assert_eq!(query(GetCallout::new(570).include_events()), ["shouldIncludeEvents=true"]);
        let both = GetCallout::new(570).include_events().include_route();
        assert_eq!(query(both), ["shouldIncludeRoute=true", "shouldIncludeEvents=true"]);
    }
}
