//! The whole story, on an emulator.

use super::{at_the_wrong_moment, completed, dealt_with, stage::Stage};
use crate::tally;
use care_emulators::leap::State;
use examples::{Failure, Teller};

pub(super) async fn tell(teller: &Teller) -> Result<(), Failure> {
    teller.say("LEAP: a customer asks for something, and a company's own system deals with it");
    let mut stage = Stage::set(teller).await?;
    dealt_with::play(&mut stage).await?;
    at_the_wrong_moment::play(&mut stage).await?;
    completed::play(&mut stage).await?;

    teller.title("What it came to for LEAP");
    if !stage.shows_nothing()? || !stage.desk.is_clear().await {
        return Err(Failure::failed("something is left to acknowledge"));
    }
    let mails = stage.portal.request(stage.desk.id.as_str())?.mails;
    if mails != [State::InProgress, State::Successful] {
        return Err(Failure::failed(format!("the customer got {} mails instead of 2", mails.len())));
    }
    teller.say("  Nothing is left to acknowledge, and the customer got one mail for each change of the state.");
    let journal = stage.emulator.journal();
    let lists = journal.count("GET", "/requests/");
    let reads = journal.requests().iter().filter(|request| request.method == "GET").count() - lists;
    let writes = [
        ("external id", "POST", "/extid", 1),
        ("updates", "POST", "/updates", 2),
        ("acknowledgements", "POST", "/requests/acked", 3),
    ];
    tally::check(teller, &journal, &writes, &[("lists", lists), ("readings of the request", reads)])
}
