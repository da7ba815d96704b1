use super::{Callout, NewCallout, new_callout::Body, read_callout};
use crate::environment::DOCUMENT;
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};

impl NewCallout {
    /// Refuses invalid input before anything is sent or saved.
    pub(crate) fn checked(&self) -> Result<(), Error> {
        self.body().map(drop)
    }

    fn body(&self) -> Result<Body<'_>, Error> {
        let Some(customer) = &self.customer else {
            return Err(Error::request("the callout has no person who needs help: set customer(..)"));
        };
        let Some(location) = &self.location else {
            return Err(Error::request("the callout has no location to send help to: set location(..)"));
        };
        location.checked()?;
        if self.only.is_some() && self.class != self.only {
            return Err(Error::request(
                "this client is in test mode, and the callout isn't classified as a test: give it the test \
                 classification, or \
                 use a client without test_mode() if help is really needed",
            ));
        }
        Ok(Body {
            callout_classification_id: self.class,
            customer,
            callout_location: location,
            response_type_id: self.response_type,
            internal_test: self.internal_test,
        })
    }
}

impl Endpoint for NewCallout {
    type Output = Callout;

    const OPERATION: &'static Operation = &Operation::new("aura.callouts.create", "/callouts", Safety::Once, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        RequestParts::post(["callouts"]).json(&self.body()?)
    }

    fn decode(&self, response: &RawResponse) -> Result<Callout, DecodeError> {
        read_callout(response).or_else(|why| {
            // The callout exists now, and no operation lists it (AURA-42): one unreadable field must not lose it.
            let (id, status) = Callout::minimal(&response.body).ok_or(why)?;
            Ok(Callout::from_minimal(id, status))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callouts::{Fix, NewCustomer};
    use http::{HeaderMap, StatusCode};
    use serde_json::{Value, json};

    fn new() -> NewCallout {
        NewCallout::new(NewCustomer::new("Alex", "Example", "+12025550103"), Fix::new(-26.1, 28.05))
    }

    fn body(new: &NewCallout) -> Value {
        serde_json::from_slice(new.parts().unwrap().body_bytes()).unwrap()
    }

    #[test]
    fn only_what_was_said_is_sent() {
        let customer = json!({"name": "Alex", "surname": "Example", "mobile": "+12025550103"});
        assert_eq!(
            body(&new()),
            json!({"customer": customer, "calloutLocation": {"latitude": -26.1, "longitude": 28.05}})
        );
    }

    #[test]
    fn a_demo_sets_both_switches() {
        let demo = NewCallout::demo(9).customer(NewCustomer::new("A", "B", "0000000000")).location(Fix::new(0.0, 0.0));
        let sent = body(&demo);
        assert_eq!((&sent["responseTypeId"], &sent["internalTest"]), (&json!(9), &json!(true)));
    }

    #[test]
    fn what_is_missing_or_needs_a_list_is_asked_for_before_sending() {
        let here = Fix::new(0.0, 0.0);
        for (bad, says) in [
            (NewCallout::demo(9).location(here), "customer(..)"),
            (NewCallout::demo(9).customer(NewCustomer::new("A", "B", "0")), "location(..)"),
            (new().location(Fix::new(f64::NAN, 0.0)), "invalid coordinates"),
            (new().guarded(Some(2.into())), "test mode"),
            (new().classification(1).guarded(Some(2.into())), "test mode"),
        ] {
            let error = bad.parts().unwrap_err();
            assert_eq!(error.kind(), care_client_core::Kind::Request);
            assert!(error.to_string().contains(says), "{error}");
        }
        assert!(new().classification(2).guarded(Some(2.into())).parts().is_ok());
    }

    #[test]
    fn the_id_is_kept_from_every_answer_that_has_one() {
        let read = |body: &'static str| new().decode(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body));
        for body in [
            r#"{"id":570,"status":"created"}"#,
            r#"{"message":"ok","callout":{"id":570,"status":"created"}}"#,
            r#"{"id":570}"#,
            r#"{"callout":{"id":"570"}}"#,
            r#"{"callout":{"id":570,"status":"created","calloutlocations":7}}"#,
            // Damaged: cut in the middle of an emoji, a number out of range, cut at the end.
            r#"{"id":570,"status":"closed","customer":{"name":"Alex \ud83d"}}"#,
            r#"{"customer":{"id":5,"name":"\ud83d"},"distance":1e400,"id":570}"#,
            "{\"id\":570,\"status\":\"created\",\"name\":\"two\nlines\",\"x\":NaN,",
        ] {
            assert_eq!(read(body).unwrap().id.get(), 570, "{body}");
        }
        assert_eq!(read(r#"{"id":570}"#).unwrap().status.as_str(), "");
        assert!(!read(r#"{"message":"ok"}"#).unwrap_err().is_foreign_response());
        assert!(read("<html>").unwrap_err().is_foreign_response());
    }
}
