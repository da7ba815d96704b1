//! A short story on a real server, which is only read: a helper that is put on televisions can't be taken off them again by
//! anything that is documented, and residents who need help would see it.

use caremessenger_client::{CareMessenger, ListAssistanceProviders};
use examples::{Failure, Teller, caremessenger, caremessenger::LiveCareMessenger};
use futures_util::TryStreamExt;

/// The most providers that are shown though nothing is to be said of them.
const SHOWN: usize = 10;

pub(super) async fn tell(teller: &Teller, live: &LiveCareMessenger) -> Result<(), Failure> {
    let care = live.builder().build()?;
    teller.say("CareMessenger: assistance providers on a real server");
    teller.say(format!(
        "{} is set, so this talks to {} and not to an emulator of its own.",
        live.variable(),
        live.server()
    ));
    teller.say("It only reads: nothing that is documented could take a helper off the residents' televisions again.");
    teller.say("");
    look(teller, &care).await
}

/// Shows who is there, and what somebody has perhaps not meant.
async fn look(teller: &Teller, care: &CareMessenger) -> Result<(), Failure> {
    teller.wait_for("listing the assistance providers");
    let (mut pages, mut count, mut doubtful) =
        (care.assistance_providers().pages(ListAssistanceProviders::new()), 0, 0);
    while let Some(page) = pages.try_next().await? {
        for provider in &page.items {
            let lints = provider.lint();
            if count < SHOWN || !lints.is_empty() {
                teller.tell("CareMessenger", format!("has {}", caremessenger::provider(provider)));
            }
            for lint in &lints {
                teller.tell("lint", caremessenger::lint(*lint));
            }
            count += 1;
            doubtful += usize::from(!lints.is_empty());
        }
        for row in &page.undecodable {
            teller.tell("CareMessenger", format!("has a provider that can't be read: {}", row.error));
            count += 1;
        }
    }
    teller.say(format!("Assistance providers: {count}, of which {doubtful} should be looked at. Nothing was written."));
    Ok(())
}
