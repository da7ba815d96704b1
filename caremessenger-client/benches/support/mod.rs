//! What the bench decodes, and the other way to do it.

pub(crate) mod plain;

/// How many providers the page has. How many the service gives, no document says.
pub(crate) const ROWS: usize = 100;

/// A page: the documented provider, each time with an id of its own.
pub(crate) fn page() -> String {
    let one = include_str!("../../fixtures/created.json");
    let one: String = one.lines().map(str::trim_start).collect();
    let rows: Vec<_> = (0..ROWS).map(|n| one.replacen("\"id\": 10,", &format!("\"id\": {},", 1_000 + n), 1)).collect();
    format!(r#"{{"count":412,"next":"?page=2","previous":null,"results":[{}]}}"#, rows.join(","))
}
