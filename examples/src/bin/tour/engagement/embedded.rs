//! The whole story, on an emulator.

use super::{answered, at_the_same_time, growing_list, stage::Stage, unanswered};
use crate::tally;
use examples::{Failure, Teller};

pub(super) async fn tell(teller: &Teller) -> Result<(), Failure> {
    teller.say("Engagement: customers write, and agents work on what they want");
    let stage = Stage::set(teller).await?;
    let answered = answered::play(&stage).await?;
    unanswered::play(&stage).await?;
    let closed = [answered.clone(), at_the_same_time::play(&stage).await?];
    let open = growing_list::play(&stage).await?;

    teller.title("What it came to for Engagement");
    let mut is_open = 0;
    for id in stage.room.interventions() {
        let is_closed = stage.room.intervention(&id)?.closed;
        if is_closed != closed.iter().any(|known| known.as_str() == id) {
            return Err(Failure::failed(format!("intervention {id} is not as the client was told")));
        }
        is_open += usize::from(!is_closed);
    }
    if is_open != open {
        return Err(Failure::failed(format!("{is_open} interventions are open instead of {open}")));
    }
    teller.say(format!("  {} are closed, 1 is gone and {open} are open, as the client was told.", closed.len()));
    let journal = stage.emulator.journal();
    let lists = journal.count("GET", "/interventions");
    let reads = journal.requests().iter().filter(|request| request.method == "GET").count() - lists;
    let noted = format!("/interventions/{answered}");
    let writes = [
        ("opening", "POST", "/interventions", 1),
        ("writing of categories", "PUT", "/update_categories", 1),
        ("custom field", "PUT", &*noted, 1),
        ("handing over", "PUT", "/reassign", 1),
        ("closes", "PUT", "/close", closed.len()),
        ("cancel", "DELETE", "/cancel", 1),
    ];
    tally::check(teller, &journal, &writes, &[("lists", lists), ("readings of an intervention", reads)])
}
