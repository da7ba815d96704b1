//! What the benches share: the documented callout, and the plainest way to read it: derives, `String` for every text
//! and date, `Option` around everything.

use serde::Deserialize;
use serde_json::Value;

macro_rules! plain {
    ($($name:ident { $($(#[$meta:meta])* $field:ident: $type:ty),* $(,)? })*) => {$(
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[allow(dead_code, reason = "only read from JSON")]
        pub(crate) struct $name { $($(#[$meta])* $field: Option<$type>),* }
    )*};
}

plain! {
    Callout {
        id: u64,
        callout_classification_id: u64,
        cancelled_by_customer: bool,
        status: String,
        verified: bool,
        verified_by: String,
        verified_at: String,
        resolved_at: String,
        logged_at: String,
        created_at: String,
        updated_at: String,
        last_updated_by: String,
        last_updated_by_client_id: Value,
        source: Value,
        dispatch_required: bool,
        acknowledged: bool,
        first_acknowledged_by: String,
        first_acknowledged_at: String,
        owned: bool,
        owned_by: String,
        owned_at: String,
        message_id: Value,
        customer_id: u64,
        response_type_id: u64,
        callout_responder_in_ranges: Vec<Range>,
        #[serde(rename = "calloutincidentdetail")]
        detail: Detail,
        customer: Customer,
        customer_number_phoneds: Vec<Value>,
        #[serde(rename = "calloutlocations")]
        locations: Vec<Location>,
        callout_response_eta: Vec<Eta>,
        location: Location,
        distance: Distance,
        unique_suppliers_in_range: Vec<u64>,
        callout_events: Vec<Value>,
    }
    Range {
        id: u64,
        callout_id: u64,
        responder_id: u64,
        requested: bool,
        declined: bool,
        distance: u64,
        duration: u64,
        duration_text: String,
        acknowledged: bool,
        retracted_at: String,
        created_at: String,
        updated_at: String,
    }
    Detail {
        id: u64,
        incident_details: String,
        responder_company: String,
        responder_dispatched: bool,
        callout_id: u64,
        responder_dispatched_at: String,
        responder_arrived_at: String,
        responder_completed_at: String,
        created_at: String,
        situation_neutral: Value,
        any_injuries: bool,
        customer_happy: bool,
        follow_up_required: bool,
        updated_at: String,
        last_updated_by: String,
        responder_id: u64,
        supplier_id: u64,
        type_of_emergency_id: u64,
        incident_category_id: u64,
        #[serde(rename = "incidentcategory")]
        incident_category: Category,
        supplier: Supplier,
        responder: Responder,
    }
    Category {
        id: u64,
        description: String,
        created_at: String,
        updated_at: String,
        type_of_emergency_id: u64,
        #[serde(rename = "typeofemergency")]
        type_of_emergency: Emergency,
    }
    Emergency {
        id: u64,
        descript: String,
        created_a: String,
        updated_a: String,
    }
    Supplier {
        id: u64,
        name: String,
        contact_number: String,
        email: String,
        contact_person: String,
        address: String,
        region: String,
        created_at: String,
        updated_at: String,
        last_updated_by: Value,
        callout_requires_dispatch_approval: bool,
        supplier_logo_url: Value,
        deleted: bool,
    }
    Responder {
        id: u64,
        name: String,
        surname: String,
        callsign: String,
        reference: String,
        mobile: String,
        vehicle_make: String,
        vehicle_model: String,
        vehicle_colour: String,
        vehicle_license_plate: String,
        active: bool,
        currently_on_call: bool,
        created_at: String,
        updated_at: String,
        operation_time_id: u64,
        type_id: u64,
        deleted: bool,
        latest_responder_location_id: u64,
        supplier_id: u64,
        #[serde(rename = "responderlocations")]
        locations: Vec<Fix>,
    }
    Fix {
        id: u64,
        latitude: String,
        longitude: String,
        accuracy: f64,
        provider: String,
        activity_status: String,
        formatted_address: Value,
        region: Value,
        city: Value,
        country: Value,
        created_at: String,
        updated_at: String,
        responder_id: u64,
    }
    Customer {
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
        date_of_birth: Value,
        auth0_user_id: String,
        image_id: Value,
        created_at: String,
        updated_at: String,
    }
    Location {
        id: u64,
        latitude: String,
        longitude: String,
        formatted_address: String,
        region: String,
        city: String,
        country: String,
        description: Value,
        place_id: Value,
        callout_id: u64,
        created_at: String,
        updated_at: String,
        source: String,
        duration_text: String,
    }
    Eta {
        id: u64,
        callout_id: u64,
        responder_id: u64,
        duration_text: String,
        duration_value: u64,
        distance_text: String,
        distance_value: u64,
        created_at: String,
        updated_at: String,
    }
    Distance {
        distance: Measure,
        duration: Measure,
    }
    Measure {
        text: String,
        value: u64,
    }
}

/// The documented "Responder Arrived" callout as servers send it: with neither indentation nor a blank behind a key.
pub(crate) fn callout() -> String {
    let lines = include_str!("../../fixtures/responder-arrived.json").lines();
    lines.map(|line| line.trim().replacen("\": ", "\":", 1)).collect()
}
