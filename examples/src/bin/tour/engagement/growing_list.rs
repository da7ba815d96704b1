//! A list is read page by page while new rows arrive at its head.

use crate::engagement::setup::Setup;
use engagement_client::{InterventionId, ListInterventions, StatusFilter};
use examples::Failure;
use futures_util::TryStreamExt;

/// The number of open interventions at first.
const OPEN: usize = 12;
/// The page size.
const ROWS: u32 = 5;
/// The number of arrivals after each of the first pages; fewer than a page.
const COMING: [usize; 2] = [2, 1];

/// Returns the number of open interventions at the end.
pub(super) async fn read(setup: &Setup<'_>) -> Result<usize, Failure> {
    let (reporter, controller) = (setup.reporter, &setup.controller);
    reporter.title("Fourth, a list that grows while it is read");
    let mut there: Vec<_> = (0..OPEN).map(|_| InterventionId::from(controller.open_new())).collect();
    there.reverse();
    for coming in COMING {
        controller.after_next("GET", "/interventions", move |controller| {
            for _ in 0..coming {
                drop(controller.open_new());
            }
        });
    }
    reporter.step("client", format!("lists open interventions, newest first, {ROWS} rows at a time"));
    let list = ListInterventions::new().status(StatusFilter::Opened).limit(ROWS);
    let mut pages = setup.engagement.interventions().list(list).pages();
    let (mut read, mut coming) = (Vec::new(), COMING.into_iter());
    while let Some(page) = pages.try_next().await? {
        let (new, total) = (page.items.len(), page.total.unwrap_or_default());
        read.extend(page.items.into_iter().map(|intervention| intervention.id));
        reporter.step("client", format!("reads {new} new ones; the list has {total}"));
        if let Some(coming) = coming.next() {
            reporter.step(
                "customers",
                format!("write: {coming} new at the head of the list, so that all others move down"),
            );
        }
    }
    if read != there {
        return Err(Failure::failed(format!("{read:?} were read instead of {there:?}")));
    }
    let shifts = setup.shifts.heard();
    if shifts != COMING.map(|coming| coming as i64) {
        return Err(Failure::failed(format!("the reported shifts were {shifts:?} rows")));
    }
    let shifts: Vec<_> = shifts.iter().map(i64::to_string).collect();
    let times = format!("the list shifted {} times while it was read, by {} rows", shifts.len(), shifts.join(" and "));
    reporter.step("observer", format!("{times}; each time the client found its place again"));
    reporter.step("client", format!("has read all {OPEN} that existed at the start: none skipped, none repeated"));
    Ok(OPEN + COMING.iter().sum::<usize>())
}
