//! Rules: how events recur.

mod model;

pub use model::{Frequency, Rule, RuleParams};

use crate::{
    endpoints::{Get, List},
    handle::bare,
    ids::RuleId,
};
use care_client_core::Call;

bare! {
    /// Rules: how events recur. Returned by [`Newfies::rules`](crate::Newfies::rules).
    ///
    /// They are created in the administration pages. Only a **superuser** can read them, because the right that the
    /// server asks for can't be granted (defect [`NEWF-37`](crate::defects)); other callers must know a rule's id to
    /// use it.
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Rule", <https://github.com/newfies-dialer/newfies-dialer>.
    Rules
}

impl Rules<'_> {
    /// Lists the rules, ten a page. See [`List`].
    pub fn list(self, list: List<Rule>) -> Call<List<Rule>> {
        self.newfies.call(list.in_zone(&self.newfies.zone))
    }

    /// Reads one rule.
    ///
    /// # Errors
    ///
    /// 404 if no rule has this id; 403 unless the caller is a superuser.
    pub fn get(self, id: impl Into<RuleId>) -> Call<Get<Rule>> {
        self.newfies.call(Get::new(id.into(), self.newfies.zone.clone()))
    }
}
