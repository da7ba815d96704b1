//! Rules of recurrence.

use super::super::recurrence::Frequency;

/// A rule of recurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// How often, in capital letters, such as `DAILY`.
    pub frequency: Frequency,
    /// What restricts it, such as `count:10;byweekday:0,1,2,3,4`. Weekday 0 is Monday.
    pub params: Option<String>,
}
