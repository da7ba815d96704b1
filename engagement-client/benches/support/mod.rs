//! What the bench decodes, and the other way to do it.

pub(crate) mod plain;

/// How many interventions the page has: the most that the service gives.
pub(crate) const ROWS: usize = 150;

/// A full page: the example, each time with an id of its own.
pub(crate) fn page() -> String {
    let one = include_str!("../../fixtures/intervention.json");
    let one: String = one.lines().map(str::trim_start).collect();
    let rows: Vec<_> =
        (0..ROWS).map(|n| one.replace("64b0c3a1f2d94e0007a1b2c3", &format!("64b0c3a1f2d94e0007a1{n:04}"))).collect();
    format!(r#"{{"count":412,"offset":150,"limit":150,"records":[{}]}}"#, rows.join(","))
}
