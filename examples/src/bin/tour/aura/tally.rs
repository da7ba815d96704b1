//! What AURA's server was asked.

use super::{emergency::End, stage::Stage};
use crate::tally;
use care_emulators::Recorded;
use examples::Failure;

/// Compares the server's journal with what was done, and tells it.
pub(super) fn check(stage: &Stage<'_>, told: &[End]) -> Result<(), Failure> {
    let journal = stage.emulator.journal();
    let sum = |count: fn(&End) -> usize| told.iter().map(count).sum::<usize>();
    let writes = [
        ("registration", "POST", "/oauth/user", 1),
        ("callouts", "POST", "/callouts", told.len()),
        ("positions", "POST", "/location", sum(|end| end.positions)),
        ("comments", "POST", "/comments", sum(|end| end.comments)),
        ("dismissal", "POST", "/dismiss", sum(|end| end.dismissals)),
    ];
    let reads = [
        ("server token", journal.count("POST", "/oauth/token")),
        ("list of classifications", journal.count("GET", "/callout-classifications")),
        ("polls", journal.requests().iter().filter(|request| is_poll(request)).count()),
    ];
    tally::check(stage.teller, &journal, &writes, &reads)
}

fn is_poll(request: &Recorded) -> bool {
    request.method == "GET" && request.path.contains("/callouts/")
}
