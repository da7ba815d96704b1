use super::Fix;
use crate::{DOCUMENT, ids::CalloutId};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};

/// Says where the person is now. Made by [`Callouts::update_location`](super::Callouts::update_location).
///
/// The guide shows no body; this sends what the create call sends, and accepts whatever the service answers: defects [`AURA-38`](crate::defects)
/// and [`AURA-39`](crate::defects).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UpdateLocation {
    id: CalloutId,
    fix: Fix,
}

impl UpdateLocation {
    pub(crate) fn new(id: CalloutId, fix: Fix) -> Self {
        Self { id, fix }
    }
}

impl Endpoint for UpdateLocation {
    type Output = ();

    const OPERATION: &'static Operation = &Operation::new(
        "aura.callouts.update_location",
        "/callouts/{calloutId}/location",
        Safety::Idempotent,
        DOCUMENT,
    );

    fn parts(&self) -> Result<RequestParts, Error> {
        self.fix.checked()?;
        RequestParts::post(["callouts".into(), self.id.to_string(), "location".into()]).json(&self.fix)
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        response.accepted()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_go_out_as_numbers() {
        let parts = UpdateLocation::new(570.into(), Fix::new(-26.5, 28.25).accuracy(20.0)).parts().unwrap();
        assert_eq!(parts.path(), ["callouts", "570", "location"]);
        assert_eq!(&parts.body_bytes()[..], br#"{"latitude":-26.5,"longitude":28.25,"accuracy":20.0}"#);
    }
}
