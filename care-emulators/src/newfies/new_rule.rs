//! What a rule is added with.

use super::recurrence::Frequency;

/// A rule of recurrence that is to be added.
///
/// ```
/// use care_emulators::newfies::{Frequency, NewRule};
///
/// let rule = NewRule::new("Weekend", Frequency::Weekly).params("byweekday:SA,SU;count:8");
/// ```
#[derive(Debug, Clone)]
#[must_use = "it is added by `Controller::add_rule`"]
pub struct NewRule {
    pub(super) name: String,
    pub(super) frequency: Frequency,
    pub(super) params: Option<String>,
}

impl NewRule {
    /// A rule without parameters.
    pub fn new(name: impl Into<String>, frequency: Frequency) -> Self {
        Self { name: name.into(), frequency, params: None }
    }

    /// What restricts it: `key:value[,value...]`, with semicolons between. Keys are `count`, `bymonth`, `bymonthday`, `byyearday`, `byweekday`
    /// (0 is Monday), `byhour`, `byminute` and `bysecond`.
    pub fn params(mut self, params: impl Into<String>) -> Self {
        self.params = Some(params.into());
        self
    }
}
