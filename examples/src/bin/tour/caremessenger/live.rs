//! On a real server, which is only read: no documented operation can remove a provider from the residents' televisions.

use caremessenger_client::{CareMessenger, ListAssistanceProviders};
use examples::{
    Failure, Reporter,
    caremessenger::{self, LiveCareMessenger},
};
use futures_util::TryStreamExt;

/// The maximum number of providers shown without findings.
const SHOWN: usize = 10;

pub(super) async fn run(reporter: &Reporter, live: &LiveCareMessenger) -> Result<(), Failure> {
    let care = live.builder().build()?;
    reporter.line("CareMessenger: assistance providers on a real server");
    reporter.line(format!("{} is set: using {} instead of an emulator.", live.variable(), live.server()));
    reporter.line("It only reads: no documented operation can remove a provider from the residents' televisions.");
    reporter.line("");
    look(reporter, &care).await
}

/// Shows the providers and their possible mistakes.
async fn look(reporter: &Reporter, care: &CareMessenger) -> Result<(), Failure> {
    reporter.wait_for("listing the assistance providers");
    let (mut pages, mut count, mut doubtful) =
        (care.assistance_providers().pages(ListAssistanceProviders::new()), 0, 0);
    while let Some(page) = pages.try_next().await? {
        for provider in &page.items {
            let lints = provider.lint();
            if count < SHOWN || !lints.is_empty() {
                reporter.step("CareMessenger", format!("has {}", caremessenger::describe_provider(provider)));
            }
            for lint in &lints {
                reporter.step("lint", caremessenger::describe_lint(*lint));
            }
            count += 1;
            doubtful += usize::from(!lints.is_empty());
        }
        for row in &page.undecodable {
            reporter.step("CareMessenger", format!("has an undecodable provider: {}", row.error));
            count += 1;
        }
    }
    reporter
        .line(format!("Assistance providers: {count}, of which {doubtful} should be checked. Nothing was written."));
    Ok(())
}
