//! What the server was asked, by its own journal.

use super::{emergency::End, stage::Stage};
use care_emulators::Recorded;
use examples::Failure;

/// Compares the journal with what was done, and tells it.
pub(super) fn check(stage: &Stage<'_>, told: &[End]) -> Result<(), Failure> {
    let journal = stage.emulator.journal();
    let sum = |count: fn(&End) -> usize| told.iter().map(count).sum::<usize>();
    // How often each was wanted, and how often it came.
    let writes = [
        ("registration", "/oauth/user", 1),
        ("callouts", "/callouts", told.len()),
        ("positions", "/location", sum(|end| end.positions)),
        ("comments", "/comments", sum(|end| end.comments)),
        ("dismissal", "/dismiss", sum(|end| end.dismissals)),
    ]
    .map(|(what, path, wanted)| (what, wanted, journal.count("POST", path)));
    let reads = [
        ("server token", journal.count("POST", "/oauth/token")),
        ("list of classifications", journal.count("GET", "/callout-classifications")),
        ("polls", journal.requests().iter().filter(|request| is_poll(request)).count()),
    ];
    let counted: Vec<_> = writes.iter().map(|&(what, _, came)| (what, came)).chain(reads).collect();
    if counted.iter().map(|(_, came)| *came as u64).sum::<u64>() != journal.total() {
        return Err(Failure::failed("the server was asked for more than the tour knows of"));
    }
    let counted: Vec<_> = counted.iter().map(|(what, came)| format!("{came} {what}")).collect();
    stage.teller.say(format!("  The server counted {} requests:", journal.total()));
    stage.teller.say(format!("    {}.", counted.join(", ")));
    let duplicates: usize = writes.iter().map(|(_, wanted, came)| came.saturating_sub(*wanted)).sum();
    stage.teller.say(format!("  Duplicates among them: {duplicates}."));
    match writes.iter().find(|(_, wanted, came)| wanted != came) {
        Some((what, wanted, came)) => Err(Failure::failed(format!("{what}: {wanted} wanted, and {came} came"))),
        None => Ok(()),
    }
}

fn is_poll(request: &Recorded) -> bool {
    request.method == "GET" && request.path.contains("/callouts/")
}
