/// Which of the times that a rule's frequency gives, by the names of an iCalendar rule.
///
/// Source: Newfies-Dialer, `newfies/appointment/models/rules.py`, <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleParams {
    pairs: Vec<(Box<str>, Vec<Box<str>>)>,
}

impl RuleParams {
    /// Reads `count:10;byweekday:0,1`. What has no colon is passed over.
    pub(super) fn read(text: &str) -> Self {
        let pairs = text.split(';').filter_map(|pair| pair.split_once(':')).map(|(key, values)| {
            let values = values.split(',').map(str::trim).filter(|value| !value.is_empty()).map(Box::from);
            (Box::from(key.trim()), values.collect())
        });
        Self { pairs: pairs.collect() }
    }

    /// The values of a key, such as `byweekday` or `bymonth`; empty if it isn't there.
    #[must_use]
    pub fn values(&self, key: &str) -> &[Box<str>] {
        self.pairs.iter().find(|(known, _)| &**known == key).map_or(&[], |(_, values)| values)
    }

    /// How often it happens at most; `None` for no end. Each occurrence of a series begins to count anew, so a series of such a
    /// rule ends later than that (defect [`NEWF-06`](crate::defects)).
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        self.values("count").first()?.parse().ok()
    }

    /// On which days of the week, Monday being 0; empty for all.
    #[must_use]
    pub fn weekdays(&self) -> Vec<u8> {
        const NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let day = |value: &str| match NAMES.iter().position(|name| name.eq_ignore_ascii_case(value)) {
            Some(day) => u8::try_from(day).ok(),
            None => value.parse().ok().filter(|day| *day < 7),
        };
        self.values("byweekday").iter().filter_map(|value| day(value)).collect()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stock_rules_are_read() {
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
