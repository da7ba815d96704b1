//! On a real server, which is only read, unless a number is named that may be called.

use chrono::{TimeDelta, Utc};
use examples::{
    Failure, Reporter,
    newfies::{self, LiveNewfies, TestCall},
};
use newfies_client::{CalendarUserRef, List, Newfies, Notice, Outcome, Reminder, Scheduled, WorkflowFailure};
use std::time::Duration;

/// The time between scheduling and the call.
const AHEAD: TimeDelta = TimeDelta::seconds(30);
const LENGTH: TimeDelta = TimeDelta::minutes(5);
/// The name of the calendar, and the title of the event.
const NAME: &str = "Tour";

pub(super) async fn run(reporter: &Reporter, live: &LiveNewfies) -> Result<(), Failure> {
    let watch = live.watch_time();
    let client = live.builder().build()?;
    reporter.line("Newfies: reminders on a real server");
    reporter.line(format!("NEWFIES_BASE_URL is set: using {} instead of an emulator.", live.base_url()));
    match live.test_call() {
        None => look(reporter, &client).await,
        Some(call) => play(reporter, &client, call, watch).await,
    }
}

/// Shows the server's resources without changing them.
async fn look(reporter: &Reporter, client: &Newfies) -> Result<(), Failure> {
    reporter.line("It only reads. To see a call made and its result, set NEWFIES_TEST_PHONE: see --help.");
    reporter.line("");
    reporter.wait_for("reading the server's resources");
    let preflight = client.preflight().await?;
    reporter.step("Newfies", newfies::describe_preflight(&preflight));
    for missing in preflight.missing() {
        reporter.step("missing", missing);
    }
    reporter.wait_for("listing calendars");
    let page = client.calendars().list(List::new()).await?;
    for calendar in &page.items {
        reporter.step("Newfies", newfies::describe_calendar(calendar));
    }
    for row in &page.undecodable {
        reporter.step("Newfies", format!("has an undecodable calendar: {}", row.error));
    }
    let count = match (page.total, page.rows()) {
        (Some(total), rows) if total > rows as u64 => format!("{total}, of which {rows} are shown"),
        (_, rows) => rows.to_string(),
    };
    reporter.line(format!("Calendars: {count}. Nothing was written."));
    Ok(())
}

/// Calls one number, and no other. However it ends, no call is left that could be made later.
async fn play(reporter: &Reporter, client: &Newfies, call: &TestCall, watch: Duration) -> Result<(), Failure> {
    reporter.line(
        "NEWFIES_TEST_PHONE is set: that number is called once, in half a minute, with the survey of the calendar user",
    );
    reporter.line("named by NEWFIES_TEST_NAME. An event stays in their calendar `Tour`, and no other number is");
    reporter.line("called.");
    reporter.line("");
    reporter.wait_for("scheduling the call");
    let scheduled = schedule(client, call).await?;
    reporter.step("client", format!("created: {}", newfies::describe_created(&scheduled.created)));
    reporter.wait_for("waiting for the call and its result");
    let finished = match scheduled.alarms.first() {
        Some(alarm) => client.wait_for_result(*alarm).with_timeout(watch).await,
        None => return Err(Failure::failed("no alarm was created")),
    };
    let (finished, failure) = match finished {
        Ok(finished) => (Some(finished), None),
        Err(error) if error.is_timeout() => (None, None),
        Err(error) => (None, Some(error)),
    };
    match &finished {
        Some(finished) => reporter.step("Newfies", newfies::describe_result(finished)),
        None => clear(reporter, client, &scheduled).await?,
    }
    match failure {
        Some(error) => Err(error.into()),
        None => {
            reporter.line("No other number was called.");
            Ok(())
        }
    }
}

async fn schedule(client: &Newfies, call: &TestCall) -> Result<Scheduled, Failure> {
    let start = Utc::now() + AHEAD;
    let reminder = Reminder::new(CalendarUserRef::named(&call.name), NAME, NAME, start, start + LENGTH);
    client.schedule_reminder(reminder.notice(Notice::call(&call.phone))).await.map_err(|error| {
        let (unknown, refused) = (error.outcome() >= Outcome::Unknown, WorkflowFailure::of(&error).is_some());
        let failure = Failure::from(error);
        match (refused, unknown) {
            (true, _) => failure.and("Choose another calendar user. Nobody is called."),
            (_, true) => failure.and("An event and its call may have been created: check the calendar `Tour`."),
            _ => failure.and("Nobody is called."),
        }
    })
}

/// Cancels a call that hasn't started in time.
async fn clear(reporter: &Reporter, client: &Newfies, scheduled: &Scheduled) -> Result<(), Failure> {
    let event = scheduled.event;
    reporter.wait_for("cancelling the call");
    let deleted = client.cancel_series(event).await.map_err(|error| {
        Failure::from(error).and(&format!("The call of event {event} may still be made: check the calendar `Tour`."))
    })?;
    let text = if deleted.is_empty() {
        "saw no result in time: the call is or was in progress"
    } else {
        "saw no call in time and cancelled it"
    };
    reporter.step("client", text);
    Ok(())
}
