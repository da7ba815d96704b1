//! A short story on a real server, which is only read unless one number is named that may be called.

use chrono::{TimeDelta, Utc};
use examples::{
    Failure, Teller,
    newfies::{self, LiveNewfies, TestCall},
    watch_time,
};
use newfies_client::{CalendarUserRef, Newfies, Notice, Outcome, Refusal, Reminder, Scheduled};
use std::time::Duration;

/// How long before the call it is scheduled.
const AHEAD: TimeDelta = TimeDelta::seconds(30);
const LENGTH: TimeDelta = TimeDelta::minutes(5);
/// The name of the calendar, and the title of the event.
const NAME: &str = "Tour";

pub(super) async fn tell(teller: &Teller, live: &LiveNewfies) -> Result<(), Failure> {
    let watch = watch_time("NEWFIES_WATCH_SECONDS")?;
    let client = live.builder().build()?;
    teller.say("Newfies: reminders on a real server");
    teller.say(format!(
        "NEWFIES_BASE_URL is set, so this talks to {} and not to an emulator of its own.",
        live.base_url()
    ));
    match live.test_call() {
        None => look(teller, &client).await,
        Some(call) => play(teller, &client, call, watch).await,
    }
}

/// Shows what is there, and leaves it as it is.
async fn look(teller: &Teller, client: &Newfies) -> Result<(), Failure> {
    teller.say("It only reads. To see a call made and its result, set NEWFIES_TEST_PHONE: see --help.");
    teller.say("");
    teller.wait_for("looking at what is there");
    let preflight = client.preflight().await?;
    teller.tell("Newfies", newfies::preflight(&preflight));
    for missing in preflight.missing() {
        teller.tell("missing", missing);
    }
    teller.wait_for("listing calendars");
    let page = client.calendars().list().await?;
    for calendar in &page.items {
        teller.tell("Newfies", newfies::calendar(calendar));
    }
    for row in &page.undecodable {
        teller.tell("Newfies", format!("has a calendar that can't be read: {}", row.error));
    }
    let count = match (page.total, page.rows()) {
        (Some(total), rows) if total > rows as u64 => format!("{total}, of which these are {rows}"),
        (_, rows) => rows.to_string(),
    };
    teller.say(format!("Calendars: {count}. Nothing was written."));
    Ok(())
}

/// Lets one number be called, and no other. However it ends, no call is left that could come later.
async fn play(teller: &Teller, client: &Newfies, call: &TestCall, watch: Duration) -> Result<(), Failure> {
    teller.say(
        "NEWFIES_TEST_PHONE is set: that number is called once, in half a minute, with the survey of the calendar user",
    );
    teller.say("who is named by NEWFIES_TEST_NAME. An event in a calendar `Tour` of theirs is left behind, and no other number is");
    teller.say("called.");
    teller.say("");
    teller.wait_for("scheduling the call");
    let scheduled = schedule(client, call).await?;
    teller.tell("client", format!("has made: {}", newfies::made(&scheduled.created)));
    teller.wait_for("waiting for the call and its result");
    let finished = match scheduled.alarms.first() {
        Some(alarm) => client.wait_for_result(*alarm).with_timeout(watch).await,
        None => return Err(Failure::failed("no alarm was made")),
    };
    let (finished, failure) = match finished {
        Ok(finished) => (Some(finished), None),
        Err(error) if error.is_timeout() => (None, None),
        Err(error) => (None, Some(error)),
    };
    match &finished {
        Some(finished) => teller.tell("Newfies", newfies::ended(finished)),
        None => clear(teller, client, &scheduled).await?,
    }
    match failure {
        Some(error) => Err(error.into()),
        None => {
            teller.say("No other number was called.");
            Ok(())
        }
    }
}

async fn schedule(client: &Newfies, call: &TestCall) -> Result<Scheduled, Failure> {
    let start = Utc::now() + AHEAD;
    let reminder = Reminder::new(CalendarUserRef::named(&call.name), NAME, NAME, start, start + LENGTH);
    client.schedule_reminder(reminder.notice(Notice::call(&call.phone))).await.map_err(|error| {
        let (unknown, refused) = (error.outcome() >= Outcome::Unknown, Refusal::of(&error).is_some());
        let failure = Failure::from(error);
        match (refused, unknown) {
            (true, _) => failure.and("So this isn't the calendar user to show it on. Nobody is called."),
            (_, true) => failure.and("An event and its call may have been made: look at the calendar `Tour`."),
            _ => failure.and("Nobody is called."),
        }
    })
}

/// Takes back a call that hasn't gone off in time.
async fn clear(teller: &Teller, client: &Newfies, scheduled: &Scheduled) -> Result<(), Failure> {
    let event = scheduled.event;
    teller.wait_for("taking the call back");
    let deleted = client.cancel_series(event).await.map_err(|error| {
        Failure::from(error).and(&format!("The call of event {event} may still come: look at the calendar `Tour`."))
    })?;
    let tells = if deleted.is_empty() {
        "has seen no end of it in time: the call is under way, or was"
    } else {
        "has seen no call in time, and has taken it back"
    };
    teller.tell("client", tells);
    Ok(())
}
