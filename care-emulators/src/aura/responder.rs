//! A responder in an answer.

use super::{
    request_context::{Ids, Timestamp},
    seed_data::Crew,
};
use serde::Serialize;

/// A responder as AURA shows it: 20 keys.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Responder {
    pub(super) id: u64,
    name: &'static str,
    surname: &'static str,
    callsign: &'static str,
    reference: &'static str,
    mobile: &'static str,
    vehicle_make: &'static str,
    vehicle_model: &'static str,
    vehicle_colour: &'static str,
    vehicle_license_plate: &'static str,
    active: bool,
    currently_on_call: bool,
    created_at: &'static str,
    updated_at: Timestamp,
    operation_time_id: u64,
    type_id: u64,
    deleted: bool,
    latest_responder_location_id: u64,
    supplier_id: u64,
    #[serde(rename = "responderlocations")]
    locations: [ResponderLocation; 1],
}

/// A responder's position. Coordinates are strings, the accuracy is an integer.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ResponderLocation {
    id: u64,
    latitude: String,
    longitude: String,
    accuracy: u64,
    provider: &'static str,
    activity_status: &'static str,
    formatted_address: (),
    region: (),
    city: (),
    country: (),
    created_at: Timestamp,
    updated_at: Timestamp,
    responder_id: u64,
}

impl ResponderLocation {
    fn new(ids: &mut Ids, responder_id: u64, at: (f64, f64), now: Timestamp) -> Self {
        Self {
            id: ids.next(),
            latitude: at.0.to_string(),
            longitude: at.1.to_string(),
            accuracy: 15,
            provider: "gps",
            activity_status: "",
            formatted_address: (),
            region: (),
            city: (),
            country: (),
            created_at: now,
            updated_at: now,
            responder_id,
        }
    }
}

impl Responder {
    /// A responder who starts from `at` (degrees north and east).
    pub(super) fn starting_from(crew: &Crew, ids: &mut Ids, at: (f64, f64), now: Timestamp) -> Self {
        let location = ResponderLocation::new(ids, crew.id, at, now);
        let [vehicle_make, vehicle_model, vehicle_colour, vehicle_license_plate] = crew.vehicle;
        Self {
            id: crew.id,
            name: crew.name,
            surname: crew.surname,
            callsign: crew.callsign,
            reference: crew.callsign,
            mobile: crew.mobile,
            vehicle_make,
            vehicle_model,
            vehicle_colour,
            vehicle_license_plate,
            active: false,
            currently_on_call: true,
            created_at: crew.since,
            updated_at: now,
            operation_time_id: 1,
            type_id: 1,
            deleted: false,
            latest_responder_location_id: location.id,
            supplier_id: crew.supplier.id,
            locations: [location],
        }
    }

    pub(super) fn move_to(&mut self, ids: &mut Ids, at: (f64, f64), now: Timestamp) {
        let location = ResponderLocation::new(ids, self.id, at, now);
        self.latest_responder_location_id = location.id;
        self.locations = [location];
        self.updated_at = now;
    }

    /// Frees the responder for the next callout.
    pub(super) fn finish(&mut self, now: Timestamp) {
        self.currently_on_call = false;
        self.updated_at = now;
    }

    /// The corners of the route from the responder to `(latitude, longitude)`.
    pub(super) fn route_to(&self, latitude: &str, longitude: &str) -> Vec<Corner> {
        let [from] = &self.locations;
        let corner =
            |latitude: &str, longitude: &str| Corner { latitude: latitude.into(), longitude: longitude.into() };
        // First along the meridian, then along the parallel: a grid of streets.
        vec![corner(&from.latitude, &from.longitude), corner(latitude, &from.longitude), corner(latitude, longitude)]
    }
}

/// A point of a route.
#[derive(Serialize)]
pub(super) struct Corner {
    latitude: String,
    longitude: String,
}
