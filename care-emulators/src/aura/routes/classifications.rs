//! Classifications of callouts.

use axum::Json;

use super::super::world::{CLASSIFICATIONS, Classification};
use super::identity::Anyone;

pub(super) async fn list(_: Anyone) -> Json<&'static [Classification]> {
    Json(&CLASSIFICATIONS)
}
