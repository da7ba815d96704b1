//! The fourth scene: a list is read page by page while new rows come in at its head.

use super::stage::Stage;
use engagement_client::{InterventionId, ListInterventions, StatusFilter};
use examples::Failure;
use futures_util::TryStreamExt;

/// How many interventions are open at first.
const OPEN: usize = 12;
/// How many rows a page has.
const ROWS: u32 = 5;
/// How many come in after each of the first pages: fewer than a page has.
const COMING: [usize; 2] = [2, 1];

/// Gives how many interventions are open at the end.
pub(super) async fn play(stage: &Stage<'_>) -> Result<usize, Failure> {
    let (teller, room) = (stage.teller, &stage.room);
    teller.title("Fourth, a list that grows while it is read");
    let mut there: Vec<_> = (0..OPEN).map(|_| InterventionId::from(room.open_new())).collect();
    there.reverse();
    for coming in COMING {
        room.after_next("GET", "/interventions", move |room| {
            for _ in 0..coming {
                drop(room.open_new());
            }
        });
    }
    teller.tell("client", format!("lists what is open, newest first, {ROWS} rows at a time"));
    let list = ListInterventions::new().status(StatusFilter::Opened).limit(ROWS);
    let mut pages = stage.engagement.interventions().list(list).pages();
    let (mut read, mut coming) = (Vec::new(), COMING.into_iter());
    while let Some(page) = pages.try_next().await? {
        let (new, total) = (page.items.len(), page.total.unwrap_or_default());
        read.extend(page.items.into_iter().map(|intervention| intervention.id));
        teller.tell("client", format!("reads {new} that it hasn't seen yet; the list has {total}"));
        if let Some(coming) = coming.next() {
            teller.tell("customers", format!("write: {coming} new at the head of the list, and all others move down"));
        }
    }
    if read != there {
        return Err(Failure::failed(format!("{read:?} were read instead of {there:?}")));
    }
    let shifts = stage.shifts.heard();
    if shifts != COMING.map(|coming| coming as i64) {
        return Err(Failure::failed(format!("the list was told to have moved by {shifts:?} rows")));
    }
    let shifts: Vec<_> = shifts.iter().map(i64::to_string).collect();
    let times = format!("the list has moved {} times under the walk, by {} rows", shifts.len(), shifts.join(" and "));
    teller.tell("observer", format!("{times}: each time it has found its place again"));
    teller.tell("client", format!("has read all {OPEN} that were there from the beginning: none lost, none twice"));
    Ok(OPEN + COMING.iter().sum::<usize>())
}
