//! Engagement: customers write, and agents handle their conversations.

mod growing_list;
mod interventions;
mod live;
mod setup;

use crate::{checks, engagement::setup::Setup};
use examples::{Failure, Reporter, engagement::LiveEngagement};

/// Runs Engagement's part on the server that the environment names, or on an emulator.
pub(crate) async fn run(reporter: &Reporter, live: Option<&LiveEngagement>) -> Result<(), Failure> {
    match live {
        Some(live) => live::run(reporter, live).await,
        None => run_on_emulator(reporter).await,
    }
}

async fn run_on_emulator(reporter: &Reporter) -> Result<(), Failure> {
    reporter.line("Engagement: customers write, and agents handle their conversations");
    let setup = Setup::start(reporter).await?;
    let answered = interventions::answered(&setup).await?;
    interventions::unanswered(&setup).await?;
    let closed = [answered.clone(), interventions::closed_by_two(&setup).await?];
    let open = growing_list::read(&setup).await?;

    reporter.title("Engagement: summary");
    let mut is_open = 0;
    for id in setup.controller.interventions() {
        let is_closed = setup.controller.intervention(&id)?.closed;
        if is_closed != closed.iter().any(|known| known.as_str() == id) {
            return Err(Failure::failed(format!("intervention {id} differs from what the client read")));
        }
        is_open += usize::from(!is_closed);
    }
    if is_open != open {
        return Err(Failure::failed(format!("{is_open} interventions are open instead of {open}")));
    }
    reporter.line(format!("  {} are closed, 1 is gone and {open} are open, as the client read.", closed.len()));
    let journal = setup.emulator.journal();
    let lists = journal.count("GET", "/interventions");
    let reads = journal.requests().iter().filter(|request| request.method == "GET").count() - lists;
    let noted = format!("/interventions/{answered}");
    let writes = [
        ("opening", "POST", "/interventions", 1),
        ("change of categories", "PUT", "/update_categories", 1),
        ("custom field", "PUT", &*noted, 1),
        ("reassignment", "PUT", "/reassign", 1),
        ("closes", "PUT", "/close", closed.len()),
        ("cancel", "DELETE", "/cancel", 1),
    ];
    checks::requests_match(reporter, &journal, &writes, &[("lists", lists), ("reads of an intervention", reads)])
}
