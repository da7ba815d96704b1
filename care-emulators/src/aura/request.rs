//! The body of a create, as the guide documents it.

use serde::Deserialize;

use super::place::Fix;

/// The body of `POST /callouts`. The guide doesn't say which keys are required; without a customer and a position there is nobody to help.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewCallout {
    pub(super) callout_classification_id: Option<u64>,
    pub(super) customer: Details,
    pub(super) callout_location: Fix,
    pub(super) response_type_id: Option<u64>,
    /// Checked and else unused: what the flag changes, happens on AURA's production servers.
    #[serde(rename = "internalTest")]
    pub(super) _internal_test: Option<bool>,
}

/// What the customer says about themselves. AURA's answers have empty strings for what is missing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub(super) struct Details {
    pub(super) name: String,
    pub(super) surname: String,
    pub(super) email: String,
    pub(super) mobile: String,
    pub(super) gender: String,
    pub(super) vehicle_make: String,
    pub(super) vehicle_model: String,
    pub(super) vehicle_colour: String,
    pub(super) vehicle_license_plate: String,
}
