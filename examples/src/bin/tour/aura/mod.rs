//! AURA: a person calls for help, and somebody comes.

mod emergencies;
mod emergency;
mod live;

use crate::{
    aura::emergency::{End, Setup, listed},
    checks,
};
use aura_client::CalloutStatus;
use care_emulators::Recorded;
use examples::{Failure, Reporter, aura::LiveAura};

/// Runs AURA's part on the server that the environment names, or on an emulator.
pub(crate) async fn run(reporter: &Reporter, live: Option<&LiveAura>) -> Result<(), Failure> {
    match live {
        Some(live) => live::run(reporter, live).await,
        None => run_on_emulator(reporter).await,
    }
}

/// All statuses of the guide.
const DOCUMENTED: [CalloutStatus; 6] = [
    CalloutStatus::Created,
    CalloutStatus::ResponderDispatched,
    CalloutStatus::ResponderCancelled,
    CalloutStatus::ResponderArrived,
    CalloutStatus::ResponderCompleted,
    CalloutStatus::Closed,
];

async fn run_on_emulator(reporter: &Reporter) -> Result<(), Failure> {
    reporter.line("AURA: a person calls for help, and somebody comes");
    let setup = Setup::start(reporter).await?;
    let ends = [
        emergencies::with_device(&setup).await?,
        emergencies::by_hand(&setup).await?,
        emergencies::dismissed(&setup).await?,
    ];

    if let Some(missing) = DOCUMENTED.iter().find(|status| !ends.iter().any(|end| end.statuses.contains(status))) {
        return Err(Failure::failed(format!("the status `{missing}` was never seen")));
    }
    reporter.title("AURA: summary");
    reporter.line(format!("  All {} documented statuses were seen:", DOCUMENTED.len()));
    reporter.line(format!("    {}.", listed(&DOCUMENTED)));
    check_requests(&setup, &ends)
}

/// Compares the server's journal with what was done, and reports it.
fn check_requests(setup: &Setup<'_>, ends: &[End]) -> Result<(), Failure> {
    let journal = setup.emulator.journal();
    let sum = |count: fn(&End) -> usize| ends.iter().map(count).sum::<usize>();
    let writes = [
        ("registration", "POST", "/oauth/user", 1),
        ("callouts", "POST", "/callouts", ends.len()),
        ("positions", "POST", "/location", sum(|end| end.positions)),
        ("comments", "POST", "/comments", sum(|end| end.comments)),
        ("dismissal", "POST", "/dismiss", sum(|end| end.dismissals)),
    ];
    let reads = [
        ("server token", journal.count("POST", "/oauth/token")),
        ("list of classifications", journal.count("GET", "/callout-classifications")),
        ("polls", journal.requests().iter().filter(|request| is_poll(request)).count()),
    ];
    checks::requests_match(setup.reporter, &journal, &writes, &reads)
}

fn is_poll(request: &Recorded) -> bool {
    request.method == "GET" && request.path.contains("/callouts/")
}
