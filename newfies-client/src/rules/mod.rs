//! Rules: by what events happen again.

mod model;
mod params;

pub use model::{Frequency, Rule};
pub use params::RuleParams;

use crate::{Get, List, RuleId, handle::bare};
use care_client_core::Call;

bare! {
    /// Rules: by what events happen again. Made by [`Newfies::rules`](crate::Newfies::rules).
    ///
    /// They are made in the administration pages; to read them needs a **superuser**, for the right that is asked for isn't
    /// there to be granted (defect [`NEWF-37`](crate::defects)). Others set a rule by an id that they were told.
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Rule", <https://github.com/newfies-dialer/newfies-dialer>.
    Rules
}

impl Rules<'_> {
    /// Lists the rules, ten a page. See [`List`].
    pub fn list(self) -> Call<List<Rule>> {
        self.newfies.call(List::new(self.newfies.zone.clone()))
    }

    /// Reads one.
    ///
    /// # Errors
    ///
    /// 404 if there is none with this id; 403 unless the caller is a superuser.
    pub fn get(self, id: impl Into<RuleId>) -> Call<Get<Rule>> {
        self.newfies.call(Get::new(id.into(), self.newfies.zone.clone()))
    }
}
