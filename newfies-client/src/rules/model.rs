use super::RuleParams;
use crate::{
    RuleId,
    resource::{resource, row},
};
use care_client_core::{Link, wire::open_enum};
use serde::{Deserialize, Serialize};

open_enum! {
    /// How often a rule lets events happen again.
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/models/rules.py`, <https://github.com/newfies-dialer/newfies-dialer>.
    pub enum Frequency {
        /// Every year.
        Yearly = "YEARLY",
        /// Every month.
        Monthly = "MONTHLY",
        /// Every week.
        Weekly = "WEEKLY",
        /// Every day.
        Daily = "DAILY",
        /// Every hour.
        Hourly = "HOURLY",
        /// Every minute.
        Minutely = "MINUTELY",
        /// Every second.
        Secondly = "SECONDLY",
    }
}

/// By what an event happens again.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Rule", and `newfies/appointment/models/rules.py`,
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Rule {
    /// Its link.
    pub url: Link<Rule>,
    /// Its name, such as `Daily`.
    pub name: String,
    /// More about it.
    #[serde(default)]
    pub description: Option<String>,
    /// How often.
    pub frequency: Frequency,
    /// Which of these times, as `count:10;byweekday:0,1,2,3,4`; [`parameters`](Self::parameters) reads it.
    #[serde(default)]
    pub params: Option<String>,
}

row!(Rule { times: [], optional: [] });
resource!(Rule(RuleId) = "rule" as "rules", superuser: true, row: Rule, key: |row| row.url.id());

impl Rule {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> RuleId {
        self.url.id()
    }

    /// Which of the times that its frequency gives.
    #[must_use]
    pub fn parameters(&self) -> RuleParams {
        RuleParams::read(self.params.as_deref().unwrap_or_default())
    }
}
