//! Newfies: a doctor's surgery has patients called before their visits.

mod live;
mod setup;
mod steps;

use crate::{checks, newfies::setup::Setup};
use examples::{Failure, Reporter, newfies::LiveNewfies};

/// Runs Newfies' part on the server that the environment names, or on an emulator.
pub(crate) async fn run(reporter: &Reporter, live: Option<&LiveNewfies>) -> Result<(), Failure> {
    match live {
        Some(live) => live::run(reporter, live).await,
        None => run_on_emulator(reporter).await,
    }
}

async fn run_on_emulator(reporter: &Reporter) -> Result<(), Failure> {
    reporter.line("Newfies: a doctor's patient is reminded of a visit by phone and confirms it by a key");
    let setup = Setup::start(reporter).await?;
    let scheduled = steps::schedule(&setup).await?;
    steps::call(&setup, &scheduled).await?;

    reporter.title("Newfies: summary");
    let calls = setup.controller.call_requests().len();
    if calls != 2 {
        return Err(Failure::failed(format!("the patient was called {calls} times instead of 2")));
    }
    reporter.line("  The patient was called twice, once without an answer, and got 1 SMS.");
    let journal = setup.emulator.journal();
    let reads =
        journal.requests().iter().filter(|request| ["GET", "OPTIONS"].contains(&request.method.as_str())).count();
    let writes = [
        ("calendar setting", "POST", "/calendar-setting/", 1),
        ("calendar user", "POST", "/calendar-user/", 1),
        ("calendar", "POST", "/calendar/", 1),
        ("event", "POST", "/event/", 1),
        ("alarms", "POST", "/alarm/", scheduled.alarms.len()),
    ];
    checks::requests_match(reporter, &journal, &writes, &[("reads", reads)])
}
