//! What a server was asked, by its own journal.

use care_emulators::Journal;
use examples::{Failure, Teller};

/// Something that is written: its name, its method, the end of its path, and how often it was wanted.
pub(crate) type Write<'a> = (&'static str, &'static str, &'a str, usize);

/// Compares the journal with what was wanted, and tells it: all writes, and the reads with how often each came.
pub(crate) fn check(
    teller: &Teller,
    journal: &Journal,
    writes: &[Write<'_>],
    reads: &[(&'static str, usize)],
) -> Result<(), Failure> {
    let counted = |&(what, method, path, wanted): &Write<'_>| (what, wanted, journal.count(method, path));
    let writes: Vec<_> = writes.iter().map(counted).collect();
    let counted: Vec<_> = writes.iter().map(|&(what, _, came)| (what, came)).chain(reads.iter().copied()).collect();
    if counted.iter().map(|(_, came)| *came as u64).sum::<u64>() != journal.total() {
        return Err(Failure::failed("the server was asked for more than the tour knows of"));
    }
    let counted: Vec<_> = counted.iter().map(|(what, came)| format!("{came} {what}")).collect();
    teller.say(format!("  The server counted {} requests:", journal.total()));
    teller.say(format!("    {}.", counted.join(", ")));
    let duplicates: usize = writes.iter().map(|(_, wanted, came)| came.saturating_sub(*wanted)).sum();
    teller.say(format!("  Duplicates among them: {duplicates}."));
    match writes.iter().find(|(_, wanted, came)| wanted != came) {
        Some((what, wanted, came)) => Err(Failure::failed(format!("{what}: {wanted} wanted, and {came} came"))),
        None => Ok(()),
    }
}
