use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

const FULL: u32 = 100;
const REPEAT: u32 = 10;
const SUCCESS: u32 = 1;

/// Keeps a fleet from hammering a server that is down: a repeat costs one token, a success gives a tenth back, and there
/// are ten at most. One budget serves all clones of a client and its handles with other credentials.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tenths: AtomicU32,
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self { tenths: AtomicU32::new(FULL) }
    }
}

impl RetryBudget {
    /// Takes the token of one repeat, if there is one.
    pub(crate) fn withdraw(&self) -> bool {
        self.tenths.fetch_update(Relaxed, Relaxed, |now| now.checked_sub(REPEAT)).is_ok()
    }

    /// Gives back what a success earns.
    pub(crate) fn deposit(&self) {
        // A full budget is the usual case: don't make a thousand callers write to one cache line for nothing.
        if self.tenths.load(Relaxed) < FULL {
            let _ = self.tenths.fetch_update(Relaxed, Relaxed, |now| (now < FULL).then_some(now + SUCCESS));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_repeats_then_one_for_each_ten_successes() {
        let budget = RetryBudget::default();
        assert_eq!((0..20).filter(|_| budget.withdraw()).count(), 10);
        (0..9).for_each(|_| budget.deposit());
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(budget.withdraw());
    }

    #[test]
    fn it_never_holds_more_than_ten() {
        let budget = RetryBudget::default();
        (0..1_000).for_each(|_| budget.deposit());
        assert_eq!((0..20).filter(|_| budget.withdraw()).count(), 10);
    }
}
