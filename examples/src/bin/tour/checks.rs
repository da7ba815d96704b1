//! Checks of the scenarios: waiting with a time limit, and comparing a server's journal with the expected requests.

use care_emulators::Journal;
use examples::{Failure, Reporter};
use std::{future::Future, time::Duration};
use tokio::time::timeout;

/// The time limit. Everything awaited takes a poll or two.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Waits with a time limit.
pub(crate) async fn with_timeout<T>(
    what: &str,
    awaited: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    timeout(TIMEOUT, awaited).await.unwrap_or_else(|_| Err(Failure::failed(format!("timed out waiting for: {what}"))))
}

/// An expected write: its name, method, end of path, and number.
pub(crate) type Write<'a> = (&'static str, &'static str, &'a str, usize);

/// Compares the journal with the expected requests and reports it: all writes, and the number of each read.
pub(crate) fn requests_match(
    reporter: &Reporter,
    journal: &Journal,
    writes: &[Write<'_>],
    reads: &[(&'static str, usize)],
) -> Result<(), Failure> {
    let counted = |&(what, method, path, wanted): &Write<'_>| (what, wanted, journal.count(method, path));
    let writes: Vec<_> = writes.iter().map(counted).collect();
    let counted: Vec<_> = writes.iter().map(|&(what, _, came)| (what, came)).chain(reads.iter().copied()).collect();
    if counted.iter().map(|(_, came)| *came as u64).sum::<u64>() != journal.total() {
        return Err(Failure::failed("the server received unexpected requests"));
    }
    let counted: Vec<_> = counted.iter().map(|(what, came)| format!("{came} {what}")).collect();
    reporter.line(format!("  The server received {} requests:", journal.total()));
    reporter.line(format!("    {}.", counted.join(", ")));
    let duplicates: usize = writes.iter().map(|(_, wanted, came)| came.saturating_sub(*wanted)).sum();
    reporter.line(format!("  Duplicates: {duplicates}."));
    match writes.iter().find(|(_, wanted, came)| wanted != came) {
        Some((what, wanted, came)) => Err(Failure::failed(format!("{what}: {came} instead of {wanted}"))),
        None => Ok(()),
    }
}
