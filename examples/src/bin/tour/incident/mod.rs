//! One incident that passes through all services.
//!
//! Each service is a step in a file of its own, which starts its emulator. One more service is one more file and two
//! lines in [`run`]: one for its step and one for the summary.

mod building;
mod call;
mod callout;
mod check_up;
mod family;

use crate::incident::{building::Building, call::Call, callout::Callout, check_up::CheckUp, family::Family};
use examples::{Failure, Reporter};

pub(crate) async fn run(reporter: &Reporter) -> Result<(), Failure> {
    reporter.line("All services: one incident, from the button to the end, always on emulators");
    reporter.title("The call for help");
    let call = Call::receive(reporter).await?;
    let mut callout = Callout::raise(reporter, &call).await?;
    let building = Building::run(reporter, &callout).await?;
    let family = Family::run(reporter).await?;

    reporter.title("Help arrives");
    callout.comes(reporter).await?;
    building.hears_the_end(reporter).await?;
    family.hears_the_end(reporter).await?;

    reporter.title("The next day");
    let check_up = CheckUp::schedule(reporter).await?;
    check_up.comes(reporter).await?;

    reporter.title("Summary");
    let posts = call.posts();
    let made = [
        ("callout", callout.made()),
        ("link to the building's request", building.made()),
        ("intervention", family.made()),
        ("call the next day", check_up.made()),
    ];
    if posts != 2 || made.iter().any(|(_, made)| *made != 1) {
        return Err(Failure::failed(format!("{posts} posts of one call created {made:?}")));
    }
    let made = made.map(|(what, made)| format!("{made} {what}")).join(", ");
    reporter.line(format!("  One call for help, posted {posts} times: {made}. Everything is closed."));
    Ok(())
}
