//! One incident that passes through all services.
//!
//! Each service is a step in a file of its own, which begins by starting its emulator. One more service is one more file, and its
//! lines in [`tell`]: one where the incident gets to it, and one for what comes of it.

mod building;
mod call;
mod callout;
mod check_up;
mod family;

use building::Building;
use call::Call;
use callout::Callout;
use check_up::CheckUp;
use examples::{Failure, Teller};
use family::Family;

pub(crate) async fn tell(teller: &Teller) -> Result<(), Failure> {
    teller.say("All of them: one incident, from a television to its end. Emulators play it all, whatever the environment names");
    teller.title("Help is called");
    let call = Call::receive(teller).await?;
    let mut callout = Callout::raise(teller, &call).await?;
    let building = Building::tell(teller, &callout).await?;
    let family = Family::tell(teller).await?;

    teller.title("Help comes");
    callout.comes(teller).await?;
    building.hears_the_end(teller).await?;
    family.hears_the_end(teller).await?;

    teller.title("The day after");
    let check_up = CheckUp::schedule(teller).await?;
    check_up.comes(teller).await?;

    teller.title("What it came to");
    let posts = call.posts();
    let made = [
        ("callout", callout.made()),
        ("link to the building's request", building.made()),
        ("intervention", family.made()),
        ("call the day after", check_up.made()),
    ];
    if posts != 2 || made.iter().any(|(_, made)| *made != 1) {
        return Err(Failure::failed(format!("{posts} posts of one call have made {made:?}")));
    }
    let made = made.map(|(what, made)| format!("{made} {what}")).join(", ");
    teller.say(format!("  One call for help, posted {posts} times: {made}. All of it is closed."));
    Ok(())
}
