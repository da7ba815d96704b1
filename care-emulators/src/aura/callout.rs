//! A callout in AURA's answers.

use super::{
    accounts::CustomerRecord,
    incident::Incident,
    location::{Distance, Eta, InRange, Place},
    request_bodies::{Details, NewCallout},
    request_context::{Ids, Timestamp},
    status::Status,
};
use serde::Serialize;

/// A callout with the 33 keys of every documented example, in their order. A key that was always null is `()` here.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Callout {
    pub(super) id: u64,
    pub(super) callout_classification_id: u64,
    cancelled_by_customer: bool,
    pub(super) status: Status,
    pub(super) verified: Option<bool>,
    pub(super) verified_by: Option<&'static str>,
    pub(super) verified_at: Option<Timestamp>,
    pub(super) resolved_at: Option<Timestamp>,
    logged_at: Timestamp,
    created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) last_updated_by: Option<&'static str>,
    last_updated_by_client_id: (),
    source: (),
    dispatch_required: bool,
    pub(super) acknowledged: bool,
    pub(super) first_acknowledged_by: Option<&'static str>,
    pub(super) first_acknowledged_at: Option<Timestamp>,
    pub(super) owned: bool,
    pub(super) owned_by: Option<&'static str>,
    pub(super) owned_at: Option<Timestamp>,
    message_id: (),
    customer_id: u64,
    response_type_id: u64,
    #[serde(rename = "calloutResponderInRanges")]
    pub(super) in_range: Vec<InRange>,
    #[serde(rename = "calloutincidentdetail")]
    pub(super) incident: Incident,
    pub(super) customer: Customer,
    customer_number_phoneds: [(); 0],
    #[serde(rename = "calloutlocations")]
    pub(super) locations: [Place; 1],
    #[serde(rename = "calloutResponseEta")]
    pub(super) eta: Vec<Eta>,
    pub(super) location: Place,
    pub(super) distance: Distance,
    pub(super) unique_suppliers_in_range: Vec<u64>,
}

/// The customer in an answer.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Customer {
    id: u64,
    name: String,
    surname: String,
    mobile: String,
    gender: String,
    email: String,
    vehicle_make: String,
    vehicle_model: String,
    vehicle_colour: String,
    vehicle_license_plate: String,
    customer_source_id: u64,
    date_of_birth: (),
    auth0_user_id: &'static str,
    /// In only one of the documented examples, and null there: `Some(())` writes that null.
    #[serde(skip_serializing_if = "Option::is_none")]
    image_id: Option<()>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl Customer {
    fn new(customer: CustomerRecord, details: Details, with_image: bool, now: Timestamp) -> Self {
        Self {
            id: customer.customer_id,
            name: details.name,
            surname: details.surname,
            mobile: details.mobile,
            gender: details.gender,
            email: details.email,
            vehicle_make: details.vehicle_make,
            vehicle_model: details.vehicle_model,
            vehicle_colour: details.vehicle_colour,
            vehicle_license_plate: details.vehicle_license_plate,
            customer_source_id: 3,
            date_of_birth: (),
            auth0_user_id: "auth0|000000000000000000000000",
            image_id: with_image.then_some(()),
            created_at: customer.since,
            updated_at: now,
        }
    }

    /// The name shown with the customer's messages.
    pub(super) fn display_name(&self) -> String {
        format!("{} {}", self.name.trim(), self.surname.trim()).trim().to_owned()
    }
}

/// The classification REAL, also the default: a missing id must leave nobody without help.
pub(super) const REAL: u64 = 1;
/// The classification TEST.
pub(super) const TEST: u64 = 2;
/// The default response type, Security, as in the guide.
const SECURITY: u64 = 1;

impl Callout {
    /// A new callout that the control room hasn't seen yet.
    pub(super) fn new(
        id: u64,
        ids: &mut Ids,
        customer: CustomerRecord,
        new: NewCallout,
        with_image: bool,
        now: Timestamp,
    ) -> Self {
        let place = Place::new(ids, id, &new.callout_location, now);
        Self {
            id,
            callout_classification_id: new.callout_classification_id.unwrap_or(REAL),
            cancelled_by_customer: false,
            status: Status::Created,
            verified: None,
            verified_by: None,
            verified_at: None,
            resolved_at: None,
            logged_at: now,
            created_at: now,
            updated_at: now,
            last_updated_by: None,
            last_updated_by_client_id: (),
            source: (),
            dispatch_required: true,
            acknowledged: false,
            first_acknowledged_by: None,
            first_acknowledged_at: None,
            owned: false,
            owned_by: None,
            owned_at: None,
            message_id: (),
            customer_id: customer.customer_id,
            response_type_id: new.response_type_id.unwrap_or(SECURITY),
            in_range: Vec::new(),
            incident: Incident::new(ids, id, now),
            customer: Customer::new(customer, new.customer, with_image, now),
            customer_number_phoneds: [],
            locations: [place.clone()],
            eta: Vec::new(),
            location: place,
            distance: Distance::default(),
            unique_suppliers_in_range: Vec::new(),
        }
    }

    /// Moves the customer to `place`.
    pub(super) fn put_at(&mut self, place: Place) {
        self.locations = [place.clone()];
        self.location = place;
    }

    /// Sets the estimate everywhere AURA repeats it.
    pub(super) fn set_eta(&mut self, eta: Eta) {
        let mut place = self.location.clone();
        place.duration_text = Some(eta.duration_text.clone());
        self.put_at(place);
        self.distance = Distance::from(&eta);
        self.eta = vec![eta];
    }

    /// Removes the estimate.
    pub(super) fn clear_eta(&mut self) {
        let mut place = self.location.clone();
        place.duration_text = None;
        self.put_at(place);
        self.distance = Distance::default();
        self.eta.clear();
    }
}
