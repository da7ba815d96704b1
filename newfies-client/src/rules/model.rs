use crate::{
    ids::RuleId,
    resource::{resource, row},
};
use care_client_core::{Link, wire::open_enum};
use serde::{Deserialize, Serialize};

open_enum! {
    /// How often an event recurs.
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/models/rules.py`,
    /// <https://github.com/newfies-dialer/newfies-dialer>.
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

/// How an event recurs.
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
    /// A description.
    #[serde(default)]
    pub description: Option<String>,
    /// How often it recurs.
    pub frequency: Frequency,
    /// Which of these times count, such as `count:10;byweekday:0,1,2,3,4`; [`parameters`](Self::parameters) parses it.
    #[serde(default)]
    pub params: Option<String>,
}

row!(Rule { times: [], optional: [] });
resource!(linked Rule(RuleId) at "rule", named "rules" {
    rights: SuperuserReads,
    rows: Rule by |row| row.url.id(),
});

impl Rule {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> RuleId {
        self.url.id()
    }

    /// Which of the times of its frequency count.
    #[must_use]
    pub fn parameters(&self) -> RuleParams {
        RuleParams::read(self.params.as_deref().unwrap_or_default())
    }
}

/// Which of the times of a rule's frequency count, under the names of an iCalendar rule.
///
/// Source: Newfies-Dialer, `newfies/appointment/models/rules.py`, <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleParams {
    pairs: Vec<(Box<str>, Vec<Box<str>>)>,
}

impl RuleParams {
    /// Parses `count:10;byweekday:0,1`. Parts without a colon are ignored.
    fn read(text: &str) -> Self {
        let pairs = text.split(';').filter_map(|pair| pair.split_once(':')).map(|(key, values)| {
            let values = values.split(',').map(str::trim).filter(|value| !value.is_empty()).map(Box::from);
            (Box::from(key.trim()), values.collect())
        });
        Self { pairs: pairs.collect() }
    }

    /// The values of a key, such as `byweekday` or `bymonth`; empty if it is missing.
    #[must_use]
    pub fn values(&self, key: &str) -> &[Box<str>] {
        self.pairs.iter().find(|(known, _)| &**known == key).map_or(&[], |(_, values)| values)
    }

    /// The maximum number of occurrences; `None` for no limit. Each occurrence starts counting anew, so a series with
    /// such a rule ends later (defect [`NEWF-06`](crate::defects)).
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        self.values("count").first()?.parse().ok()
    }

    /// The days of the week, 0 for Monday; empty for all.
    #[must_use]
    pub fn weekdays(&self) -> Vec<u8> {
        const NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let day = |value: &str| match NAMES.iter().position(|name| name.eq_ignore_ascii_case(value)) {
            Some(day) => u8::try_from(day).ok(),
            None => value.parse().ok().filter(|day| *day < 7),
        };
        self.values("byweekday").iter().filter_map(|value| day(value)).collect()
    }

    /// Whether there are no parameters.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preinstalled_rules_are_parsed() {
        let params = RuleParams::read("count:10;byweekday:0,1,2,3,4");
        assert_eq!((params.count(), params.weekdays()), (Some(10), vec![0, 1, 2, 3, 4]));
        assert_eq!(RuleParams::read("byweekday:MO, su;bymonth:12").weekdays(), [0, 6]);
        assert_eq!(&*RuleParams::read("bymonth:12").values("bymonth")[0], "12");
        for nothing in ["", "nonsense", ";"] {
            let params = RuleParams::read(nothing);
            assert!(params.is_empty() && params.count().is_none() && params.weekdays().is_empty(), "{nothing}");
        }
    }
}
