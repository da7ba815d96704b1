//! The first scenes: what must be there is looked at, and a reminder is scheduled, over a line that breaks in the midst.

use super::stage::Stage;
use crate::patience::patiently;
use examples::{Failure, newfies};
use newfies_client::{Created, Outcome, Scheduled};

pub(super) async fn play(stage: &Stage<'_>) -> Result<Scheduled, Failure> {
    stage.teller.title("First, what must be there: it is made in the web interface, and by no API");
    patiently("the look at what is there", look(stage)).await?;
    stage.teller.title("Second, a reminder, over a line that breaks");
    patiently("the first run", breaks_off(stage)).await?;
    patiently("the second run", goes_on(stage)).await
}

async fn look(stage: &Stage<'_>) -> Result<(), Failure> {
    let preflight = stage.newfies.preflight().await?;
    stage.teller.tell("Newfies", newfies::preflight(&preflight));
    match preflight.missing().first() {
        Some(lack) => Err(Failure::failed(format!("this is missing: {lack}"))),
        None => Ok(()),
    }
}

/// The server makes the event, and can't be reached from then on: the client can't look whether it is there either.
async fn breaks_off(stage: &Stage<'_>) -> Result<(), Failure> {
    let teller = stage.teller;
    teller.tell("client", "schedules a call 24 h before a visit, with two more tries, and an SMS 1 h before");
    let faults = stage.emulator.faults();
    faults.on("POST", "/event/").drop_after_commit();
    stage.dialer.after_next("POST", "/event/", move |_| faults.go_down());
    let error = match stage.newfies.schedule_reminder(stage.reminder()).await {
        Err(error) if error.outcome() == Outcome::Unknown => error,
        Err(error) => return Err(error.into()),
        Ok(_) => return Err(Failure::failed("all was made, though the line was to break")),
    };
    teller.tell("network", format!("breaks in the midst of {}: it was done, or it wasn't", error.operation()));
    counts(stage, [1, 1, 1, 1, 0])?;
    stage.emulator.faults().come_up();
    teller.tell("network", "is there again");
    Ok(())
}

/// The same reminder makes what isn't there, and nothing twice.
async fn goes_on(stage: &Stage<'_>) -> Result<Scheduled, Failure> {
    let teller = stage.teller;
    teller.tell("client", "schedules the same again, which goes on where it was");
    let scheduled = stage.newfies.schedule_reminder(stage.reminder()).await?;
    teller.tell("client", format!("has made: {}", newfies::made(&scheduled.created)));
    let alarms: Vec<_> = scheduled.alarms.iter().copied().map(Created::Alarm).collect();
    if scheduled.created != alarms {
        return Err(Failure::failed("more was made than the alarms, which alone were missing"));
    }
    counts(stage, [1, 1, 1, 1, 2])?;
    let again = stage.newfies.schedule_reminder(stage.reminder()).await?;
    teller.tell("client", format!("schedules it once more, and makes {}", newfies::made(&again.created)));
    if !again.created.is_empty() {
        return Err(Failure::failed("something was made twice"));
    }
    Ok(scheduled)
}

/// Counts the rows on the server's side, which must be so many.
fn counts(stage: &Stage<'_>, expected: [usize; 5]) -> Result<(), Failure> {
    let rows = stage.rows();
    let [settings, users, calendars, events, alarms] = rows;
    stage.teller.tell(
        "Newfies",
        format!("counts settings {settings}, calendar users {users}, calendars {calendars}, events {events}, alarms {alarms}"),
    );
    if rows == expected { Ok(()) } else { Err(Failure::failed(format!("{rows:?} are there instead of {expected:?}"))) }
}
