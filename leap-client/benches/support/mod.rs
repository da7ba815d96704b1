//! What the bench decodes, and the other way to do it.

pub(crate) mod plain;

use std::fmt::Write as _;

/// A list of a hundred: the documented request as the vendor's page prints it, with a blank between elements, each with an
/// identifier and texts of its own.
pub(crate) fn list() -> String {
    let fixture = include_str!("../../fixtures/list-all.xml");
    let lines: Vec<_> = fixture.lines().map(str::trim).collect();
    let (first, last) = (lines[0], lines[lines.len() - 1]);
    let request = lines[1..lines.len() - 1].join(" ");
    let mut list = first.to_owned();
    for n in 0..100 {
        let row = request.replace("10000001", &format!("{}", 10_000_001 + n));
        let row = row.replace("MAX-1234", &format!("MAX-{n:04}")).replace("My parking", &format!("{n}: my parking"));
        let _ = write!(list, " {row}");
    }
    list + " " + last
}
